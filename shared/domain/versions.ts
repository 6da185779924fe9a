/**
 * Issued versions, and how today's text came of the last one (SPEC: VER). A version is a circulation with a name: its words and numbers
 * are frozen, and each of its differences from the version before is covered by an act on the record. No silent change.
 */
import type { Related } from "./alternatives.ts";
import type { Record } from "./record.ts";
import type { BlockChange, ChangeKind } from "./redline.ts";
import { changedBlocks } from "./redline.ts";
import { remedyIsIn } from "./concerns.ts";
import { positionsOn } from "./status.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { Disclosure } from "./positions.ts";
import type { DelegationCode, EpochMs, ParagraphId, Part, ProposalId, WordingHash } from "./values.ts";
import { contains, share, wordsOf } from "./words.ts";
import { canonicalText, wordingOf } from "./wording.ts";

/** In which way the chair's team says that a difference came about. */
export const coverHows = ["edit", "editorial", "split", "merge", "order", "form"] as const;
export type CoverHow = (typeof coverHows)[number];
/** By what kind of act a paragraph came to be as it is. */
export type How = CoverHow | "move" | "lifted" | "reopened" | "correction" | "restored" | "proposal";

/** An act on the record that a paragraph of today's draft came of. */
export interface TextAct {
  readonly paragraph: ParagraphId;
  readonly seq: number;
  readonly how: How;
  readonly reason?: string;
  /** The words that the act made; null when it removed the paragraph. Absent where it is not about words. */
  readonly wording?: WordingHash | null;
  /** The proposal it was taken from; left out where everyone reads the act and not everyone may know of the proposal. */
  readonly proposal?: ProposalId;
  /** Its place among the others is part of it. */
  readonly placed?: true;
}

/** A difference from the version before, as the version itself states it. */
export interface VersionChange {
  readonly paragraph: ParagraphId;
  readonly kinds: readonly ChangeKind[];
  /** Where its words come from, when it was split from or merged with other paragraphs. */
  readonly from?: readonly ParagraphId[];
  readonly acts: readonly TextAct[];
}

export interface Version {
  /** Its name in addresses: `rev-1`. Never given twice. */
  readonly name: string;
  /** As the room says it: "Rev.1". */
  readonly label: string;
  readonly symbol: string | null;
  /** The day the document bears, YYYY-MM-DD, where it is not that of its issue. */
  readonly date: string | null;
  readonly note: string | null;
  readonly seq: number;
  readonly at: EpochMs;
  readonly text: Text;
  readonly numbers: ReadonlyMap<ParagraphId, string>;
  readonly changes: readonly VersionChange[];
}

/** The draft as far as recorded acts explain it: the last version, with every act on it since. Only the chair's team sees all of them. */
export interface Explained {
  readonly text: Text;
  readonly acts: readonly TextAct[];
}

export interface CorrectedContent {
  readonly before: readonly Inline[];
  readonly after: readonly Inline[];
}

export interface EditorialCorrection {
  readonly paragraph: ParagraphId;
  readonly seq: number;
  readonly at: EpochMs;
  readonly before: WordingHash;
  readonly after: WordingHash;
  /** The words themselves, with their notes and references. */
  readonly content: CorrectedContent;
  readonly reason: string;
  /** A state did not take it for editorial, and the paragraph was reopened. */
  readonly contested: boolean;
}

export interface CoverChange {
  readonly paragraph: ParagraphId;
  readonly reason: string;
  readonly how?: CoverHow;
  /** The words as the chair read them; refused when the draft says others by now. */
  readonly wording?: WordingHash;
}

export interface IssueVersion {
  readonly kind: "issue-version";
  /** "Rev.1"; the next in the series when left out. */
  readonly label?: string;
  readonly symbol?: string;
  /** YYYY-MM-DD, where it is not the day of its issue. */
  readonly date?: string;
  readonly note?: string;
  /** Covers given together with the version, so that all of it happens or nothing. */
  readonly covers?: readonly CoverChange[];
}

export type VersionCommand =
  | IssueVersion
  | ({ readonly kind: "cover-change" } & CoverChange)
  /** `text`: the paragraph's whole words as they are to be, footnotes and references as their one character each. */
  | {
      readonly kind: "editorial-correction";
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly text: string;
      readonly reason: string;
    }
  | {
      readonly kind: "contest-correction";
      readonly paragraph: ParagraphId;
      readonly reason?: string;
      readonly disclosure?: Disclosure;
      readonly onBehalfOf?: DelegationCode;
    }
  /** Without `paragraph`: the whole text of that version. */
  | {
      readonly kind: "restore";
      readonly version: string;
      readonly paragraph?: ParagraphId;
      readonly reason: string;
    };

