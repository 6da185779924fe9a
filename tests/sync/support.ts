/** Helpers for tests of text that merges: ids that can be read, seeded chance, two documents brought together. */
import * as Y from "yjs";
import type { Block, Inline } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { BlockKind, ParagraphId, Part } from "../../shared/domain/values.ts";
import { ReportText, writeText } from "../../shared/sync/report-text.ts";

/** `id("p1")` is `p1ZZZZ…`: valid, and readable in a failure. */
export const id = (name: string): ParagraphId => name.padEnd(22, "Z") as ParagraphId;
export const nameOf = (paragraph: string): string => paragraph.replace(/Z+$/, "");

/** Mulberry32: small, fast, and the same everywhere. */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function paragraph(
  name: string,
  text: string | readonly Inline[],
  more: { kind?: BlockKind; level?: number; part?: Part } = {},
): Block {
  const content: readonly Inline[] = typeof text !== "string" ? text : text === "" ? [] : [{ t: "text", text }];
  return { id: id(name), kind: "paragraph", level: 0, part: "consensus", content, ...more };
}

export function docWith(...blocks: readonly Block[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  writeText(doc, blocks, chance(1));
  return doc;
}

export function copyOf(doc: Y.Doc, clientID: number): Y.Doc {
  const copy = new Y.Doc();
  push(doc, copy);
  copy.clientID = clientID;
  return copy;
}

/** Everything `from` knows, to `to`. */
export const push = (from: Y.Doc, to: Y.Doc): void =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), "network");

/** Everyone learns everything, by way of the first. */
export function bringTogether(...docs: readonly Y.Doc[]): void {
  const [hub, ...others] = docs;
  for (const other of others) if (hub) push(other, hub);
  for (const other of others) if (hub) push(hub, other);
}

/** The text as "id:words" lines, ids without their padding. */
export function lines(doc: Y.Doc): string[] {
  const text = new ReportText(doc);
  const shown = text.text().map((block) => `${nameOf(block.id)}:${flatText(block.content)}`);
  text.destroy();
  return shown;
}
