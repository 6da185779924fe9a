/** Issuing a version, and the acts that explain how the draft came of the last one: no silent change (SPEC: VER, COR). */
import { disclosureFor } from "../disclosure.ts";
import { hasOpenBrackets } from "../brackets.ts";
import { followAll } from "../following.ts";
import { numbersAfresh } from "../held-numbers.ts";
import { proposalOf } from "../proposals.ts";
import type { Record } from "../record.ts";
import { changedBlocks, redline } from "../redline.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import { gavelOn, whyLocked } from "../status.ts";
import type { Block, Inline, Text, TextEdit } from "../text.ts";
import { blocksById, embedCharacter, flatText, sliceContent } from "../text.ts";
import { editsOfBlock, editsTo } from "../text-edits.ts";
import type { ParagraphId, Result } from "../values.ts";
import { accept } from "../values.ts";
import type { CoverChange, Difference, Explained, IssueVersion, TextAct, Version, VersionChange } from "../versions.ts";
import {
  addressOf,
  differencesOf,
  explainBlock,
  explainContent,
  labelsFor,
  likelyCover,
  versionNamed,
} from "../versions.ts";
import { hiddenCharacters, wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Draft, Negotiation } from "./acting.ts";
import { circulation } from "./text.ts";

/** VER2: refused with the first difference that no act covers. What the version is called is never called so again (VER1). */
export function issueVersion(negotiation: Negotiation, command: IssueVersion, act: Acting): Answer {
  const { record, text } = negotiation;
  if (text.length === 0) return refuse({ code: "nothing-changes" });
  const label = command.label?.trim() || labelsFor(record)[0]!;
  const name = addressOf(label);
  if (name === null) return refuse({ code: "label-unfit" });
  if (versionNamed(record, name)) return refuse({ code: "version-known" });
  const circulated = circulation(negotiation, act);
  if (!circulated.ok) return circulated;
  const covered = coverAll(negotiation, command.covers ?? [], act, { issued: true });
  if (!covered.ok) return covered;
  const { drafts, explained } = covered.value;
  const differences = differencesOf(record, text, explained);
  const uncovered = differences.find(({ open }) => open.length > 0);
  if (uncovered) return refuse({ code: "changes-uncovered", paragraph: uncovered.id });
  const { known, followed } = circulated.value;
  const issued = act.draft({
    kind: "version-issued",
    name,
    label,
    ...(command.symbol?.trim() && { symbol: command.symbol.trim() }),
    ...(command.date && { date: command.date }),
    ...(command.note?.trim() && { note: command.note.trim() }),
    ...known,
    numbers: Object.fromEntries(numbersAfresh(record, text)),
    changes: differences.map((difference) => asStated(record, difference, record.seq + drafts.length + 1)),
  });
  return accept({ drafts: [...drafts, issued, ...followed], id: name, own: drafts.length });
}

/**
 * Everyone reads it: of a proposal only what everyone may know, and of one that not everyone may know of not even its entry. The entry of
 * the act says more to whom it may.
 * @param seq the version's own entry
 */
function asStated(record: Record, { id, kinds, kin, acts }: Difference, seq: number): VersionChange {
  const stated = acts.map((act): TextAct => {
    if (act.proposal === undefined) return act;
    const { proposal, reason, ...plain } = act;
    const disclosure = proposalOf(record, proposal)?.disclosure;
    if (disclosure?.existence !== "public") return { paragraph: id, seq, how: "edit" };
    return { ...plain, proposal, ...(reason && disclosure.reason === "public" && { reason }) };
  });
  // Nor how many there are.
  const known = [...new Map(stated.map((act) => [act.seq, act])).values()];
  return { paragraph: id, kinds, ...(kin && { from: kin.with }), acts: known };
}

interface Covered {
  readonly drafts: readonly Draft[];
  readonly explained: Explained;
}

