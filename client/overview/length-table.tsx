/** How long each part is, version by version and now. */
import { useMemo } from "react";
import { lengthsOf } from "../../shared/domain/reflected.ts";
import { parts } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say } from "../ui/voice.ts";
import styles from "./overview-page.module.css";

/** The versions before the last few say little about today. */
const shownVersions = 8;

export function LengthTable() {
  const { record, text, viewer } = useNegotiation();
  const columns = useMemo(
    () => [
      ...record.versions
        .slice(-shownVersions)
        .map((version) => ({ label: version.label, lengths: lengthsOf(version.text) })),
      { label: say(`desk.overview.brackets.${viewer.kind === "team" ? "draft" : "now"}`), lengths: lengthsOf(text) },
    ],
    [record.versions, text, viewer],
  );
  return (
    <section className={styles["card"]} aria-labelledby="lengths">
      <h3 id="lengths">{say("reflected.lengths.title")}</h3>
      <div className={styles["scroll"]} tabIndex={0} role="group" aria-labelledby="lengths">
        <table className={styles["steps"]}>
          <thead>
            <tr>
              <th scope="col">{say("reflected.lengths.part")}</th>
              {columns.map(({ label }, index) => (
                <th key={index} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part}>
                <th scope="row">{say(`words.part.${part}`)}</th>
                {columns.map(({ lengths: { words, paragraphs } }, index) => (
                  <td key={index}>{say("reflected.lengths.cell", { words: words[part], count: paragraphs[part] })}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
