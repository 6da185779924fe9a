/** The brackets of a paragraph for the chair's team, without a script: whom each concerns, and the form that lifts it (SPEC: BRA9–BRA11). */
import { bracketsOf } from "../../../shared/domain/brackets.ts";
import type { Consent } from "../../../shared/domain/lifting.ts";
import { consentTo, waysToLift } from "../../../shared/domain/lifting.ts";
import type { ComposedParagraph } from "../../../shared/domain/report.ts";
import { whyNot } from "../../../shared/domain/rights.ts";
import type { Seated } from "./light-fields.tsx";
import { Box, Form, Pick, triedIn } from "./light-fields.tsx";
import { list, say } from "./speaker.ts";

const whys = ["objects", "speaks", "asked"] as const satisfies readonly Consent["why"][];

export function BracketsToLift({ block, seated }: { readonly block: ComposedParagraph; readonly seated: Seated }) {
  const { id, text, wording } = block;
  const { actor, record, byId } = seated;
  const draft = byId.get(id);
  const { all } = bracketsOf(text);
  if (all.length === 0 || !draft || whyNot(actor, "lift-bracket", record, { paragraph: draft })) return null;
  const isTried = triedIn(seated, "lift", { paragraph: id })["act"] !== undefined;
  return (
    <details className="act" open={isTried}>
      <summary>{say("desk.brackets.title", { count: all.length })}</summary>
      {all.map((bracket) => {
        const ways = waysToLift(bracket);
        const at = String(bracket.from);
        const values = triedIn(seated, "lift", { paragraph: id, at });
        const consents = consentTo(record, draft, bracket.from, ways[0]!);
        return (
          <Form key={at} seated={seated} about={{ paragraph: id, wording, at }}>
            <blockquote dir="auto">{text.slice(bracket.from, bracket.to)}</blockquote>
            {whys.map((why) => {
              const names = consents
                .filter((one) => one.why === why)
                .map(({ by }) => record.delegations.get(by)?.name ?? by);
              return names.length > 0 && <p key={why}>{say(`desk.brackets.consent.${why}`, { names: list(names) })}</p>;
            })}
            {consents.length === 0 && <p>{say("desk.brackets.consent.nobody")}</p>}
            <Pick
              name="how"
              label={say("light.lifting.how")}
              values={values}
              options={ways.map((how) => [how, say(`desk.brackets.${how}.explains`)] as const)}
            />
            <Box name="reason" label={say("desk.brackets.reason")} values={values} />
            <button name="act" value="lift">
              {say("light.lifting.name")}
            </button>
          </Form>
        );
      })}
    </details>
  );
}
