/**
 * Everything that one viewer can get from a server, asked for: each address in each way that it can be asked, each room, each export of
 * the command line. The addresses are those that the server itself documents; one that nobody has told how to ask for is an error.
 */
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { readPdf } from "./read-pdf.ts";
import { WebSocket } from "ws";
import { parseSeat, thePublic } from "../../shared/domain/roster.ts";
import { formats, shown } from "../../server/publication/formats.ts";
import { unpack } from "../../shared/wire/http-line.ts";
import { message } from "../../shared/wire/protocol.ts";
import type { Viewer, World } from "./canaries.ts";
import { idOf } from "./table.ts";

/** One answer: where from, and all of it, status and headers too. */
export interface Seen {
  readonly where: string;
  readonly what: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
interface Documented {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: { readonly schemas: { readonly Command: { readonly oneOf: readonly CommandShape[] } } };
}
interface CommandShape {
  readonly properties: { readonly kind: { readonly const: string }; readonly [name: string]: unknown };
  readonly required: readonly string[];
}

/** @param isWhole each address in every way; else in one, as for a second seat of a side */
export async function walk(world: World, viewer: Viewer, isWhole: boolean): Promise<readonly Seen[]> {
  const [, openapi] = await send(world, viewer, "GET", "/api/openapi.json");
  const { paths, components } = JSON.parse(openapi.toString()) as Documented;
  // Told again to who asks: of one who has seen all there is, each walk is told the same.
  await send(world, viewer, "POST", `/api/v1/negotiations/${world.talks.row.slug}/seen`, json({ upTo: 1_000_000 }));
  const seen: Seen[] = [];
  const asks: (() => Promise<readonly Seen[]>)[] = [];
  const ask = (method: string, path: string, init: RequestInit = {}): void =>
    void asks.push(async () => [
      { where: `${method} ${path}`, what: (await send(world, viewer, method, path, init))[0] },
    ]);
  const own = seatOf(viewer);
  const queriesAt = (path: string): readonly string[] => {
    const queries = queriesOf(path, world, viewer);
    const asOneself = queries.find((query) => own !== null && query.includes(own)) ?? queries[0];
    return isWhole || asOneself === undefined ? queries : [asOneself];
  };
  for (const [path, methods] of Object.entries(paths)) {
    const addresses = addressesOf(path, world, viewer);
    if (methods["get"])
      for (const address of addresses) for (const query of queriesAt(path)) ask("GET", address + query);
    if (!methods["post"]) continue;
    const posts = bodies[path];
    if (!posts) throw new Error(`POST ${path} is not walked: say in tests/support/walk.ts how to ask for it`);
    if (path === "/sync/{room}/{line}") continue; // with its room
    const queries = methods["get"] ? [""] : queriesAt(path);
    for (const address of addresses)
      for (const body of posts(world, viewer, components.schemas.Command.oneOf))
        if (path === "/sync/{room}") asks.push(() => lineIn(world, viewer, address, body));
        else for (const query of queries) ask("POST", address + query, body);
  }
  seen.push(...(await answers(asks)));
  for (const room of roomsOf(world))
    for (const frame of await socketIn(world, viewer, room))
      seen.push({ where: `socket of ${room}`, what: latin(frame) });
  for (const frame of world.heard.get(viewer.name) ?? [])
    seen.push({ where: "a frame as it happened", what: latin(frame) });
  // Sent to programs as everyone may see it.
  if (viewer.token === null)
    for (const entry of await world.posted()) seen.push({ where: "a webhook's message", what: JSON.stringify(entry) });
  // The command line exports what the public may see, for whoever keeps the server.
  for (const [name, format] of viewer.token === null ? Object.entries(formats) : []) {
    const file = await format.write(shown(world.talks, thePublic), "clean", world.server.ports);
    seen.push({
      where: `cli export ${name}`,
      what: typeof file === "string" ? file : written(file),
    });
  }
  return seen;
}

/** Some at a time, for documents are written beside the answers; told in the order of the questions. */
async function answers(asks: readonly (() => Promise<readonly Seen[]>)[]): Promise<readonly Seen[]> {
  const told: (readonly Seen[])[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < asks.length; at = next++) told[at] = await asks[at]!();
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  return told.flat();
}

/** A line over HTTP, with what it tells at first. */
async function lineIn(world: World, viewer: Viewer, address: string, init: RequestInit): Promise<readonly Seen[]> {
  const [answer, body] = await send(world, viewer, "POST", address, init);
  const opened = { where: `POST ${address}`, what: answer };
  const { line } = JSON.parse(body.toString() || "{}") as { line?: string };
  if (line === undefined) return [opened];
  const [, parcel] = await send(world, viewer, "POST", `${address}/${line}?received=0&now`);
  const frames = unpack(parcel)?.frames ?? [];
  return [opened, ...frames.map((frame) => ({ where: `line of ${address}`, what: latin(frame) }))];
}

/** What stands in a file: of an office program in a folder that is packed, in a PDF drawn. */
function written(file: Uint8Array): string {
  const begin = latin(file.subarray(0, 4));
  if (begin !== "PK\u0003\u0004" && begin !== "%PDF") return latin(file);
  const key = createHash("sha256").update(file).digest("hex");
  let words = opened.get(key);
  if (words === undefined) opened.set(key, (words = begin === "%PDF" ? drawn(file) : unpacked(file)));
  return words;
}

/** The same file is opened once. */
const opened = new Map<string, string>();

const unpacked = (file: Uint8Array): string => Object.values(unzipSync(file)).map(latin).join("\n");

function drawn(file: Uint8Array): string {
  const { title, bookmarks, pages } = readPdf(file);
  return [title, ...bookmarks, ...pages.flatMap(({ words, beside }) => [words, ...beside])].join("\n");
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Where it listens; it is told that it is read elsewhere. */
const at = ({ server: { port } }: World): string => `http://127.0.0.1:${port}`;

async function send(
  world: World,
  { token }: Viewer,
  method: string,
  path: string,
  init: RequestInit = {},
): Promise<[string, Buffer]> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const asking: RequestInit = {
    ...init,
    method,
    redirect: "manual",
    headers: {
      ...authorization,
      origin: world.server.base,
      "accept-encoding": "identity",
      ...(init.headers as object),
    },
  };
  const address = at(world) + path;
  // On a busy machine the server has let go of a kept connection by the time that it is used again.
  const response = await fetch(address, asking).catch(() => fetch(address, asking));
  const body = Buffer.from(await response.arrayBuffer());
  // How long a packed file is depends on when it was packed.
  const left = [
    "date",
    "content-security-policy",
    ...(/^(PK|%PDF)/.test(latin(body.subarray(0, 4))) ? ["content-length"] : []),
  ];
  const headers = [...response.headers].filter(([name]) => !left.includes(name));
  return [`${response.status} ${headers.map((header) => header.join(": ")).join("\n")}\n${written(body)}`, body];
}

/** What to put for each name in an address. */
function addressesOf(path: string, world: World, viewer: Viewer): readonly string[] {
  const { talks } = world;
  const isPage = path.endsWith("{silence}");
  const values: { readonly [name: string]: readonly string[] } = {
    slug: [talks.row.slug],
    version: talks.record.versions.slice(-1).map(({ name }) => name),
    seat: [...new Set([seatOf(viewer) ?? "observer", "chair", "delegation:XAA"])],
    // One under each of the first two rules; letters of the second alone, for they are files in many formats.
    silence: [...talks.record.silences.values()]
      .filter(
        ({ paragraphs: [one] }) => one?.paragraph === idOf("1silent") || (one?.paragraph === idOf("0silent") && isPage),
      )
      .map(({ id }) => id),
    paragraph: ["split", "0objected", "1objected", "1proposed", "1taken", "0agreed", "0bridged", "fresh"].map(idOf),
    token: ["A".repeat(43)],
    secret: ["A".repeat(43)],
    file: ["A".repeat(22)],
    room: roomsOf(world),
    line: ["A".repeat(43)],
    // Who may fetch one that there is: tests/server/http/named-states.test.ts.
    state: ["A".repeat(43)],
  };
  return [...path.matchAll(/\{(\w+)\}/g)].reduce<readonly string[]>(
    (addresses, [place, name = ""]) => {
      const known = values[name];
      if (!known) throw new Error(`${path}: say in tests/support/walk.ts what to put for {${name}}`);
      return addresses.flatMap((address) => known.map((value) => address.replace(place, value)));
    },
    [path],
  );
}

const roomsOf = ({ talks, drafting }: World): readonly string[] => [
  talks.recordRoom.id,
  talks.textRoom.id,
  drafting.room,
];

const seatOf = ({ name }: Viewer): string | null => (parseSeat(name) ? name : null);

/** How each page and file can be asked for. The test knows which names of a query are read, and misses those that are not here. */
export function queriesOf(path: string, { talks, server }: World, viewer: Viewer): readonly string[] {
  const own = seatOf(viewer);
  const seats = ["", ...(own ? [`?seat=${own}`] : []), "?seat=public", "?seat=chair"];
  const mine = own ? `?seat=${own}&` : "?";
  if (path.endsWith("/states/{state}")) return ["", "?from=7"];
  if (!path.includes("{slug}") && path !== "/oembed") return [""]; // of the server, not of a negotiation
  if (path === "/api/v1/negotiations/{slug}/returned-files") return ["", "?onBehalfOf=XAA"];
  if (path === "/api/v1/negotiations/{slug}/events") return ["", "?after=7"];
  if (path === "/api/v1/negotiations/{slug}/changed") return ["", "?since=7"];
  if (/^\/n\/\{slug\}(\/v\/\{version\})?$/.test(path))
    return ["", "?part=consensus", "?against=zero-draft", "?beside=zero-draft,rev-1"];
  // Made of the same as the files of Word, and slower to make.
  if (path.endsWith("lineage.pdf")) return [`${mine}from=zero-draft&to=rev-1`];
  if (path.endsWith("brief.pdf")) return [`${mine}since=zero-draft`];
  if (/(status|announced)\.pdf$/.test(path)) return [mine];
  // Made of the same letters as the quicker formats.
  if (/(broken|held)\.pdf$/.test(path)) return [];
  if (path.endsWith(".pdf")) return [`${mine}mode=review&part=consensus&against=zero-draft`];
  if (/version\}\.\w+$/.test(path)) return [mine, "?part=consensus&mode=clean&against=zero-draft"];
  if (path === "/n/{slug}/lineage") return [...seats, `${mine}from=zero-draft&to=rev-1`];
  if (/\/silence\/\{silence\}(\.md)?$/.test(path)) return seats;
  if (path.endsWith("/silence/{silence}.pdf")) return [mine];
  if (path.startsWith("/n/{slug}/lineage.")) return ["", "?seat=chair", `${mine}from=zero-draft&to=rev-1`];
  if (/^\/n\/\{slug\}\/(status|brief|silence\/.*)\./.test(path))
    return [
      "",
      "?seat=chair",
      ...(own ? [`?seat=${own}`] : []),
      ...(path.includes("/brief.") ? [`${mine}since=zero-draft`] : []),
    ];
  if (/\.(docx|odt|xml)$/.test(path))
    return [`${mine}mode=compilation`, `${mine}mode=review&part=consensus&against=zero-draft`];
  if (/\.(json|md|html|csv)$/.test(path) && !path.endsWith("feed.json") && !path.endsWith("record.json"))
    return [
      "",
      "?seat=chair",
      ...["", "part=chair-summary", "mode=clean", "against=zero-draft"].map((more) => mine + more),
      ...(path.endsWith(".html") ? ["mode=review", "mode=compilation"].map((more) => mine + more) : []),
    ];
  if (path === "/oembed")
    return ["0objected", "fresh"].map(
      (name) =>
        `?url=${encodeURIComponent(`${server.base}/n/${talks.row.slug}/p/${idOf(name)}`)}&format=json&maxwidth=300&maxheight=90`,
    );
  if (/\/(feed\.\w+|deadlines\.ics|\w+\.zip)$/.test(path))
    return own ? ["", "?seat=chair", `?seat=${own}`] : ["", "?seat=chair"];
  if (path === "/n/{slug}/record")
    return [
      ...seats,
      ...[2, 3, 4].map((page) => `${mine}page=${page}`),
      ...["positions", "proposals", "silence"].map((kind) => `${mine}kind=${kind}`),
      `${mine}paragraph=${idOf("0objected")}`,
      `${mine}paragraph=${idOf("0agreed")}`,
    ];
  if (path.startsWith("/n/{slug}/desk/{seat}/light"))
    // The receipt of an act, and of somebody else's.
    return ["", `?done=${talks.entries.find(({ what }) => what.kind === "position-lodged")!.seq}`];
  return path.startsWith("/n/{slug}/") ? seats : [""];
}

