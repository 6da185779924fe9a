import { expect, test } from "vitest";
import type { Inline } from "../../shared/domain/text.ts";
import type { ProposalId } from "../../shared/domain/values.ts";
import { numberedToday } from "../../shared/domain/held-numbers.ts";
import { typedWords } from "../../shared/domain/typed-words.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import type { ANegotiation } from "../support/negotiations.ts";
import { aNegotiation, idOf, p, s } from "../support/negotiations.ts";

const words = (text: string): Inline => ({ t: "text", text });
const ref = (index: number): Inline => ({ t: "ref", to: idOf(index) });
const note: Inline = { t: "footnote", id: "n", text: "A/RES/1" };
const referring: readonly Inline[] = [
  words("As paragraphs "),
  ref(1),
  words(" to "),
  ref(2),
  words(" and paragraph "),
  ref(4),
  words(" say,"),
  note,
  words(" States cooperate."),
];
const typed = "As paragraphs 1 to 2 and paragraph 1 of the chair's summary say, States cooperate.";

const talks = () =>
  aNegotiation(p("States should cooperate."), p("States should consult."), p(referring), s("Some spoke."));

function proposing(on: ANegotiation, text: string): readonly Inline[] | null {
  const asked = { kind: "table-proposal", paragraph: idOf(3), wording: on.wordingOf(3), text } as const;
  const made = on.does("delegation:XAA", asked) as ProposalId;
  return proposalOf(on.record, made)!.content;
}

test("[PRO17] a reference is typed as its number, with its part, and a footnote not at all", () => {
  const { record } = talks();
  expect(typedWords(record.text[2]!.content, numberedToday(record, record.text))).toBe(typed);
});

test("[PRO17] a number that was left as it stood is the reference it was, and notes stay with their words", () => {
  const changed = proposing(talks(), typed.replace("cooperate", "act"));
  expect(changed).toEqual([...referring.slice(0, -1), words(" States act.")]);
});

test("[PRO17] a number typed in the place of a reference is what was typed, and one left out is gone", () => {
  expect(proposing(talks(), typed.replace("1 to 2", "1 to 4"))?.slice(0, 3)).toEqual([
    words("As paragraphs "),
    ref(1),
    words(" to 4 and paragraph "),
  ]);
  const left = proposing(talks(), typed.replace(" to 2", ""));
  expect(left?.filter(({ t }) => t === "ref")).toEqual([ref(1), ref(4)]);
});

test("[PRO17] words that are the same as they were typed are refused as the same", () => {
  const on = talks();
  const asked = { kind: "table-proposal", paragraph: idOf(3), wording: on.wordingOf(3), text: typed } as const;
  expect(on.refuses("delegation:XAA", asked)).toMatchObject({ code: "same-words" });
});
