/**
 * The one place where a negotiation's acts are decided (SPEC). Pure: what the record and the text are, who asks for what, and when;
 * the answer is the entries to append, or the reason why not.
 */
import { wellFormed } from "./canonical-json.ts";
import type { Command, LodgePosition } from "./commands.ts";
import { disclosureFor } from "./disclosure.ts";
import type { Settings, Stamp, StampPerson, What, Why } from "./entries.ts";
import { concernedBy, findToday, followAll, heldAlso } from "./following.ts";
import type { Level, Position } from "./positions.ts";
import type { Record } from "./record.ts";
import type { Refusal } from "./refusals.ts";
import { refuse } from "./refusals.ts";
import { circulatedBlock, whyNot } from "./rights.ts";
import type { Actor, Delegation } from "./roster.ts";
import { delegationOf, isTeam, spellSeat } from "./roster.ts";
import { lockedParagraphs, positionsOn } from "./status.ts";
import type { Block, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { DelegationCode, EpochMs, ParagraphId, Part, PositionId, Result } from "./values.ts";
import { accept } from "./values.ts";
import { wordingOf } from "./wording.ts";

/** An entry before it has its number, its salts and its place in the chain. */
export interface Draft {
  readonly at: EpochMs;
  readonly who: Stamp;
  readonly person: StampPerson;
  readonly what: What;
  readonly why: Why;
}

export interface Decision {
  readonly drafts: readonly Draft[];
  /** The id of what was made, if something was. */
  readonly id?: string;
  /** What the server has to change in the live text, in the same transaction. */
  readonly move?: { readonly paragraph: ParagraphId; readonly to: Part };
}

/** A negotiation as it is at one moment: its record, and the text the chair's team is writing. */
export interface Negotiation {
  readonly record: Record;
  readonly text: Text;
}

export type Answer = Result<Decision, Refusal>;

/**
 * @param mint makes a fresh identifier (`mintId`)
 * @returns the decision, or a refusal that the user can meet; never throws for anything a user can send
 */
export function decide(
  negotiation: Negotiation,
  command: Command,
  actor: Actor,
  now: EpochMs,
  mint: () => string,
): Answer {
  const { record, text } = negotiation;
  const act = new Acting(actor, now);
  const no = whyNot(actor, command.kind, record, targetOf(negotiation, command));
  if (no) return refuse(no);
  const delegation = delegationOf(actor.seat);
  if (delegation && !record.delegations.has(delegation)) return refuse({ code: "delegation-unknown" });
  switch (command.kind) {
    case "lodge-position":
      return lodge(negotiation, command, actor, act, mint);
    case "withdraw-position":
    case "confirm-met":
      return end(record, command, actor, act);
    case "confirm-position":
      return confirm(record, command, act);
    case "reaffirm-position":
      return reaffirm(record, command, act);
    case "circulate":
      return circulate(negotiation, actor, now, command.note === undefined ? {} : { note: command.note });
    case "gavel":
      if (!blocksById(text).has(command.paragraph)) return unknownInDraft(record, command.paragraph);
      return act.decided({ kind: "paragraph-gavelled", paragraph: command.paragraph, wording: command.wording });
    case "reopen":
      if (!circulatedBlock(record, command.paragraph))
        return refuse({ code: "paragraph-unknown", paragraph: command.paragraph });
      if (!command.reason.trim()) return refuse({ code: "reason-needed" });
      return act.decided({ kind: "paragraph-reopened", paragraph: command.paragraph, reason: command.reason.trim() });
    case "move-paragraph":
      return move(negotiation, command, act);
    case "set-disclosure":
      return change(record, act, { disclosure: command.preset });
    case "set-method":
      return change(record, act, { method: command.method });
    case "set-title":
      return change(record, act, { title: command.title });
    case "set-agenda":
      return act.decided({ kind: "agenda-set", topics: command.topics });
    case "add-delegation":
      if (record.delegations.has(command.delegation.code)) return refuse({ code: "delegation-known" });
      return act.decided({ kind: "delegation-entered", delegation: command.delegation });
    case "change-delegation":
      return changeDelegation(record, command.delegation, act);
    case "remove-delegation":
      if (!record.delegations.has(command.delegation)) return refuse({ code: "delegation-unknown" });
      return act.decided({ kind: "delegation-removed", delegation: command.delegation });
    case "invite":
      return invite(record, command, actor, act);
    case "revoke-seat":
      return revoke(record, command, actor, act);
  }
}

/** Stamps entries with who acts and when. */
class Acting {
  readonly #now: EpochMs;
  readonly #who: Stamp;
  readonly #person: StampPerson;

  constructor(actor: Actor, now: EpochMs) {
    this.#now = now;
    this.#who = { seat: actor.seat };
    this.#person = { id: actor.person, name: actor.name };
  }

  draft(what: What, why: Why = {}, onBehalfOf?: DelegationCode): Draft {
    const who = onBehalfOf ? { ...this.#who, onBehalfOf } : this.#who;
    return { at: this.#now, who, person: this.#person, what, why };
  }

  decided(what: What, why?: Why): Answer {
    return accept({ drafts: [this.draft(what, why)] });
  }
}

function targetOf({ record, text }: Negotiation, command: Command) {
  switch (command.kind) {
    case "gavel":
      return { paragraph: blocksById(text).get(command.paragraph), wording: command.wording };
    case "reopen":
      return { paragraph: circulatedBlock(record, command.paragraph) ?? undefined };
    case "move-paragraph":
      return { paragraph: blocksById(text).get(command.paragraph) };
    case "withdraw-position":
    case "confirm-met":
    case "confirm-position":
    case "reaffirm-position":
      return { position: command.position };
    default:
      return {};
  }
}

const unknownInDraft = (record: Record, paragraph: ParagraphId): Answer =>
  refuse({ code: circulatedBlock(record, paragraph) ? "draft-differs" : "paragraph-unknown", paragraph });

// ---------- positions ----------

function lodge(
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
  const ofState = delegation.kind === "member-state";
  // POS2: those who are not states comment; a comment is a question or a concern and is counted nowhere.
  if (!ofState && level !== "question" && level !== "concern") return refuse({ code: "not-a-state" });

  const had = record.wordings.get(paragraph);
  if (!had)
    return refuse({ code: blocksById(text).has(paragraph) ? "not-circulated" : "paragraph-unknown", paragraph });
  if (!had.includes(wording)) return refuse({ code: "wording-unknown", paragraph });
  const circulated = circulatedBlock(record, paragraph);
  const isCurrent = circulated !== null && wordingOf(circulated.content).hash === wording;
  if (isAgreeing(level) && !isCurrent) return refuse({ code: "wording-stale", paragraph });
  const words = record.words.get(wording) ?? "";
  const { span } = command;
  if (span && (span.from >= span.to || words.slice(span.from, span.to) !== span.quote)) {
    return refuse({ code: "span-mismatch", paragraph });
  }

  const own = positionsOn(record, paragraph).filter((position) => position.by === code);
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

  const placement = command.placement ? (circulated?.part ?? null) : null;
  const id = mint() as PositionId;
  const why: Why = {
    ...(command.ground && { ground: command.ground }),
    ...(command.reason?.trim() && { reason: command.reason.trim() }),
    ...(command.remedy && { remedy: command.remedy }),
    ...(command.condition?.trim() && { condition: command.condition.trim() }),
    ...(span && { span }),
  };
  const about = { paragraph, wording, span: span ?? null };
  const on =
    isCurrent && level === "objection"
      ? heldAlso(concernedBy(about, record), paragraph, record.text)
      : isCurrent
        ? [paragraph]
        : whereNow(record, about);
  const what: What = {
    kind: "position-lodged",
    id,
    paragraph,
    wording,
    level,
    placement,
    holder: record.holders.get(paragraph)?.get(code) ?? mint(),
    ofState,
    confirmed: !floor,
    disclosure: disclosureFor(record.settings.disclosure, level, command.disclosure),
    replaces,
    ...(isCurrent && on.length === 1 ? {} : { on }),
  };
  return accept({ drafts: [act.draft(what, why, floor ? code : undefined)], id });
}

const isAgreeing = (level: Level): boolean => level === "support" || level === "accept";

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

function end(
  record: Record,
  command: Extract<Command, { kind: "withdraw-position" | "confirm-met" }>,
  actor: Actor,
  act: Acting,
): Answer {
  const { position: id } = command;
  const ending = command.kind === "withdraw-position" ? "withdrawn" : "met";
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  const wording = command.kind === "confirm-met" ? command.wording : undefined;
  if (wording !== undefined && !isCurrentWording(record, position, wording))
    return refuse({ code: "wording-stale", position: id });
  if (isTeam(actor.seat)) {
    if (position.endingHeard === ending) return refuse({ code: "nothing-changes", position: id });
    return accept({
      drafts: [act.draft({ kind: "position-ending-heard", position: id, ending }, {}, position.by ?? undefined)],
    });
  }
  if (ending === "withdrawn") return act.decided({ kind: "position-withdrawn", position: id });
  return act.decided({ kind: "position-met", position: id, ...(wording && { wording }) });
}

const isCurrentWording = (record: Record, position: Position, wording: string): boolean =>
  [...position.on, position.paragraph].some((id) => {
    const block = circulatedBlock(record, id);
    return block !== null && wordingOf(block.content).hash === wording;
  });

function confirm(record: Record, command: Extract<Command, { kind: "confirm-position" }>, act: Acting): Answer {
  const { position: id, ending: expected } = command;
  const ending = record.positions.get(id)?.endingHeard;
  // What is confirmed is what was read: an ending heard in between is not confirmed with it.
  if (expected !== undefined && expected !== ending) return refuse({ code: "nothing-to-confirm", position: id });
  if (ending === "withdrawn") return act.decided({ kind: "position-withdrawn", position: id });
  if (ending === "met") return act.decided({ kind: "position-met", position: id });
  return act.decided({ kind: "position-confirmed", position: id });
}

function reaffirm(record: Record, command: Extract<Command, { kind: "reaffirm-position" }>, act: Acting): Answer {
  const { position: id, wording } = command;
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  const says = (block: Block): boolean => wordingOf(block.content).hash === wording;
  // First where it stands already; an objection whose words were removed may name any paragraph that holds them now.
  const block =
    record.text.find((candidate) => position.on.includes(candidate.id) && says(candidate)) ?? record.text.find(says);
  if (!block) return refuse({ code: "wording-stale", position: id });
  return act.decided({ kind: "position-reaffirmed", position: id, wording, paragraph: block.id });
}

// ---------- text ----------

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
  const changed = changedSince(record.text, text).map(storable);
  const locked = lockedParagraphs(record);
  const broken =
    changed.find((block) => locked.has(block.id)) ??
    record.text.find((block) => locked.has(block.id) && !blocksById(text).has(block.id));
  if (broken) return refuse({ code: "agreed", paragraph: broken.id });
  const drafts = [act.draft({ kind: "circulated", order: text.map((block) => block.id), changed, ...how })];
  for (const { position, on } of followAll(record, text, changed)) {
    drafts.push(act.draft({ kind: "position-followed", position, on }));
  }
  return accept({ drafts });
}

/** Whether there is anything to circulate: other words, another order, another part. */
export function differsFromCirculated({ record, text }: Negotiation): boolean {
  return (
    text.length !== record.text.length ||
    text.some((block, index) => block.id !== record.text[index]?.id) ||
    changedSince(record.text, text).length > 0
  );
}

function move(
  { record, text }: Negotiation,
  { paragraph, to, reason = "" }: Extract<Command, { kind: "move-paragraph" }>,
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
  return accept({ drafts: [act.draft(what)], move: { paragraph, to } });
}

// ---------- settings, roster, seats ----------

function change(record: Record, act: Acting, changes: Partial<Settings>): Answer {
  const settings = { ...record.settings, ...changes };
  if (JSON.stringify(settings) === JSON.stringify(record.settings)) return refuse({ code: "nothing-changes" });
  return act.decided({ kind: "settings-changed", settings });
}

function changeDelegation(record: Record, delegation: Delegation, act: Acting): Answer {
  const was = record.delegations.get(delegation.code);
  if (!was) return refuse({ code: "delegation-unknown" });
  return act.decided({ kind: "delegation-changed", delegation });
}

/**
 * SEA2: the team invites the first head of a delegation; from then on that delegation invites its own. Nor may the team take a head's
 * seat away and put somebody else on it, who could end the delegation's objections: that takes the host.
 */
function invite(record: Record, { seat }: Extract<Command, { kind: "invite" }>, actor: Actor, act: Acting): Answer {
  if ("delegation" in seat) {
    if (!record.delegations.has(seat.delegation)) return refuse({ code: "delegation-unknown" });
    const own = delegationOf(actor.seat) === seat.delegation;
    if (!own && !isTeam(actor.seat)) return refuse({ code: "not-allowed" });
    if (!own && (record.headed.has(seat.delegation) || seat.role !== "delegation"))
      return refuse({ code: "head-invites" });
  } else if (!isTeam(actor.seat)) return refuse({ code: "not-allowed" });
  else if (seat.role === "chair" && actor.seat.role !== "chair") return refuse({ code: "only-the-chair" });
  return act.decided({ kind: "seat-invited", seat });
}

function revoke(
  record: Record,
  { seat, person }: Extract<Command, { kind: "revoke-seat" }>,
  actor: Actor,
  act: Acting,
): Answer {
  const held = record.holdings.some(
    (holding) => holding.person === person && spellSeat(holding.seat) === spellSeat(seat),
  );
  if (!held) return refuse({ code: "seat-unknown" });
  const own = delegationOf(actor.seat) !== null && delegationOf(actor.seat) === delegationOf(seat);
  if (!own && !isTeam(actor.seat)) return refuse({ code: "not-allowed" });
  if (isTeam(seat) && actor.seat.role !== "chair") return refuse({ code: "only-the-chair" });
  return act.decided({ kind: "seat-revoked", seat, person });
}

/** A person takes the seat they were invited to: the entry that every seat is (ruling 6). */
export function takeSeat(actor: Actor, now: EpochMs): Draft {
  return new Acting(actor, now).draft({ kind: "seat-taken", seat: actor.seat, person: actor.person, name: actor.name });
}

/** The first entry of a record, and the delegations it opens with. */
export function openNegotiation(
  slug: string,
  settings: Settings,
  delegations: readonly Delegation[],
  actor: Actor,
  now: EpochMs,
): readonly Draft[] {
  const act = new Acting(actor, now);
  return [
    act.draft({ kind: "negotiation-opened", slug, settings }),
    ...delegations.map((delegation) => act.draft({ kind: "delegation-entered", delegation })),
  ];
}
