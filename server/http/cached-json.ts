/**
 * Large answers that many callers share: written, compressed and named by a hash once, kept as long as what they were made from.
 * `no-cache` with an ETag: asked for each time, sent only when it changed.
 */
import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import { sendShared } from "./compress.ts";

interface Encoded {
  readonly plain: Buffer;
  readonly etag: string;
}

const encoded = new WeakMap<object, Encoded>();

/** @param value never changed afterwards: it is known by its identity */
export async function sendCachedJson(request: Request, response: Response, value: object): Promise<void> {
  let known = encoded.get(value);
  if (!known) {
    const plain = Buffer.from(JSON.stringify(value));
    const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 27)}"`;
    encoded.set(value, (known = { plain, etag }));
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
  await sendShared(request, response, known.plain);
}
