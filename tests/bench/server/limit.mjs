/**
 * The limit: a bare broadcaster. It writes one ready-made frame to every socket and neither parses nor stores; what comes in within
 * `GATHER` milliseconds (0: one turn of the event loop) goes out together. Whoever says anything first gets the file `STATE` as it is.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const gather = Number(process.env["GATHER"] ?? 0);
const file = process.env["STATE"];
const sockets = new Set();
let waiting = [];
/** One for each document, as a server would that keeps them apart. */
const states = new Map();

const server = createServer();
const wss = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });
wss.on("connection", (ws, { url, socket: raw }) => {
  sockets.add(raw);
  let isNew = true;
  ws.on("message", (data) => {
    if (isNew) {
      isNew = false;
      if (file) raw.write(stateOf(url));
      return;
    }
    waiting.push(data);
    if (waiting.length === 1) {
      if (gather > 0) setTimeout(spread, gather);
      else setImmediate(spread);
    }
  });
  ws.on("error", () => undefined);
  ws.on("close", () => sockets.delete(raw));
});
server.listen(0, "127.0.0.1", () => console.log(`PORT ${server.address().port}`));

function stateOf(url) {
  let state = states.get(url);
  if (!state) states.set(url, (state = framed(readFileSync(file))));
  return state;
}

function spread() {
  const bytes = gather > 0 ? framed(Buffer.concat(waiting)) : Buffer.concat(waiting.map(framed));
  waiting = [];
  for (const socket of sockets) socket.write(bytes);
}

/** As one binary frame of a server. */
function framed(payload) {
  const { length } = payload;
  let head;
  if (length < 126) head = Buffer.from([0x82, length]);
  else if (length < 65536) head = Buffer.from([0x82, 126, length >> 8, length & 255]);
  else {
    head = Buffer.alloc(10);
    head[0] = 0x82;
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
