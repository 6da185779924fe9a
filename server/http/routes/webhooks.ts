/** Webhooks of a negotiation: for the chair, and for nobody else (SPEC: HOK5). */
import { voiceIn } from "../../../shared/messages/say.ts";
import * as answers from "../../../shared/wire/webhooks.ts";
import { webhookBody, webhookNamed } from "../../../shared/wire/webhooks.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

const { say } = voiceIn("en");

export function webhookRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { webhooks, limits } = ports;

  function chaired(asked: Asked<unknown, unknown>): LiveNegotiation {
    const { negotiation, actor } = negotiationOf(ports, asked);
    if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "only-the-chair");
    if (actor.seat.role !== "chair") throw new Trouble("only-the-chair");
    return negotiation;
  }
  const all = (negotiation: LiveNegotiation): answers.Webhooks => ({ webhooks: [...webhooks.of(negotiation)] });

  const act = (
    name: string,
    summary: string,
    run: (negotiation: LiveNegotiation, id: string) => Promise<boolean>,
  ): Endpoint =>
    endpoint(
      {
        method: "post",
        path: underNegotiation(`/webhooks/${name}`),
        summary,
        body: webhookNamed,
        seated: true,
        answer: answers.webhooks,
        problems: ["only-the-chair"],
      },
      async (asked): Promise<answers.Webhooks> => {
        const negotiation = chaired(asked);
        if (!(await run(negotiation, asked.body.id))) throw new Trouble("not-found");
        return all(negotiation);
      },
    );

  return [
    endpoint(
      {
        method: "get",
        path: underNegotiation("/webhooks"),
        summary: "The programs that are told of new entries, and how that goes. For the chair alone.",
        seated: true,
        answer: answers.webhooks,
        problems: ["only-the-chair"],
      },
      (asked) => all(chaired(asked)),
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/webhooks"),
        summary:
          "Has a program told of every new entry, as everyone may see it, by signed messages (Standard Webhooks). The secret is told this once.",
        body: webhookBody,
        seated: true,
        answer: answers.webhookMade,
        problems: ["only-the-chair", "too-large", "address-refused"],
      },
      async (asked) => {
        const negotiation = chaired(asked);
        if (webhooks.of(negotiation).length >= limits.webhooksOfNegotiation) throw new Trouble("too-large");
        const no = await webhooks.refuses(asked.body.url);
        if (no) throw new Trouble("address-refused", { detail: say(`webhooks.refused.${no}`) });
        const secret = await webhooks.add(negotiation, asked.body.url);
        return { ...all(negotiation), secret };
      },
    ),
    act(
      "test",
      "Sends a message that says nothing, now; the answer's first delivery says what came of it.",
      async (negotiation, id) => {
        const line = webhooks.line(negotiation, id);
        await line?.test();
        return line !== null;
      },
    ),
    act("resume", "Tries again at once, from where it stopped.", async (negotiation, id) => {
      const line = webhooks.line(negotiation, id);
      await line?.resume();
      return line !== null;
    }),
    act("remove", "Tells this program nothing any more.", (negotiation, id) => webhooks.remove(negotiation, id)),
  ];
}
