/**
 * Groups of delegations, and what is stated on their behalf (SPEC: GRP). A regional group is a fact of the roster; to a political or
 * cross-regional one a delegation belongs once it has joined. A group's position is the group's: nothing here makes it a member's own.
 */
import type { Disclosure, Level, Position } from "./positions.ts";
import { isAgreeing } from "./positions.ts";
import { departureOf, pseudonymOn } from "./pseudonyms.ts";
import type { Record } from "./record.ts";
import type { Refusal } from "./refusals.ts";
import { refuse } from "./refusals.ts";
import type { RegionalGroup } from "./roster.ts";
import { positionsOn } from "./status.ts";
import type { Block } from "./text.ts";
import type { DelegationCode, EpochMs, GroupId, ParagraphId, PositionId, Result } from "./values.ts";
import { accept } from "./values.ts";

/** Kinds that the chair's team makes; regional groups are there with the roster. */
export const groupKinds = ["political", "cross-regional"] as const;
export type GroupKind = (typeof groupKinds)[number] | "regional";

export interface Group {
  readonly id: GroupId;
  /** As it is said after "on behalf of": "the Coastal States". */
  readonly name: string;
  readonly kind: GroupKind;
  /** Those who joined; of a regional group see `membersOf`. */
  readonly members: readonly DelegationCode[];
  /** Asked by the chair's team and not joined, as far as the viewer may know. */
  readonly invited: readonly DelegationCode[];
  /** The delegation that holds the group's office now and speaks for it. */
  readonly speaker: DelegationCode | null;
  /** No longer on the list; kept for what the record says of it. */
  readonly dissolved: boolean;
}

/** Everything about groups that the record holds. */
export interface Groups {
  /** Those the chair's team made, and regional ones that had a speaker. */
  readonly made: ReadonlyMap<GroupId, Group>;
  /** By the pseudonym that the departing delegation has on that paragraph. */
  readonly departures: ReadonlyMap<string, Departure>;
}

export const noGroups: Groups = { made: new Map(), departures: new Map() };

/** A delegation is not bound by what any of its groups states on this paragraph. */
export interface Departure {
  readonly paragraph: ParagraphId;
  readonly holder: string;
  /** Null where the viewer may not know the name; and so the reason. */
  readonly by: DelegationCode | null;
  readonly reason: string | null;
  readonly disclosure: Disclosure;
  readonly at: EpochMs;
  /** False: the chair's team heard it from the floor (GRP13). */
  readonly confirmed: boolean;
}

/** One delegation for which a group's position counts. */
export interface Behind {
  readonly holder: string;
  /** It belonged to the group when the position was stated. */
  readonly member: boolean;
  /** It said so itself. */
  readonly aligned: boolean;
  /** What it adds in its national capacity. */
  readonly adds: string | null;
  /** False: the chair's team heard it from the floor (GRP13). */
  readonly confirmed: boolean;
}

/** The facts of an entry about groups. */
export type GroupWhat =
  | { readonly kind: "group-made"; readonly group: GroupId; readonly name: string; readonly of: GroupKind }
  | { readonly kind: "group-renamed"; readonly group: GroupId; readonly name: string }
  | { readonly kind: "group-invited"; readonly group: GroupId; readonly delegation: DelegationCode }
  | { readonly kind: "group-joined"; readonly group: GroupId; readonly delegation: DelegationCode }
  | { readonly kind: "group-left"; readonly group: GroupId; readonly delegation: DelegationCode }
  | { readonly kind: "group-speaker-named"; readonly group: GroupId; readonly speaker: DelegationCode | null }
  | { readonly kind: "group-dissolved"; readonly group: GroupId }
  /** `heard`: by the chair's team from the floor. */
  | {
      readonly kind: "alignment-stated";
      readonly position: PositionId;
      readonly holder: string;
      readonly heard?: true;
    }
  | {
      readonly kind: "departure-stated";
      readonly paragraph: ParagraphId;
      readonly holder: string;
      readonly disclosure: Disclosure;
      readonly heard?: true;
    };