/** In the order of the text, so that each is placed after what is in its place already. */
function coverAll(
  { record, text }: Negotiation,
  covers: readonly CoverChange[],
  act: Acting,
  more: { readonly issued?: true } = {},
): Result<Covered, Refusal> {
  const place = new Map(text.map(({ id }, index) => [id, index]));
  const where = ({ paragraph }: CoverChange): number => place.get(paragraph) ?? text.length;
  const present = blocksById(text);
  const differences = new Map(differencesOf(record, text).map((one) => [one.id, one]));
  // Not yet where the draft has them, or not there at all.
  const astray = new Set(
    changedBlocks(record.explained.text, text).flatMap(({ id, kinds }) =>
      kinds.includes("order") || kinds.includes("added") ? [id] : [],
    ),
  );
  let { explained } = record;
  const drafts: Draft[] = [];
  for (const cover of covers.toSorted((a, b) => where(a) - where(b))) {
    const { paragraph, wording } = cover;
    const reason = cover.reason.trim();
    if (!reason) return refuse({ code: "reason-needed", paragraph });
    const difference = differences.get(paragraph);
    if (!difference || difference.open.length === 0) return refuse({ code: "nothing-changes", paragraph });
    const block = present.get(paragraph) ?? null;
    if (wording !== undefined && (block === null || wordingOf(block.content).hash !== wording))
      return refuse({ code: "wording-stale", paragraph });
    const how = cover.how ?? howOf(record, difference);
    const after =
      block && astray.has(paragraph) ? before(text, place.get(paragraph)!, explained.text, astray) : undefined;
    astray.delete(paragraph);
    drafts.push(
      act.draft({
        kind: "change-covered",
        paragraph,
        block,
        ...(after !== undefined && { after }),
        how,
        reason,
        ...more,
      }),
    );
    explained = {
      text: explainBlock(explained.text, paragraph, block, after),
      acts: [
        ...explained.acts,
        { paragraph, seq: record.seq + drafts.length, how, reason, ...(after !== undefined && { placed: true }) },
      ],
    };
  }
  return accept({ drafts, explained });
}

function howOf(record: Record, difference: Difference) {
  const likely = likelyCover(record, difference);
  return likely === null || likely === "remedy" ? "edit" : likely;
}

/** The nearest block before this place that stands where it belongs. */
function before(draft: Text, place: number, explained: Text, astray: ReadonlySet<ParagraphId>): ParagraphId | null {
  const known = blocksById(explained);
  return draft.slice(0, place).findLast(({ id }) => known.has(id) && !astray.has(id))?.id ?? null;
}

export function coverChange(negotiation: Negotiation, command: CommandOf<"cover-change">, act: Acting): Answer {
  if (negotiation.record.versions.length === 0)
    return refuse({ code: "nothing-changes", paragraph: command.paragraph });
  const covered = coverAll(negotiation, [command], act);
  return covered.ok ? accept({ drafts: covered.value.drafts }) : covered;
}

// ---------- editorial corrections ----------

