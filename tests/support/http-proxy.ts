/** A proxy as some networks have it: it refuses websockets, or swallows them, and passes an answer on only when it has all of it. */
import type { IncomingMessage } from "node:http";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

export interface HttpProxy {
  readonly port: number;
  /** What becomes of a handshake; "pass" lets it through. Can be changed. */
  upgrades: "refuse" | "swallow" | "pass";
  /** Answers are lost on the way back while it says so of their path. */
  loses: (path: string) => boolean;
  /** Handshakes that came. */
  readonly handshakes: number;
  close(): Promise<void>;
}

/** In front of a server on this port. */
export async function httpProxy(target: number, upgrades: HttpProxy["upgrades"] = "refuse"): Promise<HttpProxy> {
  const swallowed = new Set<Duplex>();
  let handshakes = 0;
  const onward = ({ method, url, headers }: IncomingMessage) => {
    // The server knows its own address only; a page that was opened here comes from there.
    const origin = headers.origin?.replace(`:${proxy.port}`, `:${target}`);
    return request({
      host: "127.0.0.1",
      port: target,
      method,
      path: url,
      headers: { ...headers, ...(origin !== undefined && { origin }) },
    });
  };
  const server = createServer((asked, response) => {
    const passed = onward(asked);
    passed.on("response", async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      if (proxy.loses(asked.url ?? "")) response.destroy();
      else response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
    });
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  server.on("upgrade", (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    handshakes++;
    socket.on("error", () => socket.destroy());
    if (proxy.upgrades === "swallow") return void swallowed.add(socket);
    if (proxy.upgrades === "refuse") {
      return void socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    const passed = onward(asked);
    passed.on("upgrade", ({ headers }, other, first) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
      socket.write(first);
      other.write(head);
      socket.pipe(other).pipe(socket);
      other.on("error", () => socket.destroy());
      socket.on("close", () => other.destroy());
      swallowed.add(socket);
    });
    passed.on("response", () => socket.destroy());
    passed.on("error", () => socket.destroy());
    passed.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: HttpProxy = {
    port,
    upgrades,
    loses: () => false,
    get handshakes() {
      return handshakes;
    },
    close() {
      for (const socket of swallowed) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
