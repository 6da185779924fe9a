/** Some keyboards type characters that nobody sees and the server refuses (BIN9): they are taken out before they are written. */
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { embedCharacter } from "../../../shared/domain/text.ts";
import { deceptive } from "../../../shared/sync/model.ts";
import { changedWindow } from "./changed-window.ts";

/** Takes them out of the blocks that differ from `was`. */
export function takeOutDeceptive(was: Node, tr: Transaction): void {
  for (const { node, at } of changedWindow(was, tr.doc).now.toReversed()) {
    const text = node.textBetween(0, node.content.size, null, embedCharacter);
    for (const { index } of [...text.matchAll(deceptive)].toReversed()) tr.delete(at + 1 + index, at + 2 + index);
  }
}
