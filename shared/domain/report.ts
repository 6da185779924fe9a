/**
 * The two-part report composed for one viewer (SPEC: REP): the one shape that pages, the API and every export are made from.
 * A pure function of record, text and viewer; nothing in it is stored.
 */
import type { Language } from "./languages.ts";
import type { Adoption, Statement } from "./adoption.ts";
import { alternativesIn, alternativesOf, numberBetween } from "./alternatives.ts";
import type { AnnexEntry } from "./annex.ts";
import { annexFor } from "./annex.ts";
import type { EditorialCorrection } from "./versions.ts";
import { audienceKey, isAmong, knownTo, knowsOfPositions, named, nameFor } from "./disclosure.ts";
import { groupIn, isPartyTo } from "./groups.ts";
import type { Condition } from "./conditions.ts";
import type { Ask, Link, Smallest } from "./links.ts";
import { linkTogether } from "./links.ts";
import type { SeenPackage } from "./packages.ts";
import { seePackages } from "./packages.ts";
import type { Ground, Level, Position, Question, Remedy, Span } from "./positions.ts";
import type { Vacancy } from "./held-numbers.ts";
import { numbersToday } from "./held-numbers.ts";
import { partOf } from "./numbering.ts";
import { strictness } from "./positions.ts";
import { bracketsOf, isBracketed } from "./brackets.ts";
import { bearersOf, departureOf, hasLeft, holderOn } from "./pseudonyms.ts";
import type { Record } from "./record.ts";
import type { Viewer } from "./roster.ts";
import type { Silence, SilenceBreak } from "./silence.ts";
import type { Counts, Status } from "./status.ts";
import {
  blocksIn,
  counts,
  countsOn,
  gavelOn,
  objectionsTo,
  orphans,
  positionsOn,
  stances,
  statusOf,
} from "./status.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById, flatText, partThatCounts, sliceContent } from "./text.ts";
import type {
  Agreement,
  BlockKind,
  DelegationCode,
  EpochMs,
  GroupId,
  ParagraphId,
  Part,
  PositionId,
  ProposalId,
  WordingHash,
} from "./values.ts";
import type { SeenBridging } from "./seen-bridging.ts";
import { seeBridging } from "./seen-bridging.ts";
import type { SeenProposal } from "./seen-proposals.ts";
import { mayRead, pendingSeen, seeProposals } from "./seen-proposals.ts";
import { proposalOf } from "./proposals.ts";
import type { SeenQuantifier, SeenRequest } from "./summary.ts";
import { disclaimerOf, seeQuantifiers, seeRequests } from "./summary.ts";
import { hunksOf } from "./rebase.ts";
import { flatToCanonical, quotes, textNamed, wordingOf } from "./wording.ts";

export interface Named {
  readonly code: DelegationCode;
  readonly name: string;
  /** The group on whose behalf it spoke. */
  readonly group?: { readonly id: GroupId; readonly name: string };
}

/** A position as this viewer may see it, on one of the paragraphs that hold its words. */
export interface SeenPosition {
  readonly id: PositionId;
  readonly level: Level;
  readonly by?: Named;
  /** The words it was taken on; `stale` when they are not the paragraph's words any more. */
  readonly wording: WordingHash;
  readonly stale: boolean;
  /** False for support on other words, and for an objection that is suspended in this part. */
  readonly standing: boolean;
  readonly confirmed: boolean;
  readonly placement: Part | null;
  readonly endingHeard: "withdrawn" | "met" | null;
  /** What the chair asked its author and waits to hear: for the chair's team and the author's side. */
  readonly asked?: { readonly whether: Question; readonly note: string | null };
  /** What its author answered with no, to the same readers. */
  readonly declined?: { readonly whether: Question; readonly reason: string | null };
  readonly holder: string;
  readonly ofState: boolean;
  readonly at: EpochMs;
  readonly span?: Span;
  /** The words of `span` with their notes and references, as they stood in the wording it was taken on. */
  readonly quoted?: readonly Inline[];
  readonly ground?: Ground;
  readonly reason?: string;
  readonly remedy?: Remedy;
  readonly condition?: string;
  /** What it hangs on elsewhere, as stated; `stateOf` says how that stands. */
  readonly conditions?: readonly Condition[];
  /** For a group's position: the states it counts for here, and which of them said so, added or departed, as far as known. */
  readonly behind?: {
    readonly count: number;
    readonly states: readonly Named[];
    readonly aligned: readonly Named[];
    readonly adds: readonly { readonly by: Named; readonly words: string }[];
    readonly departed: readonly { readonly by: Named; readonly reason?: string }[];
  };
}

