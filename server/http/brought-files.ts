/** Where files come in: so many a minute from each person, and read in a process of its own. */
import type { PersonId, Result } from "../../shared/domain/values.ts";
import { unreadableCodes } from "../reading/read-document.ts";
import type { Refused } from "../reading/reader.ts";
import { ReaderBusy, readerLimits } from "../reading/reader.ts";
import { Bucket } from "../rooms/allowance.ts";
import type { Asked } from "./endpoint.ts";
import type { HttpPorts } from "./ports.ts";
import { Trouble } from "./problems.ts";
import { RateLimit } from "./rate-limits.ts";

/** What every endpoint that takes a file says of itself. */
export const takesFile = {
  method: "post",
  file: readerLimits.fileBytes,
  problems: ["not-allowed", "busy", ...unreadableCodes],
} as const;

/** The file of a request, as `read` understands it. @throws Trouble */
export type ReadBrought = <Value>(
  person: PersonId,
  request: Asked<unknown, unknown>["request"],
  read: (bytes: Uint8Array) => Promise<Result<Value, Refused>>,
) => Promise<Value>;

export function broughtFiles({ clock, limits }: Pick<HttpPorts, "clock" | "limits">): ReadBrought {
  const limit = new RateLimit(clock, () => new Bucket(limits.filesBurst, limits.filesPerMinute / 60_000, clock.now()));
  return async (person, { body }, read) => {
    limit.take(person);
    try {
      // Without a body there is no buffer either.
      const answer = await read(Buffer.isBuffer(body) ? body : new Uint8Array());
      if (answer.ok) return answer.value;
      throw new Trouble(answer.refusal.code);
    } catch (trouble) {
      if (trouble instanceof ReaderBusy) throw new Trouble("busy", {}, { "Retry-After": "5" });
      throw trouble;
    }
  };
}
