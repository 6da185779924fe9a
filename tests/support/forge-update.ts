/** Updates written byte by byte, as no honest client would. */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

export interface ForgedItem {
  readonly origin?: Y.ID | null;
  readonly right?: Y.ID | null;
  /** Name of a root, or the id of the item that holds the parent. Written only where neither neighbour is given. */
  readonly parent?: string | Y.ID;
  readonly key?: string | null;
  readonly content: Y.Item["content"];
}
export type Forged = ForgedItem | { readonly collected: number };

export interface Section {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Forged[];
}
export type Strike = readonly [client: number, clock: number, length: number];

export function forge(sections: readonly Section[], strikes: readonly Strike[] = []): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  encoding.writeVarUint(rest, sections.length);
  for (const { client, clock, structs } of sections) {
    encoding.writeVarUint(rest, structs.length);
    encoder.writeClient(client);
    encoding.writeVarUint(rest, clock);
    let at = clock;
    for (const forged of structs) {
      const id = Y.createID(client, at);
      const struct =
        "collected" in forged
          ? new Y.GC(id, forged.collected)
          : new Y.Item(
              id,
              null,
              forged.origin ?? null,
              null,
              forged.right ?? null,
              (forged.parent ?? null) as Y.ID | null,
              forged.key ?? null,
              forged.content,
            );
      struct.write(encoder, 0);
      at += struct.length;
    }
  }
  encoding.writeVarUint(rest, strikes.length);
  for (const [client, clock, length] of strikes) {
    encoding.writeVarUint(rest, client);
    encoding.writeVarUint(rest, 1);
    encoding.writeVarUint(rest, clock);
    encoding.writeVarUint(rest, length);
  }
  return encoder.toUint8Array();
}
