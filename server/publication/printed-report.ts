/**
 * The report as documents print it: plain data, composed for one viewer, that each writer of a format takes and nothing else (SPEC: PUB).
 * It can be handed to another thread; what a viewer may not see is not in it.
 */
import { bracketedIn, bracketLabels } from "../../shared/domain/bracket-labels.ts";
import type { Language } from "../../shared/domain/languages.ts";
import type { Numbered, Row } from "../../shared/domain/comparison.ts";
import { compare } from "../../shared/domain/comparison.ts";
import { shortNumber } from "../../shared/domain/numbering.ts";
import type { Hunk, PlacedHunk } from "../../shared/domain/rebase.ts";
import { hunksOf } from "../../shared/domain/rebase.ts";
import type { ComposedParagraph, ComposedReport, SeenPosition } from "../../shared/domain/report.ts";
import type { SeenFate, SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Block, Inline, Mark } from "../../shared/domain/text.ts";
import { flatText, sliceContent } from "../../shared/domain/text.ts";
import type { BlockKind, EpochMs, ParagraphId, Part, WordingHash } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import type { Range } from "../../shared/domain/wording.ts";
import { flatToCanonical, wordingOf } from "../../shared/domain/wording.ts";
import { sayHowAgreed } from "../../shared/messages/agreed.ts";
import { sayCorrected, sayCorrection } from "../../shared/messages/corrections.ts";
import { hasOtherNumber, placedIn, sayNumber, signsIn, signsOf, wasCalled } from "../../shared/messages/numbers.ts";
import { readAnnex } from "../../shared/messages/annexed.ts";
import type { Voice } from "../../shared/messages/say.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { readable } from "../../shared/messages/signs.ts";
import { sayAdoption } from "../../shared/messages/silence.ts";
import { sayAnnexed, sayOriginal, sayRemedy, sayRequest, sayWho } from "../../shared/messages/tell.ts";
import { clockInNewYork, dayInNewYork, isoDayInNewYork } from "../../shared/messages/times.ts";

/** `review`: what is proposed, or what changed, as tracked changes, and positions as comments. `compilation`: all proposals under their paragraphs. */
export const modes = ["clean", "review", "compilation"] as const;
export type Mode = (typeof modes)[number];

/** What is to be printed, as one viewer may read it. */
export interface Printable {
  readonly report: ComposedReport;
  readonly text: Numbered & { readonly label: string };
  /** Null: what this viewer reads today. */
  readonly version: Version | null;
  /** Compared with this one. */
  readonly against: Version | null;
  /** One part alone. */
  readonly only: Part | undefined;
}

export interface PrintedReport {
  readonly title: string;
  readonly slug: string;
  readonly symbol: string | null;
  /** "Rev.1", or that it is the draft of the day. */
  readonly label: string;
  /** Under the symbol, line by line: how far it may be handed on, the day it bears, the language it was written in. */
  readonly imprint: readonly string[];
  /** The day as programs read it: "2026-11-05". */
  readonly date: string;
  /** "Not adopted", "Adopted by consensus on …". */
  readonly status: string;
  /** The day of its adoption as programs read it, with what it is called; null while it is a draft. */
  readonly adopted: { readonly date: string; readonly by: "consensus" | "decision" } | null;
  /** Which state of the negotiation this is, in a sentence: on every page. */
  readonly asOf: string;
  readonly address: string;
  /** Of what is around the words of the report. */
  readonly language: string;
  /** Of those words. */
  readonly original: Language;
  readonly direction: "ltr" | "rtl";
  readonly mode: Mode;
  /** "Rev.1 compared with Zero draft" */
  readonly comparison: string | null;
  readonly parts: readonly PrintedPart[];
  /** What was proposed and does not stand in the text; empty where only the consensus part is printed. */
  readonly annex: readonly PrintedAnnexEntry[];
  readonly statements: readonly PrintedStatement[];
  /** What is told about the report: tables, a letter, a brief. A document of these alone has no parts. A report has what was corrected in it. */
  readonly sections: readonly PrintedSection[];
  /** What a file that comes back is compared with: the record as of this entry. */
  readonly seq: number;
}

