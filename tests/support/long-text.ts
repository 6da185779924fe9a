/** A report that was written for weeks: short in words, long in what was typed and struck on the way, as it lies in a Y.Doc. */
import * as Y from "yjs";
import { blocksOf } from "../../shared/sync/model.ts";
import type { Chance } from "./random.ts";
import { addParagraph, bodyIn } from "./report-doc.ts";

/** @param bytes that it takes at least, encoded. @param client the first of six client ids of its drafters */
export function longText(chance: Chance, bytes: number, client: number): Y.Doc {
  const words = "States should cooperate in good faith and share what they learn about threats to others".split(" ");
  const names = Array.from({ length: 150 }, (_, index) => `p${index}`);
  const phrase = (length: number): string => Array.from({ length }, () => `${chance.pick(words)} `).join("");
  let doc = new Y.Doc();
  doc.clientID = client;
  blocksOf(doc);
  for (const name of names) {
    addParagraph(doc, name, phrase(60));
  }
  for (let drafter = 1; Y.encodeStateAsUpdate(doc).length < bytes; drafter++) {
    const next = new Y.Doc();
    Y.applyUpdate(next, Y.encodeStateAsUpdate(doc));
    next.clientID = client + (drafter % 6);
    next.transact(() => {
      for (let edits = 0; edits < 1_000; edits++) {
        const body = bodyIn(next, chance.pick(names));
        const at = chance.below(body.length - 200);
        if (body.length > 1_000) body.delete(at, chance.below(200));
        else body.insert(at, phrase(1 + chance.below(12)));
      }
    });
    doc = next;
  }
  return doc;
}
