/** Who may import whom: the table in ARCHITECTURE.md, held to by every file. And how much of other people's code may come with us. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const top = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(top, file), "utf8");

interface Room {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

/** `a/b` is a folder with all in it, or one file; the longer name wins. */
const table: ReadonlyMap<string, Room> = new Map(
  [...read("ARCHITECTURE.md").matchAll(/^\| (`[^|]*)\|([^|]*)\|([^|]*)\|$/gm)].flatMap(([, names, rooms, packages]) =>
    namesIn(names).map((name) => [name, { rooms: namesIn(rooms), packages: namesIn(packages) }] as const),
  ),
);

const sources = ["shared", "server", "client"].flatMap((folder) =>
  readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\.tsx?$/.test(file)),
);

interface Import {
  readonly specifier: string;
  /** Gone before the code runs. */
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

const imports: ReadonlyMap<string, readonly Import[]> = new Map(sources.map((file) => [file, importsIn(read(file))]));

describe("the rooms of the house", () => {
  test("every file is in a room of the table, and every room of the table exists", () => {
    expect(sources.filter((file) => roomOf(file) === null)).toEqual([]);
    const used = new Set(sources.map(roomOf));
    expect([...table.keys()].filter((room) => !used.has(room))).toEqual([]);
  });

  test("a room imports only the rooms that the table gives it", () => {
    const trespasses = new Set<string>();
    for (const [file, all] of imports) {
      const own = roomOf(file);
      for (const { specifier } of all.filter((one) => one.specifier.startsWith("."))) {
        const target = roomOf(normalize(join(dirname(file), specifier))) ?? specifier;
        if (own !== null && target !== own && !table.get(own)?.rooms.some((room) => isWithin(target, room))) {
          trespasses.add(`${own} imports ${target}, in ${file}`);
        }
      }
    }
    expect([...trespasses]).toEqual([]);
  });

  test("a room uses only the packages that the table gives it", () => {
    const trespasses = new Set<string>();
    for (const [file, all] of imports) {
      const allowed = [
        ...(table.get(roomOf(file) ?? "")?.packages ?? []),
        ...(file.startsWith("server/") ? ["node:*"] : []),
      ];
      for (const name of all.flatMap(({ specifier }) => packageIn(specifier) ?? [])) {
        const isAllowed = allowed.some(
          (one) => one === name || (one.endsWith("*") && name.startsWith(one.slice(0, -1))),
        );
        if (!isAllowed) trespasses.add(`${roomOf(file)} uses ${name}, in ${file}`);
      }
    }
    expect([...trespasses]).toEqual([]);
  });
});

describe("what comes to a browser", () => {
  // It is large, and tries out `new Function`, which the pages' policy forbids and every page would log.
  test("zod stays on the server: nothing that the client loads leads to it", () => {
    const loaded = new Set([...imports.keys()].filter((file) => file.startsWith("client/")));
    const ways: string[] = [];
    for (const file of loaded) {
      for (const { specifier, isType } of imports.get(file) ?? []) {
        if (isType) continue;
        if (specifier === "zod") ways.push(file);
        const target = normalize(join(dirname(file), specifier));
        if (imports.has(target)) loaded.add(target);
      }
    }
    expect(loaded).toContain("shared/wire/protocol.ts");
    expect(ways).toEqual([]);
  });
});

describe("other people's code", () => {
  const manifest = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };

  test("what the server loads when it runs is a dependency, not a tool of ours", () => {
    const missing = [...imports]
      .filter(([file]) => !file.startsWith("client/"))
      .flatMap(([file, all]) =>
        all
          .filter(({ isType, isDynamic }) => !isType && !isDynamic)
          .flatMap(({ specifier }) => packageIn(specifier) ?? [])
          .filter((name) => !name.startsWith("node:") && !(name in manifest.dependencies))
          .map((name) => `${name}, in ${file}`),
      );
    expect(missing).toEqual([]);
  });

  test("at most 140 packages come with the server", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>;
    };
    const production = Object.entries(packages).filter(
      ([path, { dev, optional, devOptional }]) => path !== "" && !dev && !optional && !devOptional,
    );
    expect(production.length).toBeLessThanOrEqual(140);
    expect(production.length).toBeGreaterThan(0);
  });
});

function namesIn(cell = ""): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
}

function isWithin(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

function roomOf(file: string): string | null {
  const path = file.replace(/\.tsx?$/, "");
  const rooms = [...table.keys()].filter((room) => isWithin(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** @returns null for a file of ours */
function packageIn(specifier: string): string | null {
  if (specifier.startsWith(".")) return null;
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** The formatter puts each statement at the start of a line. */
function importsIn(source: string): Import[] {
  const names = String.raw`(?:\{[^}]*\}|\* as \w+|\*|\w+)`;
  const statement = new RegExp(
    String.raw`^(?:import|export) (type )?(?:${names}(?:, ${names})? from )?"([^"]+)";`,
    "gm",
  );
  return [
    ...[...source.matchAll(statement)].map(([, type, specifier = ""]) => ({
      specifier,
      isType: type !== undefined,
      isDynamic: false,
    })),
    ...[...source.matchAll(/(typeof )?\bimport\(\s*"([^"]+)"\s*\)/g)].map(([, type, specifier = ""]) => ({
      specifier,
      isType: type !== undefined,
      isDynamic: true,
    })),
  ];
}
