/**
 * The record's entries: everything stated and decided, numbered and chained by hash (SPEC: REC).
 * `chain.ts` makes and checks the hashes; `record.ts` folds entries into a state.
 */
import type { Condition } from "./conditions.ts";
import type { Lift } from "./lifting.ts";
import type { AdoptionWhat } from "./adoption.ts";
import type { BridgingWhat, BridgingWhy } from "./bridging.ts";
import type { Language } from "./languages.ts";
import type { GroupWhat } from "./groups.ts";
import type { PackageWhat } from "./packages.ts";
import type { Disclosure, Ground, Level, Question, Remedy, Span } from "./positions.ts";
import type { ProposalWhat, ProposalWhy } from "./proposals.ts";
import type { Aliases } from "./pseudonyms.ts";
import type { Delegation, Seat } from "./roster.ts";
import type { SilenceWhat } from "./silence.ts";
import type { Block } from "./text.ts";
import type {
  DelegationCode,
  EpochMs,
  GroupId,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  WordingHash,
} from "./values.ts";
import type { AlternativeWhat, LabelScheme, Related } from "./alternatives.ts";
import type { SummaryWhat } from "./summary.ts";
import type { VersionWhat } from "./versions.ts";

/** Who may know what of positions, chosen when the negotiation is opened; a change is public (SPEC: DIS). */
export type DisclosurePreset = "closed" | "delegations" | "open";
/** Chair's pen: others see and answer what was circulated. On screen: the live text is circulated by itself at each pause. */
export type Method = "chair-pen" | "on-screen";

export interface Settings {
  readonly title: string;
  readonly method: Method;
  readonly disclosure: DisclosurePreset;
  /** What the part of the negotiation is called in which this rule of disclosure holds: "Second reading". */
  readonly phase?: string;
  /** Announced ahead: the rule that takes its place. */
  readonly next?: NextPhase;
  /** Minimum length of a silence procedure. Lowering it counts only for procedures announced 72 h later. */
  readonly silenceMinimumHours: number;
  /** Over the chair's summary; the usual words when left out. */
  readonly disclaimer?: string;
  /** What the text is written in; English when left out. */
  readonly language?: Language;
  /** How alternatives are called; `alt` when left out. */
  readonly labels?: LabelScheme;
}

/** A phase of the negotiation: a rule of disclosure, and the moment from which it holds (SPEC: DIS11). */
export interface NextPhase {
  readonly disclosure: DisclosurePreset;
  readonly phase?: string;
  readonly from: EpochMs;
}

export interface Topic {
  readonly id: string;
  readonly title: string;
}

/** In which capacity. For what the team records from the floor `seat` is the team's and `onBehalfOf` the delegation. */
export interface Stamp {
  readonly seat: Seat;
  readonly onBehalfOf?: DelegationCode;
  /** The delegation acts as the speaker of this group. */
  readonly onBehalfOfGroup?: GroupId;
  /** For a position on behalf of a group: its member states and their pseudonyms on the paragraph. */
  readonly groupMembers?: { readonly [code: string]: string };
}

/** Who acted in that capacity: kept apart, because the author of a position is the delegation, not the person. */
export interface StampPerson {
  readonly id: PersonId;
  readonly name: string;
}

