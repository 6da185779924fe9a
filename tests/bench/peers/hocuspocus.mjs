/** Hocuspocus `VERSION` (3 or 4) with its SQLite extension in `DATABASE`. `SEED`: a file with the whole state to store first, and nothing else. */
import { readFileSync } from "node:fs";

const version = process.env["VERSION"];
const database = process.env["DATABASE"];
const { Server } = await import(version === "3" ? "hocuspocus-3" : "hocuspocus-4");
const { SQLite } = await import(version === "3" ? "hocuspocus-3-sqlite" : "hocuspocus-4-sqlite");
const sqlite = new SQLite({ database });
const seed = process.env["SEED"];
if (seed) {
  await sqlite.onConfigure();
  // The extension of 3 does not wait for its own table.
  if (version === "3") await new Promise((done) => sqlite.db.wait(done));
  await sqlite.configuration.store({ documentName: "report", state: readFileSync(seed) });
  if (version === "3") await new Promise((done) => sqlite.db.close(done));
  process.exit(0);
}
const server = new Server({ port: 0, address: "127.0.0.1", quiet: true, stopOnSignals: false, extensions: [sqlite] });
await server.listen();
console.log(`PORT ${server.httpServer.address().port}`);
