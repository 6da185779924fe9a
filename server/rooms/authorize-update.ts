/* oxlint-disable no-underscore-dangle -- the fields of Yjs that this needs are spelled so */
/**
 * May this update be applied to the text? Decided before `Y.applyUpdate` and in the same turn, because an applied update cannot be
 * taken back and Yjs itself integrates whatever it is given. About 2 µs a keystroke (SPEC: TXT).
 *
 * Every struct is resolved to the place where Yjs would put it and every deletion to the block it strikes, in the order of
 * integration. Only semi-internal exports of Yjs are used: pin its version, and run the fuzz at each upgrade.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { parseParagraphId } from "../../shared/domain/values.ts";
import { blocksOf, fieldRules, isEmbed, markNames } from "../../shared/sync/model.ts";
import type { TextRefusal, TextRefusalCode } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";

export interface WriterRights {
  /** Was this client id issued to the sender's person for this room? */
  readonly owns: (client: number) => boolean;
  /** Agreed paragraphs: nothing of them may change but their order. */
  readonly locked: ReadonlySet<string>;
  /** No block may be made, and no field of one changed: only their words. */
  readonly wordsOnly?: boolean;
  readonly limits: Limits;
}

/**
 * `nothing`: all of it is here already, as when a passive client tidies redundant formatting or repeats itself.
 * `gap`: it builds on what the server does not have; no offence, the sender must synchronise first.
 */
export type Authorization =
  | { readonly verdict: "apply"; readonly update: Uint8Array }
  | { readonly verdict: "nothing" }
  | { readonly verdict: "gap" }
  | { readonly verdict: "refused"; readonly refusal: TextRefusal };

type Container = { readonly depth: 0 | 1 | 2 | "outside"; readonly block: string; readonly type: YType | null };
type YType = Y.AbstractType<unknown>;
type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
/** Where an item goes: into a container, under a key or in its sequence; "void": Yjs turns it into nothing. */
type Place = { readonly container: Container; readonly key: string | null } | "void";

const codes = {
  malformed: "The update cannot be read.",
  "too-large": "The update is too large.",
  "foreign-client": "The update was made under a client id that was not issued to its sender for this text.",
  forged: "The update refers to places that do not fit together.",
  "not-in-the-schema": "The update holds something that does not belong into a report.",
  "paragraph-locked":
    "The paragraph is locked: it is agreed, or a silence procedure runs on it. It can be changed once it is reopened, or the silence is over.",
  quota: "The text is as large as it may be.",
} satisfies Partial<Record<TextRefusalCode, string>>;

/** Thrown inside this file only, so that the way through the rules reads straight. */
class Stop extends Error {
  readonly outcome: Authorization;
  constructor(outcome: Authorization) {
    super();
    this.outcome = outcome;
  }
}

function refuse(code: keyof typeof codes, paragraph?: string): never {
  const refusal = { code, message: codes[code], ...(paragraph === undefined ? {} : { paragraph }) };
  throw new Stop({ verdict: "refused", refusal });
}

const gap = { verdict: "gap" } as const;

/** Bidirectional overrides and isolates and the zero-width space make text look other than it is (security C4). */
// oxlint-disable-next-line no-misleading-character-class
const deceptive = /[\u202A-\u202E\u2066-\u2069\u200B]/;
const writtenOnce: ReadonlySet<string> = new Set(["body", "part"]);
const marks: ReadonlySet<string> = new Set(markNames);

export function authorizeUpdate(doc: Y.Doc, update: Uint8Array, rights: WriterRights): Authorization {
  // What a client sends that has nothing to say: no structs, no deletions.
  if (update.length === 2 && update[0] === 0 && update[1] === 0) return { verdict: "nothing" };
  try {
    return new Inspection(doc, rights).inspect(update);
  } catch (trouble) {
    if (trouble instanceof Stop) return trouble.outcome;
    throw trouble;
  }
}

class Inspection {
  readonly #doc: Y.Doc;
  readonly #store: Y.Doc["store"];
  readonly #rights: WriterRights;
  readonly #blocks: YType;
  readonly #new = new Map<number, Struct[]>();
  /** How many of a client's new structs are placed already; a client being placed further may not be asked for more. */
  readonly #placed = new Map<number, number>();
  readonly #active = new Set<number>();
  readonly #places = new Map<Struct, Place>();
  readonly #containers = new Map<Struct, Container>();
  /** Blocks and bodies that this update makes, so that it cannot make them twice. */
  readonly #made = new Map<Container, Set<string>>();
  readonly #grown = new Map<Container, number>();

