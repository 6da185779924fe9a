/**
 * What can go wrong with a request, as `application/problem+json` with a stable code (RFC 9457). Here codes become HTTP statuses;
 * the sentences of refusals are `shared/messages`'.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import * as z from "zod";
import type { Refusal, RefusalCode } from "../../shared/domain/refusals.ts";
import { refusals } from "../../shared/messages/en/refusals.ts";
import type { Problem } from "../../shared/wire/api.ts";
import { SlugTaken } from "../negotiation/house.ts";
import { ServerFull } from "../negotiation/live-negotiation.ts";
import type { Log } from "../rooms/log.ts";
import { StorageTrouble } from "../store/port.ts";

/** 403: your seat never may. 409: not as things stand. 422: what you name does not exist or does not fit. */
const refusalStatus = {
  "not-allowed": 403,
  "only-the-chair": 403,
  "not-yours": 403,
  "not-a-state": 403,
  "head-invites": 403,
  "paragraph-unknown": 422,
  "wording-unknown": 422,
  "position-unknown": 422,
  "delegation-unknown": 422,
  "delegation-needed": 422,
  "seat-unknown": 422,
  "reason-needed": 422,
  "span-mismatch": 422,
  "bracket-unknown": 422,
  "not-a-paragraph": 422,
  "wording-stale": 409,
  "draft-differs": 409,
  "hidden-characters": 409,
  "not-circulated": 409,
  contested: 409,
  agreed: 409,
  "already-agreed": 409,
  "not-agreed": 409,
  "not-consensus-text": 409,
  "already-there": 409,
  "not-an-objection": 409,
  "position-ended": 409,
  "nothing-to-confirm": 409,
  "own-objection-stands": 409,
  "delegation-known": 409,
  "nothing-changes": 409,
  "under-silence": 409,
  "silence-unknown": 422,
  "silence-ended": 409,
  "moment-passed": 422,
  "deadline-too-soon": 422,
  "deadline-not-later": 422,
  "deadline-passed": 409,
  "earlier-objection-stands": 409,
  "nothing-in-scope": 422,
  "not-in-scope": 422,
  "whole-needed": 422,
  adopted: 409,
  "not-adopted": 409,
  "not-settled": 409,
  "group-unknown": 422,
  "group-regional": 422,
  "group-positions-stand": 409,
  "not-the-speaker": 403,
  "not-a-member": 403,
  "not-invited": 403,
  "not-of-a-group": 422,
  "already-a-member": 409,
  "mandates-conflict": 409,
  "own-position-stands": 409,
  "speaks-for-it": 409,
  "speaker-departed": 409,
  "member-of-it": 409,
  "proposal-unknown": 422,
  "proposal-disposed": 409,
  "proposal-conflicts": 409,
  "words-needed": 422,
  "words-too-long": 422,
  "same-words": 422,
  "fate-unfit": 422,
  "own-proposal": 409,
  "nothing-used": 422,
  "bridging-unknown": 422,
  "bridging-ended": 409,
  "bridging-open": 409,
  "bridging-displaced": 409,
  "bridging-unsupported": 409,
  "not-asked": 403,
  "changes-uncovered": 409,
  "version-known": 409,
  "version-unknown": 422,
  "label-unfit": 422,
  "embeds-must-stay": 422,
  "drafting-ended": 409,
  "drafting-not-joined": 409,
  "drafting-not-led": 403,
  "too-many-draftings": 409,
  "too-many": 409,
  "not-corrected": 409,
  "package-unknown": 422,
  "package-withdrawn": 409,
  "condition-unfit": 422,
  "alternatives-unfit": 409,
  "alternatives-open": 409,
  "no-alternative": 409,
  "not-in-summary": 409,
  "quantifier-unknown": 409,
  "request-unknown": 404,
  "request-answered": 409,
} satisfies Record<RefusalCode, number>;

const requestTroubles = {
  "malformed-json": [400, "The body is not JSON."],
  malformed: [400, "The request cannot be read."],
  "idempotency-key-needed": [400, "This request needs the header Idempotency-Key: a value of your own for each act."],
  "not-signed-in": [401, "Sign in first, with the link you were sent, or send a valid token."],
  "foreign-origin": [403, "The request comes from another site, or does not say from where."],
  "seat-not-held": [403, "You do not hold this seat in this negotiation."],
  "not-found": [404, "There is nothing here, or nothing that you may see."],
  "method-not-allowed": [405, "This address does not know this method."],
  "seat-needed": [409, "You hold several seats here. Name one in the header Rapporteur-Seat."],
  "slug-taken": [409, "A negotiation of this name exists already."],
  "text-not-empty": [
    409,
    "There is a text already. Ask for the import to be appended to it, or to be its next edition.",
  ],
  "link-spent": [410, "This link was used already, has expired, or was never given out."],
  "too-large": [413, "The request is too large."],
  "not-a-file": [415, "The body must be a file, of the type application/octet-stream."],
  "not-json": [415, "The body must be of the type application/json."],
  "file-of-another-kind": [
    422,
    "This is not a kind of file that can be read here. PDF, and files of Word or Excel before 2007, cannot: save it as .docx, .odt or .xlsx.",
  ],
  "file-locked": [422, "The file is locked with a password. Save it without one, then try again."],
  "file-damaged": [422, "The file is damaged, or not what its name says."],
  "file-unsafe": [422, "The file is made in a way that no program for documents makes one. It was not opened."],
  "file-too-large": [422, "The file is larger than anything that is read here."],
  "file-too-slow": [422, "Reading the file took too long, and was given up."],
  invalid: [422, "Something in the request is not as it must be."],
  "address-refused": [422, "Nothing is sent to this address."],
  "archive-refused": [422, "This file is no archive from which a negotiation can be opened. Nothing of it was kept."],
  "idempotency-mismatch": [422, "This Idempotency-Key was used before, for something else."],
  "too-many-requests": [429, "Too many requests. Wait, then try again."],
  internal: [500, "Something went wrong on the server. What you asked for may not have happened."],
  "document-failed": [
    500,
    "This document could not be written: it took too long, or needs more memory than one document may have.",
  ],
  busy: [503, "More documents are being read or written than the server can at a time. Try again in a moment."],
  full: [
    503,
    "The server is full just now: it has no memory to spare for this. Nothing was lost; try again in a moment.",
  ],
  storage: [503, "The server cannot use its disk. Nothing was recorded; try again."],
  unreadable: [503, "The server cannot read from its disk just now. Nothing is lost; try again."],
} satisfies Record<string, readonly [number, string]>;

