/** What is malformed, too large, unknown or deceptive is refused by name; the server lives, and tells nothing of itself. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import { idempotencyKey, seat } from "../../../shared/wire/values.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, paragraphAt, program } from "../../support/http-server.ts";

const commands = "/api/v1/negotiations/talks/commands";
const textPath = "/api/v1/negotiations/talks/text";
let server: HttpServer;
let chair: ReturnType<typeof program>;
beforeAll(async () => {
  server = await httpServer();
  chair = program(server, await server.token("chair"));
});
afterAll(async () => {
  expect(server.complaints).toEqual([]);
  await server.close();
});

const send = (path: string, body: string, headers: Record<string, string> = {}, method = "POST") =>
  fetch(server.base + path, {
    method,
    ...(method !== "GET" && { body }),
    headers: { ...chair.headers, "content-type": "application/json", "idempotency-key": "bad", ...headers },
  });

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  const problem = JSON.parse(text) as Problem;
  expect(answers.problem.safeParse(problem).error).toBeUndefined();
  expect(problem.status).toBe(response.status);
  expect(problem.reference).toMatch(/^[\w-]{12}$/);
  // Nothing of the inside: no file, no stack, no library.
  expect(text).not.toMatch(/node_modules|\.ts\b|at .*\(|zod|express|sqlite/i);
  return problem;
}

test("[IDE16] two million Chinese characters come in however JSON spells them, brackets by the million do not", async () => {
  const text = Array.from({ length: 2_000 }, (_, index) => `${index + 1}. ${"各国重申国际法适用。".repeat(99)}`).join(
    "\n\n",
  );
  const escaped = JSON.stringify({ text, append: true }).replace(
    /[\u0080-\uFFFF]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  expect(escaped.length).toBeGreaterThan(11_800_000);
  const taken = await send(textPath, escaped);
  expect(await taken.json()).toMatchObject({ paragraphs: { consensus: 2_000 }, warnings: {} });
  const around = "[".repeat(200_000);
  for (const body of [around, `{"text":"\\"","more":${around}`])
    expect(await problemOf(await send(textPath, body))).toMatchObject({ code: "too-large" });
  const wide = send(textPath, `{"text":"a"}`, { "content-type": "application/json; charset=utf-16" });
  expect(await problemOf(await wide)).toMatchObject({ code: "not-json" });
});

test("[IDE16] from nobody in particular a text is not even read", async () => {
  const body = JSON.stringify({ text: "a".repeat(20_000_000) });
  const answer = await fetch(server.base + textPath, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  }).catch(() => null);
  // A connection that is closed while the body is still being sent says the same.
  if (answer) expect(await problemOf(answer)).toMatchObject({ code: "not-signed-in" });
});

test("[IDE8] each kind of bad request has its own code", async () => {
  const position = { kind: "withdraw-position", position: "0".repeat(22) };
  const cases: [string, Promise<Response>, number, string][] = [
    ["broken JSON", send(commands, "{"), 400, "malformed-json"],
    ["a bare word", send(commands, '"circulate"'), 400, "malformed-json"],
    ["nothing", send(commands, ""), 422, "invalid"],
    ["a list", send(commands, "[]"), 422, "invalid"],
    ["an unknown kind", send(commands, '{"command":{"kind":"conquer"}}'), 422, "invalid"],
    ["no kind", send(commands, '{"command":{}}'), 422, "invalid"],
    ["a number for an id", send(commands, '{"command":{"kind":"withdraw-position","position":7}}'), 422, "invalid"],
    ["a prototype", send(commands, '{"command":{"kind":"circulate","__proto__":{"x":1}}}'), 422, "invalid"],
    ["an object for a string", send(commands, '{"command":{"kind":"set-title","title":{"$ne":1}}}'), 422, "invalid"],
    ["a form", send(commands, "a=b", { "content-type": "application/x-www-form-urlencoded" }), 415, "not-json"],
    [
      "too much",
      send(commands, JSON.stringify({ command: { kind: "circulate", note: "x".repeat(200_000) } })),
      413,
      "too-large",
    ],
    [
      "a lying length",
      send(commands, JSON.stringify({ command: position }), { "content-encoding": "gzip" }),
      400,
      "malformed",
    ],
    [
      "another charset",
      send(commands, "{}", { "content-type": "application/json; charset=iso-8859-1" }),
      400,
      "malformed",
    ],
    [
      "a long reason",
      send(
        commands,
        JSON.stringify({ command: { kind: "reopen", paragraph: "a".padEnd(22, "0"), reason: "x".repeat(4_001) } }),
      ),
      422,
      "invalid",
    ],
    ["a wrong method", send(commands, "{}", {}, "PUT"), 405, "method-not-allowed"],
    ["a wrong method on reading", send("/api/v1/me", "{}", {}, "DELETE"), 405, "method-not-allowed"],
    ["an unknown address", send("/api/v1/nothing", "{}"), 404, "not-found"],
    ["a bad escape", send("/api/v1/negotiations/%E0%A4%A/commands", "{}"), 400, "malformed"],
    ["an address out of the tree", send("/api/v1/negotiations/..%2f..%2fetc/report", "", {}, "GET"), 404, "not-found"],
    ["a bad number", send("/api/v1/negotiations/talks/events?after=-1", "", {}, "GET"), 422, "invalid"],
    ["a list for a number", send("/api/v1/negotiations/talks/events?after=1&after=2", "", {}, "GET"), 422, "invalid"],
    ["an unknown parameter", send("/api/v1/negotiations/talks/events?since=1", "", {}, "GET"), 422, "invalid"],
    ["a bad room", send("/api/v1/tickets", '{"room":"../../etc"}'), 422, "invalid"],
    [
      "a seat that is none",
      send("/api/v1/negotiations/talks", "", { "rapporteur-seat": "emperor" }, "GET"),
      403,
      "seat-not-held",
    ],
  ];
  for (const [what, asked, status, code] of cases) {
    const problem = await problemOf(await asked);
    expect([what, problem.status, problem.code]).toEqual([what, status, code]);
  }
  expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
});

test("[IDE8] what is wrong is named by its place", async () => {
  const { issues } = await problemOf(
    await send(commands, '{"command":{"kind":"gavel","paragraph":"short","wording":1},"extra":1}'),
  );
  expect(issues?.map(({ path }) => path)).toEqual(["command.paragraph", "command.wording", ""]);
});

test("[IDE11] characters that deceive are refused by name, in every field that people read", async () => {
  const deceptive = ["\u202A", "\u202E", "\u2066", "\u2069", "\u200B", "\u0000", "\u001B", "\uD800"];
  const { id: paragraph, wording } = await paragraphAt(chair.get("/api/v1/negotiations/talks/report"), 0);
  for (const character of deceptive) {
    const text = `plain${character}words`;
    for (const command of [
      { kind: "set-title", title: text },
      { kind: "circulate", note: text },
      { kind: "reopen", paragraph, reason: text },
      {
        kind: "lodge-position",
        paragraph,
        wording,
        level: "objection",
        onBehalfOf: "XAA",
        remedy: { kind: "replace", text },
      },
      { kind: "set-agenda", topics: [{ id: "one", title: text }] },
    ]) {
      const { code, issues } = await problemOf(await chair.submit("talks", command));
      expect(code).toBe("invalid");
      expect(issues?.[0]?.message).toMatch(/^must not contain (U\+[0-9A-F]{4}|half of a surrogate pair)$/);
    }
  }
});

test("[IDE11] equal words in different forms are the same words", async () => {
  const response = await chair.submit("talks", { kind: "set-title", title: "  Cafe\u0301 negotiations " });
  expect(response.status).toBe(200);
  expect(server.talks.record.settings.title).toBe("Caf\u00E9 negotiations");
});

test("HTML in words stays words", async () => {
  const title = "<script>alert(1)</script><img src=x onerror=alert(1)>";
  expect((await chair.submit("talks", { kind: "set-title", title })).status).toBe(200);
  const page = await (await fetch(`${server.base}/n/talks`)).text();
  expect(page).toContain("&lt;script&gt;");
  expect(page).not.toContain("<script>alert");
  expect(page).not.toContain("<img src=x");
});

test("[IDE8] two thousand invented requests are all answered, none by a fault of ours", async () => {
  let seed = 20_261_122;
  const pick = <T>(from: readonly T[]): T => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from[seed % from.length] as T;
  };
  const values = [
    null,
    true,
    -1,
    1e308,
    "",
    "x",
    "0".repeat(22),
    "0".repeat(64),
    [],
    {},
    [[]],
    { kind: "circulate" },
    "delegation:XAA",
  ];
  const keys = [
    "kind",
    "paragraph",
    "wording",
    "level",
    "position",
    "seat",
    "person",
    "to",
    "reason",
    "delegation",
    "topics",
    "span",
    "__proto__",
    "constructor",
  ];
  const kinds = [
    "lodge-position",
    "gavel",
    "reopen",
    "move-paragraph",
    "invite",
    "revoke-seat",
    "add-delegation",
    "set-agenda",
    "confirm-met",
  ];
  const before = server.talks.record.seq;
  for (let batch = 0; batch < 100; batch++) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => {
        const fields = Array.from({ length: 4 }, () => `${JSON.stringify(pick(keys))}:${JSON.stringify(pick(values))}`);
        return send(commands, `{"command":{"kind":"${pick(kinds)}",${fields.join(",")}}}`);
      }),
    );
    for (const { status } of answers) expect([400, 403, 409, 422, 429], `seed ${seed}`).toContain(status);
    await Promise.all(answers.map((response) => response.arrayBuffer()));
  }
  expect(server.talks.record.seq).toBe(before);
});

test("the codecs of seats and keys take what they should and nothing else", () => {
  for (const good of ["chair", "delegation:XAA", "reader:EU-27", "stakeholder:ngo-1"])
    expect(seat.safeParse(good).success).toBe(true);
  for (const bad of [
    "",
    "king",
    "delegation",
    "delegation:",
    "delegation:xaa",
    "chair:XAA",
    "delegation:XAA:1",
    " chair",
    1,
    null,
  ]) {
    expect(seat.safeParse(bad).success).toBe(false);
  }
  for (const bad of ["", " ", "a b", "é", "x".repeat(201), "a\n"])
    expect(idempotencyKey.safeParse(bad).success).toBe(false);
});
