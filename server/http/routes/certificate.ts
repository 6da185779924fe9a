/** A silence procedure certified, as a file. */
import * as z from "zod";
import { thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import type { SilenceId } from "../../../shared/domain/values.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import { certificateAsMarkdown } from "../../publication/certificate.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { certificateOf } from "../pages/certificate.tsx";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export const certificateRoutes = ({ house, identity }: HttpPorts): readonly Endpoint[] => [
  endpoint(
    {
      method: "get",
      path: "/n/:slug/silence/:silence.md",
      summary:
        "The certificate of a silence procedure: its words, its deadline, what came in which order, and how to check it.",
      query: z.strictObject({ seat: spelledSeat.exactOptional() }),
      answer: "text/markdown",
      problems: ["not-found", "seat-not-held"],
    },
    async ({ params, caller, query, response }) => {
      const negotiation = house.bySlug(params["slug"] ?? "");
      if (!negotiation) throw new Trouble("not-found");
      const actor = query.seat === undefined ? null : identity.actorIn(caller, negotiation, query.seat);
      const viewer = actor ? viewerOf(actor.seat) : thePublic;
      const certificate = await certificateOf(negotiation, viewer, actor?.seat ?? null, params["silence"] as SilenceId);
      if (!certificate) throw new Trouble("not-found");
      response.set("Cache-Control", "private, no-cache").type("md").send(certificateAsMarkdown(certificate));
    },
  ),
];
