/** Proposals without a script: made, amended, confirmed, joined and withdrawn; and bridging text read and answered. */
import type { ReactNode } from "react";
import { bridgingAnswers } from "../../../shared/domain/bridging.ts";
import { authorOf, isBehind } from "../../../shared/domain/groups.ts";
import { proposalOf } from "../../../shared/domain/proposals.ts";
import type { ComposedParagraph } from "../../../shared/domain/report.ts";
import { whyNot } from "../../../shared/domain/rights.ts";
import type { SeenBridging } from "../../../shared/domain/seen-bridging.ts";
import type { SeenProposal } from "../../../shared/domain/seen-proposals.ts";
import type { Inline } from "../../../shared/domain/text.ts";
import { numberedToday } from "../../../shared/domain/held-numbers.ts";
import { typedWords } from "../../../shared/domain/typed-words.ts";
import { signsToday } from "../../../shared/messages/numbers.ts";
import type { Seated } from "./light-fields.tsx";
import { Box, Capacity, Form, Line, Pick, triedIn } from "./light-fields.tsx";
import { Redline } from "./words.tsx";
import { say, speaker } from "./speaker.ts";

interface OnParagraph {
  readonly block: ComposedParagraph;
  readonly seated: Seated;
}

/** Footnotes cannot be typed here. */
const helpFor = (content: readonly Inline[]): { readonly help?: string } =>
  content.some(({ t }) => t === "footnote") ? { help: say("light.notesStay") } : {};

/** @param on the paragraph, for those who do not see where the form stands */
export function Proposing({ block, seated, on }: OnParagraph & { readonly on: ReactNode }) {
  const { id, wording, part, kind } = block;
  const about = { paragraph: id, wording };
  const words = triedIn(seated, "propose", { paragraph: id });
  const other = triedIn(seated, "propose-other", { paragraph: id });
  const to = part === "consensus" ? "chair-summary" : "consensus";
  return (
    <details className="act" open={words["act"] !== undefined || other["act"] !== undefined}>
      <summary>
        {say("proposals.propose.name")}
        {on}
      </summary>
      <Form seated={seated} about={about}>
        <Capacity seated={seated} values={words} />
        <Box
          name="words"
          label={say("proposals.propose.words")}
          {...helpFor(block.content)}
          values={{ words: typedWords(block.content, numberedToday(seated.record, seated.record.text)), ...words }}
        />
        <Box name="reason" label={say("proposals.propose.reason")} values={words} />
        <button name="act" value="propose">
          {say("proposals.propose.name")}
        </button>
      </Form>
      <details className="act" open={other["act"] !== undefined}>
        <summary>{say("light.proposeOther")}</summary>
        <Form seated={seated} about={{ ...about, to }}>
          <Pick
            name="change"
            label={say("proposals.propose.what")}
            values={other}
            options={[
              ["insert-after", say("proposals.propose.kinds.insert-after")],
              ["delete", say("proposals.propose.kinds.delete")],
              ...(kind === "paragraph"
                ? ([["move", say("proposals.propose.kinds.move", { part: say(`words.thePart.${to}`) })]] as const)
                : []),
            ]}
          />
          <Capacity seated={seated} values={other} />
          <Box name="words" label={say("light.newParagraph")} values={other} />
          <Box name="reason" label={say("proposals.propose.reason")} values={other} />
          <button name="act" value="propose-other">
            {say("proposals.propose.name")}
          </button>
        </Form>
      </details>
    </details>
  );
}

