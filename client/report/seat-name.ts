/** A seat as people say it: "Chair", "Lunari", "Lunari (Adviser)". */
import type { Record } from "../../shared/domain/record.ts";
import type { Seat } from "../../shared/domain/roster.ts";
import { say } from "../ui/voice.ts";

export function seatName(seat: Seat, record: Pick<Record, "delegations">): string {
  const role = say(`words.role.${seat.role}`);
  if (!("delegation" in seat)) return role;
  const name = record.delegations.get(seat.delegation)?.name ?? seat.delegation;
  return seat.role === "delegation" ? name : say("record.seatOf", { name, role });
}