/** The facts of an entry whose existence may be known. */
export type What =
  | SilenceWhat
  | AdoptionWhat
  | { readonly kind: "negotiation-opened"; readonly slug: string; readonly settings: Settings }
  /** `begins`: by the server, when the moment of an announced phase has come. */
  | { readonly kind: "settings-changed"; readonly settings: Settings; readonly begins?: true }
  /** The server's data went back to a backup made at `from`: what was recorded between is not here, and those who saw it know that it was. */
  | { readonly kind: "data-restored"; readonly from: EpochMs }
  | { readonly kind: "agenda-set"; readonly topics: readonly Topic[] }
  | { readonly kind: "delegation-entered"; readonly delegation: Delegation }
  | { readonly kind: "delegation-changed"; readonly delegation: Delegation }
  | { readonly kind: "delegation-removed"; readonly delegation: DelegationCode }
  | { readonly kind: "seat-invited"; readonly seat: Seat }
  | { readonly kind: "seat-taken"; readonly seat: Seat; readonly person: PersonId; readonly name: string }
  | { readonly kind: "seat-revoked"; readonly seat: Seat; readonly person: PersonId }
  /**
   * `order`: the ids of the whole text; `changed`: blocks new or different since the last circulation. `alternatives`: where the team made
   * others that nobody else knew of. `auto`: by a pause in the method on screen.
   */
  | {
      readonly kind: "circulated";
      readonly order: readonly ParagraphId[];
      readonly changed: readonly Block[];
      readonly alternatives?: Related;
      readonly note?: string;
      readonly auto?: true;
    }
  | {
      readonly kind: "position-lodged";
      readonly id: PositionId;
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly level: Level;
      readonly placement: Part | null;
      readonly holder: string;
      readonly ofState: boolean;
      readonly confirmed: boolean;
      readonly disclosure: Disclosure;
      /** Earlier positions of the same holder that this one takes the place of. */
      readonly replaces: readonly PositionId[];
      /** The paragraphs that hold its words, where that is not just `paragraph`. */
      readonly on?: readonly ParagraphId[];
      /** On behalf of a group: the pseudonyms of its member states, sorted. */
      readonly behind?: readonly string[];
      /** Other pseudonyms of theirs where its words stand too. */
      readonly as?: Aliases;
    }
  | { readonly kind: "position-confirmed"; readonly position: PositionId }
  /** `dissociates`: it lets the report be adopted, and dissociates itself from the paragraph then. */
  | { readonly kind: "position-withdrawn"; readonly position: PositionId; readonly dissociates?: true }
  /** The team heard it from the floor; it acts once the delegation confirms. */
  | { readonly kind: "position-ending-heard"; readonly position: PositionId; readonly ending: "withdrawn" | "met" }
  | {
      readonly kind: "position-reaffirmed";
      readonly position: PositionId;
      readonly wording: WordingHash;
      readonly paragraph: ParagraphId;
    }
  | { readonly kind: "position-met"; readonly position: PositionId; readonly wording?: WordingHash }
  /** The chair would hear from its author. For the two alone. */
  | { readonly kind: "position-asked"; readonly position: PositionId; readonly whether: Question }
  /** The server found the words of a position elsewhere, or nowhere, in what was just circulated. */
  | {
      readonly kind: "position-followed";
      readonly position: PositionId;
      readonly on: readonly ParagraphId[];
      /** They are in the other part only, and no move brought them there. */
      readonly strayed?: true;
      /** Other pseudonyms, on paragraphs that they have come to, of those who stand behind it. */
      readonly as?: Aliases;
    }
  | { readonly kind: "paragraph-gavelled"; readonly paragraph: ParagraphId; readonly wording: WordingHash }
  | { readonly kind: "paragraph-reopened"; readonly paragraph: ParagraphId; readonly reason: string }
  /** `drafting`: the paragraph was never circulated, so the move is the team's own business. */
  | {
      readonly kind: "paragraph-moved";
      readonly paragraph: ParagraphId;
      readonly to: Part;
      readonly reason: string;
      readonly drafting?: true;
    }
  /** `words`: the bracket with what it held. `drafting`: done with the chair's pen, for nobody else's eyes before it is circulated. */
  | {
      readonly kind: "bracket-lifted";
      readonly paragraph: ParagraphId;
      readonly how: Lift;
      readonly words: string;
      readonly before: WordingHash;
      readonly after: WordingHash;
      readonly drafting?: true;
    }
  | GroupWhat
  | PackageWhat
  | ProposalWhat
  | BridgingWhat
  | SummaryWhat
  | AlternativeWhat
  | VersionWhat;

/** What may be hidden separately from an entry's existence. */
export interface Why extends ProposalWhy, BridgingWhy {
  readonly ground?: Ground;
  readonly reason?: string;
  readonly remedy?: Remedy;
  readonly span?: Span;
  /** Free words beside `conditions`. */
  readonly condition?: string;
  readonly conditions?: readonly Condition[];
  /** Of a break of silence: for whom else the delegation says that it speaks. */
  readonly alsoFor?: readonly DelegationCode[];
}

/** An entry as stored. `hash` commits to each section separately (see `chain.ts`), so that a redacted record still verifies. */
export interface Entry {
  readonly v: 1;
  readonly seq: number;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
  readonly hash: string;
  readonly at: EpochMs;
  readonly who: Stamp;
  readonly person: StampPerson;
  readonly what: What;
  readonly why: Why;
  /** 16 random bytes in hex per section. */
  readonly salts: Readonly<Record<Section, string>>;
}

export const sections = ["at", "who", "person", "what", "why"] as const;
export type Section = (typeof sections)[number];

/** A section that the viewer may not see: its commitment, SHA-256 in hex. */
export interface Hidden {
  readonly hidden: string;
}

/** An entry as a viewer gets it: whole, with hidden sections, or sealed. */
export type SeenEntry =
  | { readonly seq: number; readonly prev: string; readonly hash: string; readonly sealed: true }
  | {
      readonly v: 1;
      readonly seq: number;
      readonly prev: string;
      readonly hash: string;
      readonly at: EpochMs;
      readonly what: What;
      readonly who: Stamp | Hidden;
      readonly person: StampPerson | Hidden;
      readonly why: Why | Hidden;
      /** Salts of the sections that are shown. */
      readonly salts: Readonly<Partial<Record<Section, string>>>;
    };

/** Body of a type 110 frame and of `GET …/events`: entries with `after < seq ≤ upTo`. Fetch again only if `after` is not the last `upTo`. */
export interface RecordFrame {
  readonly kind: "snapshot" | "batch";
  readonly after: number;
  readonly upTo: number;
  readonly events: readonly SeenEntry[];
}
