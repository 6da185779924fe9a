/** The checksums beside rows: against bits that flip on the disk, for SQLite has none of its own. Against people there is the record's chain. */
import { crc32 } from "node:zlib";
import type { DraftingRow, NegotiationRow } from "./port.ts";
import { Damaged } from "./port.ts";

/**
 * A CRC finds every single flipped bit. The row's name is part of it, so that a row in another's place is found too.
 * A bit may flip in a value's type as well: what is read as another type has no checksum, the same bytes or not.
 */
export const checksumOfText = (name: string, text: unknown): number =>
  typeof text === "string" ? checksum(name, text) : NaN;

export const checksumOfBytes = (name: string, bytes: unknown): number =>
  bytes instanceof Uint8Array ? checksum(name, bytes) : NaN;

const checksum = (name: string, content: string | Uint8Array): number => crc32(content, crc32(name));

export const checksumOfNegotiation = ({ id, slug, textRoom, recordRoom, createdAt }: NegotiationRow): number =>
  checksumOfText(id, JSON.stringify([slug, textRoom, recordRoom, createdAt]));

export const checksumOfDrafting = ({ negotiation, id, room, drafting }: DraftingRow): number =>
  checksumOfText(`${negotiation} ${id} ${room}`, drafting);

export const damaged = (name: string): Damaged =>
  new Damaged(`the row ${name} is not what was written; restore the data from a backup`);