export interface ComposedParagraph {
  readonly id: ParagraphId;
  /** "3", "3(a)"; empty for headings. */
  readonly number: string;
  readonly level: number;
  readonly kind: BlockKind;
  /** Canonical text: spans of positions count in it. */
  readonly text: string;
  readonly content: readonly Inline[];
  readonly part: Part;
  /** Null for headings and in the chair's summary, which has no agreement status. */
  readonly status: Status | null;
  /** What agreed these words; null while they are not. */
  readonly agreedBy: Agreement | null;
  readonly wording: WordingHash;
  readonly counts: Counts | null;
  readonly positions: readonly SeenPosition[];
  /** In the order in which they were tabled, whatever became of them. */
  readonly proposals: readonly SeenProposal[];
  /** Put back to the proposers, in the order in which it was, as far as the viewer is one of them or of the chair's team. */
  readonly bridging: readonly SeenBridging[];
  /** In the chair's summary: words that say how many, and who they are as far as the viewer may know. */
  readonly quantifiers: readonly SeenQuantifier[];
  /** What delegations say is wrong in it as a matter of fact, in the order in which they said so. */
  readonly corrections: readonly SeenRequest[];
}

/** How a delegation stands to a paragraph: by its own strictest position that stands, or through a group. */
export interface Stance {
  readonly level: Level;
  readonly position: SeenPosition;
  readonly throughGroup: boolean;
}

/** As far as the viewer of the report may know (GRP7). */
export function stanceOf({ positions }: Pick<ComposedParagraph, "positions">, code: DelegationCode): Stance | null {
  const standing = positions.filter((position) => position.standing);
  const strictest = (among: readonly SeenPosition[], throughGroup: boolean): Stance | null => {
    const position = among.toSorted((a, b) => strictness(b.level) - strictness(a.level))[0];
    return position ? { level: position.level, position, throughGroup } : null;
  };
  return (
    strictest(
      standing.filter(({ by }) => by?.code === code && !by.group),
      false,
    ) ??
    strictest(
      standing.filter(({ behind }) => behind?.states.some((state) => state.code === code)),
      true,
    )
  );
}

export type BlockerKind =
  | "objection"
  | "placement"
  | "brackets"
  | "alternatives"
  | "reopened"
  | "reopening-asked"
  | "words-removed"
  | "proposal";

export interface Blocker {
  readonly paragraph: ParagraphId;
  readonly why: BlockerKind;
  readonly by?: Named;
  readonly position?: PositionId;
  readonly proposal?: ProposalId;
}

export interface Overview {
  /** Paragraphs of the consensus part, headings not counted. */
  readonly total: number;
  readonly agreed: number;
  /** Paragraphs that stand between here and consensus; null where the viewer may not know. */
  readonly blocked: number | null;
  /** Paragraphs on which nothing but proposals stands: only the chair's answer is waited for. Null where the viewer may not know. */
  readonly proposed: number | null;
  /** Delegations that object, each counted as on its paragraph. */
  readonly delegations: number | null;
  /** Cheapest first; what falls by itself last. */
  readonly steps: readonly Step[];
  /** Null where the viewer may not know. */
  readonly smallest: Smallest | null;
}

/** REP3: nobody has to be won over and no words are chosen: the chair answers what was proposed. */
const isProposed = ({ kinds }: Pick<Step, "kinds">): boolean => kinds.every((kind) => kind === "proposal");

