/** Where every paragraph and every word of a version comes from, as files. */
import * as z from "zod";
import type { Step } from "../../../shared/domain/lineage.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { LineageRow } from "../../../shared/domain/seen-lineage.ts";
import { lineageRows } from "../../../shared/domain/seen-lineage.ts";
import { spelledSeat, versionName } from "../../../shared/wire/values.ts";
import { lineageAsCsv, lineageAsJson } from "../../publication/lineage.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { Talks } from "../pages/deps.ts";
import type { Between } from "../pages/lineage-page.tsx";
import { stepsBetween } from "../pages/lineage-page.tsx";
import { lineageIn } from "../pages/lineage-parts.tsx";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { readerOf, sendFile } from "./files.ts";

export const lineageQuery = z.strictObject({
  seat: spelledSeat.exactOptional(),
  from: versionName.exactOptional().describe("The earlier version; without it from the beginning"),
  to: versionName.exactOptional().describe("The later version; without it what is read today"),
});

/** @throws Trouble where one of the versions is unknown, or there is nothing to tell of yet */
export function lineageAsked(
  negotiation: Talks,
  viewer: Viewer,
  { from, to }: z.infer<typeof lineageQuery>,
): { readonly rows: readonly LineageRow[]; readonly between: Between & { readonly to: Step } } {
  const lineage = lineageIn(negotiation);
  const between = stepsBetween(lineage, from, to);
  if (!between?.to) throw new Trouble("not-found");
  const rows = lineageRows({ lineage, entries: negotiation.entries, viewer }, between.from, between.to);
  return { rows, between: { from: between.from, to: between.to } };
}

export const lineageRoutes = (ports: HttpPorts): readonly Endpoint[] =>
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
      async (asked) => {
        const { negotiation, viewer } = readerOf(ports, asked);
        const { rows, between } = lineageAsked(negotiation, viewer, asked.query);
        const file = { name: `${negotiation.row.slug}-lineage.${extension}`, type: extension };
        await sendFile(
          asked.response,
          file,
          extension === "json" ? lineageAsJson(rows, between) : lineageAsCsv(rows, between.to),
        );
      },
    ),
  );
