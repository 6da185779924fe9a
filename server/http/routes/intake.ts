/** Files that people bring, read and handed back as a text to import or as tables. Nothing is kept: what is done with them is asked for as ever. */
import { tablesRead, textRead } from "../../../shared/wire/answers.ts";
import { intakeQuery } from "../../../shared/wire/requests.ts";
import type { TablesRead, TextRead } from "../../../shared/wire/intake.ts";
import type { PersonId, Result } from "../../../shared/domain/values.ts";
import { takeText } from "../../intake/text-of.ts";
import { unreadableCodes } from "../../reading/read-document.ts";
import type { Refused } from "../../reading/reader.ts";
import { ReaderBusy, readerLimits } from "../../reading/reader.ts";
import { Bucket } from "../../rooms/allowance.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { Caller } from "../identity.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { RateLimit } from "../rate-limits.ts";

export function intakeRoutes({ reader, house, identity, clock, limits }: HttpPorts): readonly Endpoint[] {
  const limit = new RateLimit(clock, () => new Bucket(limits.filesBurst, limits.filesPerMinute / 60_000, clock.now()));

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

  async function readFor<Value>(
    { caller, request }: Pick<Asked<unknown, unknown>, "caller" | "request">,
    read: (bytes: Uint8Array) => Promise<Result<Value, Refused>>,
  ): Promise<Value> {
    limit.take(await bringer(caller));
    try {
      // Without a body there is no buffer either.
      const answer = await read(Buffer.isBuffer(request.body) ? request.body : new Uint8Array());
      if (answer.ok) return answer.value;
      throw new Trouble(answer.refusal.code);
    } catch (trouble) {
      if (trouble instanceof ReaderBusy) throw new Trouble("busy", {}, { "Retry-After": "5" });
      throw trouble;
    }
  }

  const shared = {
    method: "post",
    file: readerLimits.fileBytes,
    query: intakeQuery,
    problems: ["not-allowed", "busy", ...unreadableCodes],
  } as const;

  return [
    endpoint(
      {
        ...shared,
        path: "/api/v1/files/text",
        summary:
          "Reads a file (Word, OpenDocument, web page, Markdown or plain text) as a text that can be imported. Nothing is kept.",
        answer: textRead,
      },
      (asked): Promise<TextRead> => {
        const { name = "", changes = null } = asked.query;
        return readFor(asked, (bytes) => takeText(reader, { bytes, name, changes }));
      },
    ),
    endpoint(
      {
        ...shared,
        path: "/api/v1/files/tables",
        summary: "Reads a file (CSV or workbook) as tables of words; formulas are not computed. Nothing is kept.",
        answer: tablesRead,
      },
      (asked): Promise<TablesRead> => readFor(asked, (bytes) => reader.read(bytes, "tables")),
    ),
  ];
}
