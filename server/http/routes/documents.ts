/** Documents about the report: how its paragraphs stand and where they come from, the chair's letters, certificates, a delegation's brief. */
import * as z from "zod";
import { mayInDrafting } from "../../../shared/domain/drafting.ts";
import type { Actor } from "../../../shared/domain/roster.ts";
import { letters, lettersOn } from "../../../shared/domain/silence.ts";
import type { SilenceId } from "../../../shared/domain/values.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { spelledSeat, versionName } from "../../../shared/wire/values.ts";
import type { Exported } from "../../publication/formats.ts";
import { aboutFormats, shown } from "../../publication/formats.ts";
import { certificateTold } from "../../publication/certificate.ts";
import { briefFor } from "../../publication/brief.ts";
import { letterOn } from "../../publication/letters.ts";
import { lineageTable } from "../../publication/lineage.ts";
import type { Told } from "../../publication/printed-report.ts";
import { statusTable } from "../../publication/status-table.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { certificateOf } from "../pages/certificate.tsx";
import { changedSince } from "../pages/changes.ts";
import type { HttpPorts } from "../ports.ts";
import type { ProblemCode } from "../problems.ts";
import { Trouble } from "../problems.ts";
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
  readonly tell: (exported: Exported, asked: Asked<unknown, Query>, actor: Actor | null) => Told | Promise<Told>;
}

export function documentRoutes(ports: HttpPorts, files: SlowFiles): readonly Endpoint[] {
  const inEveryFormat = <Query extends SeatInQuery>({
    path,
    summary,
    query,
    problems = [],
    tell,
  }: About<Query>): Endpoint[] =>
    Object.entries(aboutFormats).map(([extension, { type, write }]) =>
      endpoint(
        {
          method: "get",
          path: `/n/:slug/${path}.${extension}`,
          summary: `${summary}, as ${extension}.`,
          query,
          document: true,
          answer: type,
          problems: ["not-found", "seat-not-held", "busy", "document-failed", ...problems],
        },
        async (asked) => {
          const { negotiation, actor, viewer } = readerOf(ports, asked);
          const exported = shown(negotiation, viewer);
          const name = `${negotiation.row.slug}-${path.replace(/\/:\w+/, "").replaceAll("/", "-")}.${extension}`;
          await files.send(asked, { name, type }, write(exported, await tell(exported, asked, actor), ports));
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
      path: "brief",
      summary: "A delegation's own brief: what awaits its answer, its positions and proposals, what changed",
      query: z.strictObject({
        seat: spelledSeat.exactOptional(),
        since: versionName
          .exactOptional()
          .describe("What changed since this version; without it since the last circulation"),
      }),
      problems: ["delegation-needed"],
      tell: (exported, { query }, actor) => {
        const { negotiation, viewer } = exported;
        // Nobody else's, the chair's team included: it is a delegation's own paper.
        if (viewer.kind !== "delegation") throw new Trouble("delegation-needed");
        const { versions, circulations } = negotiation.record;
        const version = versions.find(({ name }) => name === query.since);
        if (query.since !== undefined && !version) throw new Trouble("not-found");
        const since = version?.seq ?? (circulations.at(-1)?.seq ?? 1) - 1;
        const rooms = actor && mayInDrafting(actor.seat, "read") ? negotiation.drafting.seenBy(viewer.code) : [];
        const changed = changedSince(negotiation, viewer, viewer.code, since, rooms);
        return briefFor(viewer.code, { changed, rooms }, exported, voice);
      },
    }),
    ...letters.flatMap((letter) =>
      inEveryFormat({
        path: `silence/:silence/${letter}`,
        summary: `The chair's letter that a silence procedure was ${letter}`,
        query: onlySeat,
        tell: (exported, { params }) => {
          const silence = exported.report.silences.find(({ id }) => id === params["silence"]);
          if (!silence || !lettersOn(silence).includes(letter)) throw new Trouble("not-found");
          return letterOn(silence, letter, exported, voice);
        },
      }),
    ),
    ...inEveryFormat({
      path: "silence/:silence",
      summary:
        "The certificate of a silence procedure: its words, its deadline, what came in which order, and how to check it",
      query: onlySeat,
      tell: async ({ negotiation, viewer }, { params }, actor) => {
        const silence = params["silence"] as SilenceId;
        const certificate = await certificateOf(negotiation, viewer, actor?.seat ?? null, silence);
        if (!certificate) throw new Trouble("not-found");
        return certificateTold(certificate);
      },
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
