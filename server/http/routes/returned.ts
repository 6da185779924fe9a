/** A file that comes back, read for its delegation. Nothing of it is recorded or kept: what it asks for is stated as everything is. */
import { delegationOf, isTeam } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import { returnedQuery } from "../../../shared/wire/requests.ts";
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
          "Reads a Word or OpenDocument file that the seat's delegation sends back, or that the chair's team has from one: the proposals and comments in it, ready to be stated, and an account of everything else. Nothing is recorded or kept.",
        query: returnedQuery,
        problems: [...takesFile.problems, "delegation-needed"],
        seated: true,
        answer: returnedFile,
      },
      async (asked): Promise<Returned> => {
        const { negotiation, actor } = negotiationOf(ports, asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        const { onBehalfOf } = asked.query;
        const floor = isTeam(actor.seat);
        if (floor && onBehalfOf === undefined) throw new Trouble("delegation-needed");
        const code = floor ? onBehalfOf : delegationOf(actor.seat);
        const isOther = onBehalfOf !== undefined && onBehalfOf !== code;
        if (!code || isOther || !negotiation.record.delegations.has(code)) throw new Trouble("not-allowed");
        return readBrought(actor.person, asked.request, (bytes) =>
          // It was printed for the delegation, whoever brings it.
          ports.reader.readReturned(bytes, sentTo({ kind: "delegation", code }, negotiation, voiceIn("en"))),
        );
      },
    ),
  ];
}
