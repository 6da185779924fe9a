/**
 * The record folded into a state (SPEC: REC). Both ends fold the same entries with `evolve`; a viewer's state differs from the
 * server's only where disclosure hid something, and what is hidden is null there, never guessed.
 */
import type { Adoption, Statement } from "./adoption.ts";
import type { BridgingText } from "./bridging.ts";
import type {
  DisclosurePreset,
  Entry,
  Hidden,
  SeenEntry,
  Settings,
  Stamp,
  StampPerson,
  Topic,
  What,
  Why,
} from "./entries.ts";
import { foldAdoption } from "./folds/adoption.ts";
import { foldBridging } from "./folds/bridging.ts";
import { Folding } from "./folds/folding.ts";
import { foldGroup } from "./folds/groups.ts";
import { foldPackage } from "./folds/packages.ts";
import { foldPosition } from "./folds/positions.ts";
import { foldSilence } from "./folds/silence.ts";
import { foldSettings } from "./folds/settings.ts";
import { foldProposal } from "./folds/proposals.ts";
import { foldCirculation, foldText } from "./folds/text.ts";
import { foldSummary } from "./folds/summary.ts";
import { explain, foldVersion } from "./folds/versions.ts";
import type { Groups } from "./groups.ts";
import { noGroups } from "./groups.ts";
import type { Package } from "./packages.ts";
import type { Position } from "./positions.ts";
import type { Proposal } from "./proposals.ts";
import type { Delegation, Seat } from "./roster.ts";
import type { Silence } from "./silence.ts";
import type { Alternatives } from "./alternatives.ts";
import { noAlternatives } from "./alternatives.ts";
import { foldAlternative } from "./folds/alternatives.ts";
import type { Summary } from "./summary.ts";
import { noSummary } from "./summary.ts";
import { spellSeat } from "./roster.ts";
import type { Block, Inline, Text } from "./text.ts";
import type {
  Agreement,
  DelegationCode,
  EpochMs,
  PackageId,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  SilenceId,
  WordingHash,
} from "./values.ts";
import type { NumbersMeant } from "./typed-references.ts";
import type { EditorialCorrection, Explained, Version } from "./versions.ts";

/** An entry as far as it is known: null where hidden. */
export interface Fact {
  readonly seq: number;
  readonly hash: string;
  readonly at: EpochMs;
  readonly who: Stamp | null;
  readonly person: StampPerson | null;
  readonly what: What;
  readonly why: Why | null;
}

export interface Circulation {
  readonly seq: number;
  readonly at: EpochMs;
  readonly note: string | null;
}

export interface Gavel {
  /** What agreed the words; they stand as if gavelled, whatever it was. */
  readonly by: Agreement;
  readonly wording: WordingHash;
  readonly seq: number;
  readonly at: EpochMs;
  readonly reopened: { readonly seq: number; readonly at: EpochMs; readonly reason: string } | null;
}

/** A rule of disclosure in force from a moment on, or announced for one; `seq` is the entry that says so. */
export interface Phase {
  readonly disclosure: DisclosurePreset;
  readonly name: string | null;
  readonly from: EpochMs;
  readonly seq: number;
}

export interface Move {
  readonly paragraph: ParagraphId;
  readonly to: Part;
  readonly reason: string;
  readonly seq: number;
  readonly at: EpochMs;
}

export interface Holding {
  readonly seat: Seat;
  readonly person: PersonId;
  readonly name: string;
}

