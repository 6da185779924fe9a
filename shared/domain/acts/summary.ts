/** The chair's summary is tied to those it speaks for, and corrected where it has a fact wrong (SPEC: SUM). */
import { disclosureFor, rulesOf } from "../disclosure.ts";
import type { What } from "../entries.ts";
import { quantifiersIn } from "../quantifiers.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { delegationOf } from "../roster.ts";
import { whyLocked } from "../status.ts";
import { longestParagraph } from "../proposals.ts";
import { mostRequests, mostTies } from "../summary.ts";
import { blocksById } from "../text.ts";
import { numberedToday } from "../held-numbers.ts";
import { retyped } from "../typed-words.ts";
import type { CorrectionRequestId } from "../values.ts";
import { accept } from "../values.ts";
import { hiddenCharacters, textNamed, wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Negotiation } from "./acting.ts";
import { speakerOf } from "./acting.ts";
import { unknownInDraft } from "./text.ts";

/** SUM3: on the words as the team reads them. With the chair's pen the list is the team's until they are circulated. */
export function tieQuantifier(
  { record, text }: Negotiation,
  { paragraph, wording, from, delegations }: CommandOf<"tie-quantifier">,
  act: Acting,
): Answer {
  const block = blocksById(text).get(paragraph);
  if (!block) return unknownInDraft(record, paragraph);
  if (block.part !== "chair-summary") return refuse({ code: "not-in-summary", paragraph });
  const now = wordingOf(block.content);
  if (now.hash !== wording) return refuse({ code: "wording-stale", paragraph });
  const found = quantifiersIn(now.text).find((one) => one.from === from);
  if (!found) return refuse({ code: "quantifier-unknown", paragraph });
  if (delegations.some((code) => !record.delegations.has(code))) return refuse({ code: "delegation-unknown" });
  if (record.summary.ties.length >= mostTies) return refuse({ code: "too-many", paragraph });
  const known = record.wordings.get(paragraph)?.includes(wording) ?? false;
  return act.decided({
    kind: "quantifier-tied",
    paragraph,
    wording,
    from,
    words: found.words,
    delegations: [...new Set(delegations)],
    audience: known ? rulesOf(record.settings.disclosure).name : "chair",
  });
}

/** SUM6: any delegation, on words of the summary that were circulated. */
export function requestCorrection(
  record: Record,
  { paragraph, wording, text, span, disclosure, onBehalfOf }: CommandOf<"request-correction">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const speaks = speakerOf(record, actor, onBehalfOf);
  if (!speaks.ok) return speaks;
  const { code, heard = false } = speaks.value;
  const block = blocksById(record.text).get(paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  if (block.part !== "chair-summary" || block.kind === "heading") return refuse({ code: "not-in-summary", paragraph });
  if (!record.wordings.get(paragraph)?.includes(wording)) return refuse({ code: "wording-unknown", paragraph });
  if (text.trim() === "") return refuse({ code: "reason-needed", paragraph });
  if (span && textNamed(record, wording).slice(span.from, span.to) !== span.quote)
    return refuse({ code: "span-mismatch", paragraph });
  const waiting = record.summary.requests.filter((request) => request.by === code && request.answer === null);
  if (waiting.length >= mostRequests) return refuse({ code: "too-many", paragraph });
  const id = mint() as CorrectionRequestId;
  const what: What = {
    kind: "correction-requested",
    id,
    paragraph,
    wording,
    confirmed: !heard,
    disclosure: disclosureFor(record.settings.disclosure, "question", disclosure),
  };
  const why = { reason: text.trim(), ...(span && { span }) };
  return accept({ drafts: [act.draft(what, why, heard ? { onBehalfOf: code } : {})], id });
}

const requestOf = (record: Record, id: CorrectionRequestId) => record.summary.requests.find((one) => one.id === id);

/** SUM7: corrected by words that are others than those complained of, written with the answer or before it; or not, with a reason. */
export function answerCorrection(
  { record, text }: Negotiation,
  { request: id, corrected, reason: given = "", text: asked, wording }: CommandOf<"answer-correction">,
  act: Acting,
): Answer {
  const request = requestOf(record, id);
  if (!request) return refuse({ code: "request-unknown" });
  if (request.answer) return refuse({ code: "request-answered" });
  const { paragraph } = request;
  const reason = given.trim();
  const why = reason === "" ? {} : { reason };
  if (!corrected)
    return reason === ""
      ? refuse({ code: "reason-needed", paragraph })
      : act.decided({ kind: "correction-answered", request: id, paragraph, corrected }, why);
  const block = blocksById(text).get(paragraph);
  const before = block && wordingOf(block.content).hash;
  // What was taken out of the text says nothing wrong any more.
  if (!block || !before) return act.decided({ kind: "correction-answered", request: id, paragraph, corrected }, why);
  if (asked === undefined)
    return before === request.wording
      ? refuse({ code: "same-words", paragraph })
      : act.decided({ kind: "correction-answered", request: id, paragraph, corrected, after: before }, why);
  const locked = whyLocked(record, paragraph);
  if (locked) return refuse({ code: locked, paragraph });
  if (wording !== before) return refuse({ code: "wording-stale", paragraph });
  if (asked.trim() === "") return refuse({ code: "words-needed", paragraph });
  if (asked.length > longestParagraph) return refuse({ code: "words-too-long", paragraph });
  if (hiddenCharacters(asked).length > 0) return refuse({ code: "hidden-characters", paragraph });
  const content = retyped(block.content, asked.replace(/\s+/g, " ").trim(), numberedToday(record, text));
  const after = wordingOf(content).hash;
  if (after === before) return refuse({ code: "same-words", paragraph });
  return accept({
    drafts: [act.draft({ kind: "correction-answered", request: id, paragraph, corrected, before, after }, why)],
    edits: [{ kind: "replace-content", paragraph, content }],
  });
}

export function withdrawRequest(
  record: Record,
  { request: id }: CommandOf<"withdraw-correction-request">,
  actor: Actor,
  act: Acting,
): Answer {
  const request = requestOf(record, id);
  if (!request) return refuse({ code: "request-unknown" });
  if (request.by !== delegationOf(actor.seat)) return refuse({ code: "not-yours" });
  if (request.answer) return refuse({ code: "request-answered" });
  return act.decided({ kind: "correction-request-withdrawn", request: id, paragraph: request.paragraph });
}
