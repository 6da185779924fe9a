/**
 * Where requests may come from. Forgery is stopped by SameSite=Strict and by this: whatever changes something, or opens a socket, with
 * a cookie must come from an origin of ours, letter by letter (ruling 13).
 */
import type { IncomingHttpHeaders } from "node:http";

export interface Site {
  /** The address people open, without a slash at its end; links begin with it. */
  readonly base: string;
  readonly origins: ReadonlySet<string>;
  /** Served over https, here or by a proxy before us. */
  readonly isSecure: boolean;
}

/** @param publicUrl its path is not used: the product lives at the root of its origin */
export function siteAt(publicUrl: string | null, host: string, port: number): Site {
  if (publicUrl !== null) {
    const { origin, protocol } = new URL(publicUrl);
    return { base: origin, origins: new Set([origin]), isSecure: protocol === "https:" };
  }
  const names = ["127.0.0.1", "localhost", "[::1]"].map((name) => `http://${name}:${port}`);
  return {
    base: `http://${host === "::1" ? "[::1]" : host === "localhost" ? "localhost" : "127.0.0.1"}:${port}`,
    origins: new Set(names),
    isSecure: false,
  };
}

/** Comes from a page of ours, as far as a browser's word goes; every request with a cookie comes from a browser. */
export function isOurs({ origin, "sec-fetch-site": site }: IncomingHttpHeaders, origins: ReadonlySet<string>): boolean {
  if (origin === undefined) return false;
  // Under `Referrer-Policy: no-referrer` a form of ours is sent with the origin "null"; then only the browser itself can say that it was
  // ours, in a header that no page can set. From a sandboxed frame or another site it says something else.
  if (origin === "null") return site === "same-origin";
  return origins.has(origin);
}