/** What would free one paragraph. */
export interface Step {
  readonly paragraph: ParagraphId;
  readonly number: string;
  readonly by: readonly Named[];
  readonly kinds: readonly BlockerKind[];
  /** What the objecting delegations say would lift their objections, where each says so. */
  readonly remedies: readonly Remedy[];
  /**
   * Words to change: for an objection those of its remedy if it names some, else the words concerned, else the paragraph's;
   * for brackets those in them; for a reopened paragraph all of its words.
   */
  readonly words: number;
  /** Something here is about all of its paragraph, or may be, as far as the viewer knows. */
  readonly whole: boolean;
  /** What the objections here hang on elsewhere, as far as it may be known. */
  readonly links: readonly Link[];
  /** Other paragraphs that nothing would stand against any more once this one is settled. */
  readonly frees: readonly ParagraphId[];
  /** Everything here falls by itself once the smallest set is settled. */
  readonly falls: boolean;
}

/** A silence procedure as this viewer may know of it. */
export interface SeenSilence extends Omit<Silence, "breaks" | "audience"> {
  readonly breaks: readonly SeenBreak[];
}

export interface SeenBreak extends Pick<SilenceBreak, "id" | "at" | "paragraphs" | "inTime" | "confirmed"> {
  readonly by?: Named;
  readonly reason?: string;
  readonly alsoFor?: readonly Named[];
}

export interface SeenAdoption extends Adoption {
  /** Objections that stood and were recorded with it; null where the viewer may not know. */
  readonly objections: number | null;
  /** Whose, as far as the viewer may know. */
  readonly by: readonly Named[];
}

export interface SeenStatement extends Omit<Statement, "by"> {
  readonly by: Named;
}

/** Of the adopted report (ADO6). */
export interface SeenCorrection extends Pick<EditorialCorrection, "paragraph" | "seq" | "at" | "content" | "reason"> {
  readonly before: string;
  readonly after: string;
  /** Of the version that carries it, such as "Corr.1"; null until one is issued. */
  readonly label: string | null;
}

export interface Choice {
  readonly number: string;
  /** In reading order. */
  readonly paragraphs: readonly ParagraphId[];
}

/** How far it may be handed on, as the mastheads of the United Nations have it (REP12). */
export const distributions = ["general", "limited", "restricted"] as const;
export type Distribution = (typeof distributions)[number];

export interface ComposedReport {
  readonly title: string;
  readonly slug: string;
  /** The record's sequence number it was composed at. */
  readonly seq: number;
  /** When its words were circulated; null for the draft that the chair's team sees, and before the first circulation. */
  readonly circulatedAt: EpochMs | null;
  readonly parts: {
    readonly consensus: readonly ComposedParagraph[];
    readonly chairSummary: readonly ComposedParagraph[];
  };
  /** What the chair's summary says of itself. */
  readonly disclaimer: string;
  /** Annex to the chair's summary: what was proposed and not taken up, or not in full. */
  readonly annex: readonly AnnexEntry[];
  /** Numbers of the last version that nothing stands for any more. */
  readonly vacancies: readonly Vacancy[];
  /** Paragraphs of which one is to be chosen, and the number they take between them (ALT3). */
  readonly alternatives: readonly Choice[];
  readonly blockers: readonly Blocker[];
  readonly overview: Overview;
  /** What the chair offers as a whole, and for the chair's team what it prepares. */
  readonly packages: readonly SeenPackage[];
  /** In the order in which they were announced. */
  readonly silences: readonly SeenSilence[];
  readonly adoption: SeenAdoption | null;
  readonly statements: readonly SeenStatement[];
  /** Made after the adoption, in their order. */
  readonly corrections: readonly SeenCorrection[];
  readonly distribution: Distribution;
  /** What it is written in. */
  readonly language: Language;
  /** Words in each part. */
  readonly lengths: { readonly consensus: number; readonly chairSummary: number };
}

/**
 * @param text what this viewer reads: the live text for the chair's team and on screen, else `record.text`
 */
