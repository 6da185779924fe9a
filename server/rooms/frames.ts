/** Frames that the server sends, as ready bytes: one is made and goes to many sockets (types: `shared/wire/protocol.ts`). */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { RecordFrame } from "../../shared/domain/entries.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { message, recordFrameVersion } from "../../shared/wire/protocol.ts";

/** Sub-types of a sync message (y-protocols 1.0). */
export const sync = { step1: 0, step2: 1, update: 2 } as const;

function frame(type: number, write: (encoder: encoding.Encoder) => void): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  const bytes = encoding.toUint8Array(encoder);
  // `ws` would wrap the bytes once for each socket.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const syncFrame = (kind: (typeof sync)[keyof typeof sync], bytes: Uint8Array): Buffer =>
  frame(message.sync, (encoder) => {
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });

/** The state in a step 2; a view of its bytes. */
export function stateIn(step2: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(step2);
  decoder.pos = 2;
  return decoding.readVarUint8Array(decoder);
}

export const durableFrame = (mark: number): Buffer =>
  frame(message.durable, (encoder) => encoding.writeVarUint(encoder, mark));

export const refusedFrame = (refusal: TextRefusal): Buffer =>
  frame(message.refused, (encoder) => encoding.writeVarString(encoder, JSON.stringify(refusal)));

export const recordFrame = (record: RecordFrame): Buffer =>
  frame(message.record, (encoder) => {
    encoding.writeVarUint(encoder, recordFrameVersion);
    encoding.writeVarString(encoder, JSON.stringify(record));
  });

export const namedStateFrame = (name: string, bytes: number): Buffer =>
  frame(message.namedState, (encoder) => {
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, bytes);
  });

export const ownSideFrame = frame(message.ownSide, () => undefined);

/** One client's presence; `state` is JSON, "null" when it left. */
export interface PresenceEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

export const presenceFrame = (entries: readonly PresenceEntry[]): Buffer =>
  frame(message.awareness, (outer) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, entries.length);
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
    encoding.writeVarUint8Array(outer, encoding.toUint8Array(encoder));
  });

/** Says nothing (01 01 00), but keeps a stock provider from taking an idle connection for a dead one. */
export const keepAlive = presenceFrame([]);
