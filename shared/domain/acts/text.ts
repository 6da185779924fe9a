/** What the chair does with the text: circulate it, agree a paragraph and reopen it, move one between the parts (SPEC: CIR, STA, PAR). */
import { wellFormed } from "../canonical-json.ts";
import { relatedAmong } from "../alternatives.ts";
import type { What } from "../entries.ts";
import { followAll } from "../following.ts";
import { proposalsOn } from "../proposals.ts";
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import { circulatedBlock } from "../rights.ts";
import type { Actor } from "../roster.ts";
import { lockedParagraphs, whyLocked } from "../status.ts";
import type { Block, Text } from "../text.ts";
import { blocksById } from "../text.ts";
import type { EpochMs, ParagraphId, Result } from "../values.ts";
import { accept } from "../values.ts";
import type { Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { Acting } from "./acting.ts";

export const unknownInDraft = (record: Record, paragraph: ParagraphId): Answer =>
  refuse({ code: circulatedBlock(record, paragraph) ? "draft-differs" : "paragraph-unknown", paragraph });

/** Blocks that are new, or differ from what was circulated last. */
export function changedSince(circulated: Text, text: Text): readonly Block[] {
  const before = blocksById(circulated);
  return text.filter((block) => {
    const was = before.get(block.id);
    return !was || (was !== block && !sameBlock(was, block));
  });
}

/** Half a surrogate pair, as two people typing into one emoji can leave, has no place in a record that is hashed. Wordings read it the same. */
function storable(block: Block): Block {
  if (block.content.every((inline) => !("text" in inline) || wellFormed(inline.text) === inline.text)) return block;
  return {
    ...block,
    content: block.content.map((inline) => ("text" in inline ? { ...inline, text: wellFormed(inline.text) } : inline)),
  };
}

function sameBlock(a: Block, b: Block): boolean {
  return (
    a.kind === b.kind &&
    a.level === b.level &&
    a.part === b.part &&
    (a.content === b.content || JSON.stringify(a.content) === JSON.stringify(b.content))
  );
}

/**
 * The text as it is becomes what everyone sees and answers, and every position is asked where its words are now (FOL1).
 * In the method *on screen* the server does this at each pause (`auto`).
 */
export function circulate(
  { record, text }: Negotiation,
  actor: Actor,
  now: EpochMs,
  how: { readonly note?: string; readonly auto?: true } = {},
): Answer {
  const act = new Acting(actor, now);
  const circulated = circulation({ record, text }, act);
  if (!circulated.ok) return circulated;
  const { known, followed } = circulated.value;
  return accept({ drafts: [act.draft({ kind: "circulated", ...known, ...how }), ...followed] });
}

type Known = Pick<Extract<What, { readonly kind: "circulated" }>, "order" | "changed" | "alternatives">;

/** What becomes known with a circulation or a version, and where the words of positions are found in it (FOL1). */
export function circulation(
  { record, text }: Negotiation,
  act: Acting,
): Result<{ readonly known: Known; readonly followed: readonly Draft[] }, Refusal> {
  const changed = changedSince(record.text, text).map(storable);
  const locked = lockedParagraphs(record);
  const broken =
    changed.find((block) => locked.has(block.id)) ??
    record.text.find((block) => locked.has(block.id) && !blocksById(text).has(block.id));
  if (broken) return refuse({ code: whyLocked(record, broken.id) ?? "agreed", paragraph: broken.id });
  const followed = followAll(record, text, changed).map((one) => act.draft({ kind: "position-followed", ...one }));
  const order = text.map((block) => block.id);
  // ALT7: an act in the draft was the team's; what came of it is everybody's with the words.
  const { alternatives } = record;
  const here = new Set(order);
  const related =
    alternatives.inCirculation && relatedAmong(alternatives, (id) => here.has(id) || record.wordings.has(id));
  return accept({ known: { order, changed, ...(related && { alternatives: related }) }, followed });
}

/** Whether there is anything to circulate: other words, another order, another part, other alternatives. */
export function differsFromCirculated({ record, text }: Negotiation): boolean {
  return (
    record.alternatives.inCirculation !== undefined ||
    text.length !== record.text.length ||
    text.some((block, index) => block.id !== record.text[index]?.id) ||
    changedSince(record.text, text).length > 0
  );
}

export function move(
  { record, text }: Negotiation,
  { paragraph, to, reason = "" }: CommandOf<"move-paragraph">,
  act: Acting,
): Answer {
  const block = blocksById(text).get(paragraph);
  if (!block) return unknownInDraft(record, paragraph);
  if (block.kind === "heading") return refuse({ code: "not-a-paragraph", paragraph });
  if (block.part === to) return refuse({ code: "already-there", paragraph });
  const drafting = !record.wordings.has(paragraph);
  // PAR4: free while nobody else has seen it, afterwards an act with a reason.
  if (!drafting && !reason.trim()) return refuse({ code: "reason-needed", paragraph });
  const what: What = { kind: "paragraph-moved", paragraph, to, reason: reason.trim(), ...(drafting && { drafting }) };
  // PRO15: what asked for this is taken up with it.
  const asked = proposalsOn(record, paragraph).filter(
    (proposal) => proposal.fate === null && proposal.change === "move" && proposal.to === to,
  );
  const because = reason.trim() === "" ? {} : { reason: reason.trim() };
  const taken = asked.map(({ id }) =>
    act.draft({ kind: "proposal-disposed", proposal: id, paragraph, fate: "taken-up" }, because),
  );
  return accept({ drafts: [...taken, act.draft(what)], edits: [{ kind: "set-part", paragraph, part: to }] });
}

export function gavel({ record, text }: Negotiation, { paragraph, wording }: CommandOf<"gavel">, act: Acting): Answer {
  if (!blocksById(text).has(paragraph)) return unknownInDraft(record, paragraph);
  return act.decided({ kind: "paragraph-gavelled", paragraph, wording });
}

export function reopen(record: Record, { paragraph, reason }: CommandOf<"reopen">, act: Acting): Answer {
  if (!circulatedBlock(record, paragraph)) return refuse({ code: "paragraph-unknown", paragraph });
  if (!reason.trim()) return refuse({ code: "reason-needed" });
  return act.decided({ kind: "paragraph-reopened", paragraph, reason: reason.trim() });
}
