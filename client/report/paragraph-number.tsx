/** The number of a paragraph in a list that leads to it; nothing where it has none today. */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { markOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./paragraph-number.module.css";

interface Props {
  readonly id: ParagraphId;
  readonly onShow: (id: ParagraphId) => void;
}

export function ParagraphNumber({ id, onShow }: Props) {
  const { record, text } = useNegotiation();
  const mark = markOf(id, { record, text, voice });
  return (
    mark !== null && (
      <button type="button" className={styles["number"]} onClick={() => onShow(id)}>
        {mark}
        <span className="unseen"> {say("desk.showMe")}</span>
      </button>
    )
  );
}
