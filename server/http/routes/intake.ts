/** Files that people bring, read and handed back as a text to import or as tables. Nothing is kept: what is done with them is asked for as ever. */
import { tablesRead, textRead } from "../../../shared/wire/answers.ts";
import { intakeQuery } from "../../../shared/wire/requests.ts";
import type { TablesRead, TextRead } from "../../../shared/wire/intake.ts";
import type { PersonId } from "../../../shared/domain/values.ts";
import { takeText } from "../../intake/text-of.ts";
import type { ReadBrought } from "../brought-files.ts";
import { takesFile } from "../brought-files.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { Caller } from "../identity.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export function intakeRoutes({ reader, house, identity }: HttpPorts, readBrought: ReadBrought): readonly Endpoint[] {
  /** Whoever holds a seat that states or writes something. @throws Trouble */
  async function bringer(caller: Caller): Promise<PersonId> {
    for (const negotiation of house.all()) {
      const actor = identity
        .actorsIn(caller, negotiation)
        .find(({ seat: { role } }) => role !== "observer" && role !== "stakeholder");
      if (actor) return actor.person;
    }
    const opener = await identity.openerOf(caller);
    if (!opener) throw new Trouble(caller.kind === "public" ? "not-signed-in" : "not-allowed");
    return opener.person;
  }

  return [
    endpoint(
      {
        ...takesFile,
        query: intakeQuery,
        path: "/api/v1/files/text",
        summary:
          "Reads a file (Word, OpenDocument, web page, Markdown or plain text) as a text that can be imported. Nothing is kept.",
        answer: textRead,
      },
      async ({ caller, request, query: { name = "", changes = null } }): Promise<TextRead> =>
        readBrought(await bringer(caller), request, (bytes) => takeText(reader, { bytes, name, changes })),
    ),
    endpoint(
      {
        ...takesFile,
        query: intakeQuery,
        path: "/api/v1/files/tables",
        summary: "Reads a file (CSV or workbook) as tables of words; formulas are not computed. Nothing is kept.",
        answer: tablesRead,
      },
      async ({ caller, request }): Promise<TablesRead> =>
        readBrought(await bringer(caller), request, (bytes) => reader.read(bytes, "tables")),
    ),
  ];
}
