/** A negotiation on a server of its own, with a chair and one delegation, for faults to happen to. */
import type { DelegationCode } from "../../shared/domain/values.ts";
import type { History } from "../support/history.ts";
import type { Caller, ServerProcess } from "../support/server-process.ts";

export interface Talks {
  readonly chair: Caller;
  readonly delegation: Caller;
}

export async function openTalks(server: ServerProcess, slug = "talks"): Promise<Talks> {
  await server.cli("new", "--title", "Draft report", "--slug", slug);
  const chair = await server.caller(slug, "chair");
  await chair.do({
    kind: "add-delegation",
    delegation: { code: "XAA" as DelegationCode, name: "Halvern", kind: "member-state", regionalGroup: "none" },
  });
  return { chair, delegation: await server.caller(slug, "delegation:XAA") };
}

/** Questions about the last paragraph, one after the other; each that is answered with a receipt is in the history. */
export async function objecting(
  delegation: Caller,
  history: History,
): Promise<{ readonly waits: readonly number[]; stop(): Promise<void> }> {
  const target = (await delegation.report()).parts.consensus.at(-1);
  if (!target) throw new Error("nothing was circulated");
  const waits: number[] = [];
  const life = { isOver: false };
  const questions = (async () => {
    while (!life.isOver) {
      const asked = performance.now();
      const command = {
        kind: "lodge-position",
        paragraph: target.id,
        wording: target.wording,
        level: "question",
        reason: `Question ${history.positions}`,
      } as const;
      const answer = await delegation.try(command, crypto.randomUUID()).catch(() => null);
      if (answer && "receipt" in answer && answer.id) {
        waits.push(performance.now() - asked);
        history.lodged(answer.id);
      } else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    waits,
    stop: () => {
      life.isOver = true;
      return questions;
    },
  };
}
