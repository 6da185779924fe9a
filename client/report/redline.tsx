/** Words as they were and as they are, in one line: struck and underlined, and said in words for those who listen. */
import { useMemo } from "react";
import { redline } from "../../shared/domain/redline.ts";
import { say } from "../ui/voice.ts";
import styles from "./redline.module.css";

interface Props {
  readonly from: string;
  readonly to: string;
}

export function Redline({ from, to }: Props) {
  const runs = useMemo(() => redline(from, to), [from, to]);
  return (
    <p className={styles["redline"]}>
      {runs.map(({ kind, text }, index) => {
        if (kind === "same") return <span key={index}>{text}</span>;
        const Changed = kind === "inserted" ? "ins" : "del";
        return (
          <Changed key={index}>
            <span className="unseen">{say(`desk.redline.${kind}`)} </span>
            {text}
          </Changed>
        );
      })}
    </p>
  );
}
