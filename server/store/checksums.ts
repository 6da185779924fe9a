/** The checksums beside rows: against bits that flip on the disk, for SQLite has none of its own. Against people there is the record's chain. */
import { crc32 } from "node:zlib";
import type { DraftingRow, NegotiationRow } from "./port.ts";
import { Damaged } from "./port.ts";

/** A CRC finds every single flipped bit. The row's name is part of it, so that a row in another's place is found too. */
export function checksum(name: string, content: unknown): number {
  // A bit may flip in a value's type as well, and a number has no checksum.
  if (typeof content !== "string" && !(content instanceof Uint8Array)) return NaN;
  return crc32(content, crc32(name));
}

export const checksumOfNegotiation = ({ id, slug, textRoom, recordRoom, createdAt }: NegotiationRow): number =>
  checksum(id, JSON.stringify([slug, textRoom, recordRoom, createdAt]));

export const checksumOfDrafting = ({ negotiation, id, room, drafting }: DraftingRow): number =>
  checksum(`${negotiation} ${id} ${room}`, drafting);

export const damaged = (name: string): Damaged =>
  new Damaged(`the row ${name} is not what was written; restore the data from a backup`);
