/** A file that comes back, read for its delegation. Nothing of it is recorded or kept: what it asks for is stated as everything is. */
import { delegationOf } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import { returnedFile } from "../../../shared/wire/returned.ts";
import { sentTo } from "../../reading/sent.ts";
import type { ReadBrought } from "../brought-files.ts";
import { takesFile } from "../brought-files.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

export function returnedRoutes(ports: HttpPorts, readBrought: ReadBrought): readonly Endpoint[] {
  return [
    endpoint(
      {
        ...takesFile,
        path: underNegotiation("/returned-files"),
        summary:
          "Reads a Word or OpenDocument file that the seat's delegation sends back: the proposals and comments in it, ready to be stated, and an account of everything else. Nothing is recorded or kept.",
        seated: true,
        answer: returnedFile,
      },
      async (asked): Promise<Returned> => {
        const { negotiation, actor, viewer } = negotiationOf(ports, asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        const delegation = delegationOf(actor.seat);
        if (!delegation || !negotiation.record.delegations.has(delegation)) throw new Trouble("not-allowed");
        return readBrought(actor.person, asked.request, (bytes) =>
          ports.reader.readReturned(bytes, sentTo(viewer, negotiation, voiceIn("en"))),
        );
      },
    ),
  ];
}
