/** The chair's team groups whole paragraphs as alternatives, takes them apart, and chooses one of them (SPEC: ALT). */
import { alternativesIn, mayBeAlternatives, withPoints } from "../alternatives.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import { circulatedBlock } from "../rights.ts";
import { whyLocked } from "../status.ts";
import type { TextEdit } from "../text.ts";
import type { ParagraphId } from "../values.ts";
import { accept } from "../values.ts";
import type { Acting, Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { unknownInDraft } from "./text.ts";

export function group(
  { record, text }: Negotiation,
  { paragraphs }: CommandOf<"group-alternatives">,
  act: Acting,
): Answer {
  if (!mayBeAlternatives(text, paragraphs)) return refuse({ code: "alternatives-unfit" });
  const inOrder = text.flatMap(({ id }) => (paragraphs.includes(id) ? [id] : []));
  const same = record.alternatives.groups.some(
    (one) => one.chosen === null && one.paragraphs.join() === inOrder.join(),
  );
  if (same) return refuse({ code: "nothing-changes" });
  // SIL4: it would number anew what everybody is asked about, and stand in the way of what silence adopts.
  const frozen = inOrder.find((id) => whyLocked(record, id) === "under-silence");
  if (frozen) return refuse({ code: "under-silence", paragraph: frozen });
  return act.decided({ kind: "alternatives-grouped", paragraphs: inOrder, ...drafting(record, inOrder) });
}

export function ungroup(record: Record, { paragraph }: CommandOf<"ungroup-alternative">, act: Acting): Answer {
  const grouped = record.alternatives.groups.some(({ paragraphs }) => paragraphs.includes(paragraph));
  return grouped
    ? act.decided({ kind: "alternative-ungrouped", paragraph, ...drafting(record, [paragraph]) })
    : refuse({ code: "no-alternative", paragraph });
}

/** ALT7: what names a paragraph that nobody else has read is the team's. */
const drafting = (record: Record, paragraphs: readonly ParagraphId[]): { readonly drafting?: true } =>
  paragraphs.every((id) => record.wordings.has(id)) ? {} : { drafting: true };

/** ALT5: the others go with their points, all of them or none. */
export function choose(
  { record, text }: Negotiation,
  { paragraph, others: to, reason: given }: CommandOf<"choose-alternative">,
  act: Acting,
): Answer {
  if (!text.some(({ id }) => id === paragraph)) return unknownInDraft(record, paragraph);
  const members = alternativesIn(text, record.alternatives).find((all) => all.some(({ id }) => id === paragraph));
  if (!members) return refuse({ code: "no-alternative", paragraph });
  const reason = given.trim();
  if (reason === "") return refuse({ code: "reason-needed", paragraph });
  const others = members.filter(({ id }) => id !== paragraph);
  const going = others.flatMap(({ id }) => withPoints(text, id));
  for (const { id, part } of going) {
    const locked = whyLocked(record, id);
    if (locked) return refuse({ code: locked, paragraph: id });
    if (to === "chair-summary" && part === to) return refuse({ code: "already-there", paragraph: id });
    // The annex shows what everybody has read.
    if (to === "annex" && !circulatedBlock(record, id)) return refuse({ code: "not-circulated", paragraph: id });
  }
  const moves = to === "chair-summary";
  const drafts: Draft[] = [
    act.draft({
      kind: "alternative-chosen",
      paragraph,
      others: others.map(({ id }) => id),
      to,
      reason,
      removed: moves ? [] : going.map(({ id }) => id),
      ...drafting(record, [paragraph, ...others.map(({ id }) => id), ...(moves ? [] : going.map(({ id }) => id))]),
    }),
    ...(moves
      ? going.map(({ id }) =>
          act.draft({ kind: "paragraph-moved", paragraph: id, to: "chair-summary", reason, ...drafting(record, [id]) }),
        )
      : []),
  ];
  const edits = going.map(({ id }): TextEdit =>
    moves ? { kind: "set-part", paragraph: id, part: "chair-summary" } : { kind: "remove-block", paragraph: id },
  );
  return accept({ drafts, edits });
}
