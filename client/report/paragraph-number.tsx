/** The number of a paragraph in a list that leads to it. */
import { say } from "../ui/voice.ts";
import styles from "./paragraph-number.module.css";

export function ParagraphNumber({ number, onShow }: { number: string; onShow: () => void }) {
  return (
    <button type="button" className={styles["number"]} onClick={onShow}>
      {say("desk.pilcrow", { number })}
      <span className="unseen"> {say("desk.showMe")}</span>
    </button>
  );
}
