/** Where every paragraph and every word of a version comes from, as files. */
import * as z from "zod";
import { thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import { lineageRows } from "../../../shared/domain/seen-lineage.ts";
import { spelledSeat, versionName } from "../../../shared/wire/values.ts";
import { lineageAsCsv, lineageAsJson } from "../../publication/lineage.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { stepsBetween } from "../pages/lineage-page.tsx";
import { lineageIn } from "../pages/lineage-parts.tsx";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

const lineageQuery = z.strictObject({
  seat: spelledSeat.exactOptional(),
  from: versionName.exactOptional().describe("The earlier version; without it from the beginning"),
  to: versionName.exactOptional().describe("The later version; without it what is read today"),
});

export const lineageRoutes = ({ house, identity }: HttpPorts): readonly Endpoint[] =>
  (["json", "csv"] as const).map((extension) =>
    endpoint(
      {
        method: "get",
        path: `/n/:slug/lineage.${extension}`,
        summary: `New paragraph, old, contributors and how, between two versions, as ${extension}.`,
        query: lineageQuery,
        answer: extension === "json" ? "application/json" : "text/csv",
        problems: ["not-found", "seat-not-held"],
      },
      ({ params, caller, query, response }) => {
        const negotiation = house.bySlug(params["slug"] ?? "");
        if (!negotiation) throw new Trouble("not-found");
        const actor = query.seat === undefined ? null : identity.actorIn(caller, negotiation, query.seat);
        const viewer = actor ? viewerOf(actor.seat) : thePublic;
        const lineage = lineageIn(negotiation);
        const between = stepsBetween(lineage, query.from, query.to);
        if (!between?.to) throw new Trouble("not-found");
        const rows = lineageRows({ lineage, entries: negotiation.entries, viewer }, between.from, between.to);
        response
          .set({
            "Cache-Control": "private, no-cache",
            "Content-Disposition": `attachment; filename="${negotiation.row.slug}-lineage.${extension}"`,
          })
          .type(extension)
          .send(extension === "json" ? lineageAsJson(rows, between) : lineageAsCsv(rows));
      },
    ),
  );
