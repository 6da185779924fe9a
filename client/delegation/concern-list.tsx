/** What concerns this delegation now, in sentences, each with what it can answer: the first thing it sees. */
import { deadlineOn } from "../../shared/domain/changed-for.ts";
import type { Concern } from "../../shared/domain/concerns.ts";
import { asksForAnswer } from "../../shared/domain/concerns.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { blocksById } from "../../shared/domain/text.ts";
import { sayDeadline } from "../../shared/messages/changed.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ParagraphNumber } from "../report/paragraph-number.tsx";
import { Redline } from "../report/redline.tsx";
import { language, say } from "../ui/voice.ts";
import styles from "./concern-list.module.css";
import { PositionActions } from "./position-actions.tsx";

interface Props {
  readonly concerns: readonly Concern[];
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function ConcernList({ concerns, onShow }: Props) {
  return (
    <section className={styles["concerns"]} aria-labelledby="concerns">
      <h2 id="concerns">
        {concerns.length === 0
          ? say("desk.concern.none")
          : say("desk.concern.title", { count: concerns.length, many: inWords(concerns.length) })}
      </h2>
      <ul className={styles["list"]}>
        {concerns.map((concern) => (
          <ConcernItem key={concern.position.id} concern={concern} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

/** A small number in words, as a sentence begins. */
function inWords(count: number): string {
  switch (count) {
    case 2:
      return say("desk.concern.two");
    case 3:
      return say("desk.concern.three");
    case 4:
      return say("desk.concern.four");
    case 5:
      return say("desk.concern.five");
    default:
      return String(count);
  }
}

function ConcernItem({ concern, onShow }: { readonly concern: Concern; readonly onShow: Props["onShow"] }) {
  const { record, text } = useNegotiation();
  const { kind, paragraph, position, others } = concern;
  const number = numbersToday(record, text).numbers.get(paragraph) ?? "";
  const block = blocksById(text).get(paragraph);
  const today = block ? wordingOf(block.content).text : "";
  const then = record.words.get(position.wording);
  const asks = asksForAnswer(kind);
  const until = asks ? deadlineOn(record, paragraph) : null;
  const changed = ["words-in", "changed-after-objection", "changed-after-support"].includes(kind);
  return (
    <li className={styles["concern"]} data-calm={!asks || undefined}>
      <p>
        {number !== "" && <ParagraphNumber number={number} onShow={() => onShow(paragraph)} />}
        <span>
          {kind === "object-with-others"
            ? say("desk.concern.object-with-others", { count: others })
            : say(`desk.concern.${kind}`)}
          {until !== null && ` ${say("changed.until", { deadline: sayDeadline(until, language) })}`}
        </span>
      </p>
      {asks && position.asked?.note && <blockquote>{position.asked.note}</blockquote>}
      {kind === "words-removed" && position.span && <blockquote>{position.span.quote}</blockquote>}
      {changed && then !== undefined && <Redline from={then} to={today} />}
      {asks && <PositionActions position={position} paragraph={block ?? null} />}
    </li>
  );
}