/** What is told about a report, in sections; what is of its own moment, such as a letter, says so in the place of the report's status. */
export type Told = Pick<PrintedReport, "label" | "sections"> & Partial<Pick<PrintedReport, "status"> & OfItsDay>;

/** What a document says of the day that it is of. */
type OfItsDay = Pick<PrintedReport, "imprint" | "date" | "asOf" | "seq">;

export interface PrintedPart {
  readonly id: Part;
  readonly title: string;
  /** On whose responsibility it is issued. */
  readonly standing: string;
  readonly blocks: readonly PrintedBlock[];
}

export interface PrintedBlock {
  /** Under which the block is found again in a file that went through other programs: `para_ID_HASH`, the first twelve letters of its wording. */
  readonly anchor: string;
  readonly kind: BlockKind;
  readonly level: number;
  /** As it stands before the paragraph: "3.", "(a)", "3 bis."; empty for a heading. */
  readonly number: string;
  /** The anchor of the first of those of which one is to be chosen; null where it is not one of the others. */
  readonly alternativeTo: string | null;
  /** Set apart from the words: "[was 4]", "[4 deleted]". */
  readonly aside: string | null;
  /** Of its first letter; the text may be in another language than the document around it. */
  readonly direction: "ltr" | "rtl";
  readonly pieces: readonly PrintedPiece[];
  readonly remarks: readonly Remark[];
  /** In a compilation. */
  readonly proposals: readonly PrintedProposal[];
}

export type PrintedPiece = (
  | { readonly t: "text"; readonly text: string; readonly marks?: readonly Mark[] }
  | { readonly t: "footnote"; readonly text: string }
  /** The number under which the paragraph is spoken of. */
  | { readonly t: "ref"; readonly text: string; readonly to: ParagraphId }
) & {
  readonly change?: Change;
  /** Places in `remarks` of those that are about these words. */
  readonly remarks?: readonly number[];
};

export interface Change {
  readonly kind: "inserted" | "deleted";
  readonly by: string;
  readonly at: EpochMs;
}

/** What is said beside the words. */
export interface Remark {
  readonly by: string;
  readonly at: EpochMs;
  readonly text: string;
  /** About words within the paragraph; else about all of it. */
  readonly onWords: boolean;
}

export interface PrintedProposal {
  /** "Freedonia with Sylvania: other words" */
  readonly title: string;
  readonly pieces: readonly PrintedPiece[];
  readonly reason: string | null;
  readonly fate: string | null;
}

export interface PrintedAnnexEntry {
  readonly title: string;
  readonly proposals: readonly PrintedProposal[];
}

export interface PrintedStatement {
  /** "Freedonia: reservation on paragraph 3" */
  readonly title: string;
  readonly text: string;
}

export interface PrintedSection {
  readonly title: string;
  readonly items: readonly PrintedItem[];
}

export type PrintedItem =
  /** One paragraph; lines within it stay lines. */
  { readonly t: "words"; readonly text: string } | PrintedTable;

export interface PrintedTable {
  readonly t: "table";
  readonly columns: readonly PrintedColumn[];
  /** As many cells as there are columns; lines within a cell stay lines. */
  readonly rows: readonly (readonly string[])[];
}

export interface PrintedColumn {
  readonly title: string;
  /** Beside those of the other columns: 2 is twice as wide as 1. */
  readonly width: number;
}

/** The one change that all the words of a block belong to. */
export function changeOfAll(pieces: readonly PrintedPiece[]): Change | null {
  const first = pieces[0]?.change;
  return first && pieces.every(({ change }) => change?.kind === first.kind && change.by === first.by) ? first : null;
}

interface Run {
  readonly change: Change | undefined;
  readonly pieces: PrintedPiece[];
}

