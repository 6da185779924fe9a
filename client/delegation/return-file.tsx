/** The report as a file to change, and bringing it back. */
import { FileLinks } from "../report/file-links.tsx";
import { ReturnedChoice } from "../report/returned-choice.tsx";
import { say } from "../ui/voice.ts";
import styles from "./return-file.module.css";

export const ReturnFile = () => (
  <div className={styles["upload"]}>
    <small>{say("returned.lead")}</small>
    <small>
      <FileLinks title={say("returned.download")} mode="review" formats={["docx", "odt"]} />
    </small>
    <ReturnedChoice onBehalfOf={null} />
  </div>
);
