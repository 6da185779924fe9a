/**
 * How many brackets stand in each section, text after text (SPEC: BRA). One gauge among others: a text can be emptied to get rid of them,
 * so the number of paragraphs that hold them stands beside it.
 */
import type { Related } from "./alternatives.ts";
import { alternativesIn, noAlternatives } from "./alternatives.ts";
import { bracketsOf, hasOpenBrackets, withNotes } from "./brackets.ts";
import type { Record } from "./record.ts";
import type { Block, Text } from "./text.ts";
import { partThatCounts } from "./text.ts";
import type { ParagraphId } from "./values.ts";
import type { Version } from "./versions.ts";

export interface Tally {
  readonly brackets: number;
  /** Paragraphs and headings that open one. */
  readonly blocks: number;
  /** Groups of whole paragraphs of which one is to be chosen. */
  readonly alternatives: number;
}

export interface SectionRow {
  /** As it was last; null for what stands before the first heading. */
  readonly heading: Block | null;
  /** In each text; null where the section did not exist. */
  readonly tallies: readonly (Tally | null)[];
}

export interface BurnDown {
  /** Sections that held a bracket in any of the texts, in the order of the last text that has them. */
  readonly sections: readonly SectionRow[];
  readonly totals: readonly Tally[];
}

const nothing: Tally = { brackets: 0, blocks: 0, alternatives: 0 };
const oneGroup: Tally = { ...nothing, alternatives: 1 };
const sum = (a: Tally, b: Tally): Tally => ({
  brackets: a.brackets + b.brackets,
  blocks: a.blocks + b.blocks,
  alternatives: a.alternatives + b.alternatives,
});

/**
 * Where the text began, and the last versions of it: the texts that today's is held against. It begins with the first circulation,
 * named or not (BRA14).
 * @param most how many versions after the first text
 */
export function milestones(
  { begun, circulations, versions }: Pick<Record, "begun" | "circulations" | "versions">,
  most: number,
): readonly { readonly version: Version | null; readonly text: Text }[] {
  const named = versions.map((version) => ({ version, text: version.text }));
  if (named[0]?.version.seq === circulations[0]?.seq) return [...named.slice(0, 1), ...named.slice(1).slice(-most)];
  const first = begun && circulations.length > 1 ? [{ version: null, text: begun }] : [];
  return [...first, ...named.slice(-most)];
}

/**
 * Of the consensus text: in the chair's summary, which nobody negotiates, brackets settle nothing (BRA14).
 * @param texts from the earliest to today's
 * @param alternatives as they are related today
 */
export function burnDown(texts: readonly Text[], alternatives: Related = noAlternatives): BurnDown {
  const each = texts.map((text) => bySection(text, alternatives));
  const headings = new Map<ParagraphId | null, Block | null>();
  for (const sections of each.toReversed())
    for (const [id, { heading }] of sections) if (!headings.has(id)) headings.set(id, heading);
  const rows = [...headings].map(([id, heading]) => ({
    heading,
    tallies: each.map((sections) => sections.get(id)?.tally ?? null),
  }));
  return {
    sections: rows.filter(({ tallies }) => tallies.some((tally) => tally && tally.brackets + tally.alternatives > 0)),
    totals: each.map((sections) => [...sections.values()].map(({ tally }) => tally).reduce(sum, nothing)),
  };
}

/** Each block counts for the heading above it, a heading for itself. */
function bySection(
  text: Text,
  alternatives: Related,
): Map<ParagraphId | null, { readonly heading: Block | null; readonly tally: Tally }> {
  const sections = new Map<ParagraphId | null, { readonly heading: Block | null; readonly tally: Tally }>();
  const counted = text.filter((block) => partThatCounts(block) === "consensus");
  const firsts = new Set(alternativesIn(counted, alternatives).map(([first]) => first));
  let heading: Block | null = null;
  for (const block of counted) {
    if (block.kind === "heading") heading = block;
    const id = heading?.id ?? null;
    sections.set(id, {
      heading,
      tally: sum(sum(sections.get(id)?.tally ?? nothing, tallyOf(block)), firsts.has(block) ? oneGroup : nothing),
    });
  }
  return sections;
}

function tallyOf(block: Block): Tally {
  let tally = tallies.get(block);
  if (!tally) {
    const text = withNotes(block.content);
    tally = hasOpenBrackets(text) ? { brackets: bracketsOf(text).opens, blocks: 1, alternatives: 0 } : nothing;
    tallies.set(block, tally);
  }
  return tally;
}

const tallies = new WeakMap<Block, Tally>();
