/** The words of one paragraph in an editor that comes when it is needed: delegations that only read never load it. */
import { useEffect, useRef, useState } from "react";
import { noteNumbers } from "../../shared/domain/numbering.ts";
import type { Block, Inline } from "../../shared/domain/text.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
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
  const { record, text } = useNegotiation();
  const place = useRef<HTMLDivElement>(null);
  const [isReady, setReady] = useState(false);
  const latest = useRef({ onChange, record, text });
  useEffect(() => {
    latest.current = { onChange, record, text };
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
        numberOf: (to) => numberOf(to, { ...latest.current, voice }),
        noteNumber: (id) => noteNumbers(latest.current.text).get(id),
        onChange: (content) => latest.current.onChange(content),
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
