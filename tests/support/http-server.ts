/** The whole server on a real port, on a store in memory, and callers who hold seats in it. */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { makeApp } from "../../server/http/app.ts";
import { gatekeeperOf } from "../../server/http/gatekeeper.ts";
import { Identity } from "../../server/http/identity.ts";
import { siteAt } from "../../server/http/origins.ts";
import type { Demo, HttpPorts } from "../../server/http/ports.ts";
import { Reader } from "../../server/reading/reader.ts";
import { Press } from "../../server/publication/press.ts";
import { Tickets } from "../../server/http/tickets.ts";
import type { Limits } from "../../server/limits.ts";
import { defaultLimits } from "../../server/limits.ts";
import { House } from "../../server/negotiation/house.ts";
import type { LiveNegotiation } from "../../server/negotiation/live-negotiation.ts";
import type { Clock } from "../../server/rooms/clock.ts";
import { systemClock } from "../../server/rooms/clock.ts";
import type { Log } from "../../server/rooms/log.ts";
import { attachSockets } from "../../server/rooms/sockets.ts";
import { memoryStore } from "../../server/store/memory-store.ts";
import type { Store } from "../../server/store/port.ts";
import { makeMetrics } from "../../server/telemetry/metrics.ts";
import { Webhooks } from "../../server/webhooks/deliveries.ts";
import type { Outside } from "../../server/webhooks/post.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { DisclosurePreset, Method } from "../../shared/domain/entries.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Actor, Seat } from "../../shared/domain/roster.ts";
import { parseSeat, spellSeat } from "../../shared/domain/roster.ts";
import type { ParagraphId, PersonId } from "../../shared/domain/values.ts";
import { paragraph } from "./table.ts";
import { someStates } from "./negotiations.ts";
import type { MemoryGuard } from "../../server/rooms/memory-guard.ts";
import { plentyOfMemory } from "./plenty-of-memory.ts";

const founder: Actor = { person: "F".repeat(22) as PersonId, name: "The founder", seat: { role: "chair" } };

export interface HttpServer {
  readonly base: string;
  readonly port: number;
  readonly ports: HttpPorts;
  readonly talks: LiveNegotiation;
  readonly complaints: string[];
  /** An API token for a new person in this seat. */
  token(seat: string, negotiation?: LiveNegotiation): Promise<string>;
  /** A one-time link's token for this seat. */
  link(seat: string, negotiation?: LiveNegotiation): Promise<string>;
  open(slug: string, method?: Method, disclosure?: DisclosurePreset): Promise<LiveNegotiation>;
  close(): Promise<void>;
}

const nowhere: Outside = {
  post: () => {
    throw new Error("nothing is sent in this test");
  },
  refuses: async () => null,
};

export interface HttpServerOptions {
  /** How webhooks are sent. */
  readonly outside?: Partial<Outside>;
  readonly store?: Store;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
  readonly memory?: MemoryGuard;
  readonly demo?: Demo;
  readonly client?: string;
  readonly trustProxy?: boolean;
  readonly press?: Press;
  readonly reader?: Reader;
  /** The address that people use, where it is not the server's own. */
  readonly publicUrl?: string;
  /** Of the negotiation that is opened: by default `talks`. */
  readonly slug?: string;
  /** The same seed, the same identifiers and salts. */
  readonly random?: HttpPorts["random"];
  readonly chance?: HttpPorts["chance"];
}

