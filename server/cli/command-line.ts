/**
 * The command line. What was asked for goes to standard output and nothing else does, so that scripts can use it. A command that
 * needs the data goes through the server that runs on it, or opens the data itself when none does.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { Config } from "../config.ts";
import { readConfig } from "../config.ts";
import { explained } from "../explained.ts";
import { version } from "../home.ts";
import type { Outcome } from "./control.ts";
import { askRunning, controlPath } from "./control.ts";
import type { OperationName } from "./operations.ts";

interface Command {
  /** After the command's name; `FILE` is a place, the rest are options: `--name VALUE` or `--flag`, in brackets when not needed. */
  readonly usage: string;
  readonly does: string;
  readonly run: (asked: Asked) => Promise<Outcome>;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Asked {
  readonly env: Environment;
  readonly file: string | undefined;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

const seated = "--negotiation S --seat SEAT [--name NAME]";

const commands: Readonly<Record<string, Command>> = {
  serve: {
    usage: "[--dev]",
    does: "starts the server; without data it opens the demo",
    run: async ({ options }) => {
      const { serveUntilSignal } = await import("../serve.ts");
      await serveUntilSignal({ isDevelopment: options["dev"] === true });
      return { ok: true, says: "" };
    },
  },
  demo: {
    usage: "",
    does: "opens the demo negotiation, or brings its beginning back, and prints its links",
    run: ({ env }) => ask(env, "demo", {}),
  },
  link: {
    usage: seated,
    does: "prints a sign-in address that is good once, for 24 hours; `--seat opener` without --negotiation: to open negotiations",
    run: ({ env, options }) => ask(env, "link", options),
  },
  token: {
    usage: seated,
    does: "prints an API token that acts for this seat",
    run: ({ env, options }) => ask(env, "token", options),
  },
  new: {
    usage: "--title T --slug S [--from FILE] [--changes WAY] [--references]",
    does: "opens a negotiation, with a text from a file, and prints its address",
    run: ({ env, options: { title, slug, from, ...how } }) =>
      ask(env, "new", { title, slug, ...(typeof from === "string" && { from: brought(from, how) }) }),
  },
  import: {
    usage: "--negotiation S FILE [--append] [--next] [--changes WAY] [--references]",
    does: "puts a text (Word, OpenDocument, web page, Markdown or plain) into the draft; --next: a later edition, in its place; --changes: what is done with tracked changes, accept, refuse or brackets; --references: numbers of paragraphs that are typed in it become references",
    run: ({ env, options: { negotiation, append = false, next = false, ...how }, file = "" }) =>
      ask(env, "import", { negotiation, append, next, ...brought(file, how) }),
  },
  export: {
    usage: "--negotiation S --format F --out FILE",
    does: "writes the report as the public sees it: md, html, docx, odt, xml (Akoma Ntoso), json or csv; `--out -` prints it",
    run: async ({ env, options: { negotiation, format, out } }) => {
      const outcome = await ask(env, "export", { negotiation, format });
      if (!outcome.ok) return outcome;
      const file = Buffer.from(outcome.says, "base64");
      if (out === "-") return { ok: true, says: file.toString("utf8") };
      writeFileSync(String(out), file);
      return { ok: true, says: "" };
    },
  },
  archive: {
    usage: "--negotiation S --out FILE",
    does: "writes one negotiation into one file that proves itself: record, texts, report",
    run: async ({ env, options: { negotiation, out } }) => {
      const outcome = await ask(env, "archive", { negotiation });
      if (!outcome.ok) return outcome;
      writeFileSync(String(out), Buffer.from(outcome.says, "base64"));
      return { ok: true, says: "" };
    },
  },
  unarchive: {
    usage: "FILE",
    does: "opens a negotiation from its archive, equal to the one it was made of, and prints its address",
    run: ({ env, file = "" }) => ask(env, "unarchive", { archive: readBytes(file).toString("base64") }),
  },
  backup: {
    usage: "--out FILE",
    does: "writes all data into one file that carries its own checksum, while the server goes on",
    run: async ({ env, options: { out } }) => {
      const { backUp } = await import("../care/backup.ts");
      return { ok: true, says: await backUp(readConfig(env).dataDir, String(out), version) };
    },
  },
  restore: {
    usage: "FILE [--replace]",
    does: "checks a backup and puts it into DATA_DIR; with --replace, what is there now is kept aside",
    run: async ({ env, options: { replace = false }, file = "" }) => {
      const { restore } = await import("../care/backup.ts");
      const folder = readConfig(env).dataDir;
      const says = await restore({ file, folder, replace: replace === true, release: version, random: randomBytes });
      return { ok: true, says };
    },
  },
  verify: {
    usage: "[FILE] [--negotiation S]",
    does: "checks a backup, an archive, a JSON export or a negotiation: every row and the record's chain",
    run: async ({ env, options: { negotiation }, file }) => {
      if ((file === undefined) === (negotiation === undefined)) throw new Misuse("give either FILE or --negotiation S");
      return file === undefined ? ask(env, "verify", { negotiation }) : verifyFile(file);
    },
  },
  doctor: {
    usage: "",
    does: "looks at what the server needs, and says of each thing OK, WARN or FAIL and what to do",
    run: ({ env }) => diagnose(env),
  },
};

/** Something in the command is not as it must be. */
class Misuse extends Error {}

/** Where a command says what, and what it is told by its surroundings. */
export interface Terminal {
  readonly env: Environment;
  /** Standard output. */
  readonly say: (lines: string) => void;
  /** Standard error. */
  readonly complain: (lines: string) => void;
}

/**
 * Runs one command.
 * @returns the exit code: 1 when it could not be done, 2 when it was asked wrongly
 */
export async function commandLine([name = "", ...given]: readonly string[], terminal: Terminal): Promise<number> {
  const { env, say, complain } = terminal;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const isAskedFor = ["", "help", "--help", "-h"].includes(name);
    (isAskedFor ? say : complain)(`${isAskedFor ? "" : `There is no command ${name}.\n\n`}${overview()}`);
    return isAskedFor ? 0 : 2;
  }
  try {
    const { ok, says } = await command.run({ ...readArguments(command, given), env });
    if (says) (ok ? say : complain)(says);
    return ok ? 0 : 1;
  } catch (trouble) {
    const words = wordsOf(trouble);
    if (words === null) throw trouble;
    complain(trouble instanceof Misuse ? `${words}\n\nUsage: ${name} ${command.usage}` : words);
    return trouble instanceof Misuse ? 2 : 1;
  }
}