export function composeReport(whole: Record, text: Text, viewer: Viewer): ComposedReport {
  const record = knownTo(whole, viewer);
  const { numbers, vacancies } = numbersToday(record, text);
  const groups = alternativesIn(text, alternativesOf(record, text));
  const alternatives = groups.map((members) => members.map(({ id }) => id));
  const composing: Composing = {
    record,
    viewer,
    audience: audienceKey(viewer),
    numbers,
    unchosen: choicesIn(groups),
    knows: knowsOfPositions(record, viewer),
  };
  const see = (part: Part): SeenBlock[] => partOf(text, part).map((block) => seeBlock(composing, block, part));
  const [consensus, chairSummary] = [see("consensus"), see("chair-summary")];
  const parts = { consensus: consensus.map(shown), chairSummary: chairSummary.map(shown) };
  const between = standingBetween(composing, text, parts.consensus);
  return {
    title: record.settings.title,
    slug: record.slug,
    seq: record.seq,
    circulatedAt: record.circulations.at(-1)?.at ?? null,
    parts,
    ...between,
    packages: seePackages(record, text, viewer),
    silences: [...record.silences.values()].flatMap((silence) => seeSilence(composing, silence) ?? []),
    adoption: record.adoption && seeAdoption(composing, record.adoption, between.blockers),
    statements: record.statements.map((statement) => ({ ...statement, by: named(record, statement.by) })),
    corrections: correctionsOf(record),
    distribution: distributionTo(viewer, record.adoption !== null),
    language: record.settings.language ?? "en",
    disclaimer: disclaimerOf(record),
    annex: annexFor(record, text, viewer, numbers),
    vacancies,
    alternatives: alternatives.map((paragraphs) => ({
      number: numberBetween(numbers.get(paragraphs[0]!) ?? ""),
      paragraphs,
    })),
    lengths: { consensus: lengthOf(consensus), chairSummary: lengthOf(chairSummary) },
  };
}

function correctionsOf({ adoption, corrections, words, versions }: Record): readonly SeenCorrection[] {
  if (!adoption) return [];
  return corrections
    .filter(({ seq }) => seq > adoption.seq)
    .map(({ paragraph, seq, at, content, reason, before, after }) => ({
      paragraph,
      seq,
      at,
      content,
      reason,
      before: textNamed({ words }, before),
      after: textNamed({ words }, after),
      label: versions.find((version) => version.seq > seq)?.label ?? null,
    }));
}

const distributionTo = (viewer: Viewer, isAdopted: boolean): Distribution =>
  isAmong(viewer, "delegations") ? "restricted" : isAdopted ? "general" : "limited";

function seeSilence({ record, viewer }: Composing, { breaks, audience, ...silence }: Silence): SeenSilence | null {
  if (!isAmong(viewer, audience)) return null;
  const seenBreaks = breaks.flatMap((one): readonly SeenBreak[] => {
    const { id, at, by, paragraphs, inTime, confirmed, disclosure, reason, alsoFor } = one;
    const group = one.group && groupIn(record, one.group);
    const own = viewer.kind === "delegation" && viewer.code === by;
    if (!own && !isAmong(viewer, disclosure.existence)) return [];
    const code = nameFor(viewer, by, disclosure);
    const whys = own || isAmong(viewer, disclosure.reason);
    return [
      {
        id,
        at,
        paragraphs,
        inTime,
        confirmed,
        ...(code && { by: { ...named(record, code), ...(group && { group: { id: group.id, name: group.name } }) } }),
        ...(whys && reason !== null && { reason }),
        ...(whys && alsoFor.length > 0 && { alsoFor: alsoFor.map((other) => named(record, other)) }),
      },
    ];
  });
  return { ...silence, breaks: seenBreaks };
}

function seeAdoption({ knows }: Composing, adoption: Adoption, blockers: readonly Blocker[]): SeenAdoption {
  const by = new Map(blockers.flatMap(({ by: who }) => (who ? [[who.code, who] as const] : [])));
  return { ...adoption, objections: knows ? blockers.length : null, by: [...by.values()] };
}

interface Composing {
  readonly record: Record;
  readonly viewer: Viewer;
  readonly audience: string;
  readonly numbers: ReadonlyMap<ParagraphId, string>;
  /** What is to be chosen, by each paragraph that has alternatives beside it. */
  readonly unchosen: ReadonlyMap<ParagraphId, UnmadeChoice>;
  readonly knows: boolean;
}

/** One thing to settle, whatever the number of alternatives (REP4): it is told at the first of them. */
interface UnmadeChoice {
  readonly first: ParagraphId;
  /** The fewest that go with it. */
  readonly words: number;
}

