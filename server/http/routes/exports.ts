/** The report and its positions as files to keep. They hold what the seat in `?seat=` may see; without one, what everyone may. */
import * as z from "zod";
import type { Version } from "../../../shared/domain/versions.ts";
import { versionNamed } from "../../../shared/domain/versions.ts";
import { part, spelledSeat, versionName } from "../../../shared/wire/values.ts";
import type { Exported } from "../../publication/formats.ts";
import { formats, shown } from "../../publication/formats.ts";
import type { Mode } from "../../publication/printed-report.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { readerOf } from "./files.ts";
import type { SlowFiles } from "./slow-files.ts";

const exportQuery = (modes: readonly Mode[]) =>
  z.strictObject({
    seat: spelledSeat.exactOptional(),
    part: part.exactOptional().describe("Only this part"),
    mode: z
      .enum(modes)
      .exactOptional()
      .describe(
        "`clean`: the words as they are; `review`: what is proposed as tracked changes, positions as comments; `compilation`: all proposals under their paragraphs",
      ),
    against: versionName.exactOptional().describe("As a redline against this version"),
  });

export function exportRoutes(ports: HttpPorts, files: SlowFiles): readonly Endpoint[] {
  function exported(asked: Asked<unknown, z.infer<ReturnType<typeof exportQuery>>>): Exported {
    const { params, query } = asked;
    const { negotiation, viewer } = readerOf(ports, asked);
    const { record } = negotiation;
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
    Object.entries(formats).map(([extension, { type, modes, write }]) =>
      endpoint(
        {
          method: "get",
          path: `${path}.${extension}`,
          summary: path.endsWith("version")
            ? `An issued version as ${extension}, with how things stood when it was issued.`
            : `The report as ${extension}, as the seat sees it.`,
          query: exportQuery(modes),
          document: true,
          answer: type,
          problems: ["not-found", "seat-not-held", "busy", "document-failed"],
        },
        async (asked) => {
          const what = exported(asked);
          const { slug } = what.negotiation.row;
          const name = [slug, what.version?.name, what.against && `against-${what.against.name}`].filter(Boolean);
          const file = { name: `${name.join("-")}.${extension}`, type };
          await files.send(asked, file, write(what, asked.query.mode ?? "clean", ports));
        },
      ),
    ),
  );
}