/** Pieces that were changed together, as one change. */
export function runsOf(pieces: readonly PrintedPiece[]): readonly Run[] {
  const runs: Run[] = [];
  for (const piece of pieces) {
    const { change } = piece;
    const last = runs.at(-1);
    if (change && last?.change?.kind === change.kind && last.change.by === change.by && last.change.at === change.at)
      last.pieces.push(piece);
    else runs.push({ change, pieces: [piece] });
  }
  return runs;
}

/** The name of a document's own property that says which report it is. */
export const originProperty = "Rapporteur";
export const originOf = ({ slug, seq, mode }: PrintedReport): string => `${slug} ${seq} ${mode}`;

/**
 * @param address where the report is read
 * @param now stands for the moment of a draft that was never circulated
 */
export function print(what: Printable, how: How): PrintedReport {
  const { report, text, against } = what;
  const { mode, voice } = how;
  const { say, list } = voice;
  const printing: Printing = { ...what, mode, voice, at: momentOf(what, how), signs: signsOf(report, voice) };
  return {
    ...frameOf(what, how),
    comparison: against && say("publication.compared", { after: text.label, before: against.label }),
    parts: parts
      .filter((part) => what.only === undefined || part === what.only)
      .map((part) => ({
        id: part,
        title: say(`publication.part.${part}`),
        standing: part === "consensus" ? standingOf(report, voice) : report.disclaimer,
        blocks: against ? comparedBlocks(printing, part) : blocksOfPart(printing, part),
      })),
    annex: what.only === "consensus" ? [] : annexIn(printing),
    sections: what.only === "chair-summary" ? [] : correctionsIn(printing),
    statements: report.statements.map(({ by, form, paragraphs, text: words }) => {
      const said = { by: by.name, form: say(`words.statement.${form}`) };
      const on = list(paragraphs.map((id) => calledIn(text, id, voice)));
      return {
        title: say(on === "" ? "publication.statement" : "publication.statementOn", { ...said, on }),
        text: words,
      };
    }),
  };
}

const told = (title: string): PrintedProposal => ({ title, pieces: [], reason: null, fate: null });

function annexIn(printing: Printing): readonly PrintedAnnexEntry[] {
  const { report, voice, signs } = printing;
  const { say } = voice;
  const { entries, others } = readAnnex(report.annex, voice);
  return [
    ...entries.map(({ number, part, proposals, alternatives, corrections }) => ({
      title: sayAnnexed({ number, part }, voice),
      proposals: [
        ...proposals.map((proposal) => compiled(printing, proposal)),
        ...alternatives.map(({ content, reason }) =>
          told(say("summary.annex.alternative", { text: readable(content, signs), reason })),
        ),
        ...corrections.map((request) => told(sayRequest(request, voice))),
      ],
    })),
    ...(others === null ? [] : [{ title: say("summary.annex.more"), proposals: [told(others)] }]),
  ];
}

function correctionsIn({ report: { corrections }, text, voice }: Printing): readonly PrintedSection[] {
  const { say } = voice;
  if (corrections.length === 0) return [];
  const listed = corrections.map((one): PrintedItem => {
    const on = say("versions.corrections.on", { number: calledIn(text, one.paragraph, voice) });
    return { t: "words", text: [on, ...sayCorrection(one, signsIn(text, voice), voice)].join("\n") };
  });
  const lead: PrintedItem = { t: "words", text: say("versions.corrections.lead") };
  return [{ title: say("versions.corrections.title"), items: [lead, ...listed] }];
}

/** A document about the report: under the same masthead, told in sections, in a language of its own. */
export const printSections = (what: Printable, how: Omit<How, "mode">, told: Told): PrintedReport => ({
  ...frameOf({ ...what, report: { ...what.report, language: how.voice.language } }, { ...how, mode: "clean" }),
  ...told,
});

/** The consensus part says how its paragraphs came to be agreed, as far as they are. */
const standingOf = ({ parts: { consensus } }: ComposedReport, voice: Voice): string =>
  [voice.say("reader.standing"), ...sayHowAgreed(consensus, voice)].join(" ");

