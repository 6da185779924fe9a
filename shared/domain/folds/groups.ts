/** What entries about groups do to the record (SPEC: GRP). */
import { delegationBehind } from "../disclosure.ts";
import type { Behind, Group, GroupWhat } from "../groups.ts";
import { emptyGroup, groupIn } from "../groups.ts";
import type { Position } from "../positions.ts";
import type { Fact } from "../record.ts";
import type { DelegationCode, GroupId } from "../values.ts";
import type { Folding } from "./folding.ts";
import { amend, knownPosition, names, returns } from "./positions.ts";

export function foldGroup(next: Folding, fact: Fact, what: GroupWhat): void {
  const code = fact.who && delegationBehind({ who: fact.who });
  switch (what.kind) {
    case "group-made":
      put(next, { ...emptyGroup, id: what.group, name: what.name, kind: what.of });
      return;
    case "group-renamed":
      change(next, what.group, () => ({ name: what.name }));
      return;
    case "group-invited":
      change(next, what.group, ({ invited }) => ({ invited: [...without(invited, what.delegation), what.delegation] }));
      return;
    case "group-joined":
      change(next, what.group, ({ invited, members }) => ({
        invited: without(invited, what.delegation),
        members: [...without(members, what.delegation), what.delegation],
      }));
      return;
    case "group-left":
      change(next, what.group, ({ invited, members, speaker }) => ({
        invited: without(invited, what.delegation),
        members: without(members, what.delegation),
        speaker: speaker === what.delegation ? null : speaker,
      }));
      return;
    case "group-speaker-named":
      change(next, what.group, () => ({ speaker: what.speaker }));
      return;
    case "group-dissolved":
      change(next, what.group, () => ({ ...emptyGroup, dissolved: true }));
      return;
    case "alignment-stated": {
      const position = knownPosition(next, what.position);
      const { holder, heard } = what;
      const behind = position.behind ?? [];
      const member = behind.some((one) => one.holder === holder && one.member);
      const adds = fact.why?.reason ?? null;
      amend(next, position.id, {
        behind: [
          ...behind.filter((one) => one.holder !== holder),
          { holder, member, aligned: true, adds, confirmed: !heard },
        ],
      });
      // What was heard takes back nothing that the delegation said itself.
      if (!heard || !next.state.groups.departures.get(holder)?.confirmed) returns(next, holder);
      if (code) names(next, position.paragraph, { [code]: holder });
      return;
    }
    case "departure-stated": {
      const { paragraph, holder, disclosure, heard } = what;
      const reason = fact.why?.reason ?? null;
      const departure = { paragraph, holder, disclosure, by: code, reason, at: fact.at, confirmed: !heard };
      const departures = new Map(next.state.groups.departures).set(holder, departure);
      next.set("groups", { ...next.state.groups, departures });
      for (const position of next.state.positions.values()) {
        const behind = position.behind && unaligned(position, holder);
        if (behind) amend(next, position.id, { behind });
      }
      if (code) names(next, paragraph, { [code]: holder });
      return;
    }
  }
}

/** Null when nothing of it changes. Who merely aligned is behind it no longer; a member stays one. */
function unaligned({ behind }: Position, holder: string): readonly Behind[] | null {
  if (!behind?.some((one) => one.holder === holder && one.aligned)) return null;
  return behind.flatMap((one) => {
    if (one.holder !== holder) return [one];
    return one.member ? [{ ...one, aligned: false, adds: null, confirmed: true }] : [];
  });
}

const without = (codes: readonly DelegationCode[], code: DelegationCode): readonly DelegationCode[] =>
  codes.filter((one) => one !== code);

function put(next: Folding, group: Group): void {
  next.set("groups", { ...next.state.groups, made: new Map(next.state.groups.made).set(group.id, group) });
}

function change(next: Folding, id: GroupId, how: (group: Group) => Partial<Group>): void {
  const group = groupIn(next.state, id);
  if (!group) throw new Error(`evolve: an act of group ${id}, which was never made`);
  put(next, { ...group, ...how(group) });
}
