/** A delegation's own papers (SPEC: OWN): for its seats, and on no other route. */
import type { Paper, PaperAct } from "../../../shared/domain/papers.ts";
import { mayWithPapers } from "../../../shared/domain/papers.ts";
import type { Actor } from "../../../shared/domain/roster.ts";
import { delegationOf } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import type { CommandAnswer } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import { paperBody, paperNamed } from "../../../shared/wire/requests.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { refusalCodes, refused, Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

interface Side {
  readonly negotiation: LiveNegotiation;
  readonly actor: Actor;
  readonly delegation: DelegationCode;
}

export function paperRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { store, clock, limits } = ports;

  function sideOf(asked: Asked<unknown, unknown>, act: PaperAct): Side {
    const { negotiation, actor } = negotiationOf(ports, asked);
    if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
    const delegation = delegationOf(actor.seat);
    if (!delegation || !negotiation.record.delegations.has(delegation) || !mayWithPapers(actor.seat, act))
      throw new Trouble("not-allowed");
    return { negotiation, actor, delegation };
  }

  async function papersOf({ negotiation, delegation }: Side): Promise<readonly Paper[]> {
    const rows = await store.papers(negotiation.row.id, delegation);
    return rows.map(({ paper }) => JSON.parse(paper) as Paper);
  }

  /** Two heads may release the same draft at the same moment, and neither seat knows the other's keys. */
  const releasing = new Map<string, Promise<CommandAnswer>>();

  async function release(side: Side, id: string): Promise<CommandAnswer> {
    const paper = (await papersOf(side)).find((one) => one.id === id);
    if (paper?.kind !== "draft") throw new Trouble("not-found");
    // The paper's id is the key: were the server to stop before the draft is gone, the position is still stated once (OWN3).
    const submitted = await side.negotiation.submit(paper.position, side.actor, `paper-${paper.id}`);
    if (!submitted.ok) throw "mismatch" in submitted ? new Trouble("idempotency-mismatch") : refused(submitted.refusal);
    await store.commit([{ kind: "paper-gone", row: named(side, paper.id) }]);
    tell(side);
    const { receipt, id: made } = submitted;
    return { receipt, ...(made !== undefined && { id: made }) };
  }

  const tell = ({ negotiation, delegation }: Side): void => negotiation.tellOwnSides(new Set([delegation]));

  const named = ({ negotiation, delegation }: Side, id: string) => ({
    negotiation: negotiation.row.id,
    delegation,
    id,
  });

  return [
    endpoint(
      {
        method: "get",
        path: underNegotiation("/papers"),
        summary:
          "The papers of the seat's own delegation: notes, instructions, fallback wording, drafts and tripwires.",
        seated: true,
        answer: answers.papers,
        problems: ["not-allowed"],
      },
      async (asked) => ({ papers: await papersOf(sideOf(asked, "read")) }),
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/papers"),
        summary: "Keeps a paper of the seat's own delegation, in place of the one with the same id.",
        body: paperBody,
        seated: true,
        answer: answers.papers,
        problems: ["not-allowed"],
      },
      async (asked) => {
        const side = sideOf(asked, "write");
        const kept = await papersOf(side);
        const { paper } = asked.body;
        if (kept.length >= limits.papersOfDelegation && kept.every(({ id }) => id !== paper.id))
          throw new Trouble("too-large");
        const whole: Paper = { ...paper, by: side.actor.name, at: clock.now() };
        await store.commit([{ kind: "paper", row: { ...named(side, paper.id), paper: JSON.stringify(whole) } }]);
        tell(side);
        return { papers: await papersOf(side) };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/papers/remove"),
        summary: "Throws a paper of the seat's own delegation away.",
        body: paperNamed,
        seated: true,
        answer: answers.papers,
        problems: ["not-allowed"],
      },
      async (asked) => {
        const side = sideOf(asked, "write");
        await store.commit([{ kind: "paper-gone", row: named(side, asked.body.id) }]);
        tell(side);
        return { papers: await papersOf(side) };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/papers/release"),
        summary:
          "A head states the position that a draft prepared, once however often this is sent; then the draft is gone.",
        body: paperNamed,
        seated: true,
        answer: answers.commandAnswer,
        problems: ["not-allowed", "idempotency-mismatch", ...refusalCodes],
      },
      async (asked): Promise<CommandAnswer> => {
        const side = sideOf(asked, "release");
        const which = `${side.negotiation.row.id} ${side.delegation} ${asked.body.id}`;
        const earlier = releasing.get(which);
        if (earlier) return earlier;
        const answer = release(side, asked.body.id).finally(() => releasing.delete(which));
        releasing.set(which, answer);
        return answer;
      },
    ),
  ];
}
