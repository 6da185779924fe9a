/** What delegations propose, and what becomes of it (SPEC: PRO). */
import { wordsUsed } from "../alignment.ts";
import type { Numbered } from "../comparison.ts";
import { disclosureFor, isAmong } from "../disclosure.ts";
import type { Spoken } from "../groups.ts";
import { authorOf, inNameOf, isBehind, speakingFor } from "../groups.ts";
import type { What } from "../entries.ts";
import { wordsAs } from "../folds/proposals.ts";
import type {
  AmendProposal,
  DisposeProposal,
  FateOfTheChair,
  Proposal,
  ProposalWhy,
  TableProposal,
} from "../proposals.ts";
import { longestParagraph, proposalOf, proposalsOn } from "../proposals.ts";
import { placeHunks, withHunks } from "../rebase.ts";
import type { PlacedHunk } from "../rebase.ts";
import { pseudonymOn } from "../pseudonyms.ts";
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import { circulatedBlock } from "../rights.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import { whyLocked } from "../status.ts";
import type { Block, Inline, Text, TextEdit } from "../text.ts";
import { blocksById, flatText, joinContent, sliceContent } from "../text.ts";
import { numberedToday } from "../held-numbers.ts";
import { retyped } from "../typed-words.ts";
import type { DelegationCode, GroupId, ParagraphId, ProposalId, Result } from "../values.ts";
import { accept } from "../values.ts";
import { hiddenCharacters, wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Negotiation } from "./acting.ts";

