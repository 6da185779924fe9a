/**
 * Somebody who states: asks for the report, says something about a paragraph of it, and asks again under the same key until there is an
 * answer, as every client does. Each statement carries words of its own, by which it is found in the record.
 */
import type { Submitted } from "../../server/negotiation/live-negotiation.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { Actor } from "../../shared/domain/roster.ts";
import type { History } from "../support/history.ts";
import type { Surroundings, Way } from "./listener.ts";
import { Listener } from "./listener.ts";

export class Delegate extends Listener {
  /** Between a request and its answer. */
  isAsking = false;
  readonly #history: () => History;
  #asked = 0;

  constructor(surroundings: Surroundings, name: string, actor: Actor, way: Way, history: () => History) {
    super(surroundings, name, actor, way);
    this.#history = history;
  }

  /** @param make given words that nobody else uses; null when there is nothing to say */
  async state(make: (words: string) => Command | null): Promise<void> {
    const key = `${this.name}-${++this.#asked}`;
    const words = `(${key})`;
    const command = make(words);
    if (!command || this.isAsking) return;
    this.isAsking = true;
    const history = this.#history();
    history.says(words);
    const answer = await this.#persist(command, key);
    this.isAsking = false;
    // After a restore the answer may be that of another past.
    if (history !== this.#history()) return;
    if (!answer.ok) {
      if ("mismatch" in answer) this.world.accuse(`${this.name} is told that ${key} was used for something else`);
      else this.world.tell(`${this.name}: ${command.kind} is refused, ${answer.refusal.code}`);
      return;
    }
    this.world.tell(`${this.name}: ${command.kind} is entry ${answer.receipt.seq}`);
    history.answered(words, answer.receipt);
    if (command.kind === "lodge-position") history.lodged(answer.id!);
  }

  async #persist(command: Command, key: string): Promise<Submitted> {
    for (;;) {
      const answer = await this.server.ask(
        `${this.name}: ${command.kind}`,
        async (talks) => {
          const submitted = await talks.submit(command, this.actor!, key);
          if (submitted.ok) this.oracle.answered(this.name, submitted.receipt);
          return submitted;
        },
        true,
      );
      if (answer) return answer;
      await this.world.pause(300 + this.world.chance() * 1_000);
    }
  }
}
