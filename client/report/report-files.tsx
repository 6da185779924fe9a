/** The report and what is told about it as files, with what this seat may see in them and no more. */
import { say } from "../ui/voice.ts";
import { FileLinks } from "./file-links.tsx";
import styles from "./report-files.module.css";

const office = ["pdf", "docx", "odt", "html"] as const;

export const ReportFiles = () => (
  <details className={styles["files"]}>
    <summary>{say("publication.files")}</summary>
    <ul>
      <li>
        <FileLinks title={say("publication.mode.clean")} formats={office} />
      </li>
      {(["review", "compilation"] as const).map((mode) => (
        <li key={mode}>
          <FileLinks title={say(`publication.mode.${mode}`)} mode={mode} formats={office} />
        </li>
      ))}
      <li>
        <FileLinks title={say("publication.web")} formats={["md", "xml"]} />
      </li>
      <li>
        <FileLinks title={say("publication.data")} formats={["json", "csv"]} />
      </li>
      <li>
        <FileLinks title={say("publication.status.title")} name="status" />
      </li>
      <li>
        <FileLinks title={say("lineage.table.title")} name="lineage" />
      </li>
    </ul>
  </details>
);
