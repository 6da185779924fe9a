/** `@y/websocket-server` as published; with `YPERSISTENCE` set, on LevelDB. `SEED`: a file of updates to store first, and nothing else. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const { setupWSConnection, getPersistence } = await import("@y/websocket-server/utils");
const seed = process.env["SEED"];
if (seed) {
  const bytes = readFileSync(seed);
  const { provider } = getPersistence();
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    // Its queue is in memory: not awaited, as its own server does not either.
    void provider.storeUpdate("report", new Uint8Array(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  // Comes after them in the queue.
  await provider.getMeta("report", "any");
  await provider.destroy();
  process.exit(0);
}

const server = createServer();
const wss = new WebSocketServer({ server });
wss.on("connection", (ws, request) => {
  ws.on("error", () => undefined);
  setupWSConnection(ws, request);
});
server.listen(0, "127.0.0.1", () => console.log(`PORT ${server.address().port}`));