const momentOf = ({ report, version }: Printable, { now }: Pick<How, "now">): EpochMs =>
  version?.at ?? report.circulatedAt ?? now;

/** @param at when it was circulated, or issued */
export function ofItsDay({ report, version }: Printable, at: EpochMs, voice: Voice): OfItsDay {
  const { say, language } = voice;
  const corrected = sayCorrected(report.corrections, voice);
  const day = version?.date ? Date.parse(`${version.date}T12:00:00Z`) : at;
  return {
    imprint: [
      say(`publication.distribution.${report.distribution}`),
      dayInNewYork(day, language),
      sayOriginal(report.language, voice),
    ],
    date: isoDayInNewYork(day),
    asOf: version
      ? say("publication.asIssued", { label: version.label, day: dayInNewYork(at, language) })
      : [
          say("publication.asOf", {
            day: dayInNewYork(at, language),
            clock: clockInNewYork(at, language),
            seq: report.seq,
          }),
          ...(corrected === null ? [] : [corrected]),
        ].join(", "),
    seq: report.seq,
  };
}

/** What every document says of itself, and nothing in it. */
function frameOf(what: Printable, how: How): PrintedReport {
  const { report, version } = what;
  const { mode, address, voice } = how;
  const { say, language, dir } = voice;
  return {
    ...ofItsDay(what, momentOf(what, how), voice),
    title: report.title,
    slug: report.slug,
    symbol: version?.symbol ?? null,
    label: version?.label ?? say(report.adoption ? "publication.adopted" : "publication.draft"),
    status: sayAdoption(report.adoption, voice),
    adopted: report.adoption && {
      date: isoDayInNewYork(report.adoption.at),
      by: report.adoption.byConsensus ? "consensus" : "decision",
    },
    address,
    language,
    original: report.language,
    direction: dir,
    mode,
    comparison: null,
    parts: [],
    annex: [],
    statements: [],
    sections: [],
  };
}

export interface How {
  readonly mode: Mode;
  readonly address: string;
  readonly now: EpochMs;
  readonly voice: Voice;
}

interface Printing extends Printable, Pick<How, "mode" | "voice"> {
  readonly at: EpochMs;
  readonly signs: Numbers;
}

const anchorOf = (id: string, wording: WordingHash): string => `para_${id}_${wording.slice(0, 12)}`;

/** The id of the paragraph, or of the proposal, that an anchor names. */
export const idIn = (anchor: string): string => anchor.split("_")[1] ?? anchor;

const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const directionOf = (text: string): "ltr" | "rtl" => (rightToLeft.test(text) ? "rtl" : "ltr");

const composedIn = ({ report }: Printing, part: Part): readonly ComposedParagraph[] =>
  part === "consensus" ? report.parts.consensus : report.parts.chairSummary;

/** What a paragraph is called in this text, or that it was removed. */
function calledIn(text: Numbered, id: ParagraphId, voice: Voice): string {
  const placed = placedIn(id, text);
  return placed ? sayNumber(placed, voice) : voice.say("publication.removed");
}

const numberBefore = (number: string): string => {
  const short = shortNumber(number);
  return short === number && number !== "" ? `${short}.` : short;
};

// ---------- a part as it is ----------

function blocksOfPart(printing: Printing, part: Part): readonly PrintedBlock[] {
  return composedIn(printing, part).flatMap((paragraph) => {
    const { id, kind, level, number, wording } = paragraph;
    const inReview = printing.mode === "review";
    const { pieces, remarks } = inReview ? reviewed(printing, paragraph) : plain(printing, paragraph.content);
    const block: PrintedBlock = {
      anchor: anchorOf(id, wording),
      kind,
      level,
      number: numberBefore(number),
      alternativeTo: alternativeTo(printing, paragraph),
      aside: null,
      direction: directionOf(paragraph.text),
      pieces,
      remarks,
      proposals: printing.mode === "compilation" ? paragraph.proposals.map((one) => compiled(printing, one)) : [],
    };
    return inReview ? [block, ...insertedAfter(printing, paragraph)] : [block];
  });
}

