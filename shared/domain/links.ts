/**
 * How what stands in the way hangs together (SPEC: CON4–CON6): which objection waits for which paragraph, what else falls when a
 * paragraph is settled, and the smallest set that has to be settled one by one.
 */
import type { Condition, ConditionState } from "./conditions.ts";
import { stateOf } from "./conditions.ts";
import type { Remedy } from "./positions.ts";
import { proposalOf } from "./proposals.ts";
import type { Record } from "./record.ts";
import type { Blocker, Named } from "./report.ts";
import type { Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId, PositionId } from "./values.ts";
import type { Obstacle, Wait } from "./way-out.ts";
import { smallestWay, Waiting } from "./way-out.ts";
import { canonicalText } from "./wording.ts";
import { contains, wordsOf } from "./words.ts";

/** A blocker, and what would lift it, as far as its viewer may know. */
export interface Ask {
  readonly blocker: Blocker;
  /** The paragraph at which it is settled: of alternatives the first. */
  readonly settledAt: ParagraphId;
  /** Words to change. */
  readonly words: number;
  /** It is about all of its paragraph, or may be. */
  readonly whole: boolean;
  readonly remedy: Remedy | null;
  /** The words it is about; null: the whole paragraph. */
  readonly quote: string | null;
  readonly conditions: readonly Condition[];
}

/** What an objection hangs on elsewhere, and how that stands. */
export interface Link {
  readonly position: PositionId;
  readonly by?: Named;
  readonly condition: Condition;
  readonly state: ConditionState;
}

export interface Linked {
  /** By the paragraph that an objection stands on. */
  readonly links: ReadonlyMap<ParagraphId, readonly Link[]>;
  /** Paragraphs that nothing would stand against any more once this one is settled, through however many links. */
  readonly frees: ReadonlyMap<ParagraphId, readonly ParagraphId[]>;
  /** Paragraphs where everything falls by itself once the smallest set is settled. */
  readonly falling: ReadonlySet<ParagraphId>;
  readonly smallest: Smallest;
}

/** What has to be settled one by one; everything else falls by itself. */
export interface Smallest {
  /** Null where the viewer may not know names. */
  readonly delegations: number | null;
  /** Objections, proposals, brackets and reopened paragraphs. */
  readonly things: number;
  readonly words: number;
  /** False: the search for the smallest ended early, and a smaller set may exist. */
  readonly exact: boolean;
  /** Paragraphs whose objections wait for each other: what a package is for. */
  readonly rings: readonly (readonly ParagraphId[])[];
}

interface Node {
  readonly ask: Ask;
  readonly on: ParagraphId[];
  readonly links: readonly Link[];
}

export function linkTogether(record: Record, text: Text, asks: readonly Ask[]): Linked {
  const nodes = nodesOf(record, text, asks);
  if (nodes.every(({ links }) => links.length === 0)) return unlinked(nodes);
  const at = new Map<ParagraphId, number[]>();
  for (const [index, { on }] of nodes.entries()) {
    for (const paragraph of on) {
      const here = at.get(paragraph);
      if (here) here.push(index);
      else at.set(paragraph, [index]);
    }
  }
  const waits = nodes.map((node, index) => waitsOf(record, text, nodes, at, node, index));
  const obstacles = nodes.map(({ ask }, index): Obstacle => ({
    party: partyTo(ask),
    words: ask.words + loseAlone(waits[index]!),
    waits: waits[index]!.waits,
  }));
  const waiting = new Waiting(obstacles);
  const { settled, exact, rings } = smallestWay(waiting);
  return {
    links: linksBy(nodes),
    frees: freesOf(waiting, nodes, at),
    falling: new Set([...at].filter(([, here]) => here.every((index) => !settled.has(index))).map(([one]) => one)),
    smallest: {
      ...sum(
        nodes,
        [...settled].map((index) => ({ ask: nodes[index]!.ask, words: obstacles[index]!.words })),
      ),
      exact,
      rings: rings.map((ring) => [...new Set(ring.flatMap((index) => nodes[index]!.on))]),
    },
  };
}

/** Nothing hangs on anything: all of it has to be settled. */
const unlinked = (nodes: readonly Node[]): Linked => ({
  links: new Map(),
  frees: new Map(),
  falling: new Set(),
  smallest: {
    ...sum(
      nodes,
      nodes.map(({ ask }) => ({ ask, words: ask.words })),
    ),
    exact: true,
    rings: [],
  },
});

const unnamed = "?";

/** A proposal is answered by the chair alone. */
const partyTo = ({ blocker: { by, position } }: Ask): string | null => (position ? (by?.code ?? unnamed) : null);

/** One position or proposal is one obstacle, on however many paragraphs it stands. */
function nodesOf(record: Record, text: Text, asks: readonly Ask[]): readonly Node[] {
  const nodes = new Map<string, Node>();
  for (const ask of asks) {
    const { paragraph, why, position, proposal, by } = ask.blocker;
    const key = position ?? proposal ?? `${ask.settledAt} ${why}`;
    const known = nodes.get(key);
    if (known) {
      known.on.push(paragraph);
      continue;
    }
    const links =
      position && ask.conditions.length > 0
        ? ask.conditions.map((condition): Link => {
            return { position, ...(by && { by }), condition, state: stateOf(condition, record, text) };
          })
        : none;
    nodes.set(key, { ask, on: [paragraph], links });
  }
  return [...nodes.values()];
}

