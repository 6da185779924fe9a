/**
 * Answers that are written whole go compressed to whoever takes that: pages and JSON shrink to a tenth, and on a bad line that is the
 * difference between a minute and a moment. What one answer says of a secret another page cannot probe for: no cookie comes along from
 * another site, and no answer holds a token beside words that somebody else chose.
 */
import { promisify } from "node:util";
import type { BrotliOptions, InputType } from "node:zlib";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Request, RequestHandler, Response } from "express";

/** Less fits into one packet anyway. */
const smallest = 1_024;
const texts = /^(?:text\/|image\/svg|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/;

type Encoding = "br" | "gzip";

/** As small as gzip's best, at its speed. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const brotli = promisify<InputType, BrotliOptions, Buffer>(brotliCompress);
const compress: Record<Encoding, (plain: Uint8Array) => Promise<Buffer>> = {
  br: (plain) => brotli(plain, quick),
  gzip: promisify<InputType, Buffer>(gzip),
};

/** The smallest that the caller takes. Browsers name gzip first and mean nothing by it, so express must not be asked for the best of both. */
export const encodingFor = (request: Request): Encoding | null =>
  (["br", "gzip"] as const).find((encoding) => request.acceptsEncodings(encoding) === encoding) ?? null;

export const compressAnswers: RequestHandler = (request, response, next) => {
  const end = response.end.bind(response) as (body?: unknown) => typeof response;
  response.end = ((body?: unknown, ...rest: unknown[]) => {
    const whole = typeof body === "string" ? Buffer.from(body) : body;
    const encoding = encodingFor(request);
    const isFit =
      whole instanceof Uint8Array &&
      whole.length >= smallest &&
      !response.headersSent &&
      !response.hasHeader("Content-Encoding") &&
      texts.test(String(response.getHeader("Content-Type") ?? "")) &&
      encoding !== null;
    if (!isFit) return (end as (...all: unknown[]) => typeof response)(body, ...rest);
    void compress[encoding](whole).then((small) => {
      const etag = response.getHeader("ETag");
      // One name for the same words in every encoding.
      if (typeof etag === "string" && !etag.startsWith("W/")) response.setHeader("ETag", `W/${etag}`);
      response.vary("Accept-Encoding");
      response.setHeader("Content-Encoding", encoding);
      response.setHeader("Content-Length", small.length);
      end(small);
    });
    return response;
  }) as typeof response.end;
  next();
};

const small = new WeakMap<Uint8Array, Partial<Record<Encoding, Promise<Buffer>>>>();

/** Of any kind; compressed once, however many ask. @param plain never changed afterwards: it is known by its identity */
export async function sendShared(request: Request, response: Response, plain: Uint8Array): Promise<void> {
  response.vary("Accept-Encoding");
  const encoding = encodingFor(request);
  if (encoding === null) return void response.end(plain);
  let known = small.get(plain);
  if (!known) small.set(plain, (known = {}));
  response.set("Content-Encoding", encoding);
  response.end(await (known[encoding] ??= compress[encoding](plain)));
}
