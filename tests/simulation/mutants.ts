/**
 * Does the simulation bite? By hand: `node --import tsx tests/simulation/mutants.ts`. Each known wrong change is made to a copy of the
 * sources, and seeds are played there until one notices; a change that nothing notices in 200 seeds is named and fails the run.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const most = 200;
const home = fileURLToPath(new URL("../..", import.meta.url));
const room = "server/rooms/room.ts";
const live = "server/negotiation/live-negotiation.ts";

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const mutants: readonly Mutant[] = [
  {
    name: "tells before COMMIT",
    file: room,
    find: "    void this.#commit(batch, writes);",
    put: "    if (batch.updates.length > 0) this.#tell(batch);\n    void this.#commit(batch, writes);",
  },
  {
    name: "acknowledges at receipt",
    file: room,
    find: "    if (batch) batch.marks.set(peer, mark);\n    else peer.send",
    put: "    peer.send",
  },
  {
    name: "acknowledges a piece before it is gathered",
    file: room,
    find: "          if (frame[0] === message.mark) mark = frame;\n          else this.receive(peer, frame);",
    put: "          this.receive(peer, frame);",
  },
  {
    name: "acknowledges after a gap",
    file: room,
    find: 'if (peer.gapped || this.#state !== "open") return;',
    put: 'if (this.#state !== "open") return;',
  },
  {
    name: "keeps the text after a failed commit",
    file: room,
    find: "const untold = await this.#read();",
    put: "const untold: Uint8Array[] = [];",
  },
  {
    name: "keeps the record after a failed commit",
    file: live,
    find: "      this.#head = null;\n",
    put: "      throw trouble;\n",
  },
  {
    name: "looks up no idempotency key",
    file: live,
    find: "    if (known) {",
    put: '    if (known && once.key === "") {',
  },
  {
    name: "keeps no answer to an idempotency key",
    file: live,
    find: "entries: [...first.entries, ...entries], also: [write], result: answer",
    put: "entries: [...first.entries, ...entries], also: [], result: answer",
  },
  {
    name: "publishes entries before COMMIT",
    file: live,
    find: "        this.#head = evolve(record, made);\n",
    put: "        this.#head = evolve(record, made);\n        this.#publish(made);\n",
  },
  {
    name: "commits an act and its text one after the other",
    file: room,
    find: "await this.#options.store.commit(writes);",
    put: "for (const write of writes) await this.#options.store.commit([write]);",
  },
  {
    name: "wakes to an empty text",
    file: room,
    find: '    Y.applyUpdate(doc, this.#text, "load");\n',
    put: "",
  },
  {
    name: "lets time run backwards in the record",
    file: live,
    find: "epochMs(Math.max(record.at, this.#ports.clock.now()))",
    put: "this.#ports.clock.now()",
  },
  {
    name: "gives no new rooms after a restore",
    file: "server/negotiation/epochs.ts",
    find: "const fresh = { ...row, textRoom: mintId(random), recordRoom: mintId(random) };",
    put: "const fresh = { ...row, textRoom: mintId(random), recordRoom: mintId(random), ...row };",
  },
  {
    name: "counts no answer that comes while nothing can be written (found by the simulation)",
    file: room,
    find: '    if (isSync) peer.asked = Math.max(0, peer.asked - 1);\n    if (this.#state !== "open") {',
    put: '    if (isSync && this.#state === "open") peer.asked = Math.max(0, peer.asked - 1);\n    if (this.#state !== "open") {',
  },
  {
    name: "tells nobody of a commit whose answer was lost (found by the simulation)",
    file: room,
    find: "if (untold.length > 0) this.#spread(mergeAll(untold), null);",
    put: "",
  },
];

/** The first seed that goes wrong, and how. */
async function firstWrong(): Promise<string | null> {
  for (let seed = 1; seed <= most; seed++) {
    const wrong = await run({ seed }).then(
      (outcome) => outcome.wrong,
      (thrown: unknown) => [String(thrown)],
    );
    if (wrong.length > 0) return `seed ${seed}: ${wrong[0]}`;
  }
  return null;
}

function mutate({ name, file, find, put }: Mutant): boolean {
  const copy = mkdtempSync(join(tmpdir(), "rapporteur-mutant-"));
  try {
    for (const part of ["shared", "server", "tests/support", "tests/simulation", "package.json"]) {
      cpSync(join(home, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(home, "node_modules"), join(copy, "node_modules"));
    const source = readFileSync(join(copy, file), "utf8");
    if (source.split(find).length !== 2) throw new Error(`${name}: ${file} does not hold its place once`);
    writeFileSync(
      join(copy, file),
      source.replace(find, () => put),
    );
    const script = join(copy, "tests/simulation/mutants.ts");
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", script, "--here"], {
      cwd: copy,
      encoding: "utf8",
    });
    const found = stdout.trim();
    console.log(`${name}: ${found || `NOT FOUND in ${most} seeds`}`);
    return found !== "";
  } finally {
    rmSync(copy, { recursive: true });
  }
}

if (process.argv.includes("--here")) console.log((await firstWrong()) ?? "");
else process.exitCode = mutants.filter((mutant) => !mutate(mutant)).length > 0 ? 1 : 0;
