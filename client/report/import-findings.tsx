/** What was met in a text that is brought: repaired, left out, or to be looked at, each with its place as far as it has one. */
import type { ImportReport, ImportWarningCode } from "../../shared/domain/import-text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayPlace } from "../../shared/messages/met-in-file.ts";
import type { IntakeNotice, TextRead } from "../../shared/wire/intake.ts";
import { Button } from "../ui/button.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./import-box.module.css";

type Kind = "repaired" | "left-out" | "to-see";

const kindOfWarning: Readonly<Record<ImportWarningCode, Kind>> = {
  cut: "left-out",
  "paragraph-split": "repaired",
  "footnote-missing": "to-see",
  "footnote-unused": "left-out",
  table: "repaired",
  image: "left-out",
  "hidden-characters": "repaired",
  "unbalanced-brackets": "to-see",
};

const kindOfNotice: Readonly<Record<IntakeNotice, Kind>> = {
  "unknown-change": "to-see",
  comment: "left-out",
  "looks-changed": "repaired",
  "text-box": "left-out",
  image: "left-out",
  formula: "left-out",
  field: "repaired",
  index: "left-out",
  "nested-table": "repaired",
  "embedded-file": "left-out",
  "page-machinery": "left-out",
  symbol: "to-see",
  "hidden-text": "left-out",
  "hidden-characters": "repaired",
  "struck-by-hand": "to-see",
  "unknown-content": "left-out",
  masthead: "left-out",
};

/** Of each kind. */
const shownPlaces = 5;

interface Props {
  readonly report: ImportReport;
  /** Of a file; null for what was pasted. */
  readonly read: TextRead | null;
  /** What a block of the preview is called. */
  readonly nameOf: (block: ParagraphId) => string;
  readonly onShow: (block: ParagraphId) => void;
}

export function ImportFindings({ report, read, nameOf, onShow }: Props) {
  const ofFile = (kind: Kind) =>
    (read?.notices ?? [])
      .filter(({ code }) => kindOfNotice[code] === kind)
      .map(({ code, count, at }) => (
        <li key={`file ${code}`}>
          {say(`desk.import.notice.${code}`, { count })}
          {at.slice(0, shownPlaces).map((place, index) => (
            <small key={index}>{sayPlace(place, voice)}</small>
          ))}
          {at.length > shownPlaces && <small>{say("desk.import.more", { count: count - shownPlaces })}</small>}
        </li>
      ));
  const ofText = (kind: Kind) =>
    (Object.entries(report.warnings) as [ImportWarningCode, number][])
      .filter(([code]) => kindOfWarning[code] === kind)
      .map(([code, count]) => (
        <li key={code}>
          {say(`desk.import.warning.${code}`, { count })}{" "}
          {report.places
            .filter((place) => place.code === code)
            .map(({ paragraph, words }, index) =>
              paragraph === null ? (
                <small key={index}>“{words}” </small>
              ) : (
                <Button key={index} size="small" tone="quiet" onClick={() => onShow(paragraph)}>
                  {nameOf(paragraph)}
                </Button>
              ),
            )}
        </li>
      ));
  const encoding = read?.encoding && read.encoding !== "utf-8" ? read.encoding : null;
  return (["repaired", "left-out", "to-see"] as const).map((kind) => {
    const lines = [
      ...(kind === "repaired" && encoding ? [<li key="encoding">{say("desk.import.encoding", { encoding })}</li>] : []),
      ...ofFile(kind),
      ...ofText(kind),
    ];
    return lines.length === 0 ? null : (
      <section key={kind} className={styles["findings"]} data-kind={kind}>
        <h4>{say(`desk.import.findings.${kind}`)}</h4>
        <ul>{lines}</ul>
      </section>
    );
  });
}
