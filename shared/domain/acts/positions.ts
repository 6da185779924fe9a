/** What delegations state about words, and what becomes of it (SPEC: POS). */
import type { LodgePosition } from "../commands.ts";
import { disclosureFor } from "../disclosure.ts";
import type { Stamp, What, Why } from "../entries.ts";
import { concernedBy, findToday, heldAlso } from "../following.ts";
import { authorOf, contradicts, inNameOf, speakingFor } from "../groups.ts";
import type { Position } from "../positions.ts";
import { isAgreeing } from "../positions.ts";
import { aliasesOn, pseudonymOn } from "../pseudonyms.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import { circulatedBlock } from "../rights.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import { positionsOn } from "../status.ts";
import type { Block } from "../text.ts";
import { blocksById } from "../text.ts";
import type { DelegationCode, ParagraphId, PositionId } from "../values.ts";
import { accept } from "../values.ts";
import { textNamed, wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Negotiation } from "./acting.ts";
import { asCirculated, whyUnfit } from "./packages.ts";

export function lodge(
  negotiation: Negotiation,
  command: LodgePosition,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const { record, text } = negotiation;
  const { paragraph, wording, level } = command;
  const floor = isTeam(actor.seat);
  const code = floor ? command.onBehalfOf : delegationOf(actor.seat);
  if (!code) return refuse({ code: "delegation-needed" });
  if (!floor && command.onBehalfOf && command.onBehalfOf !== code) return refuse({ code: "not-allowed" });
  const delegation = record.delegations.get(code);
  if (!delegation) return refuse({ code: "delegation-unknown" });
  const speaking =
    command.onBehalfOfGroup === undefined ? null : speakingFor(record, command.onBehalfOfGroup, code, paragraph);
  if (speaking && !speaking.ok) return speaking;
  const spoken = speaking?.value ?? null;
  const group = spoken?.group ?? null;
  const ofState = spoken ? spoken.states.length > 0 : delegation.kind === "member-state";
  // POS2: those who are not states comment; a comment is a question or a concern and is counted nowhere.
  if (!ofState && level !== "question" && level !== "concern") return refuse({ code: "not-a-state" });

  const had = record.wordings.get(paragraph);
  if (!had)
    return refuse({ code: blocksById(text).has(paragraph) ? "not-circulated" : "paragraph-unknown", paragraph });
  if (!had.includes(wording)) return refuse({ code: "wording-unknown", paragraph });
  const circulated = circulatedBlock(record, paragraph);
  const isCurrent = circulated !== null && wordingOf(circulated.content).hash === wording;
  if (isAgreeing(level) && !isCurrent) return refuse({ code: "wording-stale", paragraph });
  const words = textNamed(record, wording);
  const { span } = command;
  if (span && (span.from >= span.to || words.slice(span.from, span.to) !== span.quote)) {
    return refuse({ code: "span-mismatch", paragraph });
  }

  const { conditions = [] } = command;
  const unfit = whyUnfit(record, conditions, paragraph);
  if (unfit) return refuse(unfit);

  const here = positionsOn(record, paragraph);
  const own = here.filter((position) => (group ? position.group === group.id : isOwn(position, code)));
  const explicit = command.replaces === undefined ? undefined : own.find(({ id }) => id === command.replaces);
  if (command.replaces !== undefined && !explicit)
    return refuse({ code: "position-unknown", position: command.replaces });
  // POS7, POS8: what is heard from the floor takes the place of nothing that the delegation said itself, and softens no objection.
  const mayReplace = ({ confirmed, level: earlier }: Position): boolean =>
    !floor || (!confirmed && (earlier !== "objection" || level === "objection"));
  if (explicit && !mayReplace(explicit)) return refuse({ code: "not-yours", position: explicit.id });
  const replaces = own
    .filter((position) => position === explicit || (mayReplace(position) && takesPlaceOf(command, position)))
    .map(({ id }) => id);
  const standing = own.find((position) => position.level === "objection" && !replaces.includes(position.id));
  if (isAgreeing(level) && standing) return refuse({ code: "own-objection-stands", paragraph, position: standing.id });
  // GRP8: one delegation does not say two opposite things in two capacities.
  const opposite =
    group &&
    here.find(
      (position) =>
        (isOwn(position, code) || (position.group !== null && authorOf(record, position) === code)) &&
        !own.includes(position) &&
        contradicts(position.level, level),
    );
  if (opposite) return refuse({ code: "mandates-conflict", paragraph, position: opposite.id });

  const placement = command.placement ? (circulated?.part ?? null) : null;
  const id = mint() as PositionId;
  const why: Why = {
    ...(command.ground && { ground: command.ground }),
    ...(command.reason?.trim() && { reason: command.reason.trim() }),
    ...(command.remedy && { remedy: command.remedy }),
    ...(command.condition?.trim() && { condition: command.condition.trim() }),
    ...(conditions.length > 0 && { conditions: conditions.map((one) => asCirculated(record, one)) }),
    ...(span && { span }),
  };
  const about = { paragraph, wording, span: span ?? null };
  const on =
    isCurrent && level === "objection"
      ? heldAlso(concernedBy(about, record), paragraph, record.text)
      : isCurrent
        ? [paragraph]
        : whereNow(record, about);
  const holder = pseudonymOn(record, paragraph, code) ?? mint();
  const capacity = {
    ...(floor && { onBehalfOf: code }),
    ...(spoken && inNameOf(record, paragraph, spoken, { code, holder }, mint)),
  };
  const codes = new Map([[holder, code]]);
  for (const [member, name] of Object.entries(capacity.groupMembers ?? {})) codes.set(name, member as DelegationCode);
  const disclosed = disclosureFor(record.settings.disclosure, level, command.disclosure);
  const elsewhere = on.filter((one) => one !== paragraph);
  const as = aliasesOn(record, { codes, existence: disclosed.existence }, elsewhere, new Map());
  const what: What = {
    kind: "position-lodged",
    id,
    paragraph,
    wording,
    level,
    placement,
    holder,
    ofState,
    confirmed: !floor,
    disclosure: disclosed,
    replaces,
    ...(isCurrent && on.length === 1 ? {} : { on }),
    ...(as && { as }),
    ...(capacity.groupMembers && { behind: Object.values(capacity.groupMembers).toSorted() }),
  };
  return accept({ drafts: [act.draft(what, why, capacity)], id });
}