function alternativeTo({ report }: Printing, { id }: ComposedParagraph): string | null {
  const [first] = report.alternatives.find(({ paragraphs }) => paragraphs.includes(id))?.paragraphs ?? [];
  if (first === undefined || first === id) return null;
  const chosen = [...report.parts.consensus, ...report.parts.chairSummary].find((one) => one.id === first);
  return chosen ? anchorOf(chosen.id, chosen.wording) : null;
}

const plain = (printing: Printing, content: readonly Inline[]): Pick<PrintedBlock, "pieces" | "remarks"> => ({
  pieces: piecesOf(printing, content),
  remarks: [],
});

function piecesOf({ text, voice }: Printing, content: readonly Inline[], change?: Change): PrintedPiece[] {
  return content.map((inline): PrintedPiece => {
    const tracked = change && { change };
    switch (inline.t) {
      case "text":
        return { ...inline, ...tracked };
      case "footnote":
        return { t: "footnote", text: inline.text, ...tracked };
      case "ref":
        return {
          t: "ref",
          text: calledIn(text, inline.to, voice),
          to: inline.to,
          ...tracked,
        };
    }
  });
}

// ---------- in review ----------

/** What is pending as tracked changes, one proposal's words at a place; what stands beside the words as remarks. */
function reviewed(printing: Printing, paragraph: ComposedParagraph): Pick<PrintedBlock, "pieces" | "remarks"> {
  const { content } = paragraph;
  const remarks: (Remark & { readonly range: Range | null })[] = paragraph.positions
    .filter(({ standing }) => standing)
    .map((position) => remarkOf(printing, position, content));
  remarks.push(...remarksOnBrackets(printing, paragraph));
  const tracked: Tracked[] = [];
  for (const proposal of paragraph.proposals) {
    // Without its base this viewer may not know its words.
    if (proposal.fate || proposal.base === undefined || proposal.kind === "insert-after") continue;
    const placed =
      proposal.kind === "replace" ? (proposal.hunks ?? []) : proposal.kind === "delete" ? [wholeOf(content)] : null;
    const change = { by: authorOf(printing, proposal), at: proposal.at };
    const clean = placed?.every(({ place }) => place.state !== "conflict") ?? false;
    const fresh = (placed ?? []).filter(isClean);
    if (clean && fresh.every((hunk) => tracked.every((other) => !touches(hunk.place, other)))) {
      for (const { place, content: words } of fresh)
        tracked.push({ from: place.from, to: place.to, content: words, ...change });
    } else remarks.push({ ...remarkOnProposal(printing, proposal), range: null });
  }
  const pieces = trackedPieces(printing, content, tracked);
  return {
    pieces: marked(
      pieces,
      remarks.map(({ range }) => range),
    ),
    remarks: remarks.map(({ by, at, text, onWords }) => ({ by, at, text, onWords })),
  };
}

type Tracked = Hunk & Omit<Change, "kind">;

type CleanHunk = PlacedHunk & { readonly place: Extract<PlacedHunk["place"], { readonly state: "clean" }> };
const isClean = (hunk: PlacedHunk): hunk is CleanHunk => hunk.place.state === "clean";
const touches = (a: Range, b: Range): boolean => a.from <= b.to && b.from <= a.to;

function wholeOf(content: readonly Inline[]): PlacedHunk {
  const range = { from: 0, to: flatText(content).length };
  return { ...range, content: [], place: { state: "clean", ...range } };
}

function trackedPieces(printing: Printing, content: readonly Inline[], tracked: readonly Tracked[]): PrintedPiece[] {
  const pieces: PrintedPiece[] = [];
  let at = 0;
  for (const { from, to, content: words, by, at: when } of tracked.toSorted((a, b) => a.from - b.from)) {
    pieces.push(
      ...piecesOf(printing, sliceContent(content, at, from)),
      ...piecesOf(printing, sliceContent(content, from, to), { kind: "deleted", by, at: when }),
      ...piecesOf(printing, words, { kind: "inserted", by, at: when }),
    );
    at = to;
  }
  return [...pieces, ...piecesOf(printing, sliceContent(content, at, flatText(content).length))];
}

