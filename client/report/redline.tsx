/** Words as they were and as they are, in one line: struck and underlined, and said in words for those who listen. */
import { useMemo } from "react";
import { noteNumbers } from "../../shared/domain/numbering.ts";
import type { Text } from "../../shared/domain/text.ts";
import { signsToday } from "../../shared/messages/numbers.ts";
import type { WordsOrLetters } from "../../shared/messages/signs.ts";
import { readableRedline } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./redline.module.css";

interface Props {
  readonly from: WordsOrLetters;
  readonly to: WordsOrLetters;
  /** The text that `from` stood in, where it is not the one that is read now. */
  readonly before?: Text | undefined;
}

export function Redline({ from, to, before }: Props) {
  const { record, text } = useNegotiation();
  const runs = useMemo(
    () => readableRedline(from, to, signsToday({ record, text, voice }), before && { notes: noteNumbers(before) }),
    [from, to, before, record, text],
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
