/** Words as they were and as they are, in one line: struck and underlined, and said in words for those who listen. */
import { useMemo } from "react";
import { redline } from "../../shared/domain/redline.ts";
import { embedCharacter } from "../../shared/domain/text.ts";
import { say } from "../ui/voice.ts";
import styles from "./redline.module.css";

interface Props {
  readonly from: string;
  readonly to: string;
}

/** A footnote or a reference is no letter: it is shown by a sign. */
export function Redline({ from, to }: Props) {
  const runs = useMemo(() => redline(from, to), [from, to]);
  return (
    <p className={styles["redline"]}>
      {runs.map(({ kind, text }, index) => {
        const words = text.replaceAll(embedCharacter, "*");
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