/** COR1: of agreed words only, at once, in the draft and in what was circulated. */
export function correct(
  { record, text }: Negotiation,
  { paragraph, wording, text: words, reason }: CommandOf<"editorial-correction">,
  act: Acting,
): Answer {
  const block = blocksById(text).get(paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  if (whyLocked(record, paragraph) === "under-silence") return refuse({ code: "under-silence", paragraph });
  const gavel = gavelOn(record, paragraph);
  if (!gavel) return refuse({ code: "not-agreed", paragraph });
  const today = wordingOf(block.content).hash;
  if (gavel.wording !== wording || today !== wording) return refuse({ code: "wording-stale", paragraph });
  if (!reason.trim()) return refuse({ code: "reason-needed", paragraph });
  const content = reword(block.content, words);
  if (!content) return refuse({ code: "embeds-must-stay", paragraph });
  if (wordingOf(content).hash === wording) return refuse({ code: "nothing-changes", paragraph });
  if (hiddenCharacters(words).length > 0) return refuse({ code: "hidden-characters", paragraph });
  if (hasOpenBrackets(words)) return refuse({ code: "contested", paragraph });
  const corrected: Block = { ...block, content };
  const drafts = [
    act.draft({ kind: "paragraph-corrected", paragraph, before: wording, content, reason: reason.trim() }),
    ...followAll(record, explainContent(record.text, paragraph, content), [corrected]).map((followed) =>
      act.draft({ kind: "position-followed", ...followed }),
    ),
  ];
  return accept({ drafts, edits: [{ kind: "replace-content", paragraph, content }] });
}

/** Content with other words: what stays keeps its marks, what is new has those of what it follows. Null where an embed is lost or new. */
export function reword(content: readonly Inline[], words: string): readonly Inline[] | null {
  const made: Inline[] = [];
  const push = (inline: Inline): void => {
    const last = made.at(-1);
    if (last?.t === "text" && inline.t === "text" && (last.marks ?? []).join() === (inline.marks ?? []).join())
      made[made.length - 1] = { ...last, text: last.text + inline.text };
    else made.push(inline);
  };
  let at = 0;
  for (const { kind, text } of redline(flatText(content), words)) {
    if (kind === "inserted") {
      if (text.includes(embedCharacter)) return null;
      const marks = sliceContent(content, Math.max(at - 1, 0), at).find((inline) => inline.t === "text")?.marks;
      push({ t: "text", text, ...(marks && { marks }) });
      continue;
    }
    if (kind === "deleted" && text.includes(embedCharacter)) return null;
    if (kind === "same") for (const inline of sliceContent(content, at, at + text.length)) push(inline);
    at += text.length;
  }
  return made;
}

/** COR3: any state may say that it is no matter of editing, which reopens the paragraph. */
export function contest(
  record: Record,
  { paragraph, reason, disclosure, onBehalfOf }: CommandOf<"contest-correction">,
  actor: Actor,
  act: Acting,
): Answer {
  const code = isTeam(actor.seat) ? onBehalfOf : delegationOf(actor.seat);
  const delegation = code && record.delegations.get(code);
  if (!delegation) return refuse({ code: code ? "delegation-unknown" : "delegation-needed" });
  if (delegation.kind !== "member-state") return refuse({ code: "not-a-state" });
  const corrected = record.corrections.some((one) => one.paragraph === paragraph && !one.contested);
  if (!corrected || !gavelOn(record, paragraph)) return refuse({ code: "not-corrected", paragraph });
  const what = {
    kind: "correction-contested",
    paragraph,
    disclosure: disclosureFor(record.settings.disclosure, "objection", disclosure),
  } as const;
  const why = reason?.trim() ? { reason: reason.trim() } : {};
  return accept({ drafts: [act.draft(what, why, isTeam(actor.seat) ? { onBehalfOf: delegation.code } : undefined)] });
}

// ---------- restoring ----------

/** VER6: what a version said comes back into the draft by an act; agreed paragraphs stay as they are agreed. */
export function restore(
  { record, text }: Negotiation,
  { version: name, paragraph, reason }: CommandOf<"restore">,
  act: Acting,
): Answer {
  const version = versionNamed(record, name);
  if (!version) return refuse({ code: "version-unknown" });
  if (!reason.trim()) return refuse({ code: "reason-needed" });
  const edits = paragraph === undefined ? editsTo(text, version.text) : editsOf(text, version, paragraph);
  if (edits === null) return refuse({ code: "paragraph-unknown", ...(paragraph && { paragraph }) });
  if (edits.length === 0) return refuse({ code: "nothing-changes", ...(paragraph && { paragraph }) });
  if (record.adoption) return refuse({ code: "adopted" });
  const touched = [...new Set(edits.map((edit) => (edit.kind === "insert-block" ? edit.block.id : edit.paragraph)))];
  for (const edit of edits) {
    // The order is free, and what is put back was not there to be agreed.
    if (edit.kind === "insert-block" || edit.kind === "place-block") continue;
    const code = whyLocked(record, edit.paragraph);
    if (code) return refuse({ code, paragraph: edit.paragraph });
  }
  const what = {
    kind: "text-restored",
    version: name,
    // That there was a paragraph that nobody else has read is the team's to know (VER5).
    paragraphs: touched.filter((id) => record.wordings.has(id)),
    ...(paragraph === undefined && { whole: true as const }),
    reason: reason.trim(),
  } as const;
  return accept({ drafts: [act.draft(what)], edits });
}

function editsOf(text: Text, version: Version, paragraph: ParagraphId): readonly TextEdit[] | null {
  const at = version.text.findIndex(({ id }) => id === paragraph);
  const block = version.text[at];
  if (!block) return null;
  const present = blocksById(text);
  const was = present.get(paragraph);
  const after = version.text.slice(0, at).findLast(({ id }) => present.has(id))?.id ?? null;
  return editsOfBlock(was, was ? { ...block, part: was.part } : block, after);
}