type Bodies = (world: World, viewer: Viewer, commands: readonly CommandShape[]) => readonly RequestInit[];

const json = (body: unknown, more: Record<string, string> = {}): RequestInit => ({
  headers: { "content-type": "application/json", ...more },
  body: JSON.stringify(body),
});
const once = (body: unknown): RequestInit => json(body, { "idempotency-key": `walk ${Math.random()}` });

const nobody = { id: "unknown".padEnd(22, "0") };
const secretPaper = { id: "note".padEnd(22, "0") };

/** Asked so that nothing comes of it but an answer. */
const bodies: { readonly [path: string]: Bodies } = {
  "/enter/{token}": () => [{}],
  "/sign-out": () => [{}],
  "/n/{slug}/desk/{seat}/light": ({ proposals }) => [
    { body: new URLSearchParams({ act: "withdraw-proposal", proposal: proposals[0]! }) },
    { body: new URLSearchParams({ act: "none" }) },
  ],
  "/api/v1/negotiations": () => [
    once({ slug: "talks", title: "Others", method: "chair-pen", disclosure: "open", delegations: [] }),
  ],
  "/api/v1/negotiations/{slug}/seen": () => [json({ upTo: 1_000_000 })],
  "/api/v1/negotiations/{slug}/text": () => [json({ text: "Words." }), json({ text: 1 })],
  // A delegation that may not know of it, its adviser, and who is in none: the others are told what these are told.
  "/api/v1/negotiations/{slug}/commands": (world, { name }, commands) =>
    (/^(delegation:XA[CG]|adviser:XAB|stakeholder:press-1|nobody)$/.test(name) ? commands : []).map((shape) =>
      once({ command: hostile(shape, world) }),
    ),
  "/api/v1/negotiations/{slug}/invitations": () => [once({ seats: ["delegation:XZZ"] })],
  // Neither knows of a negotiation; an archive is refused to whoever is no operator.
  "/api/v1/archives": () => [{ headers: { "content-type": "application/octet-stream" }, body: "PK" }],
  "/api/v1/files/text": () => [json({})],
  "/api/v1/files/tables": () => [json({})],
  "/api/v1/negotiations/{slug}/returned-files": () => [
    { headers: { "content-type": "application/octet-stream" }, body: "%PDF-1.7" },
  ],
  "/api/v1/negotiations/{slug}/papers": () => [json({ paper: secretPaper })],
  "/api/v1/negotiations/{slug}/papers/remove": () => [json({ id: "unknown".padEnd(22, "0") })],
  "/api/v1/negotiations/{slug}/papers/release": () => [json(secretPaper)],
  "/api/v1/negotiations/{slug}/drafting": () => [
    once({ change: "replace", paragraph: idOf("drafted"), wording: "f".repeat(64), invited: ["XAB"] }),
  ],
  // By who is not in it; who is in it takes nothing away from it.
  "/api/v1/negotiations/{slug}/drafting/act": ({ drafting }) => [
    json({ id: drafting.id, act: { kind: "sponsor", wording: "f".repeat(64) } }),
  ],
  "/api/v1/negotiations/{slug}/drafting/table": () => [json({ id: "unknown".padEnd(22, "0") })],
  "/api/v1/negotiations/{slug}/webhooks": () => [json({ url: "nowhere" })],
  // It is told what it is told at the feeds themselves; who makes one anew ends nobody else's.
  "/api/v1/negotiations/{slug}/feed-key": () => [],
  "/api/v1/negotiations/{slug}/feed-key/end": () => [{}],
  "/api/v1/negotiations/{slug}/webhooks/test": () => [json(nobody)],
  "/api/v1/negotiations/{slug}/webhooks/resume": () => [json(nobody)],
  "/api/v1/negotiations/{slug}/webhooks/remove": () => [json(nobody)],
  "/api/v1/tickets": (world) => roomsOf(world).map((room) => json({ room })),
  "/api/v1/client-ids": (world) => roomsOf(world).map((room) => json({ room })),
  "/sync/{room}": () => [{}],
  "/sync/{room}/{line}": () => [],
};

