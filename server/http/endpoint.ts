/**
 * An endpoint is written once: what it takes, what it answers and what can go wrong, beside the function that does it. The router and
 * the OpenAPI document are both made from these, so neither can know of a route that the other does not.
 */
import type { Express, IRouter, Request, RequestHandler, Response } from "express";
import express from "express";
import * as z from "zod";
import type { Limits } from "../limits.ts";
import type { MemoryGuard } from "../rooms/memory-guard.ts";
import { ServerFull } from "../negotiation/live-negotiation.ts";
import { idempotencyKey } from "../../shared/wire/values.ts";
import type { Caller } from "./identity.ts";
import type { ProblemCode } from "./problems.ts";
import { parse, Trouble } from "./problems.ts";

/** What an endpoint has in hand when it runs; everything checked. */
export interface Asked<Body, Query> {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  /** Empty where the endpoint does not ask for one. */
  readonly key: string;
  /** The seat named by `Rapporteur-Seat`. */
  readonly seat: string | undefined;
}

interface Shape<Body, Query> {
  readonly method: "get" | "post";
  /** As express spells it: `/api/v1/negotiations/:slug`. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType<Body>;
  readonly query?: z.ZodType<Query>;
  /** In place of `body`: a file of any kind, of at most so many bytes. */
  readonly file?: number;
  /** Before a file is read: whoever may not send it is refused at its head, and takes up no memory. @throws Trouble */
  readonly admit?: (caller: Caller, response: Response) => Promise<void>;
  /** Asks for `Idempotency-Key`: the same key is done once. */
  readonly once?: true;
  /** Acts for, or reads as, one seat. */
  readonly seated?: true;
  /** Brings a whole text, which only somebody who signed in does. */
  readonly large?: true;
  /** Writes a document. Like what brings a file or a whole text, it is not begun while memory is full. */
  readonly document?: true;
  /** Codec of the JSON answer, or the media type of another one. */
  readonly answer: z.ZodType | string;
  readonly status?: number;
  /** Beyond those that every endpoint of its shape can give. */
  readonly problems?: readonly ProblemCode[];
}

/** An endpoint whose body and query nobody needs to know any more. */
export interface Endpoint extends Shape<unknown, unknown> {
  readonly run: (asked: Asked<unknown, unknown>) => unknown;
}

/** @param run answers what goes into the body as JSON, or sends the answer itself and gives undefined */
export const endpoint = <Body = undefined, Query = undefined>(
  shape: Shape<Body, Query>,
  run: (asked: Asked<Body, Query>) => unknown,
): Endpoint => ({ ...(shape as Shape<unknown, unknown>), run: run as Endpoint["run"] });

const isForPrograms = (path: string): boolean => /^\/api\//i.test(path);

interface Bounds {
  readonly limits: Limits;
  readonly memory: MemoryGuard;
}

/** Whoever asks for a page passes those of the interface for programs in one step. */
export function mount(app: Express, endpoints: readonly Endpoint[], bounds: Bounds): void {
  const programs = express.Router();
  programs.use((request, _, next) => (isForPrograms(request.path) ? next() : next("router")));
  app.use(programs);
  for (const one of endpoints) mountOne(isForPrograms(one.path) ? programs : app, one, bounds);
  refuseOtherMethods(
    programs,
    endpoints.filter(({ path }) => isForPrograms(path)),
  );
}

function mountOne(router: IRouter, { method, path, ...shape }: Endpoint, { limits, memory }: Bounds): void {
  const { body, file, admit, query, once, large, status, run } = shape;
  const hasRoom: RequestHandler = (_, __, next) => {
    if (memory.isFull) throw new ServerFull();
    next();
  };
  const readBody = large
    ? express.json({ limit: limits.reportBytes, strict: true, verify: mostlyWords(limits.bodyBytes) })
    : express.json({ limit: limits.bodyBytes, strict: true });
  const handlers =
    file !== undefined
      ? [mustBeFile, ...(admit ? [admitting(admit)] : []), express.raw({ limit: file, type: () => true })]
      : body === undefined
        ? []
        : [...(large ? [mustBeSomebody] : []), mustBeJson, readBody];
  if (isCostly(shape)) handlers.unshift(hasRoom);
  router[method](path, ...handlers, async (request, response) => {
    const key = request.get("idempotency-key");
    if (once && key === undefined) throw new Trouble("idempotency-key-needed");
    const answer = await run({
      request,
      response,
      caller: request.caller,
      params: request.params as Record<string, string>,
      body: body === undefined ? undefined : parse(body, request.body),
      query: query === undefined ? undefined : parse(query, request.query),
      key: once ? parse(idempotencyKey, key) : "",
      seat: request.get("rapporteur-seat"),
    });
    if (answer === undefined) return;
    if (status !== undefined) response.status(status);
    // What is on the record may change with the next request, and belongs to one caller.
    if (!response.get("cache-control")) response.set("Cache-Control", "private, no-cache");
    response.json(answer);
  });
}

