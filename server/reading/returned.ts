/**
 * A file that a delegation sends back, as its proposals and comments (SPEC: RET). Nothing is recorded by it: it says what could be, and
 * accounts for all that is in the file.
 */
import { recognise } from "../../shared/domain/editions.ts";
import type { Span } from "../../shared/domain/positions.ts";
import type {
  Accounted,
  Outcome,
  Returned,
  ReturnedComment,
  ReturnedProposal,
  Untabled,
  UntabledWhy,
} from "../../shared/domain/returned.ts";
import { longestParagraph } from "../../shared/domain/proposals.ts";
import type { Block, Inline } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import { Authority } from "./authority.ts";
import type { Line, Segment } from "./lines.ts";
import { linesOf } from "./lines.ts";
import { asPrinted, askedFor, inlineFrom, wordsIn } from "./printed-words.ts";
import type { ReadDocument, ReadPiece, Tracked } from "./read-document.ts";
import type { Sent, SentParagraph } from "./sent.ts";

/** A line of the file that is one of our paragraphs, and what it says. */
interface Found {
  readonly line: Line;
  readonly sent: SentParagraph;
  readonly base: SentParagraph["wordings"][number];
  /** `base.content` itself where no words changed. */
  readonly asked: readonly Inline[];
  readonly how: ReturnedProposal["how"];
}

const isChanged = ({ asked, base }: Found): boolean => asked !== base.content;
const isEmpty = (words: readonly Inline[]): boolean => flatText(words).trim() === "";

/** @param newId for footnotes that were written in the file */
export function returnedFrom(document: ReadDocument, sent: Sent, newId: () => string): Returned {
  return new Comparing(document, sent, newId).returned();
}

class Comparing {
  readonly #document: ReadDocument;
  readonly #sent: Sent;
  readonly #newId: () => string;
  readonly #authority: Authority;
  readonly #lines: readonly Line[];
  readonly #byId: ReadonlyMap<ParagraphId, SentParagraph>;
  readonly #outcomes = new Map<Line, Outcome>();
  readonly #proposals: ReturnedProposal[] = [];
  readonly #untabled: Untabled[] = [];