const wordsOf = (trouble: unknown): string | null => (trouble instanceof Misuse ? trouble.message : explained(trouble));

const overview = (): string =>
  [
    `Rapporteur ${version}`,
    "",
    ...Object.entries(commands).flatMap(([name, { usage, does }]) => [`  ${name} ${usage}`, `      ${does}`]),
    "",
    "Seats: chair, secretariat, facilitator, delegation:CODE, adviser:CODE, reader:CODE, stakeholder:ID, observer.",
    "The environment is that of the server: DATA_DIR, PORT, PUBLIC_URL and so on.",
  ].join("\n");

/** @throws Misuse */
function readArguments({ usage }: Command, given: readonly string[]): Omit<Asked, "env"> {
  const spelled = [...usage.matchAll(/(\[)?--(\w+)(?: ([A-Z]+))?/g)].map(([, optional, option = "", value]) => ({
    option,
    isNeeded: optional === undefined,
    type: value === undefined ? ("boolean" as const) : ("string" as const),
  }));
  const takesFile = /(^|[ [])FILE(?!])/.test(usage.replaceAll(/--\w+ [A-Z]+/g, "")) || usage.startsWith("[FILE]");
  let parsed;
  try {
    parsed = parseArgs({
      args: [...given],
      options: Object.fromEntries(spelled.map(({ option, type }) => [option, { type }])),
      allowPositionals: takesFile,
    });
  } catch (trouble) {
    throw new Misuse((trouble as Error).message);
  }
  const { values, positionals } = parsed;
  const missing = spelled.filter(({ option, isNeeded }) => isNeeded && values[option] === undefined);
  // A link to open negotiations is for none of them.
  const lacking = missing.filter(({ option }) => !(option === "negotiation" && values["seat"] === "opener"));
  if (lacking.length > 0) throw new Misuse(`missing: ${lacking.map(({ option }) => `--${option}`).join(", ")}`);
  if (positionals.length > 1) throw new Misuse(`one FILE, not ${positionals.length}`);
  if (takesFile && !usage.startsWith("[FILE]") && positionals.length === 0) throw new Misuse("missing: FILE");
  return { options: { ...values }, file: positionals[0] };
}

/** Asks the server that runs on this data, or does it here. */
async function ask(env: Environment, operation: OperationName, args: object): Promise<Outcome> {
  const config = readConfig(env);
  const running = await askRunning(controlPath(config.dataDir), operation, args);
  return running ?? actHere(config, operation, args);
}

/** Everything that a server needs is loaded only where no server runs. */
async function actHere(config: Config, operation: OperationName, args: object): Promise<Outcome> {
  const [{ openWorkplace }, { run }] = await Promise.all([import("../serve.ts"), import("./operations.ts")]);
  const place = await openWorkplace({ ...config, logLevel: "warn" }, config.port.number);
  try {
    return await run(place, operation, args);
  } finally {
    await place.close();
  }
}

/** A file as it is sent to whoever reads it. */
const brought = (file: string, { changes, references = false }: Asked["options"]): object => ({
  bytes: readBytes(file).toString("base64"),
  file,
  references,
  ...(changes !== undefined && { changes }),
});

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (trouble) {
    throw new Misuse(`${file} cannot be read: ${(trouble as Error).message}`);
  }
}

