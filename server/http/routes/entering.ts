/** Coming in and going out. The page that a link opens is in `pages`; here is what its button does. */
import { spellSeat } from "../../../shared/domain/roster.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export const deskAddress = (slug: string, seat: string): string => `/n/${slug}/desk/${seat}`;

export function enteringRoutes({ house, identity, demo }: HttpPorts): readonly Endpoint[] {
  return [
    endpoint(
      {
        method: "post",
        path: "/enter/:token",
        summary: "Uses a sign-in link up: its seat joins those of this browser.",
        answer: "text/plain",
        status: 303,
        problems: ["link-spent"],
      },
      async ({ params, caller, response }) => {
        const { cookies, negotiation, seat } = await identity.enter(params["token"] ?? "", caller);
        for (const cookie of cookies) response.append("Set-Cookie", cookie);
        response.redirect(303, negotiation ? deskAddress(negotiation.row.slug, seat) : "/new");
      },
    ),
    endpoint(
      {
        method: "post",
        path: "/sign-out",
        summary: "Ends this browser's session and cuts its sockets.",
        answer: "text/plain",
        status: 303,
      },
      async ({ caller, response }) => {
        for (const cookie of await identity.leave(caller)) response.append("Set-Cookie", cookie);
        if (caller.kind === "session") {
          for (const negotiation of house.all()) for (const person of caller.persons) negotiation.closePeersOf(person);
        }
        response.redirect(303, "/");
      },
    ),
    ...(demo
      ? [
          endpoint(
            {
              method: "post",
              path: "/demo/enter/:seat",
              summary: "Takes a seat of the demo; every seat is for everyone.",
              answer: "text/plain",
              status: 303,
              problems: ["not-found"],
            },
            async ({ params, caller, response }) => {
              const { seat: wanted = "" } = params;
              const negotiation = house.bySlug(demo.slug);
              const holding = negotiation?.record.holdings.find(({ seat }) => spellSeat(seat) === wanted);
              if (!holding) throw new Trouble("not-found");
              for (const cookie of await identity.join(caller, holding.person)) response.append("Set-Cookie", cookie);
              response.redirect(303, deskAddress(demo.slug, wanted));
            },
          ),
          endpoint(
            {
              method: "post",
              path: "/demo/reset",
              summary: "Brings the beginning of the demo back.",
              answer: "text/plain",
              status: 303,
            },
            async ({ response }) => {
              await demo.reset();
              response.redirect(303, "/demo");
            },
          ),
        ]
      : []),
  ];
}
