/** Documents about the report: how its paragraphs stand, and where they come from. */
import * as z from "zod";
import { voiceIn } from "../../../shared/messages/say.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import type { Exported, Told } from "../../publication/formats.ts";
import { documentFormats, shown } from "../../publication/formats.ts";
import { lineageTable } from "../../publication/lineage.ts";
import { statusTable } from "../../publication/status-table.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import type { ProblemCode } from "../problems.ts";
import type { SeatInQuery } from "./files.ts";
import { readerOf } from "./files.ts";
import type { SlowFiles } from "./slow-files.ts";
import { lineageAsked, lineageQuery } from "./lineage.ts";

const voice = voiceIn("en");
const onlySeat = z.strictObject({ seat: spelledSeat.exactOptional() });

interface About<Query> {
  /** Under the negotiation's own address, without an extension. */
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodType<Query>;
  readonly problems?: readonly ProblemCode[];
  /** What it says to this viewer; @throws Trouble where there is no such document for them. */
  readonly tell: (exported: Exported, asked: Asked<unknown, Query>) => Told;
}

export function documentRoutes(ports: HttpPorts, files: SlowFiles): readonly Endpoint[] {
  const inEveryFormat = <Query extends SeatInQuery>({
    path,
    summary,
    query,
    problems = [],
    tell,
  }: About<Query>): Endpoint[] =>
    Object.entries(documentFormats).map(([extension, { type, write }]) =>
      endpoint(
        {
          method: "get",
          path: `/n/:slug/${path}.${extension}`,
          summary: `${summary}, as ${extension}.`,
          query,
          answer: type,
          problems: ["not-found", "seat-not-held", "busy", "document-failed", ...problems],
        },
        async (asked) => {
          const { negotiation, viewer } = readerOf(ports, asked);
          const exported = shown(negotiation, viewer);
          const name = `${negotiation.row.slug}-${path.replaceAll(/[/:]+/g, "-")}.${extension}`;
          await files.send(asked, { name, type }, write(exported, tell(exported, asked), ports));
        },
      ),
    );

  return [
    ...inEveryFormat({
      path: "status",
      summary: "How each paragraph of the consensus text stands, as the seat sees it",
      query: onlySeat,
      tell: (exported) => statusTable(exported, voice),
    }),
    ...inEveryFormat({
      path: "lineage",
      summary: "New paragraph, old, contributors and how, between two versions",
      query: lineageQuery,
      tell: ({ negotiation, viewer }, { query }) => {
        const { rows, between } = lineageAsked(negotiation, viewer, query);
        return lineageTable(rows, between);
      },
    }),
  ];
}
