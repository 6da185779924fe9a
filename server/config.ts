/**
 * The environment, read and checked once at the start. A bad value stops it with the variable's name, the reason and an example; all bad ones
 * are named at once. An empty variable counts as unset.
 */
import { existsSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { delimiter, resolve } from "node:path";
import type { Limits } from "./limits.ts";
import { limitsFrom } from "./limits.ts";

export interface Config {
  /** `isGiven`: asked for by name, so another one will not do. */
  readonly port: { readonly number: number; readonly isGiven: boolean };
  readonly host: string;
  /** Origin under which people reach the server, without a slash at its end; null: the loopback names at the port. */
  readonly publicUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  /** By default a server without data opens the demo. */
  readonly demo: "always" | "never" | "when-empty";
  readonly logLevel: LogLevel;
  /** As express takes it: no proxy, how many, or their addresses. */
  readonly trustProxy: false | number | string;
  /** Addresses and networks that webhooks may be sent to although they are not public. */
  readonly webhookNetworks: readonly string[];
  readonly limits: Limits;
  /** Fonts of PDF files beside ours: files and folders, absolute. */
  readonly fontPaths: readonly string[];
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
type LogLevel = (typeof logLevels)[number];

/** What is wrong with the environment, for the person who set it: a line for each bad variable. */
export class BadConfig extends Error {
  override readonly name = "BadConfig";
}

/** @throws BadConfig */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const bad: string[] = [];

  /** Reads one variable through its door, which answers with the value or throws the reason against it. */
  function read<Value>(name: string, example: string, unset: NoInfer<Value>, door: (given: string) => Value): Value {
    const given = environment[name]?.trim() ?? "";
    if (given === "") return unset;
    try {
      return door(given);
    } catch (reason) {
      bad.push(badVariable(name, (reason as Error).message, example));
      return unset;
    }
  }

  const port = read<number | null>("PORT", "3000", null, parsePort);
  const host = read("HOST", "127.0.0.1", "127.0.0.1", parseHost);
  const publicUrl = read<string | null>("PUBLIC_URL", "https://drafting.example.org", null, parsePublicUrl);
  const dataDir = read("DATA_DIR", "./data", resolve("data"), parseFolder);
  const demo = read("DEMO", "1", "when-empty", parseDemo);
  const logLevel = read("LOG_LEVEL", "info", "info", parseLogLevel);
  const trustProxy = read<Config["trustProxy"]>("TRUST_PROXY", "1", false, parseProxies);
  const fontPaths = read("FONT_PATHS", "/usr/share/fonts/opentype/noto", [], parseFontPaths);
  const webhookNetworks = read<readonly string[]>("WEBHOOK_NETWORKS", "10.1.0.0/16", [], parseNetworks);
  read<null>("DATABASE_URL", " (unset: SQLite in DATA_DIR)", null, refuseDatabase);
  read<null>("REDIS_URL", " (unset: one server)", null, () =>
    refuse("several servers for one negotiation are not yet supported"),
  );
  // Nothing uses these before mail is sent; a slip is told today all the same.
  read<string | null>("SMTP_URL", "smtps://user:password@mail.example.org", null, parseMailServer);
  read<string | null>("MAIL_FROM", "secretariat@example.org", null, parseMailAddress);
  read<string | null>("CHROMIUM_PATH", "/usr/bin/chromium", null, parseFile);

  let limits = limitsFrom(undefined);
  try {
    limits = limitsFrom(environment["LIMITS"]);
  } catch (reason) {
    bad.push((reason as Error).message);
  }
  if (
    !isLoopback(host) &&
    publicUrl?.startsWith("https:") !== true &&
    !bad.some((line) => line.startsWith("PUBLIC_URL"))
  ) {
    const reason = `HOST=${host} can be reached from other machines, so people need an https address for it`;
    bad.push(badVariable("PUBLIC_URL", reason, "https://drafting.example.org"));
  }
  if (bad.length > 0) throw new BadConfig(bad.join("\n"));
  return {
    port: { number: port ?? 3000, isGiven: port !== null },
    host,
    publicUrl,
    dataDir,
    demo,
    logLevel,
    trustProxy,
    webhookNetworks,
    limits,
    fontPaths,
  };
}

export const badVariable = (name: string, reason: string, example: string): string =>
  `${name}: ${reason}. Example: ${name}=${example}`;

const isLoopback = (host: string): boolean =>
  ["localhost", "::1", "[::1]"].includes(host) || (isIP(host) === 4 && host.startsWith("127."));

function refuse(reason: string): never {
  throw new Error(reason);
}

function parsePort(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) refuse(`"${given}" is not a port, a whole number from 0 to 65535`);
  return port;
}

function parseHost(given: string): string {
  const isName = /^(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$/.test(given) && !/^[\d.]+$/.test(given);
  if (isIP(given) === 0 && !isName) refuse(`"${given}" is neither an address nor a name of this machine`);
  return given;
}

function parsePublicUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) refuse(`"${given}" is not a web address`);
  if (url.href !== `${url.origin}/`) refuse("it must name the root of an origin, nothing before or after it");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    refuse(`"${given}" must begin with https: browsers keep no sign-in for plain http`);
  }
  return url.origin;
}

function parseFolder(given: string): string {
  const folder = resolve(given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) refuse(`${folder} is not a folder`);
  return folder;
}

function parseFile(given: string): string {
  if (statSync(given, { throwIfNoEntry: false })?.isFile() !== true) refuse(`there is no file ${given}`);
  return given;
}

function parseFontPaths(given: string): readonly string[] {
  const paths = given.split(delimiter).filter((path) => path !== "");
  for (const path of paths) if (!existsSync(path)) refuse(`there is no file or folder ${path}`);
  return paths.map((path) => resolve(path));
}

function parseDemo(given: string): Config["demo"] {
  if (given === "1") return "always";
  if (given === "0") return "never";
  return refuse(`"${given}" is neither 1 (always) nor 0 (never)`);
}

function parseLogLevel(given: string): LogLevel {
  return logLevels.find((level) => level === given) ?? refuse(`"${given}" is none of ${logLevels.join(", ")}`);
}

/** "10.1.0.0/16", "127.0.0.1" */
function isNetwork(one: string): boolean {
  const [address = "", bits, ...rest] = one.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function parseNetworks(given: string): readonly string[] {
  const networks = given.split(",").map((one) => one.trim());
  return networks.every(isNetwork) ? networks : refuse(`"${given}" is not a list of addresses or networks`);
}

function parseProxies(given: string): number | string {
  if (/^[1-9]\d?$/.test(given)) return Number(given);
  const proxies = given.split(",").map((one) => one.trim());
  // `true` would let every visitor say who they are.
  if (!proxies.every((one) => ["loopback", "linklocal", "uniquelocal"].includes(one) || isNetwork(one))) {
    refuse(`"${given}" is neither the number of proxies in front, 1 to 99, nor a list of their addresses`);
  }
  return proxies.join(", ");
}

const refuseDatabase = (given: string): never =>
  refuse(
    /^postgres(ql)?:/.test(given) ? "PostgreSQL is not yet supported" : "no such database is known; leave it unset",
  );

function parseMailServer(given: string): string {
  // The address may hold a password: it is not repeated.
  if (!URL.canParse(given) || !/^smtps?:$/.test(new URL(given).protocol))
    refuse("it does not begin with smtp:// or smtps://");
  return given;
}

function parseMailAddress(given: string): string {
  if (!/^([^<>@]+<)?[^\s<>@]+@[^\s<>@]+>?$/.test(given)) refuse(`"${given}" is not a mail address`);
  return given;
}