const isOwn = (position: Position, code: DelegationCode): boolean => position.by === code && position.group === null;

/** POS9: what a new position of the same delegation on the same paragraph takes the place of; everything else stands beside it. */
function takesPlaceOf(command: LodgePosition, earlier: Position): boolean {
  if (isAgreeing(earlier.level)) return !["question", "concern"].includes(command.level);
  if (earlier.level === "awaiting-instructions") return true;
  return (
    earlier.level === command.level &&
    (earlier.placement !== null) === (command.placement ?? false) &&
    // One that was split off or copied stands elsewhere too, where this one says nothing.
    earlier.on.every((id) => id === command.paragraph) &&
    overlap(command, earlier)
  );
}

function overlap(a: Pick<LodgePosition, "span">, b: Position): boolean {
  if (!a.span || !b.span) return !a.span && !b.span;
  return a.span.quote === b.span.quote;
}

/** Where words that are no longer the current ones stand today. */
function whereNow(record: Record, about: Pick<Position, "paragraph" | "wording" | "span">): readonly ParagraphId[] {
  return findToday(concernedBy(about, record), about.paragraph, record.text);
}

export function end(
  record: Record,
  command: CommandOf<"withdraw-position" | "confirm-met">,
  actor: Actor,
  act: Acting,
): Answer {
  const { position: id } = command;
  const ending = command.kind === "withdraw-position" ? "withdrawn" : "met";
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  const dissociates = command.kind === "withdraw-position" && (command.dissociates ?? false);
  if (dissociates && position.level !== "objection") return refuse({ code: "not-an-objection", position: id });
  const wording = command.kind === "confirm-met" ? command.wording : undefined;
  if (wording !== undefined && !isCurrentWording(record, position, wording))
    return refuse({ code: "wording-stale", position: id });
  if (isTeam(actor.seat)) {
    if (position.endingHeard === ending) return refuse({ code: "nothing-changes", position: id });
    return accept({
      drafts: [
        act.draft({ kind: "position-ending-heard", position: id, ending }, {}, onBehalfOfAuthor(record, position)),
      ],
    });
  }
  const capacity = forGroup(position);
  if (ending === "withdrawn")
    return act.decided({ kind: "position-withdrawn", position: id, ...(dissociates && { dissociates }) }, {}, capacity);
  return act.decided({ kind: "position-met", position: id, ...(wording && { wording }) }, {}, capacity);
}

const forGroup = ({ group }: Position): Omit<Stamp, "seat"> => (group === null ? {} : { onBehalfOfGroup: group });

/** For whom the team heard it: the author, or whoever speaks for the group now. */
function onBehalfOfAuthor(record: Record, position: Position): Omit<Stamp, "seat"> {
  const author = authorOf(record, position);
  return { ...(author && { onBehalfOf: author }), ...forGroup(position) };
}

const isCurrentWording = (record: Record, position: Position, wording: string): boolean =>
  [...position.on, position.paragraph].some((id) => {
    const block = circulatedBlock(record, id);
    return block !== null && wordingOf(block.content).hash === wording;
  });

export function confirm(record: Record, command: CommandOf<"confirm-position">, act: Acting): Answer {
  const { position: id, ending: expected } = command;
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  const ending = position.endingHeard;
  const capacity = forGroup(position);
  // What is confirmed is what was read: an ending heard in between is not confirmed with it.
  if (expected !== undefined && expected !== ending) return refuse({ code: "nothing-to-confirm", position: id });
  if (ending === "withdrawn") return act.decided({ kind: "position-withdrawn", position: id }, {}, capacity);
  if (ending === "met") return act.decided({ kind: "position-met", position: id }, {}, capacity);
  return act.decided({ kind: "position-confirmed", position: id }, {}, capacity);
}

export function reaffirm(record: Record, command: CommandOf<"reaffirm-position">, act: Acting): Answer {
  const { position: id, wording } = command;
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  const reason = command.reason?.trim();
  const says = (block: Block): boolean => wordingOf(block.content).hash === wording;
  // First where it stands already; an objection whose words were removed may name any paragraph that holds them now.
  const block =
    record.text.find((candidate) => position.on.includes(candidate.id) && says(candidate)) ?? record.text.find(says);
  if (!block) return refuse({ code: "wording-stale", position: id });
  return act.decided(
    { kind: "position-reaffirmed", position: id, wording, paragraph: block.id },
    reason ? { reason } : {},
    forGroup(position),
  );
}

/** POS14: of an objection that stands, by whoever its author is now. */
export function ask(record: Record, command: CommandOf<"ask-author">, act: Acting): Answer {
  const { position: id, whether } = command;
  const position = record.positions.get(id);
  if (position?.level !== "objection") return refuse({ code: "not-an-objection", position: id });
  const note = command.note?.trim() || null;
  if (position.asked?.whether === whether && position.asked.note === note)
    return refuse({ code: "nothing-changes", position: id });
  return act.decided({ kind: "position-asked", position: id, whether }, note === null ? {} : { reason: note });
}
