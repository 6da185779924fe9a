/** A file that comes back, read for its delegation. Nothing of it is recorded or kept: what it asks for is stated as everything is. */
import { delegationOf } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ReturnedFile } from "../../../shared/wire/returned.ts";
import { returnedFile } from "../../../shared/wire/returned.ts";
import { unreadableCodes } from "../../reading/read-document.ts";
import { ReaderBusy, readerLimits } from "../../reading/reader.ts";
import { sentTo } from "../../reading/sent.ts";
import { Bucket } from "../../rooms/allowance.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { RateLimit } from "../rate-limits.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

export function returnedRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { reader, clock, limits } = ports;
  const limit = new RateLimit(clock, () => new Bucket(limits.filesBurst, limits.filesPerMinute / 60_000, clock.now()));
  return [
    endpoint(
      {
        method: "post",
        path: underNegotiation("/returned-files"),
        summary:
          "Reads a Word or OpenDocument file that the seat's delegation sends back: the proposals and comments in it, ready to be stated, and an account of everything else. Nothing is recorded or kept.",
        file: readerLimits.fileBytes,
        seated: true,
        answer: returnedFile,
        problems: ["not-allowed", "busy", ...unreadableCodes],
      },
      async (asked): Promise<ReturnedFile> => {
        const { negotiation, actor, viewer } = negotiationOf(ports, asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        const delegation = delegationOf(actor.seat);
        if (!delegation || !negotiation.record.delegations.has(delegation)) throw new Trouble("not-allowed");
        limit.take(actor.person);
        const { body } = asked.request;
        // Without a body there is no buffer either.
        const bytes = Buffer.isBuffer(body) ? body : new Uint8Array();
        try {
          const answer = await reader.readReturned(bytes, sentTo(viewer, negotiation, voiceIn("en")));
          if (!answer.ok) throw new Trouble(answer.refusal.code);
          return answer.value as ReturnedFile;
        } catch (trouble) {
          if (trouble instanceof ReaderBusy) throw new Trouble("busy", {}, { "Retry-After": "5" });
          throw trouble;
        }
      },
    ),
  ];
}
