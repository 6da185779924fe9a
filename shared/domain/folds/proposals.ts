/** What entries about proposals do to the record (SPEC: PRO). */
import { delegationBehind } from "../disclosure.ts";
import type { CoSponsor, Disposal, Proposal, ProposalWhat } from "../proposals.ts";
import type { Fact, Record } from "../record.ts";
import type { Inline } from "../text.ts";
import { blocksById } from "../text.ts";
import type { DelegationCode, ParagraphId, ProposalId, WordingHash } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Folding } from "./folding.ts";
import { names } from "./positions.ts";
import { explain } from "./versions.ts";

export function foldProposal(next: Folding, fact: Fact, what: ProposalWhat): void {
  if (what.kind === "proposal-tabled") {
    table(next, fact, what);
    return;
  }
  const { paragraph, proposal: id } = what;
  const { cosponsors, heard } = known(next, paragraph, id);
  switch (what.kind) {
    case "proposal-confirmed":
      amend(next, paragraph, id, { confirmed: true });
      return;
    case "proposal-cosponsored": {
      const sponsor = { holder: what.holder, by: fact.who && delegationBehind({ who: fact.who }) };
      if (what.heard) amend(next, paragraph, id, { heard: [...heard, sponsor] });
      else amend(next, paragraph, id, { cosponsors: [...cosponsors, sponsor], heard: without(heard, what.holder) });
      if (sponsor.by) names(next, paragraph, { [sponsor.by]: sponsor.holder });
      return;
    }
    case "proposal-cosponsor-left":
      amend(next, paragraph, id, {
        cosponsors: without(cosponsors, what.holder),
        heard: without(heard, what.holder),
      });
      return;
    case "proposal-withdrawn":
      amend(next, paragraph, id, { fate: disposal(fact, { fate: "withdrawn" }) });
      return;
    case "proposal-disposed": {
      const { fate, before = null, after = null, block = null, into = null } = what;
      amend(next, paragraph, id, { fate: disposal(fact, { fate, before, after, block, into }) });
      account(next, fact, what);
      return;
    }
  }
}

/** VER: the words it made are no silent change, unless they hold words that were typed without an act before. */
function account(next: Folding, fact: Fact, what: Extract<ProposalWhat, { kind: "proposal-disposed" }>): void {
  const { before, after, block, paragraph } = what;
  const { text, acts } = next.state.explained;
  const stands = text.find(({ id }) => id === paragraph);
  const { change, to } = known(next, paragraph, what.proposal);
  // A move is an entry of its own that does not say who asked for it: here it is said.
  const moves = change === "move" && what.fate === "taken-up" && stands?.part !== to;
  if (!before && !after && !moves) return;
  const follows =
    !before ||
    (stands && wordingOf(stands.content).hash === before) ||
    acts.some((act) => act.paragraph === paragraph && act.wording === before);
  explain(next, {
    act: {
      paragraph: block ?? paragraph,
      seq: fact.seq,
      how: "proposal",
      proposal: what.proposal,
      ...(fact.why?.reason && { reason: fact.why.reason }),
      ...(follows && !moves && { wording: after ?? null }),
    },
  });
}

const disposal = (fact: Fact, what: Partial<Disposal> & Pick<Disposal, "fate">): Disposal => ({
  seq: fact.seq,
  at: fact.at,
  reason: fact.why?.reason ?? null,
  used: fact.why?.used ?? [],
  into: null,
  before: null,
  after: null,
  block: null,
  ...what,
});

function table(next: Folding, fact: Fact, what: Extract<ProposalWhat, { kind: "proposal-tabled" }>): void {
  const { kind: _, supersedes = null, to = null, ...stated } = what;
  const proposal: Proposal = {
    ...stated,
    to,
    supersedes,
    base: wordsAs(next.state, what.paragraph, what.wording),
    content: fact.why?.content ?? null,
    reason: fact.why?.reason ?? null,
    invited: fact.why?.invited ?? [],
    by: fact.who && delegationBehind({ who: fact.who }),
    group: fact.who?.onBehalfOfGroup ?? null,
    members: Object.keys(fact.who?.groupMembers ?? {}) as DelegationCode[],
    at: fact.at,
    seq: fact.seq,
    cosponsors: [],
    heard: [],
    fate: null,
  };
  const { paragraph } = what;
  if (supersedes) {
    amend(next, paragraph, supersedes, {
      fate: disposal(fact, { fate: "superseded", into: what.id, reason: null }),
    });
  }
  next.map("proposals").set(paragraph, [...(next.state.proposals.get(paragraph) ?? []), proposal]);
  const { by, holder } = proposal;
  if (by) names(next, paragraph, { ...fact.who?.groupMembers, [by]: holder });
}

/** The words of a paragraph as they were circulated. */
export function wordsAs(record: Record, paragraph: ParagraphId, wording: WordingHash): readonly Inline[] {
  const block = blocksById(record.text).get(paragraph) ?? record.removed.get(paragraph);
  if (block && wordingOf(block.content).hash === wording) return block.content;
  return record.words.get(wording) ?? [];
}

const without = (sponsors: readonly CoSponsor[], one: string): readonly CoSponsor[] =>
  sponsors.filter(({ holder }) => holder !== one);

function amend(next: Folding, paragraph: ParagraphId, id: ProposalId, change: Partial<Proposal>): void {
  const before = known(next, paragraph, id);
  const after = { ...before, ...change };
  const group = next.state.proposals.get(paragraph) ?? [];
  next.map("proposals").set(
    paragraph,
    group.map((proposal) => (proposal === before ? after : proposal)),
  );
}

function known(next: Folding, paragraph: ParagraphId, id: ProposalId): Proposal {
  const proposal = next.state.proposals.get(paragraph)?.find((candidate) => candidate.id === id);
  // What happens to a proposal is told to nobody who may not know of it, so it is always known here.
  if (!proposal) throw new Error(`evolve: an act on proposal ${id}, which was never tabled`);
  return proposal;
}
