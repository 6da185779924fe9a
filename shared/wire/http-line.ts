/**
 * How frames travel over plain HTTP, both ways alike: numbered from 1 on each line, several in one body. The number of the first, then
 * each frame behind its length, all as 32-bit big-endian. What was heard before is known by its number, so a body sent twice counts once.
 */
export interface Parcel {
  /** Number of the first frame. */
  readonly first: number;
  readonly frames: readonly Uint8Array[];
}

/** Names the close code and the reason, in the answer with the last frames. */
export const closeHeader = "Rapporteur-Close";

const word = 4;

/** Bytes that a frame takes in a body. */
export const packedLength = (frame: Uint8Array): number => word + frame.length;

export function pack({ first, frames }: Parcel): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(word + frames.reduce((sum, frame) => sum + packedLength(frame), 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, first);
  let at = word;
  for (const frame of frames) {
    view.setUint32(at, frame.length);
    bytes.set(frame, at + word);
    at += packedLength(frame);
  }
  return bytes;
}

/** Null when it is no parcel. The frames look into `bytes`. */
export function unpack(bytes: Uint8Array): Parcel | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < word) return null;
  const frames: Uint8Array[] = [];
  for (let at = word; at < bytes.length;) {
    if (at + word > bytes.length) return null;
    const end = at + word + view.getUint32(at);
    if (end > bytes.length) return null;
    frames.push(bytes.subarray(at + word, end));
    at = end;
  }
  return { first: view.getUint32(0), frames };
}
