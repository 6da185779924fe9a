/** Blocks of the domain and runs of a Y.Text as ProseMirror nodes, and back. */
import type { Node } from "prosemirror-model";
import { Fragment } from "prosemirror-model";
import type { Block, Inline } from "../domain/text.ts";
import { embedCharacter } from "../domain/text.ts";
import type { BlockKind, ParagraphId, Part } from "../domain/values.ts";
import { parseParagraphId } from "../domain/values.ts";
import type { Embed, Run } from "../sync/model.ts";
import { isEmbed, markNames, runsOf } from "../sync/model.ts";
import type { Text as YText } from "yjs";
import { schema } from "./schema.ts";

export const idOf = (node: Node): ParagraphId | null => parseParagraphId(node.attrs["id"]);
export const kindOfNode = (node: Node): BlockKind => (node.type.name === "heading" ? "heading" : "paragraph");

/** Null for a paragraph without an id: it is not part of the text yet. */
export function blockOfNode(node: Node): Block | null {
  const id = idOf(node);
  if (id === null) return null;
  const content: Inline[] = [];
  node.forEach((child) => {
    const run = runOfNode(child);
    if (typeof run.insert === "string") {
      content.push({ t: "text", text: run.insert, ...(run.marks.length > 0 ? { marks: run.marks } : {}) });
    } else if (isEmbed(run.insert)) content.push(run.insert);
    else content.push({ t: "text", text: embedCharacter });
  });
  return {
    id,
    kind: kindOfNode(node),
    level: node.attrs["level"] as number,
    part: node.attrs["part"] as Part,
    content,
  };
}

export function nodeOfBlock(block: Block): Node {
  const runs = block.content.map((inline): Run =>
    inline.t === "text" ? { insert: inline.text, marks: inline.marks ?? [] } : { insert: inline, marks: [] },
  );
  return blockNode(block, fragmentOfRuns(runs));
}

export const blockNode = (block: Omit<Block, "content">, content: Fragment): Node =>
  schema.node(block.kind, { id: block.id, level: block.level, part: block.part }, content);

export const fragmentOfBody = (body: YText | null): Fragment => (body ? fragmentOfRuns(runsOf(body)) : Fragment.empty);

export const fragmentOfRuns = (runs: readonly Run[]): Fragment => Fragment.fromArray(runs.map(nodeOfRun));

export function nodeOfRun(run: Run): Node {
  const marks = run.marks.map((name) => schema.mark(name));
  if (typeof run.insert === "string") return schema.text(run.insert, marks);
  if (!isEmbed(run.insert)) return schema.node("unknown", { json: JSON.stringify(run.insert) }, [], marks);
  const { t, ...attrs } = run.insert;
  return schema.node(t, attrs, [], marks);
}

/** A text or atom node as what a Y.Text holds. */
export function runOfNode(node: Node): Run {
  const marks = markNames.filter((name) => node.marks.some((mark) => mark.type.name === name));
  return { insert: node.isText ? (node.text ?? "") : embedOfNode(node), marks };
}

function embedOfNode(node: Node): Embed | object {
  if (node.type.name === "unknown") return JSON.parse(node.attrs["json"] as string) as object;
  return { t: node.type.name, ...node.attrs };
}
