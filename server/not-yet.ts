/** What callers hear between the opening of the port and the opening of the data. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Tells every caller to come back in a second, handshakes included: what nobody listens to would be held open without an answer for
 * as long as the browser lets it, and a desk that came back too early would wait there.
 * @returns what ends it, to be called once others answer
 */
export function answerNotYet(server: Server): () => void {
  const onRequest = (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503, { "Retry-After": "1", "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
    response.end("The server is starting. Try again in a moment.\n");
  };
  const onUpgrade = (_: IncomingMessage, socket: Duplex): void => {
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  };
  server.on("request", onRequest).on("upgrade", onUpgrade);
  return () => void server.off("request", onRequest).off("upgrade", onUpgrade);
}