function readText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Misuse(`${file} is not a text in UTF-8`);
  }
}

/** A backup, an archive, a JSON export, or an answer of `…/events`. */
async function verifyFile(file: string): Promise<Outcome> {
  const { isBackup, verifyBackup } = await import("../care/backup.ts");
  if (existsSync(file) && isBackup(file)) return { ok: true, says: await verifyBackup(file, version) };
  const { BadArchive, isZip, readArchive, tellArchive } = await import("../publication/archive.ts");
  if (existsSync(file) && isZip(readBytes(file))) {
    try {
      return { ok: true, says: tellArchive(readArchive(readBytes(file))) };
    } catch (trouble) {
      if (!(trouble instanceof BadArchive)) throw trouble;
      return { ok: false, says: `The archive in ${file} is not to be trusted: ${trouble.message}.` };
    }
  }
  let kept: { readonly record?: unknown; readonly events?: unknown };
  try {
    kept = JSON.parse(readText(file)) as typeof kept;
  } catch (trouble) {
    if (trouble instanceof Misuse) throw trouble;
    return { ok: false, says: `${file} is not JSON` };
  }
  const entries = kept?.record ?? kept?.events;
  if (!Array.isArray(entries) || entries.some((entry) => typeof entry !== "object" || entry === null)) {
    return { ok: false, says: `${file} holds no record: neither "record" nor "events" is a list of entries` };
  }
  const verdict = verifySeen(entries as SeenEntry[], null);
  if (!verdict.ok)
    return { ok: false, says: `The record in ${file} is not whole: entry ${verdict.seq}, ${verdict.why}.` };
  const sealed = entries.filter((entry: SeenEntry) => "sealed" in entry).length;
  const { seq, hash } = verdict.last;
  return {
    ok: true,
    says: `The record in ${file} is whole: ${seq} entries, ${sealed} of them sealed, the last with hash ${hash}.`,
  };
}

async function diagnose(env: Environment): Promise<Outcome> {
  const { examine, nodeIsRecent } = await import("../care/doctor.ts");
  const findings = [nodeIsRecent()];
  try {
    const config = readConfig(env);
    findings.push({ what: "Environment", level: "ok", says: "every variable can be read" });
    const askServer = () => askRunning(controlPath(config.dataDir), "examine", {});
    findings.push(...(await examine({ config, askServer, explained, now: Date.now() })));
  } catch (trouble) {
    const words = explained(trouble);
    if (words === null) throw trouble;
    findings.push({ what: "Environment", level: "fail", says: words });
  }
  return {
    ok: findings.every(({ level }) => level !== "fail"),
    says: findings.map(({ level, what, says }) => `${level.toUpperCase().padEnd(5)} ${what}: ${says}`).join("\n"),
  };
}
