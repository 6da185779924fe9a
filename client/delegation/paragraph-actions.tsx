/** What a delegation can state on one paragraph, or on the words it has selected there; and what it has stated already. */
import { useState } from "react";
import type { Level } from "../../shared/domain/positions.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { levelGlyph } from "../../shared/messages/glyphs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import type { SelectedWords } from "../report/selected-words.ts";
import { useReadableQuote } from "../report/use-readable.ts";
import type { Tone } from "../ui/button.tsx";
import { Button } from "../ui/button.tsx";
import { paths } from "../paths.ts";
import { say } from "../ui/voice.ts";
import { ContestAction } from "./contest-action.tsx";
import styles from "./paragraph-actions.module.css";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly code: DelegationCode;
  readonly words: SelectedWords | null;
  readonly onState: (paragraph: ComposedParagraph, level: Level) => void;
  readonly onPropose: (paragraph: ComposedParagraph) => void;
}

const first: readonly Level[] = ["objection", "reservation", "support"];
const more: readonly Level[] = ["accept", "question", "concern", "awaiting-instructions"];
const tones: { readonly [L in Level]?: Tone } = { objection: "object", reservation: "reserve", support: "support" };

export function ParagraphActions({ paragraph, code, words, onState, onPropose }: Props) {
  const { slug, spelledSeat, record, seat, whyNot } = useNegotiation();
  const readQuote = useReadableQuote();
  const [showMore, setShowMore] = useState(false);
  const own = paragraph.positions.filter(({ by }) => by?.code === code && !by.group);
  // Once the report is adopted nothing more is stated on its words, and nothing proposed.
  const adopted = record.adoption !== null;
  const levels = adopted ? [] : [...first, ...(showMore ? more : [])];
  const isState = record.delegations.get(code)?.kind === "member-state";
  const objects = own.some((position) => position.level === "objection");
  const no = (level: Level): string | null => {
    // An adviser prepares what a head releases.
    const refused = seat.role === "adviser" ? null : whyNot("lodge-position");
    if (refused) return refused;
    if (!isState && level !== "question" && level !== "concern") return say("refusals.not-a-state");
    if (objects && (level === "support" || level === "accept")) return say("refusals.own-objection-stands");
    return null;
  };
  return (
    <div className={styles["actions"]}>
      {own.map((position) => (
        <span key={position.id} className={styles["own"]} data-level={position.level}>
          <span aria-hidden>{levelGlyph[position.level]}</span> {say(`desk.youDo.${position.level}`)}
          {!position.standing && ` (${say("desk.youDid")})`}
        </span>
      ))}
      {!adopted && words && (
        <span className={styles["words"]}>
          {say("desk.onWords", { words: short(readQuote(words.span, paragraph.content)) })}
        </span>
      )}
      {levels.map((level) => (
        <Button
          key={level}
          size="small"
          tone={tones[level] ?? "plain"}
          className={styles["act"]}
          aria-haspopup="dialog"
          disabledReason={no(level)}
          // A press must not take the selection away from the words it is about.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onState(paragraph, level)}
        >
          <span aria-hidden>{levelGlyph[level]}</span>
          {say(`desk.lodge.${level}.name`)}
        </Button>
      ))}
      {!adopted && (
        <Button
          size="small"
          className={styles["act"]}
          aria-haspopup="dialog"
          disabledReason={whyNot("table-proposal") ?? (isState ? null : say("refusals.not-a-state"))}
          onClick={() => onPropose(paragraph)}
        >
          <span aria-hidden>✎</span>
          {say("proposals.propose.name")}
        </Button>
      )}
      <ContestAction paragraph={paragraph} isState={isState} />
      {!adopted && (
        <Button
          size="small"
          tone="quiet"
          aria-expanded={showMore}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => setShowMore(!showMore)}
        >
          {say(showMore ? "desk.less" : "desk.more")}
        </Button>
      )}
      {(showMore || adopted) && <a href={paths.life(slug, paragraph.id, spelledSeat)}>{say("lineage.link")}</a>}
    </div>
  );
}

const short = (quote: string): string => (quote.length > 40 ? `${quote.slice(0, 38)}…` : quote);
