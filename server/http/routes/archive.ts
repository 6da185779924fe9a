/** A negotiation in one file: to keep and to check, or as tables for research. Each as the seat in `?seat=` may see it, or everyone. */
import * as z from "zod";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { spellSeat } from "../../../shared/domain/roster.ts";
import { archiveSchema } from "../../../shared/wire/archive.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { Packing } from "../../publication/press.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { readerOf } from "./files.ts";
import type { SlowFiles } from "./slow-files.ts";

type Packed = (negotiation: LiveNegotiation, viewer: Viewer, reader: string) => Packing;

/** A report stays the same until something new is recorded, and so do these. */
const made = new WeakMap<ComposedReport, Map<string, Promise<Uint8Array>>>();

export function archiveRoutes(ports: HttpPorts, slow: SlowFiles): readonly Endpoint[] {
  const packed = (name: string, summary: string, pack: Packed): Endpoint =>
    endpoint(
      {
        method: "get",
        path: `/n/:slug/${name}.zip`,
        summary,
        query: z.strictObject({ seat: spelledSeat.exactOptional() }),
        document: true,
        answer: "application/zip",
        problems: ["not-found", "seat-not-held", "busy", "document-failed"],
      },
      async (asked) => {
        const { negotiation, actor, viewer } = readerOf(ports, asked);
        const reader = actor ? spellSeat(actor.seat) : "public";
        const report = negotiation.report(viewer);
        const files = made.get(report) ?? new Map<string, Promise<Uint8Array>>();
        made.set(report, files);
        const key = `${name} ${reader}`;
        let file = files.get(key);
        if (!file) {
          files.set(key, (file = ports.press.pack(pack(negotiation, viewer, reader))));
          file.catch(() => files.delete(key));
        }
        const { slug } = negotiation.row;
        await slow.send(asked, { name: `${slug}-${name}.zip`, type: "application/zip" }, file);
      },
    );

  return [
    packed(
      "archive",
      "Record, texts and report in one file that can be checked without this server.",
      (negotiation, viewer, reader) => {
        const [{ events }, report] = [negotiation.frame(viewer, 0), negotiation.report(viewer)];
        const draft = negotiation.textFor(viewer);
        return { format: "archive", archived: { reader, events, report, draft, release: ports.version } };
      },
    ),
    packed(
      "research",
      "Paragraphs, wordings, positions, proposals and what became of them, as CSV and JSON Lines with a data dictionary.",
      (negotiation, viewer) => ({ format: "research", events: negotiation.frame(viewer, 0).events, viewer }),
    ),
    endpoint(
      {
        method: "get",
        path: "/schemas/archive-1.json",
        summary: "JSON Schema of the files in an archive.",
        answer: "application/schema+json",
      },
      ({ response }) => {
        response.set("Cache-Control", "public, max-age=3600").type("application/schema+json").json(archiveSchema());
      },
    ),
  ];
}