/** Joined or left by one button; one's own amended, confirmed and withdrawn. */
export function WithProposal({ proposal, block, seated }: OnParagraph & { readonly proposal: SeenProposal }) {
  const { code, actor, record, states } = seated;
  const known = proposalOf(record, proposal.id);
  if (code === null || !known) return null;
  const target = { proposal: proposal.id };
  if (authorOf(record, known) === code)
    return whyNot(actor, "withdraw-proposal", record, target) ? null : <Own {...{ proposal, block, seated }} />;
  const joined = proposal.cosponsors.some((sponsor) => sponsor.code === code);
  if (whyNot(actor, "cosponsor", record, target) || proposal.base === undefined || !states.includes("objection"))
    return null;
  if (!joined && isBehind(record, known.group, known.paragraph, code)) return null;
  const isHeard = proposal.heard.some((sponsor) => sponsor.code === code);
  return (
    <Form seated={seated} about={target}>
      {!joined && (
        <button name="act" value="cosponsor" className="flat">
          {say("proposals.join.name")}
        </button>
      )}
      {(joined || isHeard) && (
        <button name="act" value="leave" className="flat">
          {say(joined ? "proposals.leave.name" : "proposals.decline.name")}
        </button>
      )}
    </Form>
  );
}

function Own({ proposal, block, seated }: OnParagraph & { readonly proposal: SeenProposal }) {
  const { id, content, confirmed, reason = "" } = proposal;
  const about = { proposal: id };
  const tried = triedIn(seated, "amend-proposal", about);
  return (
    <>
      <Form seated={seated} about={about}>
        {!confirmed && (
          <button name="act" value="confirm-proposal">
            {say("proposals.confirm.name")}
          </button>
        )}
        <button name="act" value="withdraw-proposal" className="flat">
          {say("proposals.withdraw.name")}
        </button>
      </Form>
      {content && (
        <details className="act" open={tried["act"] !== undefined}>
          <summary>{say("proposals.amend.name")}</summary>
          <Form seated={seated} about={{ ...about, paragraph: block.id, wording: block.wording }}>
            <Box
              name="words"
              label={say("proposals.propose.words")}
              {...helpFor(content)}
              values={{ words: typedWords(content, numberedToday(seated.record, seated.record.text)), ...tried }}
            />
            <Box name="reason" label={say("proposals.propose.reason")} values={{ reason, ...tried }} />
            <button name="act" value="amend-proposal">
              {say("proposals.amend.name")}
            </button>
          </Form>
        </details>
      )}
    </>
  );
}

/** Bridging text that the chair put to this delegation, with its answer. */
export function Bridging({ block, seated }: OnParagraph) {
  return block.bridging.map((bridging) => (
    <section key={bridging.id} className="said" aria-label={say("proposals.bridging.title")}>
      <p>
        <strong>{say("proposals.bridging.title")}</strong> {say("proposals.bridging.put")}
        {bridging.ended && <>: {say(`proposals.bridging.ended.${bridging.ended.how}`)}</>}
      </p>
      <Redline
        from={bridging.baseContent}
        to={bridging.content}
        numbers={signsToday({ record: seated.record, text: seated.text, voice: speaker })}
      />
      {bridging.reason && <p className="why">{say("proposals.card.reason", { reason: bridging.reason })}</p>}
      {bridging.asked.map(({ by, answer, reason, confirmed }) => (
        <p key={by.code}>
          {say(`proposals.bridging.answered.${answer ?? "nothing"}`, { who: by.name })}
          {reason && ` ${say("proposals.card.reason", { reason })}`}
          {!confirmed && ` ${say("proposals.bridging.unconfirmed")}`}
        </p>
      ))}
      {bridging.ended === null && <Answering bridging={bridging} seated={seated} />}
    </section>
  ));
}

function Answering({ bridging: { id }, seated }: { readonly bridging: SeenBridging; readonly seated: Seated }) {
  if (whyNot(seated.actor, "answer-bridging", seated.record)) return null;
  const tried = bridgingAnswers.map((answer) => triedIn(seated, `bridging-${answer}`, { bridging: id }));
  return (
    <Form seated={seated} about={{ bridging: id }}>
      <p className="aside">{say("proposals.bridging.answerExplains")}</p>
      <Line name="reason" label={say("light.bridgingReason")} values={Object.assign({}, ...tried)} />
      {bridgingAnswers.map((answer) => (
        <button key={answer} name="act" value={`bridging-${answer}`}>
          {say(`proposals.bridging.answer.${answer}`)}
        </button>
      ))}
    </Form>
  );
}
