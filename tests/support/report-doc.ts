/** Small reports in a Y.Doc, for tests of what may be done to them. */
import * as Y from "yjs";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { flatText } from "../../shared/domain/text.ts";
import { blocksOf, bodyOf, contentOf, newYBlock, yBlock } from "../../shared/sync/model.ts";

/** `block("a")` is 22 characters of base 62 and says which one it is. */
export const block = (name: string): ParagraphId => name.padEnd(22, "0") as ParagraphId;

export function addParagraph(doc: Y.Doc, name: string, text: string, part: Part = "consensus"): void {
  const paragraph = {
    kind: "paragraph" as const,
    level: 0,
    part,
    content: text === "" ? [] : [{ t: "text" as const, text }],
  };
  doc.transact(() => blocksOf(doc).set(block(name), newYBlock(paragraph, name.toLowerCase())));
}

export function reportDoc(client: number, paragraphs: Readonly<Record<string, string>>): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = client;
  blocksOf(doc);
  for (const [name, text] of Object.entries(paragraphs)) addParagraph(doc, name, text);
  return doc;
}

/** Another peer's copy. */
export function copyOf(doc: Y.Doc, client: number): Y.Doc {
  const copy = new Y.Doc();
  blocksOf(copy);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  // Afterwards: a document that meets its own client id in what it is told takes another one.
  copy.clientID = client;
  return copy;
}

/** What `peer` has and `doc` has not. */
export const newsOf = (peer: Y.Doc, doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(peer, Y.encodeStateVector(doc));

export function fieldsOf(doc: Y.Doc, name: string): Y.Map<unknown> {
  const fields = yBlock(blocksOf(doc), block(name));
  if (!fields) throw new Error(`no block ${name}`);
  return fields;
}

export function bodyIn(doc: Y.Doc, name: string): Y.Text {
  const body = bodyOf(fieldsOf(doc, name));
  if (!body) throw new Error(`block ${name} has no body`);
  return body;
}

export const wordsOf = (doc: Y.Doc, name: string): string => flatText(contentOf(bodyIn(doc, name)));
