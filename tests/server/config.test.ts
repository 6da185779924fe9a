import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BadConfig, readConfig } from "../../server/config.ts";
import { defaultLimits } from "../../server/limits.ts";
import { listen } from "../../server/listen.ts";

test("nothing needs to be set", () => {
  const config = readConfig({});
  expect(config).toEqual({
    port: { number: 3000, isGiven: false },
    host: "127.0.0.1",
    publicUrl: null,
    dataDir: resolve("data"),
    demo: "when-empty",
    logLevel: "info",
    trustProxy: false,
    limits: defaultLimits,
    fontPaths: [],
    webhookNetworks: [],
  });
  expect(readConfig({ PORT: "", HOST: " ", LIMITS: "", DATABASE_URL: "" })).toEqual(config);
});

test("each variable is taken at its word", () => {
  expect(
    readConfig({
      PORT: "8080",
      HOST: "0.0.0.0",
      PUBLIC_URL: "https://drafting.example.org/",
      DATA_DIR: "/tmp",
      DEMO: "0",
      LOG_LEVEL: "debug",
      TRUST_PROXY: "loopback, 10.0.0.0/8,fd00::/8",
      LIMITS: '{"batchMs": 7}',
      SMTP_URL: "smtps://user:secret@mail.example.org",
      MAIL_FROM: "Secretariat <secretariat@example.org>",
      CHROMIUM_PATH: process.execPath,
      FONT_PATHS: `/tmp:${process.execPath}:`,
      WEBHOOK_NETWORKS: "10.1.0.0/16, ::1",
    }),
  ).toEqual({
    port: { number: 8080, isGiven: true },
    host: "0.0.0.0",
    publicUrl: "https://drafting.example.org",
    dataDir: "/tmp",
    demo: "never",
    logLevel: "debug",
    trustProxy: "loopback, 10.0.0.0/8, fd00::/8",
    limits: { ...defaultLimits, batchMs: 7 },
    fontPaths: ["/tmp", process.execPath],
    webhookNetworks: ["10.1.0.0/16", "::1"],
  });
  expect(readConfig({ TRUST_PROXY: "2", DEMO: "1", HOST: "::1", PUBLIC_URL: "http://localhost:3000" })).toMatchObject({
    trustProxy: 2,
    demo: "always",
    publicUrl: "http://localhost:3000",
  });
});

const badValues: readonly (readonly [name: string, value: string, reason: string])[] = [
  ["PORT", "http", "not a port"],
  ["PORT", "-1", "not a port"],
  ["PORT", "70000", "not a port"],
  ["PORT", "3000.5", "not a port"],
  ["HOST", "not a host", "neither an address nor a name"],
  ["HOST", "256.1.1.1", "neither an address nor a name"],
  ["PUBLIC_URL", "drafting.example.org", "not a web address"],
  ["PUBLIC_URL", "ftp://drafting.example.org", "not a web address"],
  ["PUBLIC_URL", "http://drafting.example.org", "must begin with https"],
  ["PUBLIC_URL", "https://example.org/drafting", "root of an origin"],
  ["PUBLIC_URL", "https://user:password@example.org", "root of an origin"],
  ["DATA_DIR", "package.json", "is not a folder"],
  ["DATABASE_URL", "postgres://localhost/rapporteur", "not yet supported"],
  ["DATABASE_URL", "mysql://localhost", "no such database"],
  ["REDIS_URL", "redis://localhost", "not yet supported"],
  ["DEMO", "yes", "neither 1"],
  ["LOG_LEVEL", "loud", "none of fatal, error"],
  ["TRUST_PROXY", "true", "number of proxies"],
  ["TRUST_PROXY", "10.0.0.0/33", "number of proxies"],
  ["WEBHOOK_NETWORKS", "10.0.0.0/33", "list of addresses or networks"],
  ["WEBHOOK_NETWORKS", "intranet.example", "list of addresses or networks"],
  ["SMTP_URL", "mail.example.org", "smtp://"],
  ["MAIL_FROM", "secretariat", "not a mail address"],
  ["CHROMIUM_PATH", "/nowhere/chromium", "no file"],
  ["FONT_PATHS", "/tmp:/nowhere/fonts", "no file or folder /nowhere/fonts"],
  ["LIMITS", "{", "not JSON"],
  ["LIMITS", '{"nonsense": 1}', "no limit"],
];

for (const [name, value, reason] of badValues) {
  test(`${name}=${value} stops the start with its name, the reason and an example`, () => {
    const refused = refusalOf({ [name]: value });
    expect(refused).toContain(reason);
    expect(refused).toMatch(new RegExp(`^${name}\\b.*Example: .*${name}=`));
    expect(refused.split("\n")).toHaveLength(1);
  });
}

test("an address that others can reach needs an https address", () => {
  for (const HOST of ["0.0.0.0", "::", "192.0.2.1", "drafting.example.org"]) {
    expect(refusalOf({ HOST })).toMatch(/^PUBLIC_URL: HOST=.* https .*Example: PUBLIC_URL=https:/);
    expect(refusalOf({ HOST, PUBLIC_URL: "http://localhost:3000" })).toMatch(/^PUBLIC_URL: /);
    expect(readConfig({ HOST, PUBLIC_URL: "https://drafting.example.org" }).host).toBe(HOST);
  }
  for (const HOST of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) expect(readConfig({ HOST }).host).toBe(HOST);
});

test("all bad variables are named at once, and no password is repeated", () => {
  const refused = refusalOf({ PORT: "x", DEMO: "maybe", SMTP_URL: "https://user:secret@mail", HOST: "0.0.0.0" });
  expect(refused.split("\n").map((line) => line.split(":")[0])).toEqual(["PORT", "DEMO", "SMTP_URL", "PUBLIC_URL"]);
  expect(refused).not.toContain("secret");
});

test("a port that nobody chose gives way when it is taken", async () => {
  const port = await aTakenPort();
  const found = await listen(aServer(), { host: "127.0.0.1", port: { number: port, isGiven: false } });
  expect(found).toBeGreaterThan(port);
});

test("a port that was chosen and is taken stops the start", async () => {
  const port = await aTakenPort();
  const refusal = listen(aServer(), { host: "127.0.0.1", port: { number: port, isGiven: true } });
  await expect(refusal).rejects.toThrow(BadConfig);
  await expect(refusal).rejects.toThrow(new RegExp(`^PORT: ${port} .*taken.*Example: PORT=`));
});

test("an address of another machine stops the start", async () => {
  await expect(listen(aServer(), { host: "192.0.2.1", port: { number: 0, isGiven: true } })).rejects.toThrow(
    /^HOST: 192\.0\.2\.1/,
  );
});

function refusalOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (refusal) {
    expect(refusal).toBeInstanceOf(BadConfig);
    return (refusal as Error).message;
  }
  throw new Error("was accepted");
}

function aServer(): Server {
  const server = createServer();
  onTestFinished(() => void server.close());
  return server;
}

async function aTakenPort(): Promise<number> {
  const server = aServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
