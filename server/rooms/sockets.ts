/**
 * The way in: `ws(s)://HOST/sync/ROOM` (SPEC: SOC), or the same over plain HTTP (`http-lines.ts`). Everything is settled before the
 * handshake; whoever is not let in gets one and the same answer, so that it tells nothing about rooms, people or rights.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { closeCode } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";
import { Allowance } from "./allowance.ts";
import type { Clock } from "./clock.ts";
import { keepAlive } from "./frames.ts";
import type { HttpLines } from "./http-lines.ts";
import { httpLines } from "./http-lines.ts";
import type { Log } from "./log.ts";
import type { MemoryGuard } from "./memory-guard.ts";
import type { Caller, Socket } from "./peer.ts";
import { writeReadyFrames } from "./ready-frames.ts";
import type { Room } from "./room.ts";

export interface Admission extends Omit<Caller, "allowance"> {
  readonly room: Room;
  /** Whose sockets and bytes are counted together; null for those who only look on. */
  readonly account: string | null;
  /** The caller named an earlier epoch of a text it may read: it is told to load the page again. */
  readonly isOutdated?: boolean;
}

/** Checks Origin, credentials and rights, and finds the room. Null is no, for whatever reason. */
export interface Gatekeeper {
  admit(request: IncomingMessage, url: URL): Promise<Admission | null>;
}

export interface SocketOptions {
  readonly gatekeeper: Gatekeeper;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly memory: MemoryGuard;
  /** Unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  /** Whose sockets are counted by address; null: not counted. By default loopback is not. */
  readonly addressOf?: (request: IncomingMessage) => string | null;
}

/** What the door needs of a socket, be it one of `ws` or a line over HTTP. */
export interface OpenSocket extends Socket {
  readonly OPEN: number;
  ping(): void;
  on(event: "message", listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: "error", listener: (trouble: Error) => void): unknown;
  on(event: "close" | "pong", listener: () => void): unknown;
}

export interface Sockets {
  /** Lines over HTTP included. */
  readonly count: number;
  readonly lines: HttpLines;
  /** Cuts every socket and takes no more. */
  close(): void;
}

const path = /^\/sync\/[0-9A-Za-z]{22}(\?[\x21-\x7e]*)?$/;
const refusal = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

export function attachSockets(server: Server, options: SocketOptions): Sockets {
  const { gatekeeper, clock, limits, log, memory, random, addressOf = remoteAddress } = options;
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    maxFragments: limits.fragments,
    // Small frames do not compress, and each context costs hundreds of kilobytes.
    perMessageDeflate: false,
    clientTracking: false,
  });
  const accounts = new Map<string, Allowance>();
  const addresses = new Map<string, number>();
  /** Open sockets, with the pings each has left without an answer. */
  const open = new Map<OpenSocket, number>();

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    admit(request).then(
      (admission) => (admission && !socket.destroyed ? enter(request, socket, head, admission) : refuse(socket)),
      (trouble: unknown) => {
        log.error({ err: trouble }, "a caller could not be checked");
        refuse(socket);
      },
    );
  };

  async function admit(request: IncomingMessage): Promise<Admission | null> {
    const { url = "" } = request;
    if (!path.test(url)) return null;
    return gatekeeper.admit(request, new URL(url, "http://localhost"));
  }

  function enter(request: IncomingMessage, socket: Duplex, head: Buffer, admission: Admission): void {
    const place = placeFor(request, admission);
    if (!place) return refuse(socket);
    wss.handleUpgrade(request, socket, head, (ws) => {
      writeReadyFrames(ws, socket);
      begin(ws, admission, place);
    });
  }

  /** Against whom it counts; null when there are too many of them already. */
  function placeFor(request: IncomingMessage, admission: Admission): Place | null {
    const address = addressOf(request);
    if (address !== null && (addresses.get(address) ?? 0) >= limits.socketsPerAddress) return null;
    const allowance = allowanceOf(admission.account);
    return allowance.mayConnect() && allowance.sockets < limits.socketsPerAccount ? { allowance, address } : null;
  }

  function begin(socket: OpenSocket, admission: Admission, place: Place): void {
    // Before anything else: an error without a listener ends the process.
    socket.on("error", (trouble) => log.info({ err: trouble, account: admission.account }, "socket error"));
    count(socket, place);
    if (admission.isOutdated) socket.close(closeCode.reload, "reload");
    else if (memory.isFull) socket.close(closeCode.full, "full");
    else serve(socket, admission, place.allowance);
  }

  function count(socket: OpenSocket, { allowance, address }: Place): void {
    allowance.sockets++;
    if (address !== null) addresses.set(address, (addresses.get(address) ?? 0) + 1);
    open.set(socket, 0);
    socket.on("pong", () => open.set(socket, 0));
    socket.on("close", () => {
      allowance.sockets--;
      open.delete(socket);
      if (address === null) return;
      const left = (addresses.get(address) ?? 1) - 1;
      if (left > 0) addresses.set(address, left);
      else addresses.delete(address);
    });
  }

  function allowanceOf(account: string | null): Allowance {
    if (account === null) return new Allowance(limits, clock);
    let allowance = accounts.get(account);
    if (!allowance) accounts.set(account, (allowance = new Allowance(limits, clock)));
    return allowance;
  }

  function beat(): void {
    for (const [ws, missed] of open) {
      if (missed >= limits.pingMisses) ws.terminate();
      else if (ws.readyState === ws.OPEN) {
        open.set(ws, missed + 1);
        ws.ping();
        if (ws.bufferedAmount < limits.slowBytes) ws.send(keepAlive);
      }
    }
    for (const [account, allowance] of accounts) if (allowance.isUnused()) accounts.delete(account);
    cancelBeat = clock.after(limits.pingMs, beat);
  }

  let cancelBeat = clock.after(limits.pingMs, beat);
  server.on("upgrade", onUpgrade);
  return {
    get count() {
      return open.size;
    },
    lines: httpLines({
      clock,
      limits,
      random,
      admit: (request, url) => gatekeeper.admit(request, url),
      enter(socket, request, admission) {
        const place = placeFor(request, admission);
        if (place) begin(socket, admission, place);
        return place !== null;
      },
    }),
    close() {
      server.off("upgrade", onUpgrade);
      cancelBeat();
      for (const ws of open.keys()) ws.terminate();
    },
  };
}

interface Place {
  readonly allowance: Allowance;
  /** Null: not counted. */
  readonly address: string | null;
}

function serve(socket: OpenSocket, admission: Admission, allowance: Allowance): void {
  const { room } = admission;
  const peer = room.join(socket, { ...admission, allowance });
  socket.on("close", () => room.leave(peer));
  let came: Buffer[] = [];
  socket.on("message", (data, isBinary) => {
    if (!isBinary) return peer.close(closeCode.malformed, "malformed");
    came.push(data as Buffer);
    // The frames of one piece off the wire are told in one breath, and go on together.
    if (came.length === 1) {
      queueMicrotask(() => {
        const frames = came;
        came = [];
        room.receiveAll(peer, frames);
      });
    }
  });
}

function refuse(socket: Duplex): void {
  if (!socket.destroyed) socket.end(refusal, () => socket.destroy());
}

function remoteAddress({ socket }: IncomingMessage): string | null {
  const { remoteAddress: address = "" } = socket;
  return /^(::1$|127\.|::ffff:127\.)/.test(address) ? null : address;
}