/** Opens `talks`, with paragraphs a, b and c circulated and everyone of `someStates` on the roster. */
export async function httpServer(options: HttpServerOptions = {}): Promise<HttpServer> {
  const complaints: string[] = [];
  const complain = (details: object, words: string): void => void complaints.push(`${words}: ${inspect(details)}`);
  const ports = {
    store: options.store ?? memoryStore(),
    clock: options.clock ?? systemClock,
    limits: { ...defaultLimits, ...options.limits },
    log: options.log ?? { info: () => undefined, warn: complain, error: complain },
    memory: options.memory ?? plentyOfMemory,
    random: options.random ?? ((count: number) => randomBytes(count)),
    chance: options.chance ?? Math.random,
  };
  const house = await House.open(ports);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const site = siteAt(options.publicUrl ?? null, "127.0.0.1", port);
  const identity = new Identity(house, { ...ports, site });
  const tickets = new Tickets(ports);
  const gatekeeper = gatekeeperOf({ house, identity, tickets, origins: site.origins });
  const sockets = attachSockets(server, { ...ports, gatekeeper });
  const http: HttpPorts = {
    ...ports,
    house,
    site,
    identity,
    tickets,
    lines: sockets.lines,
    press: options.press ?? new Press(),
    reader: options.reader ?? new Reader(),
    webhooks: await Webhooks.open({ ...ports, house, site }, { ...nowhere, ...options.outside }),
    metrics: makeMetrics(),
    version: "0.0.0-test",
    trustProxy: options.trustProxy ?? false,
    demo: options.demo ?? null,
    client: options.client ?? null,
    development: null,
  };
  server.on("request", makeApp(http));

  const open = async (slug: string, method: Method = "chair-pen", disclosure: DisclosurePreset = "delegations") => {
    const text = ["a", "b", "c"].map((letter) => paragraph(letter, `States should ${letter.repeat(4)}.`));
    const settings = { title: `Talks ${slug}`, method, disclosure, silenceMinimumHours: 72 };
    const talks = await house.create({ slug, settings, delegations: someStates, text, takesSeat: true }, founder);
    const circulated = await talks.submit({ kind: "circulate" }, founder, "first");
    if (!circulated.ok) throw new Error("the first circulation was refused");
    return talks;
  };
  const talks = await open(options.slug ?? "talks");
  return {
    base: site.base,
    port,
    ports: http,
    talks,
    complaints,
    open,
    token: (seat, negotiation = talks) => http.identity.makeToken(negotiation, seatOf(seat), `Person in ${seat}`),
    link: async (seat, negotiation = talks) =>
      (await http.identity.makeLink({ negotiation: negotiation.row.id, seat: spellSeat(seatOf(seat)), name: null }))
        .token,
    async close() {
      sockets.close();
      http.webhooks.stop();
      await http.press.close();
      http.reader.close();
      await house.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const seatOf = (spelled: string): Seat => {
  const seat = parseSeat(spelled);
  if (!seat) throw new Error(`no seat: ${spelled}`);
  return seat;
};

/** One browser: keeps its cookie, says where its requests come from. */
export class Browser {
  cookie: string | null = null;
  readonly #base: string;

  constructor({ base }: Pick<HttpServer, "base">) {
    this.#base = base;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  async post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, {
      method: "POST",
      headers: { origin: this.#base, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async enter(token: string): Promise<Response> {
    return this.post(`/enter/${token}`);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = {
      ...(this.cookie !== null && { cookie: this.cookie }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(this.#base + path, { ...init, headers, redirect: "manual" });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? null;
    return response;
  }
}

/** Requests with a token. */
export function program({ base }: Pick<HttpServer, "base">, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  let key = 0;
  return {
    headers,
    get: (path: string, more: Record<string, string> = {}) => fetch(base + path, { headers: { ...headers, ...more } }),
    post: (path: string, body: unknown, more: Record<string, string> = {}) =>
      fetch(base + path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json", ...more },
        body: JSON.stringify(body),
      }),
    submit(slug: string, command: Command | Record<string, unknown>, idempotencyKey = `key-${++key}`) {
      return this.post(`/api/v1/negotiations/${slug}/commands`, { command }, { "idempotency-key": idempotencyKey });
    },
  };
}

/** A paragraph of the report as someone sees it, by its place among the paragraphs. */
export async function paragraphAt(
  response: Promise<Response>,
  index: number,
): Promise<{ id: ParagraphId; wording: string }> {
  const report = (await (await response).json()) as ComposedReport;
  const found = report.parts.consensus[index];
  if (!found) throw new Error(`no paragraph ${index}`);
  return found;
}