/** What can be asked for about groups. */
export type GroupCommand =
  | {
      readonly kind: "create-group";
      readonly name: string;
      readonly of: (typeof groupKinds)[number];
      readonly invite: readonly DelegationCode[];
    }
  | {
      readonly kind: "change-group";
      readonly group: GroupId;
      readonly name?: string;
      readonly invite?: readonly DelegationCode[];
      readonly remove?: readonly DelegationCode[];
    }
  | { readonly kind: "dissolve-group"; readonly group: GroupId }
  | { readonly kind: "name-speaker"; readonly group: GroupId; readonly speaker: DelegationCode | null }
  | { readonly kind: "join-group"; readonly group: GroupId }
  | { readonly kind: "leave-group"; readonly group: GroupId }
  /** With a group's position; `adds`: what the delegation adds in its national capacity. `onBehalfOf`: the chair's team heard it. */
  | {
      readonly kind: "align";
      readonly position: PositionId;
      readonly adds?: string;
      readonly onBehalfOf?: DelegationCode;
    }
  /** From everything that groups state on this paragraph. */
  | {
      readonly kind: "depart";
      readonly paragraph: ParagraphId;
      readonly reason?: string;
      readonly onBehalfOf?: DelegationCode;
    };

const regional: { readonly [R in Exclude<RegionalGroup, "none">]: string } = {
  african: "the African States",
  "asia-pacific": "the Asia-Pacific States",
  "eastern-european": "the Eastern European States",
  "latin-american-caribbean": "the Latin American and Caribbean States",
  "western-european-others": "the Western European and other States",
};

/** Regional groups that have a delegation in the roster, then those the chair's team made, in the order in which they were. */
export function groupsIn(record: Record): readonly Group[] {
  const present = new Set<string>([...record.delegations.values()].map(({ regionalGroup }) => regionalGroup));
  return [
    ...Object.keys(regional).flatMap((id) => (present.has(id) ? (groupIn(record, id as GroupId) ?? []) : [])),
    ...[...record.groups.made.values()].filter(({ kind, dissolved }) => kind !== "regional" && !dissolved),
  ];
}

export function groupIn(record: Record, id: GroupId): Group | null {
  const made = record.groups.made.get(id);
  if (made) return made;
  if (!Object.hasOwn(regional, id)) return null;
  return { ...emptyGroup, id, name: regional[id as keyof typeof regional], kind: "regional" };
}

export const emptyGroup: Omit<Group, "id" | "name" | "kind"> = {
  members: [],
  invited: [],
  speaker: null,
  dissolved: false,
};

/** The delegations of a group that are in the roster, in its order. */
export function membersOf(record: Record, group: Group): readonly DelegationCode[] {
  const members = new Set(group.members);
  return [...record.delegations.values()]
    .filter(({ code, regionalGroup }) =>
      group.kind === "regional" ? regionalGroup === (group.id as string) : members.has(code),
    )
    .map(({ code }) => code);
}

export const isState = (record: Record, code: DelegationCode): boolean =>
  record.delegations.get(code)?.kind === "member-state";

export const groupsOf = (record: Record, code: DelegationCode): readonly Group[] =>
  groupsIn(record).filter((group) => membersOf(record, group).includes(code));

/** The groups whose office a delegation holds. */
export const spokenForBy = (record: Record, code: DelegationCode): readonly Group[] =>
  groupsIn(record).filter(({ speaker }) => speaker === code);

/** Whether a delegation can do what is for States: as one, or as the speaker of a group. */
export const speaksAsState = (record: Record, code: DelegationCode): boolean =>
  isState(record, code) || spokenForBy(record, code).length > 0;

/** A group that is spoken for, with its member states as they are now. */
export interface Spoken {
  readonly group: Group;
  readonly states: readonly DelegationCode[];
}

/** Whether a delegation may state something on behalf of a group: only the one that holds its office (GRP3), and not where it departed (GRP12). */
export function speakingFor(
  record: Record,
  id: GroupId,
  code: DelegationCode,
  paragraph: ParagraphId,
): Result<Spoken, Refusal> {
  const group = groupIn(record, id);
  if (!group || group.dissolved) return refuse({ code: "group-unknown" });
  if (group.speaker !== code) return refuse({ code: "not-the-speaker" });
  if (hasDeparted(record, paragraph, code)) return refuse({ code: "speaker-departed", paragraph });
  return accept({ group, states: membersOf(record, group).filter((member) => isState(record, member)) });
}

/** From what groups state on this paragraph. */
export function hasDeparted(record: Record, paragraph: ParagraphId, code: DelegationCode): boolean {
  const holder = pseudonymOn(record, paragraph, code);
  return holder !== null && (record.groups.departures.get(holder)?.confirmed ?? false);
}

/** Whether a delegation stands behind what this group proposes on a paragraph, so that it does not join it for itself (PRO13). */
export function isBehind(record: Record, id: GroupId | null, paragraph: ParagraphId, code: DelegationCode): boolean {
  const group = id && groupIn(record, id);
  return group !== null && membersOf(record, group).includes(code) && !hasDeparted(record, paragraph, code);
}

