/** Which page is at which address. Each desk is a bundle of its own. */
import { createBrowserRouter } from "react-router";
import { Opening } from "./frame/opening.tsx";
import { httpApi } from "./live/api.ts";
import { paths } from "./paths.ts";
import { Mishap } from "./ui/mishap.tsx";
import { PageState } from "./ui/page-state.tsx";
import { say } from "./ui/voice.ts";

export function routes() {
  const api = httpApi();
  return createBrowserRouter([
    {
      errorElement: <Mishap />,
      hydrateFallbackElement: <Opening />,
      children: [
        {
          path: paths.deskPattern,
          lazy: async () => {
            const { DeskFrame } = await import("./frame/desk-frame.tsx");
            return { element: <DeskFrame api={api} /> };
          },
          children: [
            {
              index: true,
              lazy: async () => {
                const { DeskOfSeat } = await import("./frame/desk-of-seat.tsx");
                return { Component: DeskOfSeat };
              },
            },
            {
              path: "overview",
              lazy: async () => {
                const { OverviewPage } = await import("./overview/overview-page.tsx");
                return { Component: OverviewPage };
              },
            },
          ],
        },
        {
          path: paths.newNegotiation,
          lazy: async () => {
            const { NewNegotiation } = await import("./new/new-negotiation.tsx");
            return { element: <NewNegotiation api={api} /> };
          },
        },
        { path: "*", element: <PageState title={say("desk.noSuchPage")} /> },
      ],
    },
  ]);
}
