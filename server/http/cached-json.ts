/**
 * Large answers that many callers share: written, compressed and named by a hash once, kept as long as what they were made from.
 * `no-cache` with an ETag: asked for each time, sent only when it changed.
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import type { BrotliOptions, InputType } from "node:zlib";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Request, Response } from "express";
import { encodingFor } from "./compress.ts";

interface Encoded {
  readonly plain: Buffer;
  readonly etag: string;
  readonly small: Partial<Record<"br" | "gzip", Promise<Buffer>>>;
}

const encoded = new WeakMap<object, Encoded>();
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compress = {
  br: (plain: Buffer) => promisify<InputType, BrotliOptions, Buffer>(brotliCompress)(plain, quick),
  gzip: promisify<InputType, Buffer>(gzip),
} as const;

/** @param value never changed afterwards: it is known by its identity */
export async function sendCachedJson(request: Request, response: Response, value: object): Promise<void> {
  let known = encoded.get(value);
  if (!known) {
    const plain = Buffer.from(JSON.stringify(value));
    const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 27)}"`;
    encoded.set(value, (known = { plain, etag, small: {} }));
  }
  response.set({
    ETag: known.etag,
    "Cache-Control": "private, no-cache",
    Vary: "Accept-Encoding, Cookie, Authorization, Rapporteur-Seat",
  });
  response.type("application/json");
  // Not express' own check: that gives up at `Cache-Control: no-cache`, which fetch adds, and which means "ask the origin"; here it is.
  const had = request.get("if-none-match")?.split(/\s*,\s*/) ?? [];
  if (had.includes(known.etag)) {
    response.status(304).end();
    return;
  }
  const encoding = encodingFor(request);
  if (encoding !== null) {
    response.set("Content-Encoding", encoding);
    response.end(await (known.small[encoding] ??= compress[encoding](known.plain)));
    return;
  }
  response.end(known.plain);
}
