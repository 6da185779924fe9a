/** The words of one paragraph in an editor that comes when it is needed: delegations that only read never load it. */
import { useEffect, useRef, useState } from "react";
import type { Block, Inline } from "../../shared/domain/text.ts";
import { say } from "../ui/voice.ts";
import styles from "./words-box.module.css";

interface Props {
  readonly label: string;
  /** What is in it at first. */
  readonly block: Block;
  /** False where other fields come first. */
  readonly focus?: boolean;
  /** Footnotes and references stay as they are. */
  readonly keepsEmbeds?: boolean;
  readonly onChange: (content: readonly Inline[]) => void;
}

export function WordsBox({ label, block, focus = true, keepsEmbeds = false, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [isReady, setReady] = useState(false);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  // It holds what was there when it came: an editor that is being typed in is not filled again.
  const [first] = useState(block);
  useEffect(() => {
    let leave = (): void => undefined;
    let gone = false;
    void import("../editor/words-editor.ts").then(({ mountWordsEditor }) => {
      if (gone || !place.current) return;
      const view = mountWordsEditor(place.current, {
        block: first,
        name: label,
        focus,
        keepsEmbeds,
        onChange: (content) => latest.current(content),
      });
      leave = () => view.destroy();
      setReady(true);
    });
    return () => {
      gone = true;
      leave();
    };
  }, [first, label, focus, keepsEmbeds]);
  return (
    <div className={styles["field"]}>
      <span className={styles["label"]} aria-hidden>
        {label}
      </span>
      <div ref={place} className={styles["place"]} aria-busy={!isReady}>
        {!isReady && <span role="status">{say("proposals.propose.editor")}</span>}
      </div>
    </div>
  );
}
