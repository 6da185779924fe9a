/** What changed for the delegation that asks, since an entry, or since its person was last there. */
import * as z from "zod";
import { mayInDrafting } from "../../../shared/domain/drafting.ts";
import { delegationOf, spellSeat } from "../../../shared/domain/roster.ts";
import type { ChangedAnswer } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { changedSince } from "../pages/changes.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

const changedQuery = z.strictObject({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .exactOptional()
    .describe("An entry of the record; without it the last one that this person has seen, or the last circulation"),
});

export function changedRoutes(ports: HttpPorts): readonly Endpoint[] {
  return [
    endpoint(
      {
        method: "get",
        path: underNegotiation("/changed"),
        summary:
          "What changed for this delegation: its proposals, agreed words, brackets near it, what awaits its answer.",
        query: changedQuery,
        seated: true,
        answer: answers.changed,
        problems: ["not-signed-in", "delegation-needed"],
      },
      async (asked): Promise<ChangedAnswer> => {
        const { negotiation, actor, viewer } = negotiationOf(ports, asked);
        if (!actor) throw new Trouble("not-signed-in");
        const code = delegationOf(actor.seat);
        if (!code) throw new Trouble("delegation-needed");
        const { row } = negotiation;
        const { upTo } = negotiation.frame(viewer, 0);
        const circulated = negotiation.record.circulations.at(-1)?.seq ?? 1;
        const seen = await ports.store.seen({ person: actor.person, negotiation: row.id, seat: spellSeat(actor.seat) });
        const since = Math.min(asked.query.since ?? seen ?? circulated - 1, upTo);
        const rooms = mayInDrafting(actor.seat, "read") ? negotiation.drafting.seenBy(code) : [];
        const { course, ...changed } = changedSince(negotiation, viewer, code, since, rooms);
        return { since, upTo, course: course.map(({ seq, at, what }) => ({ seq, at, kind: what.kind })), ...changed };
      },
    ),
  ];
}
