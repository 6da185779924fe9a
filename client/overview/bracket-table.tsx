/** Open brackets by section, version after version: whether the text comes together, and where it does not. */
import { useMemo } from "react";
import { alternativesOf } from "../../shared/domain/alternatives.ts";
import { burnDown, milestones } from "../../shared/domain/burn-down.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { readable } from "../../shared/messages/signs.ts";
import { sayTally } from "../../shared/messages/tell.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./overview-page.module.css";

/** The versions before the last few say little about today. */
const shownVersions = 8;

export function BracketTable() {
  const { record, text, viewer } = useNegotiation();
  const before = useMemo(() => milestones(record, shownVersions), [record]);
  const { sections, totals } = useMemo(
    () => burnDown([...before.map((one) => one.text), text], alternativesOf(record, text)),
    [before, text, record],
  );
  if (sections.length === 0) return null;
  const today = viewer.kind === "team" ? "draft" : "now";
  return (
    <section className={styles["card"]} aria-labelledby="brackets">
      <h3 id="brackets">{say("desk.overview.brackets.title")}</h3>
      <p className={styles["caution"]}>{say("desk.overview.brackets.caution")}</p>
      <div className={styles["scroll"]} tabIndex={0} role="group" aria-labelledby="brackets">
        <table className={styles["steps"]}>
          <thead>
            <tr>
              <th scope="col">{say("desk.overview.brackets.section")}</th>
              {before.map(({ version }) => (
                <th key={version?.name ?? ""} scope="col">
                  {version?.label ?? say("desk.overview.brackets.begun")}
                </th>
              ))}
              <th scope="col">{say(`desk.overview.brackets.${today}`)}</th>
            </tr>
          </thead>
          <tbody>
            {sections.map(({ heading, tallies }) => (
              <tr key={heading?.id ?? ""}>
                <th scope="row">{heading ? readable(heading.content) : say("desk.overview.brackets.before")}</th>
                {tallies.map((tally, index) => (
                  <td key={index}>{sayTally(tally, voice)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say("desk.overview.brackets.total")}</th>
              {totals.map(({ brackets, blocks, alternatives }, index) => (
                <td key={index}>
                  {say("desk.overview.brackets.in", { brackets, count: blocks })}
                  {alternatives > 0 && `; ${say("desk.overview.brackets.alternatives", { count: alternatives })}`}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