function choicesIn(groups: readonly (readonly Block[])[]): ReadonlyMap<ParagraphId, UnmadeChoice> {
  return new Map(
    groups.flatMap((members) => {
      const lengths = members.map(({ content }) => wordCount(wordingOf(content).text));
      const words = lengths.reduce((sum, length) => sum + length, 0) - Math.max(...lengths);
      return members.map(({ id }): [ParagraphId, UnmadeChoice] => [id, { first: members[0]!.id, words }]);
    }),
  );
}

/** A step before it is known how it hangs together with the others. */
type LoneStep = Omit<Step, "links" | "frees" | "falls">;

/** One block as one viewer sees it in one part, and what in it stands between here and consensus. */
interface SeenBlock {
  readonly paragraph: ComposedParagraph;
  /** The blockers with what would lift them. */
  readonly asks: readonly Ask[];
  readonly step: LoneStep | null;
  /** The delegations that object; null stands for one whose name is not known. */
  readonly parties: readonly (DelegationCode | null)[];
  readonly words: number;
  /** Everything it was made from: made again only when one of these is another. */
  readonly from: readonly unknown[];
}

const shown = ({ paragraph }: SeenBlock): ComposedParagraph => paragraph;

/** So that a keystroke or an objection costs its own paragraph and not the report. */
const seen = new WeakMap<Block, Map<string, SeenBlock>>();

function seeBlock(composing: Composing, block: Block, shownIn: Part): SeenBlock {
  const { record, audience, numbers, unchosen, knows } = composing;
  const key = `${shownIn} ${audience}`;
  const from = [
    blocksById(record.text).get(block.id),
    record.standing.get(block.id),
    record.gavels.get(block.id),
    record.delegations,
    record.words,
    record.groups,
    numbers.get(block.id),
    record.proposals.get(block.id),
    record.bridging.get(block.id),
    record.summary,
    unchosen.get(block.id)?.first,
    unchosen.get(block.id)?.words,
    knows,
  ];
  let views = seen.get(block);
  if (!views) seen.set(block, (views = new Map()));
  const before = views.get(key);
  if (before && before.from.every((part, index) => part === from[index])) return before;
  const blockers = knows ? blockersOn(composing, block) : [];
  const asks = blockers.map((blocker) => askOf(composing, block, blocker));
  const here = asks.filter(({ settledAt }) => settledAt === block.id);
  const step = here.length > 0 ? stepFor(composing, block.id, here) : null;
  const paragraph = composeBlock(composing, block, shownIn);
  const parties = blockers.flatMap((blocker) => objectingBy(composing, blocker, block));
  const now = { paragraph, asks, step, parties, words: wordCount(paragraph.text), from };
  views.set(key, now);
  return now;
}

function composeBlock({ record, viewer, numbers, knows }: Composing, block: Block, shownIn: Part): ComposedParagraph {
  const { hash, text } = wordingOf(block.content);
  const rated = block.kind === "paragraph" && block.part === "consensus";
  const status = rated ? seenStatus(record, block, knows) : null;
  return {
    id: block.id,
    number: numbers.get(block.id) ?? "",
    level: block.level,
    kind: block.kind,
    text,
    content: block.content,
    part: block.kind === "heading" ? shownIn : block.part,
    status,
    agreedBy: status === "agreed" ? (record.gavels.get(block.id)?.by ?? null) : null,
    wording: hash,
    counts: knows ? countsOn(record, block) : null,
    positions: positionsOn(record, block.id).flatMap((position) => seePosition(record, viewer, position, block) ?? []),
    proposals: seeProposals(record, viewer, block),
    bridging: seeBridging(record, viewer, block),
    quantifiers: seeQuantifiers(record, viewer, block),
    corrections: seeRequests(record, viewer, block.id),
  };
}

/** DIS6: who may not know of objections must not read them from a status either. */
function seenStatus(record: Record, block: Block, knows: boolean): Status {
  const status = statusOf(record, block);
  return knows || status === "agreed" ? status : "open";
}

