/** In which capacity a delegation states something: for itself, or for a group whose office it holds. Nothing is asked of those who hold none. */
import { spokenForBy } from "../../shared/domain/groups.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { DelegationCode, GroupId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Choice } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  /** Whoever states it; "" as long as the chair's team has not said from whom it heard it. */
  readonly code: DelegationCode | "";
  /** "": for itself. */
  readonly value: GroupId | "";
  readonly onChange: (group: GroupId | "") => void;
}

export function CapacityChoice({ code, value, onChange }: Props) {
  const { record, seat } = useNegotiation();
  const groups = code === "" ? [] : spokenForBy(record, code);
  if (groups.length === 0) return null;
  return (
    <Choice
      inline
      label={say("desk.groups.capacity")}
      value={value}
      options={[
        { value: "" as const, label: say(delegationOf(seat) === null ? "desk.groups.itself" : "desk.groups.own") },
        ...groups.map(({ id, name }) => ({ value: id, label: say("desk.groups.onBehalf", { group: name }) })),
      ]}
      onChange={onChange}
    />
  );
}
