/** What it costs to decide whether a key may be typed, beside applying it, at two sizes. One JSON line per measurement, in µs. */
import * as Y from "yjs";
import { defaultLimits } from "../../../server/limits.ts";
import { authorizeUpdate } from "../../../server/rooms/authorize-update.ts";
import { addParagraph, bodyIn, copyOf } from "../../support/report-doc.ts";
import { quantile } from "../server/sheet.ts";

function authorising(paragraphs: number): void {
  const server = new Y.Doc();
  server.clientID = 1;
  for (let i = 0; i < paragraphs; i++)
    addParagraph(server, `p${i}`, "The General Assembly reaffirms its commitment. ".repeat(8));
  const peer = copyOf(server, 100);
  const updates: Uint8Array[] = [];
  peer.on("update", (update: Uint8Array) => updates.push(update));
  for (let k = 0; k < 20_000; k++) {
    const body = bodyIn(peer, `p${5 + (k % (paragraphs - 5))}`);
    if (k % 7 === 0) body.delete(k % 50, 1);
    else body.insert(k % 100, "x");
  }
  const rights = { owns: (client: number) => client === 100, locked: new Set<string>(), limits: defaultLimits };
  const [authorise, apply]: [number[], number[]] = [[], []];
  for (const update of updates) {
    const start = process.hrtime.bigint();
    const answer = authorizeUpdate(server, update, rights);
    const decided = process.hrtime.bigint();
    if (answer.verdict !== "apply") throw new Error(answer.verdict);
    Y.applyUpdate(server, answer.update);
    authorise.push(Number(decided - start) / 1e3);
    apply.push(Number(process.hrtime.bigint() - decided) / 1e3);
  }
  const figures = (times: number[]) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
  // The first ones are the compiler's.
  console.log(
    JSON.stringify({ paragraphs, authorise: figures(authorise.slice(2_000)), apply: figures(apply.slice(2_000)) }),
  );
}

for (const paragraphs of [30, 300, 3_000]) authorising(paragraphs);