/** Null where the viewer may not know of the position. */
export function seePosition(record: Record, viewer: Viewer, position: Position, block: Block): SeenPosition | null {
  if (!isOwn(viewer, position) && !isAmong(viewer, position.disclosure.existence)) return null;
  const by = authorFor(record, viewer, position);
  const whys = mayKnowWhy(viewer, position);
  const isParty = viewer.kind === "team" || isOwn(viewer, position);
  return {
    id: position.id,
    level: position.level,
    ...(by && { by }),
    ...(position.behind && by && { behind: seenBehind(record, viewer, position, block) }),
    wording: position.wording,
    stale: position.wording !== wordingOf(block.content).hash,
    standing: counts(position, block) && (position.level !== "objection" || blocksIn(position, partThatCounts(block))),
    confirmed: position.confirmed,
    placement: position.placement,
    endingHeard: position.endingHeard,
    ...(isParty && position.asked && { asked: position.asked }),
    ...(isParty && position.declined && { declined: position.declined }),
    holder: holderOn(position, block.id, position.holder),
    ofState: position.ofState,
    at: position.at,
    ...(whys && position.span && { span: position.span, quoted: quotedIn(record, position.wording, position.span) }),
    ...(whys && position.ground && { ground: position.ground }),
    ...(whys && position.reason && { reason: position.reason }),
    ...(whys && position.remedy && { remedy: position.remedy }),
    ...(whys && position.condition && { condition: position.condition }),
    ...(whys && position.conditions.length > 0 && { conditions: position.conditions }),
  };
}

function quotedIn({ words }: Record, wording: WordingHash, span: Span): readonly Inline[] {
  const on = words.get(wording) ?? [];
  if (!quotes(wordingOf(on).text, span)) return [{ t: "text", text: span.quote }];
  const { from, to } = flatToCanonical(on).toFlat(span);
  return sliceContent(on, from, to);
}

const isOwn = (viewer: Viewer, position: Position): boolean =>
  viewer.kind === "delegation" && isPartyTo(position, viewer.code);

/** Who stated a position, and for which group, as far as the viewer may know. */
function authorFor(record: Record, viewer: Viewer, position: Position): Named | null {
  const { by, group: id } = position;
  if (by === null || !(isOwn(viewer, position) || isAmong(viewer, position.disclosure.name))) return null;
  const group = id && groupIn(record, id);
  return { ...named(record, by), ...(group && { group: { id: group.id, name: group.name } }) };
}

function seenBehind(
  record: Record,
  viewer: Viewer,
  position: Position,
  block: Block,
): NonNullable<SeenPosition["behind"]> {
  const codes = new Map([...(record.holders.get(position.paragraph) ?? [])].map(([code, holder]) => [holder, code]));
  const behind = (position.behind ?? []).map((one) => {
    const here = holderOn(position, block.id, one.holder);
    const departure = departureOf(record, position, block.id, one.holder);
    const code = codes.get(one.holder);
    const shownTo = departure?.disclosure ?? position.disclosure;
    const own = viewer.kind === "delegation" && viewer.code === code;
    const by = code !== undefined && (own || isAmong(viewer, shownTo.name)) ? named(record, code) : null;
    return { ...one, here, departure, by, whys: own || isAmong(viewer, shownTo.reason) };
  });
  const still = behind.filter(({ departure }) => departure === null);
  const counted = new Set(
    [...stances(record, block)].flatMap(([holder, stance]) => (stance === position ? [holder] : [])),
  );
  return {
    count: counted.size,
    states: still.flatMap(({ here, by }) => (by && counted.has(here) ? [by] : [])),
    aligned: still.flatMap(({ aligned, holder, by }) => (aligned && holder !== position.holder && by ? [by] : [])),
    adds: still.flatMap(({ adds, by, whys }) => (adds !== null && by && whys ? [{ by, words: adds }] : [])),
    departed: behind.flatMap(({ departure, by, whys }) =>
      departure && by ? [{ by, ...(whys && departure.reason !== null && { reason: departure.reason }) }] : [],
    ),
  };
}

const mayKnowWhy = (viewer: Viewer, position: Position): boolean =>
  isOwn(viewer, position) || isAmong(viewer, position.disclosure.reason);

