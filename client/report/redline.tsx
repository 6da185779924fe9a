/** Words as they were and as they are, in one line: struck and underlined, and said in words for those who listen. */
import { useMemo } from "react";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { WordsOrLetters } from "../../shared/messages/signs.ts";
import { readableRedline } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./redline.module.css";

interface Props {
  readonly from: WordsOrLetters;
  readonly to: WordsOrLetters;
}

export function Redline({ from, to }: Props) {
  const { record, text } = useNegotiation();
  const runs = useMemo(
    () => readableRedline(from, to, (id) => numberOf(id, { record, text, voice })),
    [from, to, record, text],
  );
  return (
    <p className={styles["redline"]}>
      {runs.map(({ kind, text: words }, index) => {
        if (kind === "same") return <span key={index}>{words}</span>;
        const Changed = kind === "inserted" ? "ins" : "del";
        return (
          <Changed key={index}>
            <span className="unseen">{say(`desk.redline.${kind}`)} </span>
            {words}
          </Changed>
        );
      })}
    </p>
  );
}
