/** Which page is at which address. Each desk is a bundle of its own; what is around them all comes with the page. */
import { lazy, Suspense } from "react";
import { isTeam, parseSeat } from "../shared/domain/roster.ts";
import { DeskFrame } from "./frame/desk-frame.tsx";
import { Opening } from "./frame/opening.tsx";
import type { HouseApi } from "./live/api.ts";
import { paths } from "./paths.ts";
import { usePath } from "./ui/address.tsx";
import { PageState } from "./ui/page-state.tsx";
import { say } from "./ui/voice.ts";

const ChairDesk = lazy(async () => ({ default: (await import("./chair/chair-desk.tsx")).ChairDesk }));
const DelegationDesk = lazy(async () => ({
  default: (await import("./delegation/delegation-desk.tsx")).DelegationDesk,
}));
const OverviewPage = lazy(async () => ({ default: (await import("./overview/overview-page.tsx")).OverviewPage }));
const NewNegotiation = lazy(async () => ({ default: (await import("./new/new-negotiation.tsx")).NewNegotiation }));

export function Routes({ api }: { readonly api: HouseApi }) {
  const path = usePath();
  if (path === paths.newNegotiation) {
    return (
      <Suspense fallback={<Opening />}>
        <NewNegotiation api={api} />
      </Suspense>
    );
  }
  const desk = paths.readDesk(path);
  const seat = desk && parseSeat(desk.seat);
  if (!seat) return <PageState title={say("desk.noSuchPage")} />;
  return (
    <DeskFrame api={api} slug={desk.slug} seat={seat}>
      <Suspense fallback={<main aria-busy>{say("desk.loading")}</main>}>
        {desk.page === "overview" ? <OverviewPage /> : isTeam(seat) ? <ChairDesk /> : <DelegationDesk />}
      </Suspense>
    </DeskFrame>
  );
}