/** REP4: objections to words or placement, reopenings asked for, and of consensus text also brackets and what was reopened. */
function blockersOn(composing: Composing, block: Block): Blocker[] {
  const { record } = composing;
  const agreed = gavelOn(record, block.id)?.wording === wordingOf(block.content).hash;
  const blockers = objectionsTo(record, block).map((position) =>
    objected(
      composing,
      block.id,
      agreed ? "reopening-asked" : position.placement ? "placement" : "objection",
      position,
    ),
  );
  if (block.part === "consensus" && block.kind === "paragraph" && !agreed) {
    if (isBracketed(block.content)) blockers.push({ paragraph: block.id, why: "brackets" });
    if (composing.unchosen.has(block.id)) blockers.push({ paragraph: block.id, why: "alternatives" });
    if (record.gavels.get(block.id)?.reopened) blockers.push({ paragraph: block.id, why: "reopened" });
  }
  for (const { id, by } of pendingSeen(record, composing.viewer, block.id))
    blockers.push({ paragraph: block.id, why: "proposal", ...(by && { by }), proposal: id });
  return blockers;
}

function objected(
  { record, viewer }: Composing,
  paragraph: ParagraphId,
  why: BlockerKind,
  position: Position,
): Blocker {
  const by = authorFor(record, viewer, position);
  return { paragraph, why, ...(by && { by }), position: position.id };
}

/** All blockers in reading order, those whose words were removed last, and what they come to. */
function standingBetween(
  composing: Composing,
  text: Text,
  consensus: readonly ComposedParagraph[],
): Pick<ComposedReport, "blockers" | "overview"> {
  const { record, knows } = composing;
  const rated = consensus.filter((paragraph) => paragraph.status !== null);
  const counted = { total: rated.length, agreed: rated.filter(({ status }) => status === "agreed").length };
  if (!knows)
    return {
      blockers: [],
      overview: { ...counted, blocked: null, proposed: null, delegations: null, steps: [], smallest: null },
    };
  const asks: Ask[] = [];
  const lone: LoneStep[] = [];
  const parties = new Set<DelegationCode | null>();
  for (const block of text) {
    const view = seeBlock(composing, block, block.part);
    asks.push(...view.asks);
    if (view.step) lone.push(view.step);
    for (const party of view.parties) parties.add(party);
  }
  const removed = new Map<ParagraphId, Ask[]>();
  const ask = (paragraph: ParagraphId, blocker: Blocker): void => {
    const one = askOf(composing, undefined, blocker);
    asks.push(one);
    for (const party of objectingBy(composing, blocker)) parties.add(party);
    removed.set(paragraph, [...(removed.get(paragraph) ?? []), one]);
  };
  for (const orphan of orphans(record)) {
    ask(orphan.paragraph, objected(composing, orphan.paragraph, "words-removed", orphan));
  }
  const here = blocksById(text);
  for (const paragraph of record.proposals.keys()) {
    if (here.has(paragraph)) continue;
    for (const { id, by } of pendingSeen(record, composing.viewer, paragraph)) {
      ask(paragraph, { paragraph, why: "proposal", ...(by && { by }), proposal: id });
    }
  }
  for (const [paragraph, group] of removed) lone.push(stepFor(composing, paragraph, group));
  const { links, frees, falling, smallest } = linkTogether(record, text, asks);
  const steps = lone.map((step): Step => {
    const { paragraph } = step;
    return {
      ...step,
      links: links.get(paragraph) ?? [],
      frees: frees.get(paragraph) ?? [],
      falls: falling.has(paragraph),
    };
  });
  // Brackets and a reopened paragraph have no delegation behind them, and still somebody has to settle them.
  const atStake = ({ by }: Step): number => Math.max(1, by.length);
  steps.sort(
    (a, b) =>
      Number(a.falls) - Number(b.falls) ||
      Number(isProposed(a)) - Number(isProposed(b)) ||
      atStake(a) - atStake(b) ||
      a.words - b.words,
  );
  const standing = new Set(steps.flatMap((step) => (isProposed(step) ? [] : [step.paragraph])));
  const proposed = new Set(steps.flatMap(({ paragraph }) => (standing.has(paragraph) ? [] : [paragraph])));
  const between = { blocked: standing.size, proposed: proposed.size };
  // Where a viewer may not know names, one delegation cannot be told from another across paragraphs: no number rather than a wrong one.
  const delegations = parties.has(null) ? null : parties.size;
  const blockers = asks.map(({ blocker }) => blocker);
  return { blockers, overview: { ...counted, ...between, delegations, steps, smallest } };
}