export type VersionWhat =
  /** A circulation with a name: its words and numbers hold until the next version. `changes`: from the version before, each with its acts. */
  | {
      readonly kind: "version-issued";
      readonly name: string;
      readonly label: string;
      readonly symbol?: string;
      readonly date?: string;
      readonly note?: string;
      readonly order: readonly ParagraphId[];
      readonly changed: readonly Block[];
      readonly alternatives?: Related;
      readonly numbers: Readonly<{ [id: string]: string }>;
      readonly changes: readonly VersionChange[];
    }
  /** The team says how a paragraph of the draft came to be as it is (null: removed). Everyone reads it in the version's `changes`. */
  | {
      readonly kind: "change-covered";
      readonly paragraph: ParagraphId;
      readonly block: Block | null;
      /** Where its place is part of the change: what it now follows. */
      readonly after?: ParagraphId | null;
      readonly how: CoverHow;
      readonly reason: string;
      /** Said in issuing a version, and so to everyone. */
      readonly issued?: true;
    }
  | {
      readonly kind: "paragraph-corrected";
      readonly paragraph: ParagraphId;
      readonly before: WordingHash;
      readonly content: readonly Inline[];
      readonly reason: string;
    }
  | { readonly kind: "correction-contested"; readonly paragraph: ParagraphId; readonly disclosure: Disclosure }
  /** Into the draft. `whole`: all of the version's text, order and form included. */
  | {
      readonly kind: "text-restored";
      readonly version: string;
      readonly paragraphs: readonly ParagraphId[];
      readonly whole?: true;
      readonly reason: string;
    };

/** The version of this name. */
export const versionNamed = ({ versions }: Pick<Record, "versions">, name: string): Version | null =>
  versions.find((version) => version.name === name) ?? null;

/** "Rev.1" is found at `rev-1`; null when nothing of the label can stand in an address. */
export function addressOf(label: string): string | null {
  const name = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return name === "" ? null : name;
}

/** What the next version may be called, the likeliest first. */
export function labelsFor({ versions }: Pick<Record, "versions">): readonly string[] {
  if (versions.length === 0) return ["Zero draft", "CRP.1", "Rev.1"];
  const next = (series: string): string => {
    const numbers = versions.map(({ label }) => (label.startsWith(series) ? Number(label.slice(series.length)) : 0));
    return `${series}${Math.max(0, ...numbers.filter(Number.isFinite)) + 1}`;
  };
  return [next("Rev."), next("CRP."), "Final"];
}

// ---------- differences ----------

export interface Kinship {
  readonly how: "split" | "merge";
  /** The paragraphs of the last version that its words come from, or the ones of the draft that they went to. */
  readonly with: readonly ParagraphId[];
}

export interface Difference extends BlockChange {
  /** What of it no act covers. */
  readonly open: readonly ChangeKind[];
  /** The acts since the last version that made it so. */
  readonly acts: readonly TextAct[];
  readonly kin: Kinship | null;
}

/** Every difference of a draft from the last issued version, in reading order, with the acts that cover it. None before the first version. */
export function differencesOf(record: Record, draft: Text, explained: Explained = record.explained): Difference[] {
  const version = record.versions.at(-1);
  return version ? differencesFrom(version.text, draft, explained) : [];
}

/** Every difference of a text from an earlier one, with the acts in between. */
export function differencesFrom(earlier: Text, draft: Text, explained: Explained): Difference[] {
  const all = changedBlocks(earlier, draft);
  const unexplained = new Map(changedBlocks(explained.text, draft).map((change) => [change.id, change]));
  // Which of several paragraphs moved is a matter of taste: asked of another text, the same order may name another one.
  const rearranged = all.some(({ kinds }) => kinds.includes("order") || kinds.includes("added"));
  const ordered = new Set(explained.acts.flatMap(({ placed, paragraph }) => (placed ? [paragraph] : [])));
  const isMoved = (id: ParagraphId): boolean =>
    ordered.has(id) || (unexplained.get(id)?.kinds.some((kind) => kind === "order" || kind === "added") ?? false);
  const named = all.filter(({ id, kinds }) => kinds.some((kind) => kind !== "order") || isMoved(id));
  const known = new Set(named.map(({ id }) => id));
  const was = blocksById(earlier);
  const moved = draft.flatMap((after): BlockChange[] => {
    const before = was.get(after.id);
    return rearranged && before && !known.has(after.id) && isMoved(after.id)
      ? [{ id: after.id, before, after, kinds: ["order"] }]
      : [];
  });
  const inOrder = moved.length === 0 ? named : inReadingOrder(draft, [...named, ...moved]);
  const kin = kinships(earlier, draft, all);
  return inOrder.map((change) => {
    const acts = explained.acts.filter(({ paragraph }) => paragraph === change.id);
    const open = openKinds(change, unexplained.get(change.id)?.kinds ?? [], rearranged, acts);
    return { ...change, open, acts, kin: kin.get(change.id) ?? null };
  });
}

