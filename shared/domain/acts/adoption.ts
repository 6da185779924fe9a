/** The report is adopted, and delegations state what they have to state on it (SPEC: ADO). */
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import type { Blocker, BlockerKind } from "../report.ts";
import { composeReport } from "../report.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import type { Wording } from "../silence.ts";
import { paragraphsInScope } from "../silence.ts";
import { gavelOn, objectionsTo } from "../status.ts";
import { blocksById } from "../text.ts";
import type { SilenceId, StatementId } from "../values.ts";
import { accept } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { differsFromCirculated } from "./text.ts";

/** What can be recorded with an adoption instead of being settled before it: an objection that is maintained (ADO2). */
const recordable: ReadonlySet<BlockerKind> = new Set(["objection", "placement", "reopening-asked", "words-removed"]);
export const isRecordable = ({ why }: Blocker): boolean => recordable.has(why);

const blockersOf = (record: Record): readonly Blocker[] =>
  composeReport(record, record.text, { kind: "team" }).blockers;

export function adopt(negotiation: Negotiation, command: CommandOf<"adopt">, act: Acting): Answer {
  const { record } = negotiation;
  if (record.text.length === 0) return refuse({ code: "not-circulated" });
  if (differsFromCirculated(negotiation)) return refuse({ code: "draft-differs" });
  const blockers = blockersOf(record);
  const unsettled = blockers.find((blocker) => !isRecordable(blocker));
  if (unsettled) return refuse({ code: "not-settled", paragraph: unsettled.paragraph });
  const note = command.note?.trim();
  return accept({ drafts: [adopted(record, act, blockers.length === 0, { ...(note && { note }) })] });
}

/** The adoption that a silence procedure announced, once its silence was not broken and nothing else stands (ADO4); or null. */
export function adoptBySilence(record: Record, silence: SilenceId, act: Acting): Draft | null {
  return blockersOf(record).length === 0 ? adopted(record, act, true, { silence }) : null;
}

function adopted(
  record: Record,
  act: Acting,
  byConsensus: boolean,
  more: { readonly silence?: SilenceId; readonly note?: string },
): Draft {
  return act.draft({ kind: "adopted", byConsensus, agreed: agreedWith(record), ...more });
}

/** ADO1: what the adoption itself agrees, in exactly these words: no gavel fell on it, no silence passed it, and nobody objects to it. */
export const agreedWith = (record: Record): readonly Wording[] =>
  paragraphsInScope(record, "whole")
    .filter((block) => !gavelOn(record, block.id) && objectionsTo(record, block).length === 0)
    .map(({ id, content }) => ({ paragraph: id, wording: wordingOf(content).hash }));

export function makeStatement(
  record: Record,
  command: CommandOf<"make-statement">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const floor = isTeam(actor.seat);
  const code = floor ? command.onBehalfOf : delegationOf(actor.seat);
  if (!code) return refuse({ code: "delegation-needed" });
  if (!floor && command.onBehalfOf !== undefined && command.onBehalfOf !== code) return refuse({ code: "not-allowed" });
  const { form, paragraphs = [] } = command;
  const no = whyNotForm(record, code, form);
  if (no) return refuse(no);
  const here = blocksById(record.text);
  const stray = paragraphs.find((id) => !here.has(id));
  if (stray !== undefined) return refuse({ code: "paragraph-unknown", paragraph: stray });
  // One dissociates oneself from something; an explanation may be of the whole.
  if (form === "dissociation" && paragraphs.length === 0) return refuse({ code: "nothing-in-scope" });
  const text = command.text.trim();
  if (!text) return refuse({ code: "reason-needed" });
  const id = mint() as StatementId;
  const named = record.text.filter((block) => paragraphs.includes(block.id)).map((block) => block.id);
  const what = { kind: "statement-made", id, form, paragraphs: named, text, confirmed: !floor } as const;
  return accept({ drafts: [act.draft(what, {}, floor ? { onBehalfOf: code } : {})], id });
}

/** Whoever takes part may explain its position; only a State reserves it or dissociates itself (ADO5). */
function whyNotForm(
  record: Record,
  code: NonNullable<ReturnType<typeof delegationOf>>,
  form: CommandOf<"make-statement">["form"],
): Refusal | null {
  const kind = record.delegations.get(code)?.kind;
  if (!kind) return { code: "delegation-unknown" };
  return kind !== "member-state" && form !== "explanation-of-position" ? { code: "not-a-state" } : null;
}