export type RequestTrouble = keyof typeof requestTroubles;
export type ProblemCode = RequestTrouble | RefusalCode;

export const statusOf = (code: ProblemCode): number =>
  code in requestTroubles ? requestTroubles[code as RequestTrouble][0] : refusalStatus[code as RefusalCode];
const sentenceOf = (code: ProblemCode): string =>
  code in requestTroubles ? requestTroubles[code as RequestTrouble][1] : refusals[code as RefusalCode];

export const problemCodes: readonly ProblemCode[] = [
  ...(Object.keys(requestTroubles) as RequestTrouble[]),
  ...(Object.keys(refusalStatus) as RefusalCode[]),
];
export const refusalCodes = Object.keys(refusalStatus) as readonly RefusalCode[];

type More = Pick<Problem, "paragraph" | "paragraphs" | "by" | "issues">;

/** Thrown anywhere in a request to answer with this problem. */
export class Trouble extends Error {
  override readonly name = "Trouble";
  readonly code: ProblemCode;
  readonly more: More;
  readonly headers: Readonly<Record<string, string>>;

  /** @param cause for the log alone */
  constructor(
    code: ProblemCode,
    more: More & { detail?: string } = {},
    headers: Record<string, string> = {},
    cause?: unknown,
  ) {
    super(more.detail ?? sentenceOf(code), cause === undefined ? undefined : { cause });
    this.code = code;
    const { detail: _, ...rest } = more;
    this.more = rest;
    this.headers = headers;
  }
}

/** A decided no. The position that a refusal may name is the asker's own business and stays out of the answer's fixed shape. */
export const refused = ({ code, paragraph, paragraphs, by }: Refusal): Trouble =>
  new Trouble(code, { ...(paragraph && { paragraph }), ...(paragraphs && { paragraphs }), ...(by && { by }) });

/** What a codec found, with the path to each thing found. */
export function invalid(error: z.ZodError): Trouble {
  const issues = error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join("."), message }));
  const first = issues[0];
  return new Trouble("invalid", {
    issues,
    ...(first && { detail: first.path ? `${first.path}: ${first.message}` : first.message }),
  });
}

/** What `value` is to the codec, or the problem that says why not. */
export function parse<Value>(codec: z.ZodType<Value>, value: unknown): Value {
  const parsed = codec.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data;
}

export const notFound: RequestHandler = () => {
  throw new Trouble("not-found");
};

/**
 * The last handler: each trouble becomes a problem; what nobody expected is logged, and told as a reference without particulars.
 * @param asPage answers with a page instead where a person asks; false when it did not
 */
export function answerProblems(
  log: Log,
  asPage: (request: Request, response: Response, status: number) => boolean,
): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const trouble = asTrouble(thrown, request);
    if (["internal", "storage", "unreadable", "document-failed"].includes(trouble.code)) {
      log.error({ err: thrown, reference: request.reference }, "a request failed");
    }
    response.set({ "Cache-Control": "no-store", ...trouble.headers });
    if (!asPage(request, response, statusOf(trouble.code))) sendProblem(response, trouble, request.reference);
  };
}

function sendProblem(response: Response, trouble: Trouble, reference: string): void {
  const status = statusOf(trouble.code);
  const problem: Problem = {
    type: `urn:rapporteur:problem:${trouble.code}`,
    title: sentenceOf(trouble.code),
    status,
    code: trouble.code,
    detail: trouble.message,
    reference,
    ...trouble.more,
  };
  response.status(status).type("application/problem+json").send(JSON.stringify(problem));
}

function asTrouble(thrown: unknown, { method }: Pick<Request, "method">): Trouble {
  if (thrown instanceof Trouble) return thrown;
  // Who only reads has nothing to record.
  const isReading = method === "GET" || method === "HEAD";
  if (thrown instanceof StorageTrouble)
    return new Trouble(isReading ? "unreadable" : "storage", {}, { "Retry-After": "2" });
  if (thrown instanceof ServerFull) return new Trouble("full", {}, { "Retry-After": "10" });
  if (thrown instanceof SlugTaken) return new Trouble("slug-taken");
  // What express and its body parser throw names itself by `type` and `status`.
  const { type, status } = thrown as { type?: unknown; status?: unknown };
  if (type === "entity.parse.failed") return new Trouble("malformed-json");
  if (type === "entity.too.large") return new Trouble("too-large");
  if (typeof status === "number" && status >= 400 && status < 500) return new Trouble("malformed");
  return new Trouble("internal");
}
