/** What every request carries before anything is done with it: a reference to find it in the log, and who asks. */
import type { RequestHandler } from "express";
import { Bucket } from "../rooms/allowance.ts";
import type { Caller } from "./identity.ts";
import { isOurs } from "./origins.ts";
import type { HttpPorts } from "./ports.ts";
import { Trouble } from "./problems.ts";
import { isLoopback, RateLimit } from "./rate-limits.ts";

declare module "express-serve-static-core" {
  interface Request {
    /** Named in problems and in the log. */
    reference: string;
    caller: Caller;
  }
}

/** Of one delegation's own side. With few on line the counts of these alone would say that somebody drafts (DRA1). */
const ownSide = /\/(drafting|papers)(\/|$)/;

/** Names the request, and when it is answered logs and counts it by the pattern of its path: addresses hold tokens and tickets. */
export function follow({ log, metrics, random }: HttpPorts): RequestHandler {
  return (request, response, next) => {
    request.reference = Buffer.from(random(9)).toString("base64url");
    request.caller = { kind: "public" };
    const started = process.hrtime.bigint();
    response.on("finish", () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const { method, reference } = request;
      const path: unknown = (request.route as { path?: unknown } | undefined)?.path;
      const route = typeof path === "string" ? path : "other";
      if (!ownSide.test(route)) metrics.answered(method, route, response.statusCode, seconds);
      const ms = Math.round(seconds * 1e4) / 10;
      log.info({ reference, method, route, status: response.statusCode, ms }, "request");
    });
    next();
  };
}

/** Floods of one address stop here; loopback is the machine itself, or a proxy that ought to be named in TRUST_PROXY. */
export function limitAddresses({ clock, limits, lines }: HttpPorts): RequestHandler {
  const limit = new RateLimit(
    clock,
    () => new Bucket(limits.requestsBurst, limits.requestsPerSecond / 1_000, clock.now()),
  );
  return ({ ip = "unknown", originalUrl }, _, next) => {
    // A line over HTTP is a socket, with limits of its own: of many behind one address, each polls for itself.
    if (!isLoopback(ip) && !lines.knows(originalUrl)) limit.take(ip);
    next();
  };
}

/** The same for everybody, and kept by caches: who asks does not matter, and no cookie may go along. */
const forAnyone = /^\/(?:(?:assets|pages)\/|[^/]+\.\w+$|n\/[^/.]+\/?$)/;

/** Who asks; and, for whatever may change something, from where: with a cookie only from a page of ours. */
export function identify({ identity, site }: HttpPorts): RequestHandler {
  return async (request, response, next) => {
    const { headers, method, path } = request;
    const changes = method !== "GET" && method !== "HEAD";
    if (changes && (headers.cookie !== undefined || headers.origin !== undefined) && !isOurs(headers, site.origins)) {
      throw new Trouble("foreign-origin");
    }
    if (!changes && forAnyone.test(path)) return next();
    if (headers.cookie !== undefined || headers.authorization !== undefined) {
      const caller = await identity.callerOf(headers);
      request.caller = caller;
      for (const cookie of caller.kind === "session" ? caller.renew : []) response.append("Set-Cookie", cookie);
    }
    next();
  };
}