export function table(
  { record, text }: Negotiation,
  command: TableProposal,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const { paragraph, change = "replace", to } = command;
  const author = proposerOf(record, command, actor);
  if (!author.ok) return author;
  const had = record.wordings.get(paragraph);
  if (!had)
    return refuse({ code: blocksById(text).has(paragraph) ? "not-circulated" : "paragraph-unknown", paragraph });
  const block = circulatedBlock(record, paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  if (change === "move") {
    if (block.kind === "heading") return refuse({ code: "not-a-paragraph", paragraph });
    if (!to || to === block.part) return refuse({ code: "already-there", paragraph });
  }
  const { code, spoken } = author.value;
  const why = whyOf(record, command, change, [code, ...(spoken?.states ?? [])]);
  if (!why.ok) return why;
  const id = mint() as ProposalId;
  const holder = pseudonymOn(record, paragraph, code) ?? mint();
  const what: What = {
    kind: "proposal-tabled",
    id,
    change,
    paragraph,
    wording: command.wording,
    ...(change === "move" && to && { to }),
    holder,
    confirmed: !isTeam(actor.seat),
    // A proposal without a fate blocks the adoption, and what blocks is hidden from no delegation (DIS3).
    disclosure: disclosureFor(record.settings.disclosure, "objection", command.disclosure),
  };
  const capacity = {
    ...(isTeam(actor.seat) && { onBehalfOf: code }),
    ...(spoken && inNameOf(record, paragraph, spoken, { code, holder }, mint)),
  };
  return accept({ drafts: [act.draft(what, why.value, capacity)], id });
}

interface Proposer {
  readonly code: DelegationCode;
  /** The group it speaks for, if it does. */
  readonly spoken: Spoken | null;
}

/** PRO2, PRO13: only States propose, for themselves or through their group; what the team hears from the floor it records for one of them. */
function proposerOf(record: Record, command: TableProposal, actor: Actor): Result<Proposer, Refusal> {
  const floor = isTeam(actor.seat);
  const code = floor ? command.onBehalfOf : delegationOf(actor.seat);
  if (!code) return refuse({ code: "delegation-needed" });
  if (!floor && command.onBehalfOf && command.onBehalfOf !== code) return refuse({ code: "not-allowed" });
  const delegation = record.delegations.get(code);
  if (!delegation) return refuse({ code: "delegation-unknown" });
  const { onBehalfOfGroup, paragraph } = command;
  const speaking = onBehalfOfGroup === undefined ? null : speakingFor(record, onBehalfOfGroup, code, paragraph);
  if (speaking && !speaking.ok) return speaking;
  const spoken = speaking?.value ?? null;
  const ofState = spoken ? spoken.states.length > 0 : delegation.kind === "member-state";
  return ofState ? accept({ code, spoken }) : refuse({ code: "not-a-state" });
}

/** The words and the reason of a proposal, held against the wording it is made on. */
function whyOf(
  record: Record,
  command: Pick<TableProposal, "paragraph" | "wording" | "content" | "text" | "reason" | "invited">,
  change: Proposal["change"],
  own: readonly DelegationCode[],
): Result<ProposalWhy & { reason?: string }, Refusal> {
  const { paragraph, wording } = command;
  const reason = command.reason?.trim();
  const invited = [...new Set(command.invited)].filter((code) => !own.includes(code));
  if (invited.some((code) => !record.delegations.has(code))) return refuse({ code: "delegation-unknown" });
  const rest = { ...(reason && { reason }), ...(invited.length > 0 && { invited }) };
  // PRO1: any wording that the paragraph had in circulation.
  if (!record.wordings.get(paragraph)?.includes(wording)) return refuse({ code: "wording-unknown", paragraph });
  if (change === "delete" || change === "move") return accept(rest);
  const base = change === "replace" ? wordsAs(record, paragraph, wording) : [];
  const words = wordsAsked(command, base, numberedToday(record, record.text));
  if (!words.ok) return refuse({ ...words.refusal, paragraph });
  const { hash } = wordingOf(words.value);
  const today = circulatedBlock(record, paragraph);
  if (change === "replace" && (hash === wording || (today && hash === wordingOf(today.content).hash)))
    return refuse({ code: "same-words", paragraph });
  return accept({ ...rest, content: words.value });
}

/** PRO3: words, not too many, and none that cannot be seen. Plain words keep the looks and the notes of those they are made from. */
export function wordsAsked(
  { content, text }: Pick<TableProposal, "content" | "text">,
  base: readonly Inline[],
  on: Numbered,
): Result<readonly Inline[], Refusal> {
  const asked = content ? tidy(content) : text === undefined ? [] : retyped(base, text.replace(/\s+/g, " ").trim(), on);
  const flat = flatText(asked);
  if (flat.trim() === "") return refuse({ code: "words-needed" });
  if (flat.length > longestParagraph) return refuse({ code: "words-too-long" });
  const notes = asked.map((inline) => (inline.t === "footnote" ? inline.text : "")).join("");
  if (hiddenCharacters(flat + notes).length > 0) return refuse({ code: "hidden-characters" });
  return accept(asked);
}

/** One line, without empty runs. */
const tidy = (content: readonly Inline[]): readonly Inline[] =>
  joinContent([
    content
      .map((inline) => (inline.t === "text" ? { ...inline, text: inline.text.replace(/\s/g, " ") } : inline))
      .filter((inline) => inline.t !== "text" || inline.text !== ""),
  ]);

/** PRO5: the author's other words are a proposal of their own in the place of the first. Co-sponsors sponsored other words: they are asked again. */
export function amend(record: Record, command: AmendProposal, act: Acting, mint: () => string): Answer {
  const earlier = proposalOf(record, command.proposal);
  if (!earlier?.by) return refuse({ code: "proposal-unknown", proposal: command.proposal });
  const { paragraph, change, to, holder, disclosure, group } = earlier;
  if (!circulatedBlock(record, paragraph)) return refuse({ code: "paragraph-unknown", paragraph });
  const invited = [...earlier.invited, ...earlier.cosponsors.flatMap((sponsor) => sponsor.by ?? [])].filter((code) =>
    record.delegations.has(code),
  );
  // Whoever speaks for the group now; the rights have been asked.
  const code = authorOf(record, earlier) ?? earlier.by;
  const speaking = group === null ? null : speakingFor(record, group, code, paragraph);
  if (speaking && !speaking.ok) return speaking;
  const spoken = speaking?.value ?? null;
  const own = [code, ...(spoken?.states ?? [])];
  const why = whyOf(record, { reason: earlier.reason ?? "", ...command, paragraph, invited }, change, own);
  if (!why.ok) return why;
  const id = mint() as ProposalId;
  const what: What = {
    kind: "proposal-tabled",
    id,
    change,
    paragraph,
    wording: command.wording,
    ...(to && { to }),
    holder,
    confirmed: true,
    disclosure,
    supersedes: earlier.id,
  };
  const capacity = spoken ? inNameOf(record, paragraph, spoken, { code, holder }, mint) : {};
  return accept({ drafts: [act.draft(what, why.value, capacity)], id });
}

/** PRO6: who may read it may join it and leave it again. PRO14: what the team hears of that counts once it does. */
export function cosponsor(
  record: Record,
  command: CommandOf<"cosponsor">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const proposal = proposalOf(record, command.proposal);
  if (!proposal) return refuse({ code: "proposal-unknown", proposal: command.proposal });
  const { id, paragraph, disclosure, invited, cosponsors } = proposal;
  const floor = isTeam(actor.seat);
  const { onBehalfOf, leave = false } = command;
  const code = floor ? onBehalfOf : delegationOf(actor.seat);
  if (!code) return refuse({ code: "delegation-needed", proposal: id });
  // Nobody but the delegation itself ends what it said, or what was heard of it.
  if (floor ? leave : onBehalfOf !== undefined && onBehalfOf !== code)
    return refuse({ code: "not-yours", proposal: id });
  const delegation = record.delegations.get(code);
  if (!delegation) return refuse({ code: "delegation-unknown", proposal: id });
  if (delegation.kind !== "member-state") return refuse({ code: "not-a-state" });
  if (proposal.by === code) return refuse({ code: "own-proposal", proposal: id });
  // PRO13: it stands behind it already, through its group; where it departed it may join for itself.
  if (!leave && isBehind(record, proposal.group, paragraph, code))
    return refuse({ code: "member-of-it", proposal: id });
  const mayRead = isAmong({ kind: "delegation", code }, disclosure.reason) || invited.includes(code);
  if (!mayRead) return refuse({ code: "not-allowed", proposal: id });
  const joined = cosponsors.find(({ by }) => by === code);
  const heard = proposal.heard.find(({ by }) => by === code);
  const about = { proposal: id, paragraph };
  if (leave) {
    const left = joined ?? heard;
    if (!left) return refuse({ code: "nothing-changes", proposal: id });
    return act.decided({ kind: "proposal-cosponsor-left", ...about, holder: left.holder });
  }
  if (joined || (floor && heard)) return refuse({ code: "nothing-changes", proposal: id });
  const holder = heard?.holder ?? pseudonymOn(record, paragraph, code) ?? mint();
  return floor
    ? act.decided({ kind: "proposal-cosponsored", ...about, holder, heard: true }, {}, { onBehalfOf: code })
    : act.decided({ kind: "proposal-cosponsored", ...about, holder });
}

export function confirmProposal(record: Record, { proposal: id }: CommandOf<"confirm-proposal">, act: Acting): Answer {
  const proposal = proposalOf(record, id);
  if (!proposal) return refuse({ code: "proposal-unknown", proposal: id });
  if (proposal.confirmed) return refuse({ code: "nothing-to-confirm", proposal: id });
  return act.decided(
    { kind: "proposal-confirmed", proposal: id, paragraph: proposal.paragraph },
    {},
    capacityOf(proposal),
  );
}

export function withdrawProposal(
  record: Record,
  { proposal: id }: CommandOf<"withdraw-proposal">,
  act: Acting,
): Answer {
  const proposal = proposalOf(record, id);
  if (!proposal) return refuse({ code: "proposal-unknown", proposal: id });
  return act.decided(
    { kind: "proposal-withdrawn", proposal: id, paragraph: proposal.paragraph },
    {},
    capacityOf(proposal),
  );
}

const capacityOf = ({ group }: Proposal): { onBehalfOfGroup?: GroupId } =>
  group === null ? {} : { onBehalfOfGroup: group };

/** What disposing of a proposal makes of the text. */
interface Making {
  /** Of the words it asked for, those that were taken, where not all were. */
  readonly used?: readonly string[];
  readonly edits: readonly TextEdit[];
  /** Of the paragraph before and after, where its words changed. */
  readonly words?: { readonly before: readonly Inline[] | null; readonly after: readonly Inline[] | null };
  readonly block?: ParagraphId;
  /** The paragraph goes to the other part. */
  readonly moves?: true;
}

/** PRO7: one fate each, given once, with the words it made in the same act. */
export function dispose(negotiation: Negotiation, command: DisposeProposal, act: Acting, mint: () => string): Answer {
  const { record, text } = negotiation;
  const { fate, into } = command;
  const proposal = proposalOf(record, command.proposal);
  if (!proposal) return refuse({ code: "proposal-unknown", proposal: command.proposal });
  const { id, paragraph } = proposal;
  const reason = command.reason?.trim() ?? "";
  if (fate === "not-taken-up" && reason === "") return refuse({ code: "reason-needed", proposal: id });
  if (fate === "merged" || (fate === "superseded" && into !== undefined)) {
    const other = into === undefined ? null : proposalOf(record, into);
    if (!other || other.id === id) return refuse({ code: "proposal-unknown", proposal: into ?? id });
  }
  const made = makingOf(record, text, proposal, command, mint);
  if (!made.ok) return refuse({ paragraph, proposal: id, ...made.refusal });
  const { edits, words, block, moves, used } = made.value;
  const why = { ...(reason !== "" && { reason }), ...(used && { used }) };
  const drafts = [
    act.draft(
      {
        kind: "proposal-disposed",
        proposal: id,
        paragraph,
        fate,
        ...(words?.before && { before: wordingOf(words.before).hash }),
        ...(words?.after && { after: wordingOf(words.after).hash }),
        ...(block && { block }),
        ...(into && { into }),
      },
      why,
    ),
  ];
  if (moves && proposal.to) {
    const because = reason || (proposal.reason ?? "");
    if (because === "") return refuse({ code: "reason-needed", paragraph, proposal: id });
    drafts.push(act.draft({ kind: "paragraph-moved", paragraph, to: proposal.to, reason: because }));
  }
  return accept({ drafts, edits, ...(block && { id: block }) });
}

const nothing: Making = { edits: [] };

function makingOf(
  record: Record,
  text: Text,
  proposal: Proposal,
  command: DisposeProposal,
  mint: () => string,
): Result<Making, Refusal> {
  switch (command.fate) {
    case "merged":
    case "superseded":
    case "not-taken-up":
      return accept(nothing);
    case "in-chair-summary":
      return asSummary(record, text, proposal, command, mint() as ParagraphId);
    case "taken-up":
    case "taken-up-in-part":
    case "bracketed": {
      const block = blocksById(text).get(proposal.paragraph);
      if (!block) return refuse({ code: "paragraph-unknown" });
      // PRO10: a new paragraph touches no agreed one, but nothing comes into a text that is frozen as a whole.
      const fresh = mint() as ParagraphId;
      const locked = whyLocked(record, proposal.change === "insert-after" ? fresh : block.id);
      if (locked) return refuse({ code: locked });
      return asText(record, text, block, proposal, command, command.fate, fresh);
    }
  }
}

/** A paragraph of its own at the end of the chair's summary: the words given, or those proposed. */
function asSummary(
  record: Record,
  text: Text,
  proposal: Proposal,
  command: DisposeProposal,
  fresh: ParagraphId,
): Result<Making, Refusal> {
  const locked = whyLocked(record, fresh);
  if (locked) return refuse({ code: locked });
  const given = command.content ?? command.text;
  const on = numberedToday(record, text);
  const proposed = proposal.content ?? [];
  const words = wordsAsked(given === undefined ? { content: proposed } : command, proposed, on);
  if (!words.ok) return words;
  const last = text.findLast(({ part, kind }) => part === "chair-summary" && kind === "paragraph") ?? text.at(-1);
  const block: Block = {
    id: fresh,
    kind: "paragraph",
    level: 0,
    part: "chair-summary",
    content: words.value,
  };
  const edit: TextEdit = { kind: "insert-block", after: last?.id ?? null, block };
  return accept({ edits: [edit], block: block.id, words: { before: null, after: words.value } });
}

function asText(
  record: Record,
  text: Text,
  block: Block,
  proposal: Proposal,
  command: DisposeProposal,
  fate: Extract<FateOfTheChair, "taken-up" | "taken-up-in-part" | "bracketed">,
  fresh: ParagraphId,
): Result<Making, Refusal> {
  const { change, content } = proposal;
  switch (change) {
    case "replace": {
      if (!content) return refuse({ code: "words-needed" });
      const after = wordsAfter(block, proposal, content, command, numberedToday(record, text));
      if (!after.ok) return after;
      if (wordingOf(after.value).hash === wordingOf(block.content).hash) return accept(nothing);
      const inPart = command.hunks && fate === "taken-up-in-part";
      return accept({
        ...replaced(block, after.value),
        ...(inPart && { used: wordsUsed(proposal.base, content, block.content, after.value) }),
      });
    }
    case "insert-after": {
      const given = command.content ?? command.text;
      const proposed = content ?? [];
      const on = numberedToday(record, text);
      const asked = wordsAsked(given === undefined ? { content: proposed } : command, proposed, on);
      if (!asked.ok) return asked;
      const inserted: Block = {
        id: fresh,
        kind: "paragraph",
        level: block.kind === "heading" ? 0 : block.level,
        part: block.part,
        content: fate === "bracketed" ? bracketed(asked.value) : asked.value,
      };
      return accept({
        edits: [{ kind: "insert-block", after: placeFor(record, text, proposal, block), block: inserted }],
        block: inserted.id,
        words: { before: null, after: inserted.content },
      });
    }
    case "delete":
      if (fate === "bracketed") return accept(replaced(block, bracketed(block.content)));
      if (fate === "taken-up-in-part") return refuse({ code: "fate-unfit" });
      return accept({
        edits: [{ kind: "remove-block", paragraph: block.id }],
        words: { before: block.content, after: null },
      });
    case "move":
      if (fate !== "taken-up") return refuse({ code: "fate-unfit" });
      if (!proposal.to || block.part === proposal.to) return accept(nothing);
      return accept({ edits: [{ kind: "set-part", paragraph: block.id, part: proposal.to }], moves: true });
  }
}

const replaced = (block: Block, after: readonly Inline[]): Making => ({
  edits: [{ kind: "replace-content", paragraph: block.id, content: after }],
  words: { before: block.content, after },
});

/** What a paragraph says after a proposal for other words is taken up, in part, or put into brackets. */
function wordsAfter(
  block: Block,
  proposal: Proposal,
  content: readonly Inline[],
  command: DisposeProposal,
  on: Numbered,
): Result<readonly Inline[], Refusal> {
  const today = block.content;
  const edited = command.content !== undefined || command.text !== undefined;
  if (edited) {
    if (command.fate !== "taken-up-in-part") return refuse({ code: "fate-unfit" });
    // PRO8: what was made from other words would undo what was typed since.
    if (command.wording !== wordingOf(today).hash) return refuse({ code: "wording-stale" });
    return wordsAsked(command, today, on);
  }
  const hunks = placeHunks(proposal.base, content, today);
  const chosen =
    command.fate === "taken-up-in-part" ? hunks.filter((_, index) => command.hunks?.includes(index)) : hunks;
  if (command.fate === "taken-up-in-part" && chosen.length === 0) return refuse({ code: "words-needed" });
  if (chosen.some(({ place }) => place.state === "conflict")) return refuse({ code: "proposal-conflicts" });
  return accept(
    command.fate === "bracketed"
      ? withHunks(
          today,
          chosen.map((hunk) => asAlternatives(hunk, today)),
        )
      : withHunks(today, chosen),
  );
}

/** `[as it stands][as proposed]`, side by side as alternatives are written. */
function asAlternatives(hunk: PlacedHunk, today: readonly Inline[]): PlacedHunk {
  if (hunk.place.state !== "clean") return hunk;
  const { from, to } = hunk.place;
  const stands = sliceContent(today, from, to);
  return {
    ...hunk,
    content: joinContent([stands, hunk.content].filter((words) => flatText(words) !== "").map(bracketed)),
  };
}

/** White space at the ends stays outside. */
function bracketed(content: readonly Inline[]): readonly Inline[] {
  const flat = flatText(content);
  const from = flat.length - flat.trimStart().length;
  const to = flat.trimEnd().length;
  if (from >= to) return content;
  return joinContent([
    sliceContent(content, 0, from),
    [{ t: "text", text: "[" }],
    sliceContent(content, from, to),
    [{ t: "text", text: "]" }],
    sliceContent(content, to, flat.length),
  ]);
}

/** PRO16: behind those after the same paragraph that were tabled before it and stand there already. */
function placeFor(record: Record, text: Text, { seq }: Proposal, block: Block): ParagraphId {
  const earlier = new Set(
    proposalsOn(record, block.id).flatMap(({ seq: tabled, fate }) => (tabled < seq && fate?.block ? [fate.block] : [])),
  );
  let last = lastUnder(text, block);
  for (;;) {
    const next = text[text.findIndex(({ id }) => id === last) + 1];
    if (!next || !earlier.has(next.id)) return last;
    last = lastUnder(text, next);
  }
}

/** The last paragraph under this one, so that a new one of its level does not take its points away. */
function lastUnder(text: Text, block: Block): ParagraphId {
  let last = block;
  if (block.kind === "heading") return block.id;
  for (const next of text.slice(text.indexOf(block) + 1)) {
    if (next.kind === "heading" || next.level <= block.level) break;
    last = next;
  }
  return last.id;
}
