/** A text from outside, pasted or from a file, with what will become of it shown before anything is done. */
import { useMemo } from "react";
import { importText } from "../../shared/domain/import-text.ts";
import type { ImportReport } from "../../shared/domain/import-text.ts";
import type { Text } from "../../shared/domain/text.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { numberText } from "../../shared/domain/numbering.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { TextBox } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";
import styles from "./import-box.module.css";

interface Props {
  readonly source: string;
  readonly onChange: (source: string) => void;
}

export function ImportBox({ source, onChange }: Props) {
  const preview = useMemo(() => (source.trim() === "" ? null : previewOf(source)), [source]);
  return (
    <div className={styles["import"]}>
      <TextBox
        label={say("desk.import.label")}
        help={say("desk.import.help")}
        rows={preview ? 5 : 9}
        value={source}
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        onDrop={(event) => {
          const file = event.dataTransfer.files[0];
          if (!file) return;
          event.preventDefault();
          void file.text().then(onChange);
        }}
      />
      <label className={styles["file"]}>
        {say("desk.import.file")}
        <input
          type="file"
          accept=".txt,.md,.markdown,text/plain,text/markdown"
          className="unseen"
          onChange={(event) => void event.target.files?.[0]?.text().then(onChange)}
        />
      </label>
      {preview && <Preview {...preview} />}
    </div>
  );
}

interface Read {
  readonly text: Text;
  readonly report: ImportReport;
}

/** As the server will read it; these ids are for the preview only. */
export function previewOf(source: string): Read {
  let count = 0;
  const newId = (): ParagraphId => String(count++).padStart(22, "0") as ParagraphId;
  const isMarkdown = /^#{1,6} \S|^\[\^[^\]]+\]:|\*\*\S/m.test(source);
  return importText(source, isMarkdown ? "markdown" : "plain", newId);
}

const shownBlocks = 60;

function Preview({ text, report }: Read) {
  const numbers = numberText(text);
  const warnings = Object.entries(report.warnings) as [keyof ImportReport["warnings"], number][];
  return (
    <section className={styles["preview"]} aria-label={say("desk.import.preview")}>
      <p className={styles["sum"]} role="status">
        {say("desk.import.sum", {
          headings: report.headings,
          consensus: report.paragraphs.consensus,
          summary: report.paragraphs["chair-summary"],
          brackets: report.brackets,
          footnotes: report.footnotes,
        })}
      </p>
      {warnings.length > 0 && (
        <ul className={styles["warnings"]}>
          {warnings.map(([code, count]) => (
            <li key={code}>{say(`desk.import.warning.${code}`, { count })}</li>
          ))}
        </ul>
      )}
      <div className={styles["text"]} tabIndex={0} role="group" aria-label={say("desk.import.preview")}>
        {text.slice(0, shownBlocks).map((block) => (
          <p key={block.id} data-kind={block.kind} data-part={block.part} data-level={block.level} dir="auto">
            {block.kind === "paragraph" && <b>{numbers.get(block.id)} </b>}
            {canonicalText(block.content)}
          </p>
        ))}
        {text.length > shownBlocks && <p>{say("desk.import.more", { count: text.length - shownBlocks })}</p>}
      </div>
    </section>
  );
}
