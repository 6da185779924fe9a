/**
 * Frames that go out as they are. `ws` would put a head before the same bytes for each of thousands of sockets and write the two apart;
 * here the whole is made once and written with one call (SPEC: ROO9).
 */
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

/** By the payload: what goes to many is one and the same object. */
const ready = new WeakMap<Uint8Array, Buffer>();

/**
 * @param socket the one below `ws`. Both may write to it in turn: nothing here is compressed or in pieces, so that each write is a whole frame
 */
export function writeReadyFrames(ws: WebSocket, socket: Duplex): void {
  ws.send = (payload: unknown): void => {
    if (ws.readyState === ws.OPEN) socket.write(framed(payload as Uint8Array));
  };
}

function framed(payload: Uint8Array): Buffer {
  let whole = ready.get(payload);
  if (!whole) ready.set(payload, (whole = frame(payload)));
  return whole;
}

/** One binary frame, unmasked, as servers send (RFC 6455, 5.2). */
function frame(payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x82;
  if (head.length === 2) head[1] = length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
