/** Groups: who makes them, who belongs, who speaks, and how a member stands to what was stated in its name (SPEC: GRP). */
import { disclosureFor } from "../disclosure.ts";
import type { GroupCommand } from "../groups.ts";
import { authorOf, contradicts, groupIn, groupsOf, isState, membersOf } from "../groups.ts";
import { pseudonymOn } from "../pseudonyms.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { delegationOf } from "../roster.ts";
import { positionsOn } from "../status.ts";
import type { DelegationCode, GroupId } from "../values.ts";
import { accept } from "../values.ts";
import type { Acting, Answer } from "./acting.ts";
import { speakerOf } from "./acting.ts";
import { handOn } from "./bridging.ts";

type Of<K extends GroupCommand["kind"]> = Extract<GroupCommand, { readonly kind: K }>;

export function decideGroup(
  record: Record,
  command: GroupCommand,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  switch (command.kind) {
    case "create-group":
      return create(record, command, act, mint() as GroupId);
    case "change-group":
      return change(record, command, act);
    case "dissolve-group":
      return dissolve(record, command, act);
    case "name-speaker":
      return nameSpeaker(record, command, actor, act, mint);
    case "join-group":
    case "leave-group":
      return joinOrLeave(record, command, actor, act);
    case "align":
      return align(record, command, actor, act, mint);
    case "depart":
      return depart(record, command, actor, act, mint);
  }
}

const unknownAmong = (record: Record, codes: readonly DelegationCode[]): boolean =>
  codes.some((code) => !record.delegations.has(code));

function create(record: Record, { name, of, invite }: Of<"create-group">, act: Acting, group: GroupId): Answer {
  if (unknownAmong(record, invite)) return refuse({ code: "delegation-unknown" });
  const drafts = [
    act.draft({ kind: "group-made", group, name, of }),
    ...[...new Set(invite)].map((delegation) => act.draft({ kind: "group-invited", group, delegation })),
  ];
  return accept({ drafts, id: group });
}

function change(
  record: Record,
  { group: id, name, invite = [], remove = [] }: Of<"change-group">,
  act: Acting,
): Answer {
  const group = groupIn(record, id);
  if (!group || group.dissolved) return refuse({ code: "group-unknown" });
  if (group.kind === "regional") return refuse({ code: "group-regional" });
  if (unknownAmong(record, invite)) return refuse({ code: "delegation-unknown" });
  if (invite.some((code) => group.members.includes(code))) return refuse({ code: "already-a-member" });
  const listed = [...group.members, ...group.invited];
  if (remove.some((code) => !listed.includes(code))) return refuse({ code: "not-a-member" });
  const drafts = [
    ...(name !== undefined && name !== group.name ? [act.draft({ kind: "group-renamed", group: id, name })] : []),
    ...[...new Set(invite)]
      .filter((code) => !group.invited.includes(code))
      .map((delegation) => act.draft({ kind: "group-invited", group: id, delegation })),
    ...[...new Set(remove)].map((delegation) => act.draft({ kind: "group-left", group: id, delegation })),
  ];
  return drafts.length === 0 ? refuse({ code: "nothing-changes" }) : accept({ drafts });
}

/** GRP10: nobody clears a group's objection by doing away with the group. */
function dissolve(record: Record, { group: id }: Of<"dissolve-group">, act: Acting): Answer {
  const group = groupIn(record, id);
  if (!group || group.dissolved) return refuse({ code: "group-unknown" });
  if (group.kind === "regional") return refuse({ code: "group-regional" });
  const standing = [...record.positions.values()].find(
    (position) => position.group === id && position.standing === "standing",
  );
  if (standing) return refuse({ code: "group-positions-stand", position: standing.id });
  return act.decided({ kind: "group-dissolved", group: id });
}

/** GRP3: the chair's team records who holds the group's office; whoever holds it may hand it on. */
function nameSpeaker(
  record: Record,
  { group: id, speaker }: Of<"name-speaker">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const group = groupIn(record, id);
  if (!group) return refuse({ code: "group-unknown" });
  const own = delegationOf(actor.seat);
  if (own !== null && own !== group.speaker) return refuse({ code: "not-the-speaker" });
  if (speaker === group.speaker) return refuse({ code: "nothing-changes" });
  if (speaker !== null && !membersOf(record, group).includes(speaker)) return refuse({ code: "not-a-member" });
  const named = act.draft({ kind: "group-speaker-named", group: id, speaker });
  const made = new Map(record.groups.made).set(id, { ...group, speaker });
  return accept({ drafts: [named, ...handOn({ ...record, groups: { ...record.groups, made } }, act, mint)] });
}