/** One content made into another, as one author's changes. */
const redlined = (
  printing: Printing,
  before: readonly Inline[],
  after: readonly Inline[],
  change: Omit<Change, "kind">,
): PrintedPiece[] =>
  trackedPieces(
    printing,
    before,
    hunksOf(before, after).map((hunk) => ({ ...hunk, ...change })),
  );

/** Cuts the pieces where remarks begin and end, and names in each the remarks about it. Ranges count what is not inserted. */
function marked(pieces: readonly PrintedPiece[], ranges: readonly (Range | null)[]): readonly PrintedPiece[] {
  const cuts = new Set(ranges.flatMap((range) => (range ? [range.from, range.to] : [])));
  if (cuts.size === 0) return pieces;
  let at = 0;
  return pieces.flatMap((piece): PrintedPiece[] => {
    if (piece.change?.kind === "inserted") return [piece];
    const length = piece.t === "text" ? piece.text.length : 1;
    const within = [...cuts].filter((cut) => cut > at && cut < at + length).toSorted((a, b) => a - b);
    const bounds = [at, ...within, at + length];
    at += length;
    return bounds.slice(0, -1).map((from, index) => {
      const to = bounds[index + 1]!;
      const about = ranges.flatMap((range, which) => (range && range.from < to && from < range.to ? [which] : []));
      const cut = piece.t === "text" ? { ...piece, text: piece.text.slice(from - bounds[0]!, to - bounds[0]!) } : piece;
      return about.length > 0 ? { ...cut, remarks: about } : cut;
    });
  });
}

function remarkOf(
  { voice, signs }: Printing,
  position: SeenPosition,
  content: readonly Inline[],
): Remark & { readonly range: Range | null } {
  const { say } = voice;
  const { by, at, level, span, quoted, stale, reason, remedy, condition } = position;
  const range = span && !stale ? flatToCanonical(content).toFlat(span) : null;
  const sentences = [
    say(`words.level.${level}`),
    ...(quoted && !range ? [say("publication.onWords", { words: readable(quoted, signs) })] : []),
    ...(stale ? [say("publication.onEarlierWords")] : []),
    ...(reason === undefined ? [] : [reason]),
    ...(remedy ? [say("publication.remedy", { remedy: sayRemedy(remedy, say) })] : []),
    ...(condition === undefined ? [] : [say("publication.condition", { condition })]),
  ];
  return {
    by: sayWho(by, voice),
    at,
    text: sentences.join("\n"),
    onWords: range !== null,
    range,
  };
}

const authorOf = ({ voice }: Printing, { by }: SeenProposal): string => sayWho(by, voice);

/** Whose the words are that stand in brackets (BRA13 of the domain), which the words themselves do not say. */
function remarksOnBrackets(printing: Printing, { id, content }: ComposedParagraph): (Remark & { range: Range })[] {
  const { known } = bracketLabels(content, bracketedIn(printing.report).get(id));
  return known.flatMap(({ at: from, to, of }) =>
    of.map((proposal) => ({
      by: authorOf(printing, proposal),
      at: proposal.at,
      text: printing.voice.say("publication.bracketed"),
      onWords: true,
      range: { from, to },
    })),
  );
}

function remarkOnProposal(printing: Printing, proposal: SeenProposal): Remark {
  const { say } = printing.voice;
  const sentences = [
    say(`publication.proposes.${proposal.kind}`),
    ...(proposal.content && proposal.kind !== "delete" ? [readable(proposal.content, printing.signs)] : []),
    ...(proposal.reason === undefined ? [] : [say("publication.reason", { reason: proposal.reason })]),
  ];
  return { by: authorOf(printing, proposal), at: proposal.at, text: sentences.join("\n"), onWords: false };
}

