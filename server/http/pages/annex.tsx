/** The annex to the chair's summary as pages without a script show it: paragraph by paragraph what was proposed, and what became of it. */
import type { ReactNode } from "react";
import type { AnnexEntry } from "../../../shared/domain/annex.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { SeenRequest } from "../../../shared/domain/summary.ts";
import { signsOf } from "../../../shared/messages/numbers.ts";
import { readAnnex } from "../../../shared/messages/annexed.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { sayAnnexed } from "../../../shared/messages/tell.ts";
import { stop } from "./words.tsx";
import { Proposed } from "./proposed.tsx";
import { say, speaker } from "./speaker.ts";
import { OnSummary } from "./summary-parts.tsx";

interface Props {
  readonly report: ComposedReport;
  /** What this reader can do with a request that has no answer. */
  readonly act?: (request: SeenRequest) => ReactNode;
}

export function Annex({ report, act }: Props) {
  const { entries, others } = readAnnex(report.annex, speaker);
  const signs = signsOf(report, speaker);
  if (report.annex.length === 0) return null;
  return (
    <section id="annex" className="annex" aria-labelledby="annex-title">
      <h3 id="annex-title">{say("summary.annex.title")}</h3>
      <p className="standing">{say("summary.annex.lead")}</p>
      {entries.map((entry) => (
        <section key={entry.paragraph} aria-labelledby={`annex-${entry.paragraph}`}>
          <h4 id={`annex-${entry.paragraph}`}>
            {entry.number ? (
              <a href={`#para-${entry.paragraph}`}>{sayAnnexed(entry, speaker)}</a>
            ) : (
              sayAnnexed(entry, speaker)
            )}
          </h4>
          <Proposed paragraph={{ proposals: entry.proposals }} signs={signs} />
          {entry.alternatives.map(({ id, content, reason }) => (
            <p key={id} className="said">
              {stop(say("summary.annex.alternative", { text: readable(content, signs), reason }))}
            </p>
          ))}
          <OnSummary paragraph={{ quantifiers: [], corrections: entry.corrections }} {...(act && { act })} />
          <Undisclosed entry={entry} />
        </section>
      ))}
      {others && <p className="aside">{others}</p>}
    </section>
  );
}

/** Words that this reader may not know are still said to have been proposed. */
function Undisclosed({ entry: { proposals } }: { readonly entry: AnnexEntry }) {
  const count = proposals.filter(({ base }) => base === undefined).length;
  return count === 0 ? null : <p className="aside">{say("summary.annex.hidden", { count })}</p>;
}
