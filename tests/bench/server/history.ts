/** The text that every server of the bench holds: 300 paragraphs in our model, and what was typed into it before. */
import * as Y from "yjs";
import { blocksOf, newYBlock } from "../../../shared/sync/model.ts";
import { chance } from "../../support/random.ts";
import { block, bodyIn } from "../../support/report-doc.ts";

export const paragraphs = 300;
/** Of one paragraph, about; 193 kB in all. */
const characters = 640;
const words =
  "reaffirming recalling the outcome of resolution decides requests report session agenda implementation sustainable development goals at all levels capacity building financing technology common responsibilities national circumstances and priorities".split(
    " ",
  );

export interface History {
  /** Oldest first. */
  readonly updates: readonly Uint8Array[];
  readonly state: Uint8Array;
  /** As one was saved a while before the end. */
  readonly snapshot: { readonly upTo: number; readonly state: Uint8Array };
  readonly characters: number;
}

/** As people write: five of them, each typing a phrase or striking one, key by key. @param keys how many */
export function history(keys: number): History {
  const random = chance(11);
  const phrase = (length: number): string => {
    let text = "";
    while (text.length < length) text += `${random.pick(words)} `;
    return text.slice(0, length);
  };
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.clientID = 1;
  doc.transact(() => {
    for (let index = 0; index < paragraphs; index++) {
      const content = [{ t: "text", text: phrase(characters) }] as const;
      const order = `p${String(index).padStart(4, "0")}`;
      blocksOf(doc).set(
        block(`p${index}`),
        newYBlock({ kind: "paragraph", level: 0, part: "consensus", content }, order),
      );
    }
  });
  const snapshotOf = () => ({ upTo: updates.length, state: Y.encodeStateAsUpdate(doc) });
  let snapshot = snapshotOf();
  for (let key = 0; key < keys; key += 25) {
    if (key === keys - 500) snapshot = snapshotOf();
    doc.clientID = 100 + random.below(5);
    const body = bodyIn(doc, `p${random.below(paragraphs)}`);
    const at = random.below(body.length - 25);
    if (body.length > characters) for (let i = 0; i < 25; i++) body.delete(at, 1);
    else Array.from(phrase(25), (character, i) => body.insert(at + i, character));
  }
  let length = 0;
  for (let index = 0; index < paragraphs; index++) length += bodyIn(doc, `p${index}`).length;
  return { updates, state: Y.encodeStateAsUpdate(doc), snapshot, characters: length };
}
