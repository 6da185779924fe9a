/**
 * How far what delegations put in can be found in what comes out (SPEC: REF): for each proposal and position its visible places. What
 * has none yet is listed as such, so that the chair can give it one. Derived each time from record and text.
 */
import type { AnnexEntry } from "./annex.ts";
import { authorOf } from "./groups.ts";
import type { Level, Position } from "./positions.ts";
import type { Proposal } from "./proposals.ts";
import { hunksOf } from "./rebase.ts";
import type { Record } from "./record.ts";
import { isOrphan } from "./status.ts";
import type { Text } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import type { DelegationCode, ParagraphId, Part, PositionId, ProposalId } from "./values.ts";
import { contains, wordsOf } from "./words.ts";
import { wordingOf } from "./wording.ts";

/**
 * In a part: its words stand there, or it is shown beside the paragraph it is on. `annex`: reported there. `record`: its author ended
 * it, or it asked for no words that could be seen, and its fate is there.
 */
export type Where = Part | "annex" | "record";
export const wheres = ["consensus", "chair-summary", "annex", "record"] as const satisfies readonly Where[];

export type Input = (
  | { readonly kind: "proposal"; readonly id: ProposalId }
  | { readonly kind: "position"; readonly id: PositionId; readonly level: Level }
) & {
  readonly paragraph: ParagraphId;
  readonly seq: number;
  /** None: it has no visible place yet. */
  readonly places: readonly Where[];
  /** Of a proposal or of words asked for: how many words, and how many of them stand in the text. */
  readonly asked: number;
  readonly standing: number;
};

export interface Reflection {
  readonly delegation: DelegationCode;
  /** In the order in which they were stated. */
  readonly inputs: readonly Input[];
}

/** One for each delegation that put something in. @param annex as composed for the same viewer */
export function reflections(record: Record, text: Text, annex: readonly AnnexEntry[]): readonly Reflection[] {
  const by = new Map<DelegationCode, Input[]>();
  const add = (code: DelegationCode | null, input: Input): void => {
    if (code !== null) by.set(code, [...(by.get(code) ?? []), input]);
  };
  const reading = readingOf(record, text, annex);
  for (const group of record.proposals.values())
    for (const proposal of group) add(proposal.by, seenProposal(proposal, reading));
  for (const position of record.positions.values()) add(authorOf(record, position), seenPosition(position, reading));
  return [...by].map(([delegation, inputs]) => ({ delegation, inputs: inputs.toSorted((a, b) => a.seq - b.seq) }));
}

interface Reading {
  readonly text: Text;
  readonly annexed: ReadonlySet<ProposalId>;
  /** Their authors put others in their place. */
  readonly amended: ReadonlySet<ProposalId>;
  /** The parts in which these words stand in one paragraph. */
  readonly partsWith: (words: readonly string[]) => readonly Part[];
}

function readingOf(record: Record, text: Text, annex: readonly AnnexEntry[]): Reading {
  const spoken = text.map((block) => ({ part: block.part, words: wordsOf(wordingOf(block.content).text) }));
  return {
    text,
    annexed: new Set(annex.flatMap(({ proposals }) => proposals.map(({ id }) => id))),
    amended: new Set([...record.proposals.values()].flat().flatMap(({ supersedes }) => supersedes ?? [])),
    partsWith: (sought) => [...new Set(spoken.filter(({ words }) => contains(words, sought)).map(({ part }) => part))],
  };
}

/** A proposal without a fate waits for one: that it is shown while it waits is no place yet. Nor is a fate whose words went again. */
function seenProposal(proposal: Proposal, { text, annexed, amended, partsWith }: Reading): Input {
  const { id, paragraph, seq, fate, change, base, content, to } = proposal;
  const pieces =
    content === null
      ? []
      : hunksOf(change === "replace" ? base : [], content)
          .map((hunk) => wordsOf(flatText(hunk.content)))
          .filter((words) => words.length > 0);
  const found = pieces.map((words) => ({ words, parts: partsWith(words) }));
  const places = new Set<Where>();
  if (fate) {
    for (const { parts } of found) for (const part of parts) places.add(part);
    const here = blocksById(text);
    const block = here.get(paragraph);
    if (change === "move" && block && block.part === to) places.add(block.part);
    const made = fate.block && here.get(fate.block);
    if (made) places.add(made.part);
    if (annexed.has(id)) places.add("annex");
    const isWordless = change === "delete" || change === "move" || (content !== null && pieces.length === 0);
    if (fate.fate === "withdrawn" || amended.has(id) || (isWordless && places.size === 0)) places.add("record");
  }
  const count = (some: typeof found): number => some.reduce((sum, { words }) => sum + words.length, 0);
  return {
    kind: "proposal",
    id,
    paragraph,
    seq,
    places: wheres.filter((where) => places.has(where)),
    asked: count(found),
    standing: fate ? count(found.filter(({ parts }) => parts.length > 0)) : 0,
  };
}

/** A position is shown beside the words it is on; one whose words are nowhere waits for its author's answer and has no place. */
function seenPosition(position: Position, { text, partsWith }: Reading): Input {
  const here = blocksById(text);
  const places = new Set<Where>();
  const asked = position.remedy?.text && position.remedy.kind !== "other" ? wordsOf(position.remedy.text) : [];
  const parts = asked.length > 0 ? partsWith(asked) : [];
  for (const part of parts) places.add(part);
  if (position.standing !== "standing") places.add("record");
  else if (!isOrphan(position)) {
    const on = position.on.flatMap((id) => here.get(id) ?? []);
    for (const { part } of on) places.add(part);
    // Only an objection is asked after when its words go: the rest ends with them, and the record keeps it.
    if (on.length === 0) places.add("record");
  }
  return {
    kind: "position",
    id: position.id,
    level: position.level,
    paragraph: position.on[0] ?? position.paragraph,
    seq: position.seq,
    places: wheres.filter((where) => places.has(where)),
    asked: asked.length,
    standing: parts.length > 0 ? asked.length : 0,
  };
}

/** The length of each part of a text. */
export interface Lengths {
  readonly words: { readonly [P in Part]: number };
  readonly paragraphs: { readonly [P in Part]: number };
}

export function lengthsOf(text: Text): Lengths {
  const count = (of: (block: Text[number]) => number): { readonly [P in Part]: number } => {
    const within = (part: Part): number =>
      text.reduce((sum, block) => (block.part === part && block.kind === "paragraph" ? sum + of(block) : sum), 0);
    return { consensus: within("consensus"), "chair-summary": within("chair-summary") };
  };
  return {
    words: count(({ content }) => wordingOf(content).text.match(/\S+/g)?.length ?? 0),
    paragraphs: count(() => 1),
  };
}