/** Each command, on what the caller may not know of, in words that nobody can have read: it must be refused. */
function hostile({ properties, required }: CommandShape, { talks, proposals }: World): object {
  const [position] = [...talks.record.positions.values()].filter(({ level }) => level === "objection");
  const values: { readonly [name: string]: unknown } = {
    paragraph: idOf("fresh"),
    wording: "f".repeat(64),
    position: position!.id,
    proposal: proposals[0],
    proposals,
    procedure: [...talks.record.silences.keys()][0],
    group: [...talks.record.groups.made.keys()][0],
    level: "objection",
    reason: "Why not.",
    text: "Words.",
    to: "consensus",
    at: 10_000,
    how: "keep",
    fate: "not-taken-up",
    version: "unknown",
    preset: talks.record.settings.disclosure,
    method: talks.record.settings.method,
    title: talks.record.settings.title,
    topics: talks.record.topics,
    delegation: "XZZ",
    seat: "adviser:XZZ",
    person: "0".repeat(22),
    scope: [idOf("unknown")],
    deadline: new Date(0).toISOString(),
    zone: "UTC",
    bridging: [...talks.record.bridging.values()].flat()[0]?.id,
    answer: "accept",
    whether: "met",
    others: "chair-summary",
    scheme: "alt",
    language: "en",
    delegations: ["XZZ"],
    from: 0,
    request: talks.record.summary.requests[0]?.id,
    corrected: false,
    package: [...talks.record.packages.keys()].at(-1),
    paragraphs: [idOf("unknown")],
    hours: talks.record.settings.silenceMinimumHours,
    form: "dissociation",
    name: "",
    of: "political",
    invite: ["XZZ"],
    speaker: "XZZ",
  };
  return Object.fromEntries(
    required.map((name) => {
      if (name === "kind") return [name, properties.kind.const];
      if (!(name in values))
        throw new Error(`${properties.kind.const}: say in tests/support/walk.ts what to put for ${name}`);
      return [name, values[name]];
    }),
  );
}

/** What a room tells to whoever comes; nothing where they are not let in. */
function socketIn(world: World, { token }: Viewer, room: string): Promise<readonly Uint8Array[]> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${at(world).replace("http", "ws")}/sync/${room}`, { headers });
  const frames: Uint8Array[] = [];
  return new Promise((resolve) => {
    socket.on("error", () => resolve(frames));
    socket.on("close", () => resolve(frames));
    socket.on("open", () => socket.send(Uint8Array.of(message.sync, 0, 1, 0)));
    socket.on("message", (data: Buffer) => {
      frames.push(data);
      // The record is told first, the text in answer to the question.
      if (data[0] === message.sync && data[1] === 1) socket.close();
    });
  });
}
