/**
 * A bad line in front of a server: so many bytes a second each way, so long a round trip, and packets that get lost, which to TCP, and
 * so to whoever uses it, is a pause: the packet, and what was sent behind it on that connection, comes a retransmission later. All
 * connections share the one line, as those of a browser do.
 */
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

export interface Line {
  /** Each way. */
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
  /** Of packets, from 0 to 1. */
  readonly loss: number;
}

/** What the issue calls a bad line. */
export const badLine: Line = { bitsPerSecond: 64_000, roundTripMs: 800, loss: 0.02 };

export interface SlowLine {
  readonly port: number;
  /** The port of the server behind it. */
  target: number;
  /** Bytes that went over the line, heads of packets and handshakes left out. */
  readonly down: number;
  readonly up: number;
  /** Packets that got lost. */
  readonly lost: number;
  /** Nothing goes through, and nobody is told. */
  isCut: boolean;
  /** Cuts what is open. */
  reset(): void;
  /** What is open carries nothing any more, and nobody is told: as for a laptop that slept. */
  lose(): void;
  close(): Promise<void>;
}

/** What fits into one packet. */
const packetBytes = 1_400;
/** What may be under way on one connection before the sender waits: as a window of TCP. */
const windowBytes = 16 * 1024;

/** @param chance as `Math.random`; seeded, so that a try can be repeated */
export async function slowLine(line: Line, chance: () => number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const gone = new WeakSet<Socket>();
  const msPerByte = 8_000 / line.bitsPerSecond;
  /** When the line is free again. */
  const free = { down: 0, up: 0 };
  const carried = { down: 0, up: 0 };
  let lost = 0;

  function carry(from: Socket, to: Socket, way: "down" | "up"): void {
    /** When the last packet of this connection arrives; none comes before it. */
    let last = 0;
    const packets: Buffer[] = [];
    let underWay = 0;
    let ended = false;
    const finish = (): void => {
      if (ended && underWay === 0) to.end();
    };
    from.on("data", (chunk: Buffer) => {
      if (gone.has(from)) return;
      for (let at = 0; at < chunk.length; at += packetBytes) {
        const packet = chunk.subarray(at, at + packetBytes);
        const now = performance.now();
        free[way] = Math.max(now, free[way]) + packet.length * msPerByte;
        let arrives = free[way] + line.roundTripMs / 2;
        if (chance() < line.loss) {
          lost++;
          // Noticed after a round trip, and sent once more.
          arrives += line.roundTripMs;
          free[way] += packet.length * msPerByte;
          carried[way] += packet.length;
        }
        carried[way] += packet.length;
        last = Math.max(last, arrives);
        packets.push(packet);
        underWay += packet.length;
        if (underWay > windowBytes) from.pause();
        const deliver = (): void => {
          if (to.destroyed || gone.has(to)) return;
          if (proxy.isCut) return void setTimeout(deliver, 100);
          // In order, whichever of two timers of one moment comes first.
          const first = packets.shift() as Buffer;
          to.write(first);
          underWay -= first.length;
          if (underWay <= windowBytes) from.resume();
          finish();
        };
        setTimeout(deliver, last - now);
      }
    });
    from.on("end", () => {
      ended = true;
      setTimeout(finish, line.roundTripMs / 2);
    });
    from.on("error", () => gone.has(from) || to.destroy());
    from.on("close", () => gone.has(from) || to.destroySoon());
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    sockets.add(near);
    near.on("close", () => sockets.delete(near));
    near.on("error", () => near.destroy());
    near.pause();
    // The handshake takes a round trip before the first byte.
    setTimeout(() => {
      const far = connect({ port: proxy.target, host: "127.0.0.1", allowHalfOpen: true });
      sockets.add(far);
      far.on("close", () => sockets.delete(far));
      carry(near, far, "up");
      carry(far, near, "down");
      near.resume();
    }, line.roundTripMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: SlowLine = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    get down() {
      return carried.down;
    },
    get up() {
      return carried.up;
    },
    get lost() {
      return lost;
    },
    isCut: false,
    reset() {
      for (const socket of sockets) socket.destroy();
    },
    lose() {
      for (const socket of sockets) gone.add(socket);
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
