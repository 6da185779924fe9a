/**
 * Coming back by a link in a message. The cookie is SameSite=Strict, so a browser keeps it back when another site opens a page of ours;
 * a desk asks for its data itself and is not concerned, but a page that the server renders would greet a stranger. Such a page is
 * opened once more from a page of our own origin (seen in Chromium 156: the cookie then comes along).
 */
import type { RequestHandler } from "express";

/** The same for everybody, or answered by a button of its own. */
const forAnyone = /^\/(?:enter\/|assets\/|pages\/|n\/[^/]+(?:\/v\/[^/]+|\/p\/[^/]+\/embed)?$)/;

const onceMore = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rapporteur</title><meta http-equiv="refresh" content="0"></head><body><p><a href="">Continue</a></p></body></html>`;

export const openOnceMore: RequestHandler = ({ method, headers, path }, response, next) => {
  const isOpenedFromElsewhere =
    method === "GET" &&
    headers["sec-fetch-site"] === "cross-site" &&
    headers["sec-fetch-mode"] === "navigate" &&
    headers.cookie === undefined;
  if (!isOpenedFromElsewhere || forAnyone.test(path)) return next();
  response.set("Cache-Control", "no-store").type("html").send(onceMore);
};