export interface Record {
  readonly slug: string;
  readonly settings: Settings;
  readonly topics: readonly Topic[];
  /** The last entry folded, sealed ones included. */
  readonly seq: number;
  readonly head: string;
  readonly at: EpochMs;
  readonly delegations: ReadonlyMap<DelegationCode, Delegation>;
  readonly holdings: readonly Holding[];
  /** Delegations whose first head has come, whoever holds a seat now. */
  readonly headed: ReadonlySet<DelegationCode>;
  readonly circulations: readonly Circulation[];
  /** The text as it was circulated first. */
  readonly begun: Text | null;
  /** What was circulated last, with moves between the parts since; empty before the first circulation. */
  readonly text: Text;
  /** The wordings a paragraph has had in circulation, oldest first. */
  readonly wordings: ReadonlyMap<ParagraphId, readonly WordingHash[]>;
  /** Blocks as they were when last circulated, for ids that are no longer in the text. */
  readonly removed: ReadonlyMap<ParagraphId, Block>;
  /** Every wording that was circulated, as it was last circulated: marks and the ids of notes are no part of a wording. */
  readonly words: ReadonlyMap<WordingHash, readonly Inline[]>;
  /** What the numbers of paragraphs that are typed in a paragraph meant when they came into circulation. */
  readonly typed: ReadonlyMap<ParagraphId, NumbersMeant>;
  readonly positions: ReadonlyMap<PositionId, Position>;
  /** Standing positions by each paragraph that holds their words, in the order in which they were lodged. Kept up entry by entry. */
  readonly standing: ReadonlyMap<ParagraphId, readonly Position[]>;
  /** The pseudonym of each delegation on each paragraph where it has spoken, as far as the viewer may know names. */
  readonly holders: ReadonlyMap<ParagraphId, ReadonlyMap<DelegationCode, string>>;
  readonly gavels: ReadonlyMap<ParagraphId, Gavel>;
  readonly moves: readonly Move[];
  /** Every rule of disclosure there was, oldest first, and last the one that is announced, if one is. */
  readonly phases: readonly Phase[];
  /** Every minimum length of a silence that was ever set, oldest first. */
  readonly silenceMinimums: readonly { readonly hours: number; readonly since: EpochMs }[];
  /** In the order in which they were announced. */
  readonly silences: ReadonlyMap<SilenceId, Silence>;
  readonly adoption: Adoption | null;
  readonly statements: readonly Statement[];
  readonly groups: Groups;
  /** In the order in which they were first prepared, or released. */
  readonly packages: ReadonlyMap<PackageId, Package>;
  /** By the paragraph they are about, in the order in which they were tabled. */
  readonly proposals: ReadonlyMap<ParagraphId, readonly Proposal[]>;
  /** By paragraph, in the order in which they were put to the proposers. */
  readonly bridging: ReadonlyMap<ParagraphId, readonly BridgingText[]>;
  readonly summary: Summary;
  readonly alternatives: Alternatives;
  /** Issued versions, oldest first; each is also a circulation. */
  readonly versions: readonly Version[];
  readonly explained: Explained;
  readonly corrections: readonly EditorialCorrection[];
}

const noHash = "0".repeat(64);

export const emptyRecord: Record = {
  slug: "",
  settings: { title: "", method: "chair-pen", disclosure: "delegations", silenceMinimumHours: 72 },
  topics: [],
  seq: 0,
  head: noHash,
  at: 0 as EpochMs,
  delegations: new Map(),
  holdings: [],
  headed: new Set(),
  circulations: [],
  begun: null,
  text: [],
  wordings: new Map(),
  removed: new Map(),
  words: new Map(),
  typed: new Map(),
  positions: new Map(),
  standing: new Map(),
  holders: new Map(),
  gavels: new Map(),
  moves: [],
  phases: [],
  silenceMinimums: [],
  silences: new Map(),
  adoption: null,
  statements: [],
  groups: noGroups,
  packages: new Map(),
  proposals: new Map(),
  bridging: new Map(),
  summary: noSummary,
  alternatives: noAlternatives,
  versions: [],
  explained: { text: [], acts: [] },
  corrections: [],
};

/** What an entry tells its viewer, or null when it is sealed. */
export function factOf(entry: Entry | SeenEntry): Fact | null {
  if ("sealed" in entry) return null;
  return {
    seq: entry.seq,
    hash: entry.hash,
    at: entry.at,
    who: shown(entry.who),
    person: shown(entry.person),
    what: entry.what,
    why: shown(entry.why),
  };
}

/**
 * The record after these entries. Maps are copied at most once a call, so folding in batches is cheap.
 * @throws when an entry does not follow the record: that is a bug or a gap, never something a user can meet
 */
export function evolve(record: Record, entries: readonly (Entry | SeenEntry)[]): Record {
  if (entries.length === 0) return record;
  const next = new Folding(record);
  for (const entry of entries) {
    if (entry.seq !== next.seq + 1) throw new Error(`evolve: entry ${entry.seq} after ${next.seq}`);
    const fact = factOf(entry);
    if (fact) {
      next.at = fact.at;
      fold(next, fact);
    }
    next.seq = entry.seq;
    next.head = entry.hash;
  }
  return next.finished();
}

