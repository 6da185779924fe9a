/** The server of the bench, in a process of its own: one room on SQLite. Says its port, then its processor time when asked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Y from "yjs";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { addParagraph } from "../../support/report-doc.ts";
import { socketServer } from "../../support/socket-server.ts";
import { person } from "../../support/test-peer.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-rooms-"));
const text = new Y.Doc();
text.clientID = 1;
for (let i = 0; i < 300; i++) addParagraph(text, `p${i}`, "The General Assembly reaffirms its commitment. ".repeat(8));
const server = await socketServer({
  text,
  store: await openSqliteStore(folder),
  limits: { socketsPerAddress: 100_000, connectsBurst: 100_000 },
});
let start = process.cpuUsage();

process.on("message", (asked: { say: "reset" | "stat" | "client" | "stop"; name?: string }) => {
  if (asked.say === "reset") start = process.cpuUsage();
  else if (asked.say === "stat") {
    const { user, system } = process.cpuUsage(start);
    process.send?.({
      cpuMicros: user + system,
      rssMB: Math.round(process.memoryUsage().rss / 1e6),
      updates: server.room.upTo,
    });
  } else if (asked.say === "client") {
    void server.room.issueClientId(person(asked.name ?? "")).then((client) => process.send?.({ client }));
  } else {
    rmSync(folder, { recursive: true });
    process.exit(0);
  }
});
process.send?.({ port: server.port });
