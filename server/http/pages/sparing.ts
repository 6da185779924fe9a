/** Browsers that ask for less, and lines that a browser knows to be slow (SPEC: PAG16, PAG17). */
import type { Request } from "express";
import type { Seat } from "../../../shared/domain/roster.ts";
import { spellSeat } from "../../../shared/domain/roster.ts";

type Asking = Pick<Request, "get">;

export const asksForLess = (request: Asking): boolean => /^on\b/i.test(request.get("save-data") ?? "");

/** Only browsers that were told that it is asked for say so. */
export const lineHint = { "Accept-CH": "ECT" } as const;
export const isOnSlowLine = (request: Asking): boolean => /^(slow-)?2g$/.test(request.get("ect") ?? "");

/** @param anyway the desk itself, also in a browser that asks for less */
export const deskPath = (slug: string, seat: Seat, anyway = false): string =>
  `/n/${encodeURIComponent(slug)}/desk/${spellSeat(seat)}${anyway ? "?open" : ""}`;
export const lightPath = (slug: string, seat: Seat): string => `${deskPath(slug, seat)}/light`;