const isCostly = ({ file, large, document }: Pick<Endpoint, "file" | "large" | "document">): boolean =>
  file !== undefined || large === true || document === true;

/** After every page there is. */
export function refuseOtherMethodsOfPages(app: Express, endpoints: readonly Endpoint[]): void {
  refuseOtherMethods(
    app,
    endpoints.filter(({ path }) => !isForPrograms(path)),
  );
}

/** What comes so far has an address that is known and a method that is not. */
function refuseOtherMethods(router: IRouter, endpoints: readonly Endpoint[]): void {
  for (const path of new Set(endpoints.map((known) => known.path))) {
    const methods = endpoints.filter((known) => known.path === path).map(({ method }) => method.toUpperCase());
    const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : [])].join(", ");
    // One layer for all of them, where `app.all` makes one for each of some thirty methods.
    router.route(path).all(function refuseMethod() {
      throw new Trouble("method-not-allowed", {}, { Allow: allowed });
    });
  }
}

const admitting =
  (admit: NonNullable<Endpoint["admit"]>): RequestHandler =>
  async ({ caller }, response, next) => {
    await admit(caller, response);
    next();
  };

function mustBeSomebody({ caller }: Request, _: Response, next: () => void): void {
  if (caller.kind === "public") throw new Trouble("not-signed-in");
  next();
}

/**
 * However long its words are, what stands around them may be no longer than in any other body: as many brackets as there may be letters
 * would take a gigabyte of memory to parse.
 */
const mostlyWords =
  (most: number) =>
  (_: unknown, __: unknown, body: Buffer, charset: string): void => {
    if (charset !== "utf-8") throw new Trouble("not-json");
    let around = 0;
    let isInWords = false;
    for (let at = 0; at < body.length; at++) {
      if (isInWords && body[at] === backslash) at++;
      else if (body[at] === quote) isInWords = !isInWords;
      else if (!isInWords && ++around > most) throw new Trouble("too-large");
    }
  };

const quote = 0x22;
const backslash = 0x5c;

function mustBeJson(request: Request, _: Response, next: () => void): void {
  if (!request.is("application/json")) throw new Trouble("not-json");
  next();
}

/** A form of another site can send text, and no other kind of file without asking the browser first. */
function mustBeFile(request: Request, _: Response, next: () => void): void {
  if (!request.is("application/octet-stream")) throw new Trouble("not-a-file");
  next();
}

/** What every endpoint of this shape can answer besides its own troubles. */
export function problemsOf(shape: Endpoint): readonly ProblemCode[] {
  const { method, body, file, query, once, seated, problems = [] } = shape;
  return [
    ...new Set<ProblemCode>([
      "not-signed-in",
      ...(method === "post" ? (["foreign-origin"] as const) : []),
      ...(body ? (["malformed-json", "malformed", "not-json", "too-large", "invalid"] as const) : []),
      ...(file === undefined ? [] : (["not-a-file", "too-large"] as const)),
      ...(query ? (["invalid"] as const) : []),
      ...(once ? (["idempotency-key-needed", "invalid"] as const) : []),
      ...(seated ? (["seat-needed", "seat-not-held", "not-found"] as const) : []),
      ...(seated || isCostly(shape) ? (["full"] as const) : []),
      ...problems,
      "method-not-allowed",
      "too-many-requests",
      "internal",
      method === "get" ? "unreadable" : "storage",
    ]),
  ];
}
