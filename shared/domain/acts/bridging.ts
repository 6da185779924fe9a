/** Bridging text at the merge desk: taken up at once, or put back to the proposers first (SPEC: MER). */
import { wordsUsed } from "../alignment.ts";
import type { BridgingText, PutBridging } from "../bridging.ts";
import { bridgingOf, bridgingOn, latestAmong, openAmong, sponsorsOf } from "../bridging.ts";
import type { MergeProposals, Proposal } from "../proposals.ts";
import { proposalOf } from "../proposals.ts";
import { placeHunks, withHunks } from "../rebase.ts";
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { whyLocked } from "../status.ts";
import type { Block, Inline } from "../text.ts";
import { blocksById } from "../text.ts";
import type { BridgingId, ParagraphId, Result } from "../values.ts";
import { accept } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { speakerOf } from "./acting.ts";
import { numberedToday } from "../held-numbers.ts";
import { wordsAsked } from "./proposals.ts";

/** A bridging text held against the paragraph and the proposals that it is made of. */
interface Composed {
  readonly block: Block;
  readonly content: readonly Inline[];
  readonly contributors: readonly { readonly proposal: Proposal; readonly used: readonly string[] }[];
}

/** MER2, MER3: made from the words that stand, of proposals without a fate, and something of each stands in it. */
function compose({ record, text }: Negotiation, command: PutBridging | MergeProposals): Result<Composed, Refusal> {
  const { paragraph } = command;
  const block = blocksById(text).get(paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  const locked = whyLocked(record, paragraph);
  if (locked) return refuse({ code: locked, paragraph });
  const before = wordingOf(block.content).hash;
  if (command.wording !== before) return refuse({ code: "wording-stale", paragraph });
  const words = wordsAsked(command, block.content, numberedToday(record, text));
  if (!words.ok) return refuse({ paragraph, ...words.refusal });
  if (wordingOf(words.value).hash === before) return refuse({ code: "same-words", paragraph });
  const contributors: { proposal: Proposal; used: readonly string[] }[] = [];
  for (const id of new Set(command.proposals)) {
    const proposal = proposalOf(record, id);
    if (proposal?.paragraph !== paragraph) return refuse({ code: "proposal-unknown", paragraph, proposal: id });
    if (proposal.fate) return refuse({ code: "proposal-disposed", paragraph, proposal: id });
    const used = usedOf(proposal, block.content, words.value);
    if (used.length === 0) return refuse({ code: "nothing-used", paragraph, proposal: id });
    contributors.push({ proposal, used });
  }
  return accept({ block, content: words.value, contributors });
}

/** What a proposal gave to a text that was made of these words. */
const usedOf = (
  { base, content, change }: Proposal,
  made: readonly Inline[],
  result: readonly Inline[],
): readonly string[] => (content && change === "replace" ? wordsUsed(base, content, made, result) : []);

/** The fate of each that something was taken from, with the words it gave, and the words in the paragraph. */
function merged({ block, content, contributors }: Composed, reason: string, act: Acting) {
  const [before, after] = [wordingOf(block.content).hash, wordingOf(content).hash];
  const { id: paragraph } = block;
  return {
    drafts: contributors.map(({ proposal, used }) =>
      act.draft(
        { kind: "proposal-disposed", proposal: proposal.id, paragraph, fate: "merged", before, after },
        { used, ...(reason && { reason }) },
      ),
    ),
    edits: [{ kind: "replace-content", paragraph, content }] as const,
  };
}

/** MER2: what was taken from whom is found by comparing; who gave nothing is not said to have. */
export function merge(negotiation: Negotiation, command: MergeProposals, act: Acting): Answer {
  const composed = compose(negotiation, command);
  return composed.ok ? accept(merged(composed.value, command.reason?.trim() ?? "", act)) : composed;
}

/** MER4: one at a time on a paragraph, to all who sponsor what it is made of. */
export function put(negotiation: Negotiation, command: PutBridging, act: Acting, mint: () => string): Answer {
  const { paragraph, wording } = command;
  if (bridgingOn(negotiation.record, paragraph).some(({ ended }) => ended === null))
    return refuse({ code: "bridging-open", paragraph });
  const composed = compose(negotiation, command);
  if (!composed.ok) return composed;
  const { block, content, contributors } = composed.value;
  const proposals = contributors.map(({ proposal }) => proposal);
  const id = mint() as BridgingId;
  const text = {
    id,
    paragraph,
    wording,
    proposals: proposals.map((proposal) => proposal.id),
    base: block.content,
    content,
    reason: command.reason?.trim() || null,
  };
  const sponsors = proposals.flatMap((proposal) => sponsorsOf(negotiation.record, proposal));
  const asked = [...new Set(sponsors.flatMap(({ holder }) => holder ?? []))].toSorted();
  const first = act.draft(...putting(text, asked));
  return accept({
    drafts: [first, ...putToSpeakers(negotiation.record, { ...text, asked }, proposals, act, mint)],
    id,
  });
}

type Put = Pick<BridgingText, "id" | "paragraph" | "wording" | "proposals" | "base" | "content" | "reason">;

const putting = (
  { base, content, reason, ...stated }: Put,
  asked: readonly string[],
): [Draft["what"], Draft["why"]] => [
  { kind: "bridging-put", ...stated, asked },
  { content, base, ...(reason !== null && { reason }) },
];

/**
 * Puts it to those who speak now for groups among the sponsors, each by an entry of its own: the names in it are theirs and the
 * group's members' only.
 */
function putToSpeakers(
  record: Record,
  { id, paragraph, wording, proposals: of, base, content, reason, asked }: Put & Pick<BridgingText, "asked">,
  proposals: readonly Proposal[],
  act: Acting,
  mint: () => string,
): readonly Draft[] {
  const missing = new Map(
    proposals
      .filter(({ group }) => group !== null)
      .flatMap((proposal) => sponsorsOf(record, proposal).slice(0, 1))
      .flatMap(({ code, holder }) => (code && !(holder && asked.includes(holder)) ? [[code, holder] as const] : [])),
  );
  return [...missing].map(([code, known]) => {
    const holder = known ?? mint();
    const text = { id, paragraph, wording, proposals: of, base, content, reason };
    return act.draft(...putting(text, [holder]), { groupMembers: { [code]: holder } });
  });
}

/** MER7: the office of a group has changed hands; what its predecessor was asked and is still open is put to who speaks now. */
export const handOn = (record: Record, act: Acting, mint: () => string): readonly Draft[] =>
  [...record.bridging.values()]
    .flat()
    .filter(({ ended }) => ended === null)
    .flatMap((text) => {
      const proposals = text.proposals.flatMap((one) => openAmong(record, one) ?? []);
      return putToSpeakers(record, text, proposals, act, mint);
    });

/** As long as nothing has become of it. */
function open(record: Record, id: BridgingId): Result<BridgingText, Refusal> {
  const text = bridgingOf(record, id);
  if (!text) return refuse({ code: "bridging-unknown" });
  return text.ended ? refuse({ code: "bridging-ended", paragraph: text.paragraph }) : accept(text);
}

/** MER5: its sponsors alone answer, each as often as it thinks otherwise. */
export function answer(record: Record, command: CommandOf<"answer-bridging">, actor: Actor, act: Acting): Answer {
  const found = open(record, command.bridging);
  if (!found.ok) return found;
  const { id, paragraph, proposals, asked, answers } = found.value;
  const speaks = speakerOf(record, actor, command.onBehalfOf);
  if (!speaks.ok) return speaks;
  const { code, heard } = speaks.value;
  const holder = record.holders.get(paragraph)?.get(code);
  // MER7: who spoke for a group then, and stands behind nothing of it now, is not asked any more.
  const stands = proposals
    .flatMap((one) => latestAmong(record, one) ?? [])
    .some((proposal) => sponsorsOf(record, proposal).some((sponsor) => sponsor.holder === holder));
  if (!holder || !asked.includes(holder) || !stands) return refuse({ code: "not-asked", paragraph });
  const reason = command.reason?.trim() ?? "";
  if (command.answer === "objection" && reason === "") return refuse({ code: "reason-needed", paragraph });
  const known = answers.get(holder);
  if (heard && known?.confirmed) return refuse({ code: "not-yours", paragraph });
  const isSame = known?.answer === command.answer && (known.reason ?? "") === reason;
  if (isSame && (known.confirmed || heard)) return refuse({ code: "nothing-changes", paragraph });
  return act.decided(
    { kind: "bridging-answered", bridging: id, paragraph, holder, answer: command.answer, ...(heard && { heard }) },
    reason ? { reason } : {},
    heard ? { onBehalfOf: code } : {},
  );
}

/** MER6: on today's words, or it is said why not; merged are those that still stand and of which something is in it. */
export function takeUp({ record, text }: Negotiation, command: CommandOf<"take-up-bridging">, act: Acting): Answer {
  const found = open(record, command.bridging);
  if (!found.ok) return found;
  const { id, paragraph, base, content, proposals } = found.value;
  const block = blocksById(text).get(paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  const locked = whyLocked(record, paragraph);
  if (locked) return refuse({ code: locked, paragraph });
  const hunks = placeHunks(base, content, block.content);
  if (hunks.some(({ place }) => place.state === "conflict")) return refuse({ code: "bridging-displaced", paragraph });
  const result = withHunks(block.content, hunks);
  if (wordingOf(result).hash === wordingOf(block.content).hash) return refuse({ code: "same-words", paragraph });
  const contributors = proposals
    .flatMap((one) => openAmong(record, one) ?? [])
    // As it was when the text was made: what was typed since neither gives nor takes a contributor.
    .map((proposal) => ({ proposal, used: usedOf(proposal, base, content) }))
    .filter(({ used }) => used.length > 0);
  if (contributors.length === 0) return refuse({ code: "bridging-unsupported", paragraph });
  const reason = command.reason?.trim() ?? "";
  const { drafts, edits } = merged({ block, content: result, contributors }, reason, act);
  return accept({ drafts: [...drafts, ended(act, id, paragraph, "taken-up", reason)], edits });
}

export function withdraw(record: Record, command: CommandOf<"withdraw-bridging">, act: Acting): Answer {
  const found = open(record, command.bridging);
  if (!found.ok) return found;
  const { id, paragraph } = found.value;
  return accept({ drafts: [ended(act, id, paragraph, "withdrawn", command.reason?.trim() ?? "")] });
}

const ended = (
  act: Acting,
  bridging: BridgingId,
  paragraph: ParagraphId,
  how: "taken-up" | "withdrawn",
  reason: string,
): Draft => act.draft({ kind: "bridging-ended", bridging, paragraph, how }, reason ? { reason } : {});
