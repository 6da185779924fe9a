/** What files of a negotiation have in common: for whom they are made, and how they are sent. */
import type { Response } from "express";
import type { Actor, Viewer } from "../../../shared/domain/roster.ts";
import { thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import { PressBusy, PressFailed } from "../../publication/press.ts";
import type { Asked } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

/** The seat is in the address, so that a link to a file is all that it takes. */
export interface SeatInQuery {
  readonly seat?: string;
}

/** The negotiation that a file is of, and who it is for: the seat that is named, or everyone. */
export function readerOf(
  { house, identity }: Pick<HttpPorts, "house" | "identity">,
  { params, caller, query }: Pick<Asked<unknown, SeatInQuery>, "params" | "caller" | "query">,
): { readonly negotiation: LiveNegotiation; readonly actor: Actor | null; readonly viewer: Viewer } {
  const negotiation = house.bySlug(params["slug"] ?? "");
  if (!negotiation) throw new Trouble("not-found");
  const actor = query.seat === undefined ? null : identity.actorIn(caller, negotiation, query.seat);
  return { negotiation, actor, viewer: actor ? viewerOf(actor.seat) : thePublic };
}

export interface FileKind {
  /** With its extension. */
  readonly name: string;
  readonly type: string;
}

/** @throws Trouble when too many wait for theirs, or it cannot be written */
export async function sendFile(
  response: Response,
  { name, type }: FileKind,
  file: string | Promise<Uint8Array>,
): Promise<void> {
  const bytes = await written(file);
  response
    .set({ "Cache-Control": "private, no-cache", "Content-Disposition": `attachment; filename="${name}"` })
    .type(type)
    .send(bytes);
}

async function written(file: string | Promise<Uint8Array>): Promise<string | Buffer> {
  try {
    const bytes = await file;
    return typeof bytes === "string" ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (trouble) {
    if (trouble instanceof PressBusy) throw new Trouble("busy", {}, { "Retry-After": "5" });
    if (trouble instanceof PressFailed) throw new Trouble("document-failed", {}, {}, trouble);
    throw trouble;
  }
}
