/** A page made once for all who see the same, and kept with its compressed forms until what it shows changes. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Request, Response } from "express";

export interface KeptPage {
  readonly html: Buffer;
  readonly etag: string;
  /** Made once, when the first reader asks, beside the main thread: nobody who types waits for it. */
  readonly br: () => Promise<Buffer>;
  readonly gzip: () => Promise<Buffer>;
}

export function keepPage(html: string): KeptPage {
  const bytes = Buffer.from(html);
  return {
    html: bytes,
    // Weak, because one name stands for the page in every encoding.
    etag: `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`,
    br: once(() => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })),
    gzip: once(() => promisify(gzip)(bytes)),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Caches may keep it, and ask each time whether it is still the one. */
export async function sendKept(req: Request, res: Response, page: KeptPage): Promise<void> {
  res.set({ "Cache-Control": "public, no-cache", ETag: page.etag, Vary: "Accept-Encoding" });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  await sendBody(req, res, page);
}

/** For one audience: made once here, kept nowhere else. */
export async function sendKeptHere(req: Request, res: Response, page: KeptPage): Promise<void> {
  res.set({ "Cache-Control": "private, no-store", Vary: "Accept-Encoding" });
  await sendBody(req, res, page);
}

async function sendBody(req: Request, res: Response, page: KeptPage): Promise<void> {
  res.type("html");
  // Browsers name gzip first and mean nothing by it: asked for the best of both, express would give it to them.
  const encoding = (["br", "gzip"] as const).find((one) => req.acceptsEncodings(one) === one);
  if (encoding !== undefined) {
    res.set("Content-Encoding", encoding).send(await page[encoding]());
  } else res.send(page.html);
}
