/** The chair's team lifts a bracket: an act on the draft, so that it is known afterwards who settled what (SPEC: BRA). */
import { bracketsOf } from "../brackets.ts";
import { liftBracket } from "../lifting.ts";
import { refuse } from "../refusals.ts";
import { blocksById } from "../text.ts";
import { accept } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Acting, Answer, CommandOf, Negotiation } from "./acting.ts";
import { unknownInDraft } from "./text.ts";

export function lift({ record, text }: Negotiation, command: CommandOf<"lift-bracket">, act: Acting): Answer {
  const { paragraph, wording, at, how, reason = "" } = command;
  const block = blocksById(text).get(paragraph);
  if (!block) return unknownInDraft(record, paragraph);
  const { hash: before, text: words } = wordingOf(block.content);
  if (before !== wording) return refuse({ code: "wording-stale", paragraph });
  const bracket = bracketsOf(words).all.find(({ from }) => from === at);
  const content = liftBracket(block.content, at, how);
  if (!bracket || !content) return refuse({ code: "bracket-unknown", paragraph });
  const after = wordingOf(content).hash;
  const drafting = record.settings.method === "chair-pen";
  const draft = act.draft(
    {
      kind: "bracket-lifted",
      paragraph,
      how,
      words: words.slice(bracket.from, bracket.to),
      before,
      after,
      ...(drafting && { drafting }),
    },
    reason.trim() === "" ? {} : { reason: reason.trim() },
  );
  return accept({ drafts: [draft], edits: [{ kind: "replace-content", paragraph, content }] });
}
