/**
 * How a report lies in a Y.Doc (SPEC: SYN1–SYN4): root `Y.Map 'blocks'`, id → `Y.Map { order, type, level, part, del?, seen?, body: Y.Text }`.
 * Nothing else in the house knows these keys. Ids are map keys, so that they can be neither forged nor rewritten; a move changes one string;
 * every merged state can be shown.
 */
import * as Y from "yjs";
import type { Block, Inline, Mark } from "../domain/text.ts";
import { embedCharacter } from "../domain/text.ts";
import type { BlockKind, ParagraphId, Part } from "../domain/values.ts";
import { parseParagraphId, parts } from "../domain/values.ts";

/** A block's Y.Map. Its values are whatever others wrote: read them through the functions below. */
export type YBlock = Y.Map<unknown>;

export const rootName = "blocks";
export const blocksOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(rootName);

/** In the order in which they nest where one character carries several. */
export const markNames = ["strong", "em", "underline"] as const satisfies readonly Mark[];

export type Embed = Exclude<Inline, { t: "text" }>;

/** Beyond this a key is not minted; more room is made by giving neighbours new keys. */
export const orderKeyMaxLength = 250;

const isOneOf =
  (values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
const matches =
  (shape: RegExp) =>
  (value: unknown): boolean =>
    typeof value === "string" && shape.test(value);

/** Validity of the value of each plain field of a block. A field that is not named here may not be written. */
export const fieldRules = {
  order: matches(/^[0-9a-z]{1,500}$/),
  type: isOneOf(["heading", "paragraph"] satisfies BlockKind[]),
  level: isOneOf([0, 1, 2]),
  part: isOneOf(parts),
  /** Removed. The text stays for the record, and deleting this key brings the block back. */
  del: isOneOf([1]),
  /** What the remover had seen of the body (`recovered.ts`). */
  seen: matches(/^[0-9a-z.,]{0,10000}$/),
} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>;
export type Field = keyof typeof fieldRules;

const footnoteId = /^[0-9A-Za-z_-]{1,40}$/;
export const footnoteMaxLength = 20_000;

/**
 * Bidirectional overrides and isolates and the zero-width space make text look other than it is: an editor takes them out of what is
 * typed and pasted, and the server refuses them.
 */
// oxlint-disable-next-line no-misleading-character-class -- none of these joins another character
export const deceptive = /[\u200B\u202A-\u202E\u2066-\u2069]/g;

/** Whether a value is an embed of today's schema. Others are kept in the Y.Doc and shown as a marker, never dropped. */
export function isEmbed(value: unknown): value is Embed {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const embed = value as Readonly<Record<string, unknown>>;
  switch (embed["t"]) {
    case "footnote":
      return (
        Object.keys(embed).length === 3 &&
        matches(footnoteId)(embed["id"]) &&
        typeof embed["text"] === "string" &&
        embed["text"].length <= footnoteMaxLength
      );
    case "ref":
      return Object.keys(embed).length === 2 && parseParagraphId(embed["to"]) !== null;
    default:
      return false;
  }
}

/** The block's map, or null where the key or the value cannot be a block of ours. */
export function yBlock(blocks: Y.Map<unknown>, id: string): YBlock | null {
  const value = blocks.get(id);
  return value instanceof Y.Map && parseParagraphId(id) !== null ? (value as YBlock) : null;
}

export const isRemoved = (block: YBlock): boolean => block.has("del");

export function bodyOf(block: YBlock): Y.Text | null {
  const body = block.get("body");
  return body instanceof Y.Text ? body : null;
}

/** A field's value where it is valid, else the safe default: what a reader shows of what it does not understand. */
export const orderOf = (block: YBlock): string => valid(block, "order", "");
export const kindOf = (block: YBlock): BlockKind => valid(block, "type", "paragraph");
export const levelOf = (block: YBlock): number => valid(block, "level", 0);
export const partOf = (block: YBlock): Part => valid(block, "part", "consensus");

function valid<Value>(block: YBlock, field: Field, otherwise: Value): Value {
  const value = block.get(field);
  return fieldRules[field](value) ? (value as Value) : otherwise;
}

/** A stretch of a body: text or one embed, with its marks. `embed` is as found, known or not. */
export interface Run {
  readonly insert: string | object;
  readonly marks: readonly Mark[];
}

export function runsOf(body: Y.Text): Run[] {
  return (body.toDelta() as { insert: unknown; attributes?: Readonly<Record<string, unknown>> }[]).map((op) => ({
    // A nested shared type can only come from a hostile writer; it takes one place like every other embed.
    insert: typeof op.insert === "string" || (typeof op.insert === "object" && op.insert !== null) ? op.insert : {},
    marks: op.attributes ? marksIn(op.attributes) : [],
  }));
}

export const marksIn = (attributes: Readonly<Record<string, unknown>>): Mark[] =>
  markNames.filter((name) => Boolean(attributes[name]));

/** Never throws: an embed that is not of our schema becomes the character that takes an embed's place. */
export function contentOf(body: Y.Text | null): Inline[] {
  const content: Inline[] = [];
  for (const run of body ? runsOf(body) : []) {
    if (typeof run.insert !== "string" && isEmbed(run.insert)) content.push(run.insert);
    else pushText(content, typeof run.insert === "string" ? run.insert : embedCharacter, run.marks);
  }
  return content;
}

function pushText(content: Inline[], text: string, marks: readonly Mark[]): void {
  const last = content.at(-1);
  const marked = marks.length > 0 ? { marks } : {};
  if (last?.t === "text" && (last.marks ?? []).join() === marks.join()) {
    content[content.length - 1] = { t: "text", text: last.text + text, ...marked };
  } else content.push({ t: "text", text, ...marked });
}

export function readBlock(id: ParagraphId, block: YBlock): Block {
  return {
    id,
    kind: kindOf(block),
    level: levelOf(block),
    part: partOf(block),
    content: contentOf(bodyOf(block)),
  };
}

/** A block ready to be set under its id. */
export function newYBlock(block: Omit<Block, "id">, order: string): YBlock {
  const map: YBlock = new Y.Map();
  map.set("order", order);
  map.set("type", block.kind);
  map.set("level", block.level);
  map.set("part", block.part);
  const body = new Y.Text();
  body.applyDelta(
    block.content.map((inline) =>
      inline.t === "text"
        ? { insert: inline.text, attributes: attributesOf(inline.marks ?? []) }
        : { insert: { ...inline } },
    ),
    // Else Yjs drops a line break at the end.
    { sanitize: false },
  );
  map.set("body", body);
  return map;
}

export const attributesOf = (marks: readonly Mark[]): Record<string, true> =>
  Object.fromEntries(marks.map((mark) => [mark, true]));

interface Placed {
  readonly id: string;
  readonly order: string;
}

/** Order by key in UTF-16 code units, ties by id, so that the order is total whatever was merged. */
export function comparePlaces(a: Placed, b: Placed): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Ids in reading order, of the blocks that stand or of those removed. */
export function orderedIds(blocks: Y.Map<unknown>, removed = false): ParagraphId[] {
  const places: { id: ParagraphId; order: string }[] = [];
  for (const key of blocks.keys()) {
    const block = yBlock(blocks, key);
    if (block && isRemoved(block) === removed) places.push({ id: key as ParagraphId, order: orderOf(block) });
  }
  return places.sort(comparePlaces).map((place) => place.id);
}