const none: readonly Link[] = [];

interface Waits {
  readonly waits: readonly Wait[] | null;
  /** Words that it asks to go elsewhere, and that nobody else asks to go. */
  readonly alone: readonly string[];
}

const settledItself: Waits = { waits: null, alone: [] };

/** CON4: without a remedy an objection waits for what it hangs on; with one, or when that is broken, it has to be settled itself. */
function waitsOf(
  record: Record,
  text: Text,
  nodes: readonly Node[],
  at: ReadonlyMap<ParagraphId, readonly number[]>,
  { ask, links }: Node,
  self: number,
): Waits {
  if (links.length === 0 || ask.remedy || links.some(({ state }) => state === "broken")) return settledItself;
  const waits: Wait[] = [];
  const alone: string[] = [];
  for (const condition of openOf(links, record, text)) {
    const here = at.get(condition.paragraph) ?? nobody;
    if (condition.is === "loses") {
      const helpers = here.filter(
        (index) => index !== self && takesAway(record, text, nodes[index]!.ask, condition.words),
      );
      if (helpers.length === 0) alone.push(condition.words);
      else waits.push(helpers);
    } else waits.push(here.includes(self) ? here.filter((index) => index !== self) : here);
  }
  return { waits: alone.length > 0 ? null : waits, alone };
}

const nobody: readonly number[] = [];

const loseAlone = ({ alone }: Waits): number => alone.reduce((sum, words) => sum + wordsOf(words).length, 0);

/** What is not met yet of what an objection hangs on; of a package what is not met in it. */
const openOf = (links: readonly Link[], record: Record, text: Text) =>
  links.flatMap(({ condition, state }) => {
    if (state === "met") return [];
    if (condition.is !== "stands") return [condition];
    const terms = record.packages.get(condition.package)?.released;
    return (terms?.conditions ?? []).filter((one) => stateOf(one, record, text) !== "met");
  });

/** Whether what is asked for would take these words out of the paragraph it is about. */
function takesAway(record: Record, text: Text, { blocker, remedy, quote }: Ask, words: string): boolean {
  const sought = wordsOf(words);
  if (blocker.proposal) {
    const proposal = proposalOf(record, blocker.proposal);
    return proposal?.change === "replace" && proposal.content !== null
      ? !contains(wordsOf(canonicalText(proposal.content)), sought)
      : proposal?.change === "delete";
  }
  if (remedy?.kind !== "delete" && remedy?.kind !== "replace") return false;
  const block = blocksById(text).get(blocker.paragraph);
  const about = wordsOf(quote ?? (block ? canonicalText(block.content) : ""));
  return contains(about, sought) && !contains(wordsOf(remedy.kind === "replace" ? (remedy.text ?? "") : ""), sought);
}

function linksBy(nodes: readonly Node[]): ReadonlyMap<ParagraphId, readonly Link[]> {
  const by = new Map<ParagraphId, Link[]>();
  for (const { on, links } of nodes) {
    if (links.length === 0) continue;
    for (const paragraph of on) by.set(paragraph, [...(by.get(paragraph) ?? []), ...links]);
  }
  return by;
}

function freesOf(
  waiting: Waiting,
  nodes: readonly Node[],
  at: ReadonlyMap<ParagraphId, readonly number[]>,
): ReadonlyMap<ParagraphId, readonly ParagraphId[]> {
  const anyway = waiting.begin();
  const frees = new Map<ParagraphId, readonly ParagraphId[]>();
  for (const [paragraph, here] of at) {
    if (here.every((index) => waiting.behind[index]!.length === 0)) continue;
    const falling = anyway.fork();
    const touched = new Set(falling.settle(here).flatMap((index) => nodes[index]!.on));
    touched.delete(paragraph);
    const free = [...touched].filter((other) => at.get(other)!.every((index) => falling.has(index)));
    // In the order in which they are read.
    if (free.length > 0)
      frees.set(
        paragraph,
        free.toSorted((a, b) => at.get(a)![0]! - at.get(b)![0]!),
      );
  }
  return frees;
}

/** The same words asked for by several are changed once. */
function sum(
  nodes: readonly Node[],
  settled: readonly { readonly ask: Ask; readonly words: number }[],
): Pick<Smallest, "delegations" | "things" | "words"> {
  const parties = new Set<string>();
  const asked = new Set<string>();
  let total = 0;
  for (const { ask, words } of settled) {
    const party = partyTo(ask);
    if (party !== null) parties.add(party);
    if (ask.remedy) {
      const change = JSON.stringify([ask.blocker.paragraph, ask.remedy, ask.quote]);
      if (asked.has(change)) continue;
      asked.add(change);
    }
    total += words;
  }
  const areNamed = nodes.every(({ ask }) => partyTo(ask) !== unnamed);
  return { delegations: areNamed ? parties.size : null, things: settled.length, words: total };
}