/** Paragraphs proposed after this one, each as an inserted paragraph without a number of its own. */
function insertedAfter(printing: Printing, { proposals, level }: ComposedParagraph): readonly PrintedBlock[] {
  return proposals.flatMap((proposal): PrintedBlock[] => {
    const { kind, fate, content, id, at } = proposal;
    if (kind !== "insert-after" || fate || !content) return [];
    const change: Change = { kind: "inserted", by: authorOf(printing, proposal), at };
    return [
      {
        anchor: `prop_${id}`,
        kind: "paragraph",
        level,
        number: "",
        alternativeTo: null,
        aside: null,
        direction: directionOf(proposal.text ?? ""),
        pieces: piecesOf(printing, content, change),
        remarks: [],
        proposals: [],
      },
    ];
  });
}

// ---------- a compilation ----------

function compiled(printing: Printing, proposal: SeenProposal): PrintedProposal {
  const { say, list } = printing.voice;
  const { kind, cosponsors, content, baseContent, reason, fate, at } = proposal;
  const by = authorOf(printing, proposal);
  const who =
    cosponsors.length > 0 ? say("publication.with", { by, others: list(cosponsors.map(({ name }) => name)) }) : by;
  const change = { by, at };
  const pieces = !content
    ? []
    : kind === "replace" && baseContent
      ? redlined(printing, baseContent, content, change)
      : piecesOf(printing, content, { kind: "inserted", ...change });
  return {
    title: say("publication.proposalBy", { who, what: say(`publication.change.${kind}`) }),
    pieces,
    reason: reason === undefined ? null : say("publication.reason", { reason }),
    fate: fate && sayFate(fate, say),
  };
}

function sayFate({ kind, reason }: SeenFate, say: Voice["say"]): string {
  const fate = say(`proposals.fate.${kind}`);
  return reason === undefined ? say("publication.fate", { fate }) : say("publication.fateWhy", { fate, reason });
}

// ---------- compared with a version ----------

/** Words as tracked changes of the chair, who holds the pen; what moved says from where. */
function comparedBlocks(printing: Printing, part: Part): readonly PrintedBlock[] {
  const { text, against } = printing;
  const composed = new Map(composedIn(printing, part).map((paragraph) => [paragraph.id, paragraph]));
  return compare(against!, text, part).flatMap((row): PrintedBlock[] => {
    const block = row.after ?? row.before;
    if (!block) return [];
    const paragraph = row.left ? undefined : composed.get(row.id);
    return [comparedBlock(printing, row, block, paragraph)];
  });
}

function comparedBlock(
  printing: Printing,
  row: Row,
  block: Block,
  paragraph: ComposedParagraph | undefined,
): PrintedBlock {
  const { say } = printing.voice;
  const { number, left, before, after } = row;
  const change = { by: say("publication.chair"), at: printing.at };
  const remarks = (paragraph?.positions ?? [])
    .filter(({ standing }) => standing && printing.mode === "review")
    .map((position) => remarkOf(printing, position, []));
  return {
    anchor: anchorOf(row.id, wordingOf(block.content).hash),
    kind: block.kind,
    level: block.level,
    number: after && !left && number !== null ? numberBefore(number) : "",
    alternativeTo: null,
    aside: asideOf(row, printing.voice),
    direction: directionOf(wordingOf(block.content).text),
    pieces: left ? [] : redlined(printing, before?.content ?? [], after?.content ?? [], change),
    remarks: remarks.map(({ by, at, text }) => ({ by, at, text, onWords: false })),
    proposals: [],
  };
}

function asideOf(row: Row, voice: Voice): string | null {
  const { say } = voice;
  const { number, left, before, after, kinds } = row;
  const was = wasCalled(row, voice);
  if (left && after) {
    const now = number === null ? "…" : sayNumber({ number, part: after.part }, voice);
    return say("publication.moved", { was: was ?? "…", number: now });
  }
  if (!after) return was === null ? null : say("publication.deleted", { was });
  if (!before) return kinds.includes("added") ? say("publication.new") : null;
  return was !== null && hasOtherNumber(row) ? say("publication.was", { was }) : null;
}
