/** The desk that belongs to the seat: the chair's team writes, everyone else reads and states positions. */
import { lazy, Suspense } from "react";
import { isTeam } from "../../shared/domain/roster.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say } from "../ui/voice.ts";

const ChairDesk = lazy(async () => ({ default: (await import("../chair/chair-desk.tsx")).ChairDesk }));
const DelegationDesk = lazy(async () => ({
  default: (await import("../delegation/delegation-desk.tsx")).DelegationDesk,
}));

export function DeskOfSeat() {
  const { seat } = useNegotiation();
  return (
    <Suspense fallback={<main aria-busy>{say("desk.loading")}</main>}>
      {isTeam(seat) ? <ChairDesk /> : <DelegationDesk />}
    </Suspense>
  );
}
