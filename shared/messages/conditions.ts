/** What a position hangs on, and a package asks for, in a clause: "paragraph 15 stays as it is (no longer holds)". */
import type { Condition, ConditionState } from "../domain/conditions.ts";
import type { Telling } from "./tell.ts";
import { mention } from "./tell.ts";

export function sayCondition(condition: Condition, telling: Telling): string {
  const { say } = telling.voice;
  if (condition.is === "stands") {
    const title = telling.record.packages.get(condition.package)?.released?.title;
    return title === undefined ? say("packages.condition.standsUnnamed") : say("packages.condition.stands", { title });
  }
  const paragraph = mention(condition.paragraph, telling).words;
  const { is } = condition;
  if (is === "agreed") return say("packages.condition.agreed", { paragraph });
  if (is === "loses") return say("packages.condition.loses", { paragraph, words: condition.words });
  return condition.words === undefined
    ? say("packages.condition.stays", { paragraph })
    : say("packages.condition.staysWords", { paragraph, words: condition.words });
}

export const sayConditionNow = (condition: Condition, state: ConditionState, telling: Telling): string =>
  telling.voice.say("packages.stated", {
    condition: sayCondition(condition, telling),
    state: telling.voice.say(`packages.state.${state}`),
  });

/** What a position hangs on, or a package asks for, in a line; none where there is nothing. */
export const tellConditions = (conditions: readonly Condition[] = [], telling: Telling): readonly string[] => {
  const { say } = telling.voice;
  return conditions.length === 0
    ? []
    : [say("record.conditions", { conditions: conditions.map((one) => sayCondition(one, telling)).join("; ") })];
};