function joinOrLeave(
  record: Record,
  { kind, group: id }: Of<"join-group" | "leave-group">,
  actor: Actor,
  act: Acting,
): Answer {
  const group = groupIn(record, id);
  const delegation = delegationOf(actor.seat);
  if (!group || group.dissolved || !delegation) return refuse({ code: "group-unknown" });
  if (group.kind === "regional") return refuse({ code: "group-regional" });
  const belongs = group.members.includes(delegation);
  if (kind === "leave-group") {
    if (!belongs && !group.invited.includes(delegation)) return refuse({ code: "not-a-member" });
    return act.decided({ kind: "group-left", group: id, delegation });
  }
  if (belongs) return refuse({ code: "already-a-member" });
  if (!group.invited.includes(delegation)) return refuse({ code: "not-invited" });
  return act.decided({ kind: "group-joined", group: id, delegation });
}

/** GRP5: a state aligns with what a group stated, its own group or another, and may add in its national capacity. */
function align(
  record: Record,
  { position: id, adds = "", onBehalfOf }: Of<"align">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const speaks = speakerOf(record, actor, onBehalfOf);
  if (!speaks.ok) return speaks;
  const { code, heard } = speaks.value;
  if (!isState(record, code)) return refuse({ code: "not-a-state" });
  const position = record.positions.get(id);
  if (!position) return refuse({ code: "position-unknown", position: id });
  if (position.behind === null) return refuse({ code: "not-of-a-group", position: id });
  if (position.standing !== "standing") return refuse({ code: "position-ended", position: id });
  const holder = record.holders.get(position.paragraph)?.get(code);
  const already = position.behind.find((one) => one.holder === holder && one.aligned);
  const departure = holder === undefined ? undefined : record.groups.departures.get(holder);
  const isSaid = already && (already.confirmed || heard);
  if (isSaid && !departure && (already.adds ?? "") === adds.trim()) return refuse({ code: "nothing-changes" });
  // GRP13: what the delegation said itself is its own to change.
  if (heard && (already?.confirmed || departure?.confirmed)) return refuse({ code: "not-yours", position: id });
  const own = position.on
    .flatMap((paragraph) => positionsOn(record, paragraph))
    .find((one) => one.by === code && one.group === null && contradicts(one.level, position.level));
  if (own) return refuse({ code: "own-position-stands", position: own.id });
  return act.decided(
    { kind: "alignment-stated", position: id, holder: holder ?? mint(), ...(heard && { heard }) },
    adds.trim() ? { reason: adds.trim() } : {},
    heard ? { onBehalfOf: code } : {},
  );
}

/** GRP6: one departure is from everything that groups state on the paragraph. */
function depart(
  record: Record,
  { paragraph, reason = "", onBehalfOf }: Of<"depart">,
  actor: Actor,
  act: Acting,
  mint: () => string,
): Answer {
  const speaking = speakerOf(record, actor, onBehalfOf);
  if (!speaking.ok) return speaking;
  const { code, heard } = speaking.value;
  if (!isState(record, code)) return refuse({ code: "not-a-state" });
  if (!record.wordings.has(paragraph)) return refuse({ code: "paragraph-unknown", paragraph });
  const here = positionsOn(record, paragraph).filter((position) => position.behind !== null);
  const speaks = here.find((position) => authorOf(record, position) === code);
  if (speaks) return refuse({ code: "speaks-for-it", position: speaks.id });
  // Where a group's words were split off or copied to, its members are known by the names they have where it was stated.
  const holders = new Set(
    here.flatMap(({ paragraph: stated, behind }) => {
      const holder = record.holders.get(stated)?.get(code);
      return holder !== undefined && behind?.some((one) => one.holder === holder) ? [holder] : [];
    }),
  );
  if (holders.size === 0 && groupsOf(record, code).length === 0) return refuse({ code: "not-a-member" });
  if (holders.size === 0) holders.add(pseudonymOn(record, paragraph, code) ?? mint());
  const said = here.flatMap(({ behind }) => behind?.filter((one) => holders.has(one.holder) && one.aligned) ?? []);
  if (heard && said.some(({ confirmed }) => confirmed)) return refuse({ code: "not-yours", paragraph });
  const fresh = [...holders].filter((holder) => {
    const departure = record.groups.departures.get(holder);
    return !departure || !(departure.confirmed || heard);
  });
  if (fresh.length === 0) return refuse({ code: "nothing-changes" });
  const disclosure = disclosureFor(record.settings.disclosure, "concern");
  const why = reason.trim() ? { reason: reason.trim() } : {};
  return accept({
    drafts: fresh.map((holder) =>
      act.draft(
        { kind: "departure-stated", paragraph, holder, disclosure, ...(heard && { heard }) },
        why,
        heard ? { onBehalfOf: code } : {},
      ),
    ),
  });
}