function inReadingOrder(draft: Text, changes: readonly BlockChange[]): readonly BlockChange[] {
  const place = new Map(draft.map(({ id }, index) => [id, index]));
  const standing = changes
    .filter(({ after }) => after !== null)
    .toSorted((a, b) => place.get(a.id)! - place.get(b.id)!);
  return [...standing, ...changes.filter(({ after }) => after === null)];
}

const isOfWords = (kind: ChangeKind): boolean => kind === "reworded" || kind === "appearance";

function openKinds(
  { kinds, after }: BlockChange,
  unexplained: readonly ChangeKind[],
  rearranged: boolean,
  acts: readonly TextAct[],
): readonly ChangeKind[] {
  if (unexplained.length === 0) return [];
  const made = after ? wordingOf(after.content).hash : null;
  // An act that states the words it made covers exactly these; reopening an agreed paragraph is the act under which it is reworded.
  if (made === null) return acts.some(({ wording }) => wording === null) ? [] : kinds;
  const explainsWords = acts.some(({ how, wording }) => wording === made || how === "reopened");
  const whole = kinds.includes("added") ? unexplained : unexplained.includes("added") ? kinds : null;
  const open =
    whole ??
    kinds.filter((kind) => unexplained.some((other) => kind === other || (isOfWords(kind) && isOfWords(other))));
  const all =
    rearranged && unexplained.includes("order") && !open.includes("order") ? [...open, "order" as const] : open;
  return all.filter((kind) => !(explainsWords && (isOfWords(kind) || kind === "added")));
}

/** A run of fewer words is found anywhere. */
const tellingWords = 4;

/** Paragraphs of which one became several, or several one: their words moved, whole, from one to the other. */
function kinships(before: Text, after: Text, changes: readonly BlockChange[]): ReadonlyMap<ParagraphId, Kinship> {
  const kin = new Map<ParagraphId, Kinship>();
  const join = (how: Kinship["how"], a: ParagraphId, b: ParagraphId): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      kin.set(one, { how, with: [...new Set([...(kin.get(one)?.with ?? []), other])] });
  };
  const words = (block: Block): readonly string[] => wordsOf(canonicalText(block.content));
  const took = (giver: { was: Block; is: Block | null }, taken: Block): boolean => {
    const piece = words(taken);
    if (piece.length < tellingWords || !holds(words(giver.was), piece)) return false;
    return giver.is === null || !holds(words(giver.is), piece);
  };
  const [was, is] = [blocksById(before), blocksById(after)];
  const lost = changes.filter(({ kinds }) => kinds.includes("reworded") || kinds.includes("removed"));
  for (const { id, after: added } of changes.filter(({ kinds }) => kinds.includes("added"))) {
    const giver = lost.find((one) => took({ was: was.get(one.id)!, is: is.get(one.id) ?? null }, added!));
    if (giver) join("split", giver.id, id);
  }
  const gained = changes.filter(({ kinds }) => kinds.includes("reworded"));
  for (const { id, before: removed } of changes.filter(({ kinds }) => kinds.includes("removed"))) {
    const taker = gained.find((one) => took({ was: is.get(one.id)!, is: was.get(one.id)! }, removed!));
    if (taker) join("merge", id, taker.id);
  }
  return kin;
}

const holds = (whole: readonly string[], piece: readonly string[]): boolean =>
  contains(whole, piece) || (piece.length >= 2 * tellingWords && share(piece, whole) >= 0.9);

/** What a difference most likely is, for a form to be filled in with. `remedy`: it holds words that would lift an objection. */
export function likelyCover(record: Record, { id, kinds, before, after, kin }: Difference): CoverHow | "remedy" | null {
  if (kin) return kin.how;
  if (kinds.includes("removed") || kinds.includes("added")) return null;
  if (kinds.includes("reworded") && before && after) {
    const now = canonicalText(after.content);
    if (positionsOn(record, id).some((position) => remedyIsIn(record, position, now))) return "remedy";
    return wordsOf(canonicalText(before.content)).join("") === wordsOf(now).join("") ? "editorial" : null;
  }
  if (kinds.every((kind) => kind === "order")) return "order";
  return kinds.every((kind) => kind !== "part") ? "form" : null;
}

// ---------- the explained text ----------

/** The explained text with one paragraph as it is in the draft: what covering it does. `after` only where its place is part of it. */
export function explainBlock(
  text: Text,
  id: ParagraphId,
  block: Block | null,
  after: ParagraphId | null | undefined,
): Text {
  if (block === null) return text.filter((one) => one.id !== id);
  if (after === undefined) return text.map((one) => (one.id === id ? block : one));
  const rest = text.filter((one) => one.id !== id);
  return rest.toSpliced(after === null ? 0 : rest.findIndex((one) => one.id === after) + 1, 0, block);
}

export const explainPart = (text: Text, id: ParagraphId, part: Part): Text =>
  text.map((block) => (block.id === id ? { ...block, part } : block));

export const explainContent = (text: Text, id: ParagraphId, content: readonly Inline[]): Text =>
  text.map((block) => (block.id === id ? { ...block, content } : block));