/** In which capacity something is stated on behalf of a group: its member states, each by its pseudonym on the paragraph. */
export const inNameOf = (
  record: Record,
  paragraph: ParagraphId,
  { group, states }: Spoken,
  own: { readonly code: DelegationCode; readonly holder: string },
  mint: () => string,
): { onBehalfOfGroup: GroupId; groupMembers: { readonly [code: string]: string } } => ({
  onBehalfOfGroup: group.id,
  groupMembers: Object.fromEntries(
    states.map((member) => [
      member,
      member === own.code ? own.holder : (pseudonymOn(record, paragraph, member) ?? mint()),
    ]),
  ),
});

/** The delegation that may end, confirm or reaffirm a position: its author, or whoever speaks for the group now. */
export const authorOf = (record: Record, { group, by }: Pick<Position, "group" | "by">): DelegationCode | null =>
  group === null ? by : (groupIn(record, group)?.speaker ?? null);

/** Whether a delegation is a party to a position: its author, or a member of the group when it was stated. */
export const isPartyTo = (position: Position, code: DelegationCode): boolean =>
  position.by === code || position.members.includes(code);

export type Bound = "speaks" | "adds" | "aligned" | "member" | "later" | "departed" | "own";

/** What a group has stated on a paragraph, and how one of its members stands to that. */
export interface GroupStatement {
  readonly paragraph: ParagraphId;
  readonly position: Position;
  readonly group: Group;
  readonly bound: Bound;
  /** That it aligned or departed was heard from the floor, and it has not said so itself. */
  readonly heard: boolean;
  /** Another of its groups says otherwise here, and the delegation has not said with which it goes (GRP8). */
  readonly conflict: boolean;
}

/** In the order of the text: every standing group position that concerns this delegation, as a member or because it aligned. */
export function statementsFor(record: Record, text: readonly Block[], code: DelegationCode): readonly GroupStatement[] {
  const statements: GroupStatement[] = [];
  const told = new Set<PositionId>();
  for (const block of text) {
    const here = positionsOn(record, block.id).flatMap((position): Omit<GroupStatement, "conflict">[] => {
      const group = position.group && groupIn(record, position.group);
      if (!group || told.has(position.id)) return [];
      const bound = boundBy(record, position, group, code);
      const heard =
        (bound === "departed" || bound === "aligned" || bound === "adds") && isHeard(record, position, code);
      return bound ? [{ paragraph: block.id, position, group, bound, heard }] : [];
    });
    for (const statement of here) {
      told.add(statement.position.id);
      const conflict =
        statement.bound === "member" &&
        here.some(({ position, bound }) => bound === "member" && contradicts(position.level, statement.position.level));
      statements.push({ ...statement, conflict });
    }
  }
  return statements;
}

function isHeard(record: Record, position: Position, code: DelegationCode): boolean {
  const holder = record.holders.get(position.paragraph)?.get(code) ?? "";
  const departure = [position.paragraph, ...position.on].flatMap(
    (id) => departureOf(record, position, id, holder) ?? [],
  );
  if (departure.length > 0) return departure.every(({ confirmed }) => !confirmed);
  return position.behind?.some((one) => one.holder === holder && !one.confirmed) ?? false;
}

function boundBy(record: Record, position: Position, group: Group, code: DelegationCode): Bound | null {
  const holder = record.holders.get(position.paragraph)?.get(code);
  const behind = position.behind?.find((one) => one.holder === holder);
  if (group.speaker === code) return "speaks";
  if (!behind && !membersOf(record, group).includes(code) && !isPartyTo(position, code)) return null;
  if (position.on.some((id) => positionsOn(record, id).some((own) => own.by === code && own.group === null)))
    return "own";
  const has = (id: ParagraphId): boolean => holder !== undefined && departureOf(record, position, id, holder) !== null;
  if ([position.paragraph, ...position.on].some(has)) return "departed";
  if (!behind) return "later";
  if (behind.adds) return "adds";
  return behind.aligned ? "aligned" : "member";
}

const isOpposing = (level: Level): boolean => ["reservation", "awaiting-instructions", "objection"].includes(level);

/** One agrees and the other does not. */
export const contradicts = (a: Level, b: Level): boolean =>
  (isAgreeing(a) && isOpposing(b)) || (isOpposing(a) && isAgreeing(b));
