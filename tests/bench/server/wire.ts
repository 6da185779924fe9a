/** How each server is spoken to: y-websocket's frames, or Hocuspocus', which begin with the name of the document. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** The document of the bench, for servers that name documents freely. */
export const documentName = "report";

export interface Heard {
  readonly kind: "question" | "state" | "update" | "durable" | "other";
  readonly bytes: Uint8Array;
  /** Of `durable`: the mark up to which everything is. */
  readonly mark: number;
}

export interface Wire {
  /** Bytes before the type of a message. */
  readonly skip: number;
  /** What a stock client says on an open socket, having what `stateVector` says. */
  hello(stateVector: Uint8Array): readonly Uint8Array[];
  update(bytes: Uint8Array): Uint8Array;
  /** The answer to the server's question. */
  answer(bytes: Uint8Array): Uint8Array;
  presence(client: number, state: string): Uint8Array;
  /** Asks for word when everything before is durable; null where the protocol has no such thing. */
  mark(n: number): Uint8Array | null;
  hear(frame: Uint8Array): Heard;
}

const nothing = new Uint8Array();
const types = { sync: 0, presence: 1, mark: 100, durable: 101 } as const;

function wire(name: string | null, extra: { readonly token: boolean; readonly marks: boolean }): Wire {
  const frame = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
    const encoder = encoding.createEncoder();
    if (name !== null) encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
  const sync = (kind: number, bytes: Uint8Array): Uint8Array =>
    frame(types.sync, (encoder) => {
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, bytes);
    });
  // Hocuspocus lets nobody in without a token, though any will do.
  const token = frame(2, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "any");
  });
  return {
    skip: name === null ? 0 : name.length + 1,
    hello: (stateVector) => [...(extra.token ? [token] : []), sync(0, stateVector)],
    update: (bytes) => sync(2, bytes),
    answer: (bytes) => sync(1, bytes),
    presence: (client, state) =>
      frame(types.presence, (outer) => {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, state);
        encoding.writeVarUint8Array(outer, encoding.toUint8Array(encoder));
      }),
    mark: (n) => (extra.marks ? frame(types.mark, (encoder) => encoding.writeVarUint(encoder, n)) : null),
    hear(bytes) {
      const decoder = decoding.createDecoder(bytes);
      if (name !== null) decoding.readVarString(decoder);
      const type = decoding.readVarUint(decoder);
      if (type === types.durable && extra.marks)
        return { kind: "durable", bytes: nothing, mark: decoding.readVarUint(decoder) };
      // 4: Hocuspocus' answer that asks for none.
      if (type !== types.sync && !(type === 4 && name !== null)) return { kind: "other", bytes: nothing, mark: 0 };
      const kind = (["question", "state", "update"] as const)[decoding.readVarUint(decoder)] ?? "other";
      return { kind, bytes: decoding.readVarUint8Array(decoder), mark: 0 };
    },
  };
}

export const plainWire = wire(null, { token: false, marks: false });
export const ourWire = wire(null, { token: false, marks: true });
export const hocuspocusWire = wire(documentName, { token: true, marks: false });