/**
 * REP3: whose objection it is. A group's is that of the States that are counted by it, as on the paragraph itself (GRP7), and of its
 * speaker where none is. Null: not named to this viewer.
 * @param block not there when the words were removed
 */
function objectingBy(
  { record }: Composing,
  { paragraph, position: id, by }: Blocker,
  block?: Block,
): readonly (DelegationCode | null)[] {
  const position = id && record.positions.get(id);
  if (!position) return [];
  const counted = (position.behind ?? []).filter(({ holder }) =>
    block
      ? stances(record, block).get(holderOn(position, paragraph, holder)) === position
      : !hasLeft(record, position, paragraph, holder),
  );
  if (!by || counted.length === 0) return [by?.code ?? null];
  const { codes } = bearersOf(record, position);
  return counted.map(({ holder }) => codes.get(holder) ?? null);
}

/** What would lift one blocker; the block is not there when its words were removed. */
function askOf({ record, viewer, unchosen }: Composing, block: Block | undefined, blocker: Blocker): Ask {
  const today = block ? wordingOf(block.content).text : "";
  const choice = blocker.why === "alternatives" ? unchosen.get(blocker.paragraph) : undefined;
  const settledAt = choice?.first ?? blocker.paragraph;
  const ask = (words: number, whole = true): Ask => ({
    blocker,
    settledAt,
    words,
    whole,
    remedy: null,
    quote: null,
    conditions: [],
  });
  if (blocker.proposal) return ask(wordsAsked(record, viewer, blocker.proposal, today), false);
  if (choice) return ask(choice.words);
  const position = blocker.position && record.positions.get(blocker.position);
  if (!position) return blocker.why === "brackets" ? ask(wordsInBrackets(today), false) : ask(wordCount(today));
  const stated = textNamed(record, position.wording);
  // DIS5: what would lift it is part of the reason, and so are the words it is about and what it hangs on.
  if (!mayKnowWhy(viewer, position)) return ask(wordCount(stated));
  const { remedy, span, conditions } = position;
  const words = wordCount(remedy?.text ?? span?.quote ?? stated);
  const whole = !span && remedy?.kind !== "add";
  return { blocker, settledAt, words, whole, remedy, quote: span?.quote ?? null, conditions };
}

function stepFor({ numbers }: Composing, paragraph: ParagraphId, asks: readonly Ask[]): LoneStep {
  const by = new Map<string, Named>();
  for (const { blocker } of asks)
    if (blocker.by) by.set(`${blocker.by.code} ${blocker.by.group?.id ?? ""}`, blocker.by);
  return {
    paragraph,
    number: numbers.get(paragraph) ?? "",
    by: [...by.values()],
    kinds: [...new Set(asks.map(({ blocker }) => blocker.why))],
    remedies: asks.flatMap(({ remedy }) => remedy ?? []),
    words: asks.reduce((sum, { words }) => sum + words, 0),
    whole: asks.some(({ whole }) => whole),
  };
}

/** DIS9: the words that a proposal changes, where they may be known. */
function wordsAsked(record: Record, viewer: Viewer, id: ProposalId, today: string): number {
  const proposal = proposalOf(record, id);
  if (!proposal || !mayRead(viewer, proposal) || !proposal.content) return wordCount(today);
  const changed = hunksOf(proposal.change === "replace" ? proposal.base : [], proposal.content);
  return changed.reduce(
    (sum, { content, from, to }) => sum + Math.max(wordCount(flatText(content)), to > from ? 1 : 0),
    0,
  );
}

const wordsInBrackets = (text: string): number =>
  bracketsOf(text)
    .all.filter(({ depth }) => depth === 1)
    .reduce((sum, { from, to }) => sum + wordCount(text.slice(from, to)), 0);

/** Headings are not counted: they may stand over both parts. */
const lengthOf = (blocks: readonly SeenBlock[]): number =>
  blocks.reduce((sum, { paragraph: { kind }, words }) => (kind === "paragraph" ? sum + words : sum), 0);

export const wordCount = (text: string): number => text.match(/\S+/g)?.length ?? 0;