  constructor(document: ReadDocument, sent: Sent, newId: () => string) {
    this.#document = document;
    this.#sent = sent;
    this.#newId = newId;
    this.#authority = new Authority(sent);
    this.#lines = linesOf(document, sent, this.#authority);
    this.#byId = new Map(sent.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  }

  returned(): Returned {
    const marked = this.#lines.flatMap((line) => this.#marked(line));
    const free = this.#lines.filter((line) => line.segments.length === 0 && !this.#outcomes.has(line));
    for (const line of free) if (this.#isHeadingAgain(line)) this.#settle(line, "unchanged");
    // The rest of a paragraph that was cut in two is not looked for elsewhere.
    const lost = free.filter((line) => !this.#outcomes.has(line) && !marked.some((one) => this.#isCutFrom(one, line)));
    const recognised = this.#recognised(lost, marked);
    const all = [...marked, ...recognised].sort((a, b) => a.line.index - b.line.index);
    const found = this.#eachOnce(all);
    const known = new Set(all.map(({ line }) => line));
    const fresh = new Set(free.filter((line) => !known.has(line) && !this.#outcomes.has(line)));
    const placed = this.#compare(found, fresh);
    this.#order(all, placed);
    this.#insertions(fresh, all, placed);
    this.#missing(found, placed);
    return {
      origin: this.#document.origin,
      proposals: this.#inReadingOrder(),
      comments: this.#comments(found),
      untabled: this.#untabled,
      accounted: this.#accounted(),
      notices: this.#document.notices,
    };
  }

  /** The paragraphs of ours that a line says it is. A line that is none of the report's gets its outcome. */
  #marked(line: Line): readonly Found[] {
    const { segments, pieces, paragraphs, marks, isFurniture } = line;
    const ours = (mark: Tracked): boolean => this.#authority.isProposed(mark);
    const standing = this.#authority.standing(pieces);
    if (paragraphs.some(({ unclear }) => unclear)) this.#leave(line, "unclear", segments[0]?.id ?? null, pieces);
    else if (segments.length === 0 && pieces.length > 0 && (pieces.every(ours) || isPrintedProposal(line))) {
      this.#outcomes.set(line, "anothers");
      if (wordsIn(standing).trim() !== "" || marks.length > 0) this.#leave(line, "on-anothers", null, pieces);
    } else if (pieces.length > 0 && pieces.every((piece) => this.#authority.isGone(piece)))
      this.#outcomes.set(line, "around");
    else if (isFurniture) {
      this.#outcomes.set(line, "around");
      if (marks.length > 0) this.#leave(line, "outside", null, standing);
    } else if (segments.length === 0 && wordsIn(standing).trim() === "") this.#outcomes.set(line, "empty");
    if (this.#outcomes.get(line) === "untabled" && segments.length === 0) return [];
    const isUnclear = this.#outcomes.get(line) === "untabled";
    return this.#segments(line).map(({ segment, back, how }) => {
      const sent = this.#paragraph(segment.id);
      const base = sent.wordings.find(({ hash }) => hash.startsWith(segment.hash)) ?? sent.wordings.at(-1)!;
      const asked = isUnclear ? base.content : askedFor(base.content, back, this.#sent);
      const within = segment.pieces.filter((piece) => ours(piece) && this.#authority.isTouched(piece));
      if (within.length > 0) this.#leave(line, "on-anothers", segment.id, within);
      if (segment.isRenumbered && !isEmpty(back)) this.#leave(line, "number", segment.id, segment.pieces);
      return { line, sent, base, asked, how };
    });
  }

  /** Of paragraphs that were joined the first has the words of all. */
  #segments({ segments }: Line): readonly { segment: Segment; back: readonly Inline[]; how: Found["how"] }[] {
    const read = segments.map((segment) => ({ segment, back: this.#inline(segment.pieces) }));
    const full = read.filter(({ back }) => !isEmpty(back));
    if (full.length < 2) return read.map((one) => ({ ...one, how: "plain" }));
    const joined = this.#inline(
      full.flatMap(({ segment }, index): readonly ReadPiece[] =>
        index === 0 ? segment.pieces : [{ t: "text", text: " " }, ...segment.pieces],
      ),
    );
    return read.map(({ segment }) => ({ segment, back: segment === full[0]!.segment ? joined : [], how: "merged" }));
  }

  #inline(pieces: readonly ReadPiece[]): readonly Inline[] {
    const standing = (all: readonly ReadPiece[]): readonly ReadPiece[] => this.#authority.standing(all);
    return inlineFrom(standing(pieces), standing, this.#newId);
  }

  #paragraph(id: ParagraphId): SentParagraph {
    return this.#byId.get(id)!;
  }

  /** Paragraphs whose mark was lost, found again by their words (EDI). */
  #recognised(free: readonly Line[], marked: readonly Found[]): readonly Found[] {
    const present = new Set(marked.map(({ sent }) => sent.id));
    const missing = this.#sent.paragraphs.filter(({ id, stands }) => stands && !present.has(id));
    if (missing.length === 0) return [];
    const blocks = missing.map(({ id, kind, level, part, wordings }): Block => {
      return { id, kind, level, part, content: asPrinted(wordings.at(-1)!.content, this.#sent) };
    });
    const read = free.map((line) => ({ line, back: this.#unnumbered(line) }));
    const edition = read.map(({ line, back }, index): Block => {
      const kind = line.paragraphs[0]!.heading === null ? "paragraph" : "heading";
      return { id: `line ${index}` as ParagraphId, kind, level: 0, part: "consensus", content: back };
    });
    return recognise(blocks, edition).flatMap(({ id }, index): readonly Found[] => {
      const sent = missing.find((one) => one.id === id);
      const { line, back } = read[index]!;
      if (!sent) return [];
      const base = sent.wordings.at(-1)!;
      return [{ line, sent, base, asked: askedFor(base.content, back, this.#sent), how: "plain" }];
    });
  }

  /** A heading that both parts show keeps its mark in one of them alone in some programs. */
  #isHeadingAgain(line: Line): boolean {
    if (line.paragraphs[0]!.heading === null) return false;
    const words = canonicalText(this.#unnumbered(line));
    return this.#lines.some(({ segments }) =>
      segments.some(
        ({ id, pieces }) => this.#paragraph(id).kind === "heading" && canonicalText(this.#inline(pieces)) === words,
      ),
    );
  }

  /** The words of a line without a number typed before them: numbers are derived. */
  #unnumbered({ pieces }: Line): readonly Inline[] {
    const words = this.#inline(pieces);
    const [first] = words;
    if (first?.t !== "text") return words;
    const text = first.text.replace(/^(?:\d+(?: bis| ter)?\.|\([a-z]{1,3}\))\s+/, "");
    return text === "" ? words.slice(1) : [{ ...first, text }, ...words.slice(1)];
  }

  /** A heading stands in both parts, and a paragraph may have been copied: what says something else counts. */
  #eachOnce(all: readonly Found[]): readonly Found[] {
    const byId = new Map<ParagraphId, Found[]>();
    for (const one of all) byId.set(one.sent.id, [...(byId.get(one.sent.id) ?? []), one]);
    return [...byId.values()].map((those) => {
      const changed = those.filter((one) => isChanged(one) && !isEmpty(one.asked));
      const chosen = changed[0] ?? those.find((one) => !isChanged(one)) ?? those[0]!;
      for (const one of those) {
        const isOther =
          isChanged(one) && !isEmpty(one.asked) && wordingOf(one.asked).hash !== wordingOf(chosen.asked).hash;
        if (isOther) this.#leave(one.line, "twice", one.sent.id, one.line.pieces);
        else if (one !== chosen) this.#settle(one.line, "unchanged");
      }
      return chosen;
    });
  }

  /** @returns lines of new words that are a paragraph of ours at another place */
  #compare(found: readonly Found[], fresh: ReadonlySet<Line>): ReadonlyMap<ParagraphId, Line> {
    const placed = new Map<ParagraphId, Line>();
    const taken = new Set<Line>();
    for (const one of found) {
      const { line, sent, asked, how } = one;
      if (!isChanged(one)) {
        this.#settle(line, "unchanged");
        continue;
      }
      if (!sent.stands) {
        this.#leave(line, "gone", sent.id, line.pieces);
        continue;
      }
      if (!isEmpty(asked)) {
        const next = this.#lines[line.index + 1];
        const isSplit = next !== undefined && fresh.has(next) && this.#isCutFrom(one, next);
        this.#propose(line, one, { change: "replace", content: asked, how: isSplit ? "split" : how });
        continue;
      }
      const again = [...fresh].find((other) => !taken.has(other) && this.#says(other, one));
      if (again) {
        taken.add(again);
        placed.set(sent.id, again);
      } else this.#propose(line, one, { change: "delete", content: null, how });
    }
    return placed;
  }

  #says = (line: Line, { base }: Found): boolean =>
    canonicalText(this.#unnumbered(line)) === canonicalText(asPrinted(base.content, this.#sent));

  /** The paragraph was cut in two, and this line is the second half: its mark goes on there, or its last words are there. */
  #isCutFrom(one: Found, line: Line): boolean {
    if (line.index !== one.line.index + 1 || !isChanged(one)) return false;
    const words = canonicalText(this.#unnumbered(line));
    return line.goesOn || (words !== "" && canonicalText(one.base.content).endsWith(words));
  }

  /** Paragraphs under the title of the other part ask to be moved there; another order within a part is the chair's alone, and is said. */
  #order(all: readonly Found[], placed: ReadonlyMap<ParagraphId, Line>): void {
    const rank = new Map(this.#sent.paragraphs.map(({ id }, index) => [id, index]));
    const standing = all.filter(({ sent, asked }) => sent.stands && !isEmpty(asked));
    for (const one of standing) {
      const { line, sent } = one;
      if (line.part !== null && line.part !== sent.part && sent.kind === "paragraph")
        this.#propose(line, one, { change: "move", content: null, to: line.part });
    }
    for (const part of new Set(standing.map(({ line }) => line.part))) {
      const here = standing.filter(
        ({ line, sent }) => line.part === part && (sent.kind === "heading" || part === null || sent.part === part),
      );
      const ranks = here.map(({ sent }) => rank.get(sent.id)!);
      const kept = longestRising(ranks);
      for (const [index, { line, sent }] of here.entries())
        if (!kept.has(index)) this.#leave(line, "order", sent.id, line.pieces);
    }
    for (const [id, line] of placed) {
      const sent = this.#paragraph(id);
      if (line.part !== null && line.part !== sent.part && sent.kind === "paragraph") {
        const base = sent.wordings.at(-1)!;
        this.#propose(line, { sent, base }, { change: "move", content: null, to: line.part });
      } else this.#leave(line, "order", id, line.pieces);
    }
  }

  #insertions(fresh: ReadonlySet<Line>, all: readonly Found[], placed: ReadonlyMap<ParagraphId, Line>): void {
    const taken = new Set(placed.values());
    const hasParts = this.#lines.some(({ part }) => part !== null);
    let after: Found | null = null;
    const byLine = new Map<Line, Found>();
    for (const one of all) if (one.sent.stands) byLine.set(one.line, one);
    let part: Part | null = null;
    for (const [index, line] of this.#lines.entries()) {
      if (line.part !== part) after = null;
      part = line.part;
      after = byLine.get(line) ?? after;
      if (!fresh.has(line) || taken.has(line)) continue;
      const words = this.#unnumbered(line);
      if (hasParts && part === null) {
        this.#outcomes.set(line, "around");
        if (line.marks.length > 0) this.#leave(line, "outside", null, line.pieces);
      } else if (!after) this.#leave(line, "no-place", null, line.pieces);
      else {
        const before = byLine.get(this.#lines[index - 1]!);
        const isSplit = before !== undefined && this.#isCutFrom(before, line);
        this.#propose(line, after, { change: "insert-after", content: words, how: isSplit ? "split" : "plain" });
      }
    }
  }

  /** What is merely not there may be an accident, or not yet have been there; of a part of which nothing is there nothing is said. */
  #missing(found: readonly Found[], placed: ReadonlyMap<ParagraphId, Line>): void {
    const present = new Set(found.map(({ sent }) => sent.id));
    const partsHere = new Set([...found.map(({ sent }) => sent.part), ...this.#lines.map(({ part }) => part)]);
    const seq = this.#document.origin?.seq ?? Infinity;
    for (const sent of this.#sent.paragraphs) {
      const { id, stands, part, since, wordings } = sent;
      if (!stands || present.has(id) || placed.has(id) || !partsHere.has(part) || since > seq) continue;
      this.#propose(null, { sent, base: wordings.at(-1)! }, { change: "delete", content: null, isSure: false });
    }
  }

  /** A new paragraph comes after what becomes of the one before it; several keep the order of the file. */
  #inReadingOrder(): readonly ReturnedProposal[] {
    const rank = new Map(this.#sent.paragraphs.map(({ id }, index) => [id, index]));
    const place = ({ paragraph, change }: ReturnedProposal): number =>
      2 * rank.get(paragraph)! + Number(change === "insert-after");
    return this.#proposals.toSorted((a, b) => place(a) - place(b));
  }

  #comments(found: readonly Found[]): readonly ReturnedComment[] {
    const { comments } = this.#document;
    const byId = new Map(comments.map((comment) => [comment.id, comment]));
    let near: Found | null = null;
    const byLine = new Map(found.map((one) => [one.line, one]));
    const at = new Map<string, { found: Found | null; quote: string }>();
    for (const line of this.#lines) {
      near = byLine.get(line) ?? near;
      for (const id of line.paragraphs.flatMap((paragraph) => paragraph.comments)) {
        if (at.has(id)) continue;
        const on = line.segments.find(({ pieces }) => pieces.some((piece) => piece.comments?.includes(id)));
        const one = found.find(({ sent, line: own }) => own === line && sent.id === on?.id) ?? near;
        const words = line.pieces.filter((piece) => piece.comments?.includes(id) && !this.#isInserted(piece));
        at.set(id, { found: one, quote: wordsIn(words).replace(/\s+/g, " ").trim() });
      }
    }
    return comments.flatMap((comment): readonly ReturnedComment[] => {
      if (this.#authority.of(comment) !== "theirs") return [];
      const { found: one = null, quote = "" } = at.get(comment.id) ?? {};
      const answered = comment.to === null ? undefined : byId.get(comment.to);
      return [
        {
          by: comment.by,
          at: comment.at,
          text: comment.text,
          paragraph: one?.sent.id ?? null,
          wording: one?.base.hash ?? null,
          span: one && spanOnce(canonicalText(one.base.content), quote),
          answers: answered?.by ?? null,
        },
      ];
    });
  }

  #isInserted({ inserted }: Tracked): boolean {
    return inserted !== undefined && this.#authority.of(inserted) !== "chair";
  }

  #propose(
    line: Line | null,
    { sent, base }: Pick<Found, "sent" | "base">,
    asks: Pick<ReturnedProposal, "change" | "content"> & Partial<ReturnedProposal>,
  ): void {
    if (asks.content && flatText(asks.content).length > longestParagraph) {
      if (line) this.#leave(line, "too-long", sent.id, line.pieces);
      return;
    }
    if (line) this.#settle(line, "proposed");
    this.#proposals.push({
      paragraph: sent.id,
      wording: base.hash,
      base: base.content,
      to: null,
      how: "plain",
      by: this.#authority.authors(line?.marks ?? []),
      isSure: true,
      ...asks,
    });
  }

  #leave(line: Line, why: UntabledWhy, paragraph: ParagraphId | null, pieces: readonly ReadPiece[]): void {
    this.#settle(line, "untabled");
    this.#untabled.push({ why, paragraph, text: canonicalText([{ t: "text", text: wordsIn(pieces) }]).slice(0, 500) });
  }

  /** A line that asks for something counts as that, and else as what has to be told of it. */
  #settle(line: Line, outcome: "proposed" | "untabled" | "unchanged"): void {
    const known = this.#outcomes.get(line);
    const isWeaker = known === "proposed" || (known === "untabled" && outcome === "unchanged");
    if (!isWeaker) this.#outcomes.set(line, outcome);
  }

  #accounted(): Accounted {
    const none = { unchanged: 0, proposed: 0, untabled: 0, anothers: 0, around: 0, empty: 0 };
    const [paragraphs, tracked] = [{ ...none }, { ...none }];
    for (const line of this.#lines) {
      const outcome = this.#outcomes.get(line) ?? "unchanged";
      paragraphs[outcome] += line.paragraphs.length;
      tracked[outcome] += line.marks.length;
    }
    const { comments } = this.#document;
    const returned = comments.filter((comment) => this.#authority.of(comment) === "theirs").length;
    return { paragraphs, tracked, comments: { returned, ours: comments.length - returned } };
  }
}

/** Printed by us as a paragraph of its own, though its end or some of its words may have been changed. */
const isPrintedProposal = ({ paragraphs }: Line): boolean =>
  paragraphs.some(({ anchors }) => anchors.some(({ of }) => of.kind === "proposal"));

function spanOnce(text: string, quote: string): Span | null {
  const from = quote === "" || quote === text ? -1 : text.indexOf(quote);
  return from < 0 || text.includes(quote, from + 1) ? null : { from, to: from + quote.length, quote };
}

/** The places of a longest sequence that rises: what stands beside it was moved. Equal ones follow each other. */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, value] of values.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]!]! <= value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = index;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) kept.add(at);
  return kept;
}