/** The record as it was when it had `seq` entries. */
export const recordAt = (entries: readonly (Entry | SeenEntry)[], seq: number): Record =>
  evolve(emptyRecord, entries.slice(0, seq));

function shown<T extends object>(section: T): Exclude<T, Hidden> | null {
  return "hidden" in section ? null : (section as Exclude<T, Hidden>);
}

function fold(next: Folding, fact: Fact): void {
  const { what } = fact;
  switch (what.kind) {
    case "negotiation-opened":
      next.set("slug", what.slug);
      foldSettings(next, fact, what.settings);
      return;
    case "settings-changed":
      foldSettings(next, fact, what.settings);
      return;
    case "agenda-set":
      next.set("topics", what.topics);
      return;
    case "delegation-entered":
    case "delegation-changed":
      next.map("delegations").set(what.delegation.code, what.delegation);
      return;
    case "delegation-removed":
      next.map("delegations").delete(what.delegation);
      return;
    case "seat-invited":
    case "data-restored":
      return;
    case "seat-taken": {
      const taken = { seat: what.seat, person: what.person, name: what.name };
      next.set("holdings", [...next.state.holdings.filter((held) => !sameHolding(held, taken)), taken]);
      if (what.seat.role === "delegation") next.set("headed", new Set([...next.state.headed, what.seat.delegation]));
      return;
    }
    case "seat-revoked":
      next.set(
        "holdings",
        next.state.holdings.filter((held) => !sameHolding(held, what)),
      );
      return;
    case "circulated":
    case "paragraph-gavelled":
    case "paragraph-reopened":
    case "paragraph-moved":
      foldText(next, fact, what);
      return;
    case "bracket-lifted":
      // Its words come with the next circulation; the entry says who settled them.
      explain(next, {
        act: {
          paragraph: what.paragraph,
          seq: fact.seq,
          how: "lifted",
          wording: what.after,
          ...(fact.why?.reason && { reason: fact.why.reason }),
        },
      });
      return;
    case "version-issued":
      foldCirculation(next, fact, what);
      foldVersion(next, fact, what);
      return;
    case "change-covered":
    case "paragraph-corrected":
    case "correction-contested":
    case "text-restored":
      foldVersion(next, fact, what);
      return;
    case "position-lodged":
    case "position-confirmed":
    case "position-withdrawn":
    case "position-met":
    case "position-ending-heard":
    case "position-asked":
    case "position-reaffirmed":
    case "position-followed":
    case "position-lapsed":
      foldPosition(next, fact, what);
      return;
    case "silence-announced":
    case "silence-extended":
    case "silence-cancelled":
    case "silence-broken":
    case "silence-closed":
      foldSilence(next, fact, what);
      return;
    case "adopted":
    case "statement-made":
      foldAdoption(next, fact, what);
      return;
    case "alternatives-grouped":
    case "alternative-ungrouped":
    case "alternative-chosen":
      foldAlternative(next, fact, what);
      return;
    case "quantifier-tied":
    case "correction-requested":
    case "correction-answered":
    case "correction-request-withdrawn":
      foldSummary(next, fact, what);
      return;
    case "group-made":
    case "group-renamed":
    case "group-invited":
    case "group-joined":
    case "group-left":
    case "group-speaker-named":
    case "group-dissolved":
    case "alignment-stated":
    case "departure-stated":
      foldGroup(next, fact, what);
      return;
    case "package-prepared":
    case "package-released":
    case "package-withdrawn":
      foldPackage(next, fact, what);
      return;
    case "proposal-tabled":
    case "proposal-confirmed":
    case "proposal-cosponsored":
    case "proposal-cosponsor-left":
    case "proposal-withdrawn":
    case "proposal-disposed":
      foldProposal(next, fact, what);
      return;
    case "bridging-put":
    case "bridging-answered":
    case "bridging-ended":
      foldBridging(next, fact, what);
      return;
  }
}

const sameHolding = (a: { seat: Seat; person: PersonId }, b: { seat: Seat; person: PersonId }): boolean =>
  a.person === b.person && spellSeat(a.seat) === spellSeat(b.seat);
