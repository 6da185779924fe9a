/** The report and its positions as files to keep. They hold what the seat in `?seat=` may see; without one, what everyone may. */
import { stringify } from "csv-stringify/sync";
import * as z from "zod";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { sayNamed } from "../../../shared/messages/tell.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import { part, spelledSeat, versionName } from "../../../shared/wire/values.ts";
import type { Part } from "../../../shared/domain/values.ts";
import type { Numbered } from "../../../shared/domain/comparison.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { versionNamed } from "../../../shared/domain/versions.ts";
import { issuedReading } from "../pages/issued.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import { toHtml } from "../../publication/html.ts";
import { differencesAsJson, toJson } from "../../publication/json.ts";
import { toMarkdown, toRedlineMarkdown } from "../../publication/markdown.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

const exportQuery = z.strictObject({
  seat: spelledSeat.exactOptional(),
  part: part.exactOptional().describe("Only this part"),
  mode: z.literal("clean").exactOptional().describe("The words as they are, without what was changed or proposed"),
  against: versionName.exactOptional().describe("As a redline against this version (md, json, html)"),
});

/** What a file is made of. */
interface Exported {
  readonly negotiation: LiveNegotiation;
  readonly viewer: Viewer;
  readonly report: ComposedReport;
  readonly text: Numbered & { readonly label: string };
  /** Null: what this viewer reads today. */
  readonly version: Version | null;
  readonly against: Version | null;
  /** One part alone. */
  readonly only: Part | undefined;
}

interface Format {
  readonly type: string;
  readonly write: (exported: Exported) => string;
}

export const formats: Readonly<Record<string, Format>> = {
  // With the record as far as it may be seen, so that a kept file can be verified.
  json: {
    type: "application/json",
    write: ({ negotiation, viewer, report, text, version, against, only }) =>
      toJson(report, only, {
        ...(version && { version: version.name }),
        ...(against && { against: against.name, differences: differencesAsJson(against, text, only) }),
        record: negotiation.frame(viewer, 0).events,
      }),
  },
  md: {
    type: "text/markdown",
    write: ({ report, text, against, only }) =>
      against ? toRedlineMarkdown(report.title, against, text, only) : toMarkdown(report, only),
  },
  html: {
    type: "text/html",
    write: ({ negotiation, viewer, version, against, only = null }) =>
      toHtml(negotiation, viewer, { only, version, against }),
  },
  csv: { type: "text/csv", write: ({ report, only }) => positionsAsCsv(report, only) },
};

export function exportRoutes({ house, identity }: HttpPorts): readonly Endpoint[] {
  function exported({ params, caller, query }: Asked<unknown, z.infer<typeof exportQuery>>): Exported {
    const negotiation = house.bySlug(params["slug"] ?? "");
    if (!negotiation) throw new Trouble("not-found");
    const { record } = negotiation;
    const actor = query.seat === undefined ? null : identity.actorIn(caller, negotiation, query.seat);
    const viewer = actor ? viewerOf(actor.seat) : thePublic;
    const named = (name: string | undefined): Version | null => {
      if (name === undefined) return null;
      const version = versionNamed(record, name);
      if (!version) throw new Trouble("not-found");
      return version;
    };
    const version = named(params["version"]);
    return { ...shown(negotiation, viewer, version), against: named(query.against), only: query.part };
  }

  return ["/n/:slug", "/n/:slug/v/:version"].flatMap((path) =>
    Object.entries(formats).map(([extension, { type, write }]) =>
      endpoint(
        {
          method: "get",
          path: `${path}.${extension}`,
          summary: path.endsWith("version")
            ? `An issued version as ${extension}, with how things stood when it was issued.`
            : `The report as ${extension}, as the seat sees it.`,
          query: exportQuery,
          answer: type,
          problems: ["not-found", "seat-not-held"],
        },
        (asked) => {
          const what = exported(asked);
          const { slug } = what.negotiation.row;
          const name = [slug, what.version?.name, what.against && `against-${what.against.name}`].filter(Boolean);
          asked.response
            .set({
              "Cache-Control": "private, no-cache",
              "Content-Disposition": `attachment; filename="${name.join("-")}.${extension}"`,
            })
            .type(type)
            .send(write(what));
        },
      ),
    ),
  );
}

/** Both parts, compared with nothing: the report as this viewer reads it, or a version as it was issued. */
export function shown(negotiation: LiveNegotiation, viewer: Viewer, version: Version | null = null): Exported {
  const plain = { negotiation, viewer, version, against: null, only: undefined };
  if (version) {
    const { report } = issuedReading(negotiation, version, viewer);
    return { ...plain, report, text: version };
  }
  const text = negotiation.textFor(viewer);
  const { numbers } = numbersToday(negotiation.record, text);
  return { ...plain, report: negotiation.report(viewer), text: { text, numbers, label: "Today" } };
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