  constructor(doc: Y.Doc, rights: WriterRights) {
    this.#doc = doc;
    this.#store = doc.store;
    this.#rights = rights;
    this.#blocks = blocksOf(doc) as YType;
  }

  inspect(given: Uint8Array): Authorization {
    if (given.length > this.#rights.limits.updateBytes) refuse("too-large");
    let update = given;
    let { structs, ds } = this.#decode(update);
    // Yjs ignores the content of what it knows, but not its neighbours nor the names of its roots: cut it off.
    if (structs.some((struct) => struct.id.clock < this.#state(struct.id.client))) {
      update = Y.diffUpdate(update, Y.encodeStateVector(this.#doc));
      ({ structs, ds } = this.#decode(update));
    }
    this.#sort(structs, decoding.readVarUint(decoding.createDecoder(update)));
    for (const client of this.#new.keys()) this.#placeUpTo(client, Infinity);
    const deletes = this.#inspectDeletions(ds);
    return structs.length === 0 && !deletes ? { verdict: "nothing" } : { verdict: "apply", update };
  }

  #decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
    try {
      return Y.decodeUpdateV2(update, decoderWithin(this.#rights.limits));
    } catch (trouble) {
      if (trouble instanceof Stop) throw trouble;
      return refuse("malformed");
    }
  }

  #state(client: number): number {
    return Y.getState(this.#store, client);
  }

  /** Structs by client, each client's in one row without holes that begins where the server's knowledge ends. */
  #sort(structs: readonly Struct[], sections: number): void {
    for (const struct of structs) {
      const { client, clock } = struct.id;
      if (struct instanceof Y.Skip) throw new Stop(gap);
      // A struct without length would take a place that belongs to the next one.
      if (struct.length < 1) refuse("malformed");
      if (struct.length > this.#rights.limits.structLength) refuse("too-large");
      const row = this.#new.get(client);
      const last = row?.at(-1);
      if (row && last) {
        if (last.id.clock + last.length !== clock) refuse("malformed");
        row.push(struct);
      } else {
        if (!this.#rights.owns(client)) refuse("foreign-client");
        if (clock > this.#state(client)) throw new Stop(gap);
        if (clock < this.#state(client)) refuse("malformed");
        this.#new.set(client, [struct]);
      }
    }
    // Of two sections of one client Yjs reads the second only.
    if (sections !== this.#new.size) refuse("malformed");
  }

  /** Places a client's new structs in order up to the one that holds `clock`, as Yjs will. */
  #placeUpTo(client: number, clock: number): void {
    const row = this.#new.get(client) ?? [];
    let at = this.#placed.get(client) ?? 0;
    if (at >= row.length || (row[at] as Struct).id.clock > clock) return;
    // Asked for more of a row that is itself waiting: a circle, or a reference to what comes later.
    if (this.#active.has(client)) refuse("forged");
    this.#active.add(client);
    for (; at < row.length && (row[at] as Struct).id.clock <= clock; at++) {
      const struct = row[at] as Struct;
      const place = struct instanceof Y.Item ? this.#placeOf(struct) : "void";
      this.#places.set(struct, place);
      if (place !== "void") this.#inspectInsertion(struct as Y.Item, place);
      this.#placed.set(client, at + 1);
    }
    this.#active.delete(client);
  }

  /** Resolves parent and key as `Item.getMissing` of Yjs does, but refuses where its neighbours disagree. */
  #placeOf(item: Y.Item): Place {
    const left = item.origin && this.#placeOfId(item.origin);
    const right = item.rightOrigin && this.#placeOfId(item.rightOrigin);
    if (left && right && !samePlace(left, right)) refuse("forged");
    const beside = left ?? right;
    if (beside) return beside;
    // Decoding leaves the name of a root as a string.
    const parent = item.parent as unknown as string | Y.ID | null;
    if (parent === null) return refuse("forged");
    if (typeof parent === "string") {
      const root = this.#doc.share.get(parent);
      if (root !== this.#blocks) refuse("not-in-the-schema");
      return { container: this.#containerOf(this.#blocks), key: item.parentSub };
    }
    const holder = this.#find(parent);
    if (holder instanceof Y.GC || this.#places.get(holder) === "void") return "void";
    if (!(holder instanceof Y.Item && holder.content instanceof Y.ContentType)) return refuse("forged");
    const made = this.#containers.get(holder);
    return { container: made ?? this.#containerOf(holder.content.type as YType), key: item.parentSub };
  }

  #placeOfId(id: Y.ID): Place {
    const struct = this.#find(id);
    if (struct instanceof Y.GC) return "void";
    const placed = this.#places.get(struct);
    if (placed) return placed;
    const item = struct as Y.Item;
    return { container: this.#containerOf(item.parent as YType), key: item.parentSub };
  }

  /** The struct under an id, from the store, whose copy is the truth, or from what is placed of this update. */
  #find(id: Y.ID): Struct {
    if (id.clock < this.#state(id.client)) return Y.getItem(this.#store, id);
    this.#placeUpTo(id.client, id.clock);
    const row = this.#new.get(id.client);
    const struct = row?.[indexIn(row, id.clock)];
    if (!struct) throw new Stop(gap);
    if (!this.#places.has(struct)) refuse("forged");
    return struct;
  }

  #containerOf(type: YType): Container {
    const known = containers.get(type);
    if (known) return known;
    const container = this.#climb(type);
    containers.set(type, container);
    return container;
  }

  #climb(type: YType): Container {
    const item = type._item;
    if (item === null) return { depth: type === this.#blocks ? 0 : "outside", block: "", type };
    const parent = item.parent as YType;
    if (parent === this.#blocks) return { depth: 1, block: item.parentSub ?? "", type };
    const grandparent = parent._item?.parent as YType | undefined;
    if (grandparent === this.#blocks && item.parentSub === "body") {
      return { depth: 2, block: parent._item?.parentSub ?? "", type };
    }
    return { depth: "outside", block: "", type };
  }

  #inspectInsertion(item: Y.Item, place: Exclude<Place, "void">): void {
    const { container, key } = place;
    if (this.#rights.wordsOnly && container.depth !== 2) refuse("not-in-the-schema");
    switch (container.depth) {
      case 0:
        return this.#inspectBlock(item, container, key);
      case 1:
        return this.#inspectField(item, container, key);
      case 2:
        return this.#inspectWords(item, container, key);
      case "outside":
        refuse("not-in-the-schema");
    }
  }

  #inspectBlock(item: Y.Item, blocks: Container, id: string | null): void {
    if (parseParagraphId(id) === null || !makes(item, Y.Map)) refuse("not-in-the-schema");
    this.#writeOnce(blocks, id as string);
    if (this.#blocks._map.size + (this.#made.get(blocks)?.size ?? 0) > this.#rights.limits.blocks) refuse("quota");
    this.#containers.set(item, { depth: 1, block: id as string, type: null });
  }

  #inspectField(item: Y.Item, block: Container, field: string | null): void {
    if (field === null) refuse("not-in-the-schema");
    if (field !== "order") this.#mustBeOpen(block.block);
    if (field === "body") {
      if (!makes(item, Y.Text)) refuse("not-in-the-schema", block.block);
      this.#writeOnce(block, field);
      this.#containers.set(item, { depth: 2, block: block.block, type: null });
      return;
    }
    if (!Object.hasOwn(fieldRules, field)) refuse("not-in-the-schema", block.block);
    if (field === "part" && block.type?._map.has(field)) refuse("not-in-the-schema", block.block);
    const { content } = item;
    // A value that its writer has replaced since.
    if (content instanceof Y.ContentDeleted) return;
    const rule = fieldRules[field as keyof typeof fieldRules];
    if (!(content instanceof Y.ContentAny && content.arr.length === 1 && rule(content.arr[0]))) {
      refuse("not-in-the-schema", block.block);
    }
  }

  #inspectWords(item: Y.Item, body: Container, attribute: string | null): void {
    this.#mustBeOpen(body.block);
    const { content } = item;
    if (attribute !== null) refuse("not-in-the-schema", body.block);
    if (content instanceof Y.ContentString) {
      if (deceptive.test(content.str)) refuse("not-in-the-schema", body.block);
    } else if (content instanceof Y.ContentEmbed) {
      const embed: unknown = content.embed;
      if (!isEmbed(embed) || (embed.t === "footnote" && deceptive.test(embed.text))) {
        refuse("not-in-the-schema", body.block);
      }
    } else if (content instanceof Y.ContentFormat) {
      if (!marks.has(content.key) || !(content.value === null || (content.value as unknown) === true)) {
        refuse("not-in-the-schema", body.block);
      }
      return;
    } else if (content instanceof Y.ContentDeleted) return;
    else refuse("not-in-the-schema", body.block);
    const grown = (this.#grown.get(body) ?? body.type?._length ?? 0) + item.length;
    if (grown > this.#rights.limits.blockCharacters) refuse("quota", body.block);
    this.#grown.set(body, grown);
  }

  #mustBeOpen(block: string): void {
    if (this.#rights.locked.has(block)) refuse("paragraph-locked", block);
  }

  /** Writing a key anew deletes what stood there, and no list of deletions says so. */
  #writeOnce(container: Container, key: string): void {
    let made = this.#made.get(container);
    if (!made) this.#made.set(container, (made = new Set()));
    if (made.has(key) || container.type?._map.has(key)) {
      if (container.depth === 0) this.#mustBeOpen(key);
      refuse("not-in-the-schema", container.depth === 0 ? key : container.block);
    }
    made.add(key);
  }

  /** Whether anything that stands is struck. */
  #inspectDeletions({ clients }: ReturnType<typeof Y.decodeUpdate>["ds"]): boolean {
    let strikes = 0;
    for (const [client, ranges] of clients) {
      const known = this.#state(client);
      const row = this.#new.get(client);
      const last = row?.at(-1);
      const end = last ? last.id.clock + last.length : known;
      let before = 0;
      for (const { clock, len } of ranges) {
        // An empty range still makes Yjs cut an item in two, which spoils a character that takes two units;
        // overlapping ones make it walk the same items again and again.
        if (len < 1 || clock < before) refuse("malformed");
        before = clock + len;
        // Deleting the future would strike down the words of whoever gets these clocks.
        if (clock + len > end) throw new Stop(gap);
        if (clock < known && this.#inspectStrikes(client, clock, Math.min(clock + len, known))) strikes++;
        if (strikes > this.#rights.limits.deletesPerUpdate) refuse("too-large");
        if (row && clock + len > known) this.#inspectOwnStrikes(row, clock, clock + len);
      }
    }
    return strikes > 0;
  }

  #inspectStrikes(client: number, from: number, to: number): boolean {
    const structs = this.#store.clients.get(client) ?? [];
    let strikes = false;
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const struct = structs[i] as Y.Item | Y.GC;
      if (struct.id.clock >= to) break;
      if (struct.deleted || !(struct instanceof Y.Item)) continue;
      strikes = true;
      this.#inspectStrike(this.#containerOf(struct.parent as YType), struct.parentSub);
    }
    return strikes;
  }

  /** What an update makes and strikes itself. */
  #inspectOwnStrikes(row: readonly Struct[], from: number, to: number): void {
    for (let i = Math.max(0, indexIn(row, from)); i < row.length; i++) {
      const struct = row[i] as Struct;
      if (struct.id.clock >= to) break;
      const place = this.#places.get(struct);
      if (!place || place === "void" || (struct as Y.Item).content instanceof Y.ContentDeleted) continue;
      this.#inspectStrike(place.container, place.key);
    }
  }

  #inspectStrike({ depth, block }: Container, key: string | null): void {
    if (depth === 0) {
      this.#mustBeOpen(key ?? "");
      refuse("not-in-the-schema", key ?? "");
    }
    if (depth === "outside") refuse("not-in-the-schema");
    if (depth === 1 && this.#rights.wordsOnly) refuse("not-in-the-schema", block);
    if (depth === 1 && key === "order") return;
    this.#mustBeOpen(block);
    if (depth === 1 && writtenOnce.has(key ?? "")) refuse("not-in-the-schema", block);
  }
}

/** The container of a type never changes; kept because a keystroke should not climb. */
const containers = new WeakMap<YType, Container>();

function samePlace(a: Place, b: Place): boolean {
  if (a === "void" || b === "void") return a === b;
  return a.container === b.container && a.key === b.key;
}

/** Exactly this shared type: Y.Text has a subclass that is none of ours. */
function makes(item: Y.Item, kind: typeof Y.Map | typeof Y.Text): boolean {
  return item.content instanceof Y.ContentType && (item.content.type as object).constructor === kind;
}

/** Index of the struct that holds `clock`; -1 when none does. */
function indexIn(row: readonly Struct[], clock: number): number {
  let low = 0;
  let high = row.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const struct = row[middle] as Struct;
    if (clock < struct.id.clock) high = middle - 1;
    else if (clock >= struct.id.clock + struct.length) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Collected, deleted, string, embed, format, type, any and skipped: nothing else is even read, for a sub-document alone costs kilobytes. */
const readable: ReadonlySet<number> = new Set([0, 1, 4, 5, 6, 7, 8, 10]);
const decoders = new WeakMap<Limits, typeof Y.UpdateDecoderV1>();

/** A decoder that stops at the first struct too many, before a small update has become much memory. */
function decoderWithin(limits: Limits): typeof Y.UpdateDecoderV1 {
  let decoder = decoders.get(limits);
  if (!decoder) {
    decoder = class extends Y.UpdateDecoderV1 {
      #structs = 0;
      override readInfo(): number {
        if (++this.#structs > limits.structsPerUpdate) refuse("too-large");
        const info = super.readInfo();
        if (!readable.has(info & 31)) refuse("not-in-the-schema");
        return info;
      }
    };
    decoders.set(limits, decoder);
  }
  return decoder;
}
