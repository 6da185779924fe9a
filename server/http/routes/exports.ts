/** The report and its positions as files to keep. They hold what the seat in `?seat=` may see; without one, what everyone may. */
import { stringify } from "csv-stringify/sync";
import * as z from "zod";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { sayNamed } from "../../../shared/messages/tell.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import { part, spelledSeat } from "../../../shared/wire/values.ts";
import type { Part } from "../../../shared/domain/values.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import { toHtml } from "../../publication/html.ts";
import { toJson } from "../../publication/json.ts";
import { toMarkdown } from "../../publication/markdown.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

const exportQuery = z.strictObject({
  seat: spelledSeat.exactOptional(),
  part: part.exactOptional().describe("Only this part"),
  mode: z.literal("clean").exactOptional().describe("The words as they are, without what was changed or proposed"),
});

interface Format {
  readonly type: string;
  /** @param only one part alone, or both */
  readonly write: (negotiation: LiveNegotiation, viewer: Viewer, only?: Part) => string;
}

export const formats: Readonly<Record<string, Format>> = {
  // With the record as far as it may be seen, so that a kept file can be verified.
  json: {
    type: "application/json",
    write: (negotiation, viewer, only) => {
      const report = JSON.parse(toJson(negotiation.report(viewer), only)) as object;
      return `${JSON.stringify({ ...report, record: negotiation.frame(viewer, 0).events }, null, 2)}\n`;
    },
  },
  md: { type: "text/markdown", write: (negotiation, viewer, only) => toMarkdown(negotiation.report(viewer), only) },
  html: { type: "text/html", write: (negotiation, viewer, only) => toHtml(negotiation, viewer, only ?? null) },
  csv: { type: "text/csv", write: (negotiation, viewer, only) => positionsAsCsv(negotiation.report(viewer), only) },
};

export function exportRoutes({ house, identity }: HttpPorts): readonly Endpoint[] {
  function seenBy({ params, caller, query }: Asked<unknown, z.infer<typeof exportQuery>>) {
    const negotiation = house.bySlug(params["slug"] ?? "");
    if (!negotiation) throw new Trouble("not-found");
    const actor = query.seat === undefined ? null : identity.actorIn(caller, negotiation, query.seat);
    return { negotiation, viewer: actor ? viewerOf(actor.seat) : thePublic };
  }

  return Object.entries(formats).map(([extension, { type, write }]) =>
    endpoint(
      {
        method: "get",
        path: `/n/:slug.${extension}`,
        summary: `The report as ${extension}, as the seat sees it.`,
        query: exportQuery,
        answer: type,
        problems: ["not-found", "seat-not-held"],
      },
      (asked) => {
        const { negotiation, viewer } = seenBy(asked);
        const { slug } = negotiation.row;
        asked.response
          .set({
            "Cache-Control": "private, no-cache",
            "Content-Disposition": `attachment; filename="${slug}.${extension}"`,
          })
          .type(type)
          .send(write(negotiation, viewer, asked.query.part));
      },
    ),
  );
}

const columns = [
  "paragraph",
  "part",
  "status",
  "delegation",
  "level",
  "standing",
  "stale",
  "confirmed",
  "since",
  "reason",
  "remedy",
  "words",
  "text",
];

/** One row for each position on each paragraph; a paragraph without any has one row of its own. Opens in a spreadsheet, and runs nothing there. */
export function positionsAsCsv({ parts }: ComposedReport, only?: Part): string {
  const rows = [
    ...(only === "chair-summary" ? [] : parts.consensus),
    ...(only === "consensus" ? [] : parts.chairSummary),
  ]
    .filter(({ kind }) => kind === "paragraph")
    .flatMap(({ number, part: standsIn, status, positions, text }) => {
      const paragraph = [number, standsIn, status ?? ""];
      if (positions.length === 0) return [[...paragraph, "", "", "", "", "", "", "", "", "", text]];
      return positions.map(({ by, level, standing, stale, confirmed, at, reason, remedy, span }) => [
        ...paragraph,
        by ? sayNamed(by, voiceIn("en")) : "",
        level,
        standing ? "yes" : "no",
        stale ? "yes" : "no",
        confirmed ? "yes" : "no",
        new Date(at).toISOString(),
        reason ?? "",
        remedy ? [remedy.kind, remedy.text ?? ""].filter(Boolean).join(": ") : "",
        span?.quote ?? "",
        text,
      ]);
    });
  return stringify([columns, ...rows], { bom: true, escape_formulas: true });
}
