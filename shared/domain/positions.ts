/** What a delegation says about exact words: levels, remedies, words concerned (SPEC: POS). How positions follow words: `following.ts`. */
import type { Condition } from "./conditions.ts";
import type { Behind } from "./groups.ts";
import type { Aliases } from "./pseudonyms.ts";
import type { DelegationCode, EpochMs, GroupId, ParagraphId, Part, PositionId, WordingHash } from "./values.ts";

/** From the mildest to the strictest. `accept` is shown as *No objection*. Only `objection` blocks. */
export const levels = [
  "support",
  "accept",
  "question",
  "concern",
  "reservation",
  "awaiting-instructions",
  "objection",
] as const;
export type Level = (typeof levels)[number];

export const grounds = [
  "substance",
  "mandate",
  "agreed-language",
  "balance",
  "procedure",
  "translation",
  "fact",
] as const;
export type Ground = (typeof grounds)[number];

export const remedyKinds = ["delete", "replace", "add", "bracket", "move-to-chair-summary", "revert", "other"] as const;
/** What would lift an objection. `text` carries the asked words for `replace` and `add`, and free words for `other`. */
export interface Remedy {
  readonly kind: (typeof remedyKinds)[number];
  readonly text?: string;
}

/** Words concerned: UTF-16 offsets into the canonical text of the wording the position names, and the words themselves. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly quote: string;
}

export const audiences = ["chair", "delegations", "public"] as const;
export type Audience = (typeof audiences)[number];
/** Who may know that the position exists, whose it is, and why it was taken. Each at least as wide as the next is meaningful. */
export interface Disclosure {
  readonly existence: Audience;
  readonly name: Audience;
  readonly reason: Audience;
}

/** What the chair asks the author of an objection before the text is adopted: is it met, or would a dissociation do instead of it? */
export const questions = ["met", "dissociation"] as const;
export type Question = (typeof questions)[number];

/** Why a position ended, or that it has not. */
export type Standing = "standing" | "withdrawn" | "met" | "replaced" | "lapsed";

export interface Position {
  readonly id: PositionId;
  /** The paragraph it was lodged on. */
  readonly paragraph: ParagraphId;
  /** The words it was lodged on, or last reaffirmed on. */
  readonly wording: WordingHash;
  readonly level: Level;
  /** The part that the position is against the paragraph standing in, when it is not about the words; it means nothing in the other part. */
  readonly placement: Part | null;
  /** The same for all positions of one delegation on one paragraph, and different on every other: lets a reader without names count each once. */
  readonly holder: string;
  /** Null where the viewer may not know the name. */
  readonly by: DelegationCode | null;
  /** The group on whose behalf `by` stated it; null for its own capacity, and where the viewer may not know the name. */
  readonly group: GroupId | null;
  /** The members of that group when it was stated, as far as the viewer may know the name. */
  readonly members: readonly DelegationCode[];
  /** For a group's position the states it counts for (SPEC: GRP); null for a delegation's own. */
  readonly behind: readonly Behind[] | null;
  /** Whether the kind of delegation can block: decided when lodged and kept (POS: changing a delegation's kind leaves its objections blocking). */
  readonly ofState: boolean;
  readonly at: EpochMs;
  /** The record's sequence number that lodged it. */
  readonly seq: number;
  /** False for what the chair's team recorded from the floor and the delegation has not confirmed. */
  readonly confirmed: boolean;
  readonly standing: Standing;
  /** What the team heard from the floor and the delegation has yet to confirm. */
  readonly endingHeard: "withdrawn" | "met" | null;
  /** What the chair asked of it last and waits to hear; null for everyone but its parties and the chair's team. */
  readonly asked: { readonly whether: Question; readonly note: string | null } | null;
  /** What it was asked last and answered with no; null for everyone but its parties and the chair's team. */
  readonly declined: { readonly whether: Question; readonly reason: string | null } | null;
  /** It was withdrawn for a dissociation that is to be stated after the adoption. */
  readonly dissociates: boolean;
  /** The paragraphs that hold its words now. Empty: its words were removed. */
  readonly on: readonly ParagraphId[];
  /** Its words left the part in which they count by being cut and pasted, not by a move: they are removed words of that part. */
  readonly strayed: boolean;
  /** Where those who stand behind it are known by another pseudonym than where it was stated. */
  readonly aliases: Aliases;
  readonly disclosure: Disclosure;
  /** The following are null where the viewer may not know the reason. */
  readonly span: Span | null;
  readonly ground: Ground | null;
  readonly reason: string | null;
  readonly remedy: Remedy | null;
  readonly condition: string | null;
  /** What it hangs on elsewhere; empty where there is nothing, or where it is hidden. */
  readonly conditions: readonly Condition[];
}

export const isAgreeing = (level: Level): boolean => level === "support" || level === "accept";

/** Strictness of a level as a number; higher is stricter. */
export const strictness = (level: Level): number => levels.indexOf(level);
