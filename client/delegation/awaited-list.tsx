/** Everything that awaits this delegation's answer, in sentences, each with its answer or the way to it: the first thing it sees. */
import { useState } from "react";
import type { Awaited, AwaitedKind } from "../../shared/domain/awaited.ts";
import { deadlineOn } from "../../shared/domain/awaited.ts";
import type { Concern } from "../../shared/domain/concerns.ts";
import { asksForAnswer } from "../../shared/domain/concerns.ts";
import type { SeenDrafting } from "../../shared/domain/drafting.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import { blocksById } from "../../shared/domain/text.ts";
import { sayHowMany, tellAwaited } from "../../shared/messages/awaited.ts";
import { sayDeadline } from "../../shared/messages/changed.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ParagraphNumber } from "../report/paragraph-number.tsx";
import { Redline } from "../report/redline.tsx";
import { Sentence } from "../report/sentence.tsx";
import { StatementDialog } from "../report/statement-dialog.tsx";
import { useReadableQuote } from "../report/use-readable.ts";
import { Button } from "../ui/button.tsx";
import { language, say, voice } from "../ui/voice.ts";
import styles from "./awaited-list.module.css";
import { PositionActions } from "./position-actions.tsx";

interface Props {
  readonly awaited: readonly Awaited[];
  readonly concerns: readonly Concern[];
  readonly rooms: readonly SeenDrafting[];
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function AwaitedList({ awaited, concerns, rooms, onShow }: Props) {
  const calm = concerns.filter(({ kind }) => !asksForAnswer(kind));
  return (
    <>
      <section className={styles["awaited"]} aria-labelledby="awaited">
        <h2 id="awaited">{sayHowMany(awaited.length, voice)}</h2>
        <ul className={styles["list"]}>
          {awaited.map((one) => {
            const concern = concerns.find(({ position }) => position.id === one.position);
            return concern ? (
              <ConcernItem key={concern.position.id} concern={concern} onShow={onShow} />
            ) : (
              <AskedItem key={JSON.stringify(one)} one={one} rooms={rooms} onShow={onShow} />
            );
          })}
        </ul>
      </section>
      {calm.length > 0 && (
        <section className={styles["awaited"]} aria-labelledby="known">
          <h2 id="known">{say("awaited.known")}</h2>
          <ul className={styles["list"]}>
            {calm.map((concern) => (
              <ConcernItem key={concern.position.id} concern={concern} onShow={onShow} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Where on this desk it is answered, when that is not at a paragraph. */
const places: { readonly [K in AwaitedKind]?: string } = {
  group: "my-groups",
  offer: "offers",
  drafting: "my-draftings",
};

function AskedItem({ one, rooms, onShow }: Pick<Props, "rooms" | "onShow"> & { readonly one: Awaited }) {
  const { record, text, seat } = useNegotiation();
  const [isStating, setIsStating] = useState(false);
  const place = places[one.kind];
  return (
    <li className={styles["concern"]}>
      <p>
        <span>
          <Sentence pieces={tellAwaited(one, { record, text, voice }, rooms)} onShow={onShow} />
          {one.until !== null && ` ${say("changed.until", { deadline: sayDeadline(one.until, language) })}`}.
        </span>
        {place && (
          <Button size="small" tone="quiet" onClick={() => document.getElementById(place)?.scrollIntoView()}>
            {say("desk.showMe")}
          </Button>
        )}
        {one.kind === "dissociation" && (
          <Button size="small" tone="primary" aria-haspopup="dialog" onClick={() => setIsStating(true)}>
            {say("silence.statement.name")}
          </Button>
        )}
      </p>
      {isStating && one.paragraph && (
        <StatementDialog code={delegationOf(seat)} from={one.paragraph} onClose={() => setIsStating(false)} />
      )}
    </li>
  );
}

function ConcernItem({ concern, onShow }: { readonly concern: Concern; readonly onShow: Props["onShow"] }) {
  const { record, text } = useNegotiation();
  const { kind, paragraph, position, others } = concern;
  const block = blocksById(text).get(paragraph);
  const readQuote = useReadableQuote();
  const then = record.words.get(position.wording);
  const asks = asksForAnswer(kind);
  const until = asks ? deadlineOn(record, paragraph) : null;
  const changed = ["words-in", "changed-after-objection", "changed-after-support"].includes(kind);
  return (
    <li className={styles["concern"]} data-calm={!asks || undefined}>
      <p>
        <ParagraphNumber id={paragraph} onShow={onShow} />
        <span>
          {kind === "object-with-others"
            ? say("desk.concern.object-with-others", { count: others })
            : say(`desk.concern.${kind}`)}
          {until !== null && ` ${say("changed.until", { deadline: sayDeadline(until, language) })}`}
        </span>
      </p>
      {asks && position.asked?.note && <blockquote>{position.asked.note}</blockquote>}
      {kind === "words-removed" && position.span && <blockquote>{readQuote(position.span, then ?? [])}</blockquote>}
      {changed && then !== undefined && <Redline from={then} to={block?.content ?? ""} />}
      {asks && <PositionActions position={position} paragraph={block ?? null} />}
    </li>
  );
}
