/** One position as it is known here: whose, how strict, on which words, why, and what would lift it. A desk adds what its seat can do. */
import type { ReactNode } from "react";
import type { Condition } from "../../shared/domain/conditions.ts";
import { stateOf } from "../../shared/domain/conditions.ts";
import type { Remedy } from "../../shared/domain/positions.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { sayConditionNow } from "../../shared/messages/conditions.ts";
import { sayDeclined, sayWho } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { list, moment, say, voice } from "../ui/voice.ts";
import { LevelSign } from "./glyphs.tsx";
import styles from "./position-card.module.css";
import { Redline } from "./redline.tsx";
import { useReadable } from "./use-readable.ts";

interface Props {
  readonly position: SeenPosition;
  readonly paragraph: Pick<ComposedParagraph, "content" | "text" | "part">;
  readonly record: Record;
  /** "You" instead of the name. */
  readonly own?: boolean;
  readonly children?: ReactNode;
}

export function PositionCard({ position, paragraph, record, own = false, children }: Props) {
  const { level, by, at, span, quoted, reason, remedy, ground, condition, stale, standing, confirmed, placement } =
    position;
  const read = useReadable();
  const before = record.words.get(position.wording);
  // A placement is about where the paragraph stands: other words do not make it stale.
  const changed = stale && placement === null && before !== undefined && canonicalText(before) !== paragraph.text;
  const who = own && !by?.group ? say("desk.you") : sayWho(by, voice);
  return (
    <article
      className={styles["card"]}
      data-level={level}
      data-standing={standing}
      aria-label={`${who}: ${say(`words.level.${level}`)}`}
    >
      <header className={styles["head"]}>
        <strong className={styles["who"]}>{who}</strong>
        <LevelSign level={level} />
        <time className={styles["when"]} dateTime={new Date(at).toISOString()}>
          {moment(at)}
        </time>
      </header>
      {position.behind && <BehindIt behind={position.behind} />}
      {!position.ofState && <p className={styles["note"]}>{say("desk.position.comment")}</p>}
      {!confirmed && <p className={styles["note"]}>{say("desk.position.unconfirmed")}</p>}
      {position.endingHeard && <p className={styles["note"]}>{say(`desk.position.heard.${position.endingHeard}`)}</p>}
      {position.asked && <p className={styles["note"]}>{say(`desk.position.asked.${position.asked.whether}`)}</p>}
      {position.declined && <p className={styles["note"]}>{sayDeclined(position.declined, voice)}</p>}
      {!standing && <p className={styles["note"]}>{say(lapsed(position))}</p>}
      {placement && <p>{say("desk.position.placement", { part: say(`words.part.${placement}`) })}</p>}
      {span && !changed && <blockquote className={styles["quote"]}>{read(quoted ?? span.quote)}</blockquote>}
      {reason && <p className={styles["reason"]}>{reason}</p>}
      {(ground || condition) && (
        <p className={styles["note"]}>
          {[ground && say(`words.ground.${ground}`), condition].filter(Boolean).join(" · ")}
        </p>
      )}
      {position.conditions && <Hanging conditions={position.conditions} />}
      {remedy && (
        <p className={styles["remedy"]}>
          <span className={styles["label"]}>{say("desk.position.lift")}</span> {remedySentence(remedy)}
        </p>
      )}
      {changed && (
        // What is asked of an objection is an answer to these words; the others only need not be forgotten.
        <details className={styles["stale"]} open={level === "objection"}>
          <summary className={styles["label"]}>
            {say(level === "objection" ? "desk.position.stale" : "desk.position.staleOther")}
          </summary>
          <Redline from={before} to={paragraph.content} />
        </details>
      )}
      {children && <footer className={styles["foot"]}>{children}</footer>}
    </article>
  );
}

/** What it hangs on elsewhere, each with how that stands in the text that is read here. */
function Hanging({ conditions }: { readonly conditions: readonly Condition[] }) {
  const { record, text } = useNegotiation();
  return conditions.map((condition, index) => {
    const state = stateOf(condition, record, text);
    return (
      <p key={index} className={styles["condition"]} data-state={state}>
        <span className={styles["label"]}>{say("desk.position.hangs")}</span>{" "}
        {sayConditionNow(condition, state, { record, text, voice })}
      </p>
    );
  });
}

/** For how many States a group spoke, and which of them said so, added or departed. */
function BehindIt({ behind }: { readonly behind: NonNullable<SeenPosition["behind"]> }) {
  const { count, aligned, adds, departed } = behind;
  return (
    <>
      <p className={styles["note"]}>
        {say("desk.groups.countsFor", { count })}
        {aligned.length > 0 && ` ${say("desk.groups.aligned", { who: list(aligned.map(({ name }) => name)) })}`}
        {departed.length > 0 && ` ${say("desk.groups.departed", { who: list(departed.map(({ by }) => by.name)) })}`}
      </p>
      {adds.map(({ by, words }) => (
        <p key={by.code} className={styles["reason"]}>
          {say("desk.groups.adds", { who: by.name, words })}
        </p>
      ))}
    </>
  );
}

const lapsed = ({ level, placement }: SeenPosition) =>
  level === "objection" || placement ? "desk.position.suspended" : "desk.position.lapsed";

export function remedySentence({ kind, text }: Remedy): string {
  if (kind === "other") return text ?? say("words.remedy.other");
  const does = say(`words.remedy.${kind}`);
  return text === undefined ? does : say("desk.position.remedyWords", { does, text });
}
