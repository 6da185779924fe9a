/** The edits that make one text into another, as few as can be. */
import { inPlace } from "./redline.ts";
import type { Block, Text, TextEdit } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId } from "./values.ts";

/** `editText(text, editsTo(text, target))` is `target`. Blocks that keep their order among the others are not placed anew. */
export function editsTo(text: Text, target: Text): readonly TextEdit[] {
  const wanted = blocksById(target);
  const was = blocksById(text);
  const edits: TextEdit[] = text
    .filter(({ id }) => !wanted.has(id))
    .map(({ id }) => ({ kind: "remove-block", paragraph: id }));
  const stays = inPlace(text, target);
  let after: ParagraphId | null = null;
  for (const block of target) {
    const { id } = block;
    edits.push(...editsOfBlock(was.get(id), block, after));
    if (was.has(id) && !stays.has(id)) edits.push({ kind: "place-block", paragraph: id, after });
    after = id;
  }
  return edits;
}

/** @param after where it is put when it does not stand yet */
export function editsOfBlock(was: Block | undefined, block: Block, after: ParagraphId | null): TextEdit[] {
  if (!was) return [{ kind: "insert-block", after, block }];
  const { id: paragraph, content, kind, level, part } = block;
  const edits: TextEdit[] = [];
  if (JSON.stringify(was.content) !== JSON.stringify(content))
    edits.push({ kind: "replace-content", paragraph, content });
  if (was.kind !== kind || was.level !== level) edits.push({ kind: "set-form", paragraph, block: kind, level });
  if (was.part !== part) edits.push({ kind: "set-part", paragraph, part });
  return edits;
}
