/** What was corrected in the report after its adoption: that of a Corr.1, paragraph by paragraph (SPEC: ADO6). */
import type { Record } from "../../../shared/domain/record.ts";
import type { Text } from "../../../shared/domain/text.ts";
import { signsToday } from "../../../shared/messages/numbers.ts";
import { mention } from "../../../shared/messages/tell.ts";
import { say, speaker } from "./speaker.ts";
import { NewYork } from "./time.tsx";
import { capital, Redline, stop } from "./words.tsx";

export function Corrections({ record, text }: { readonly record: Record; readonly text: Text }) {
  const { adoption } = record;
  const since = adoption ? record.corrections.filter(({ seq }) => seq > adoption.seq) : [];
  if (since.length === 0) return null;
  return (
    <section id="corrections" className="part statements" aria-labelledby="corrections-title">
      <h2 id="corrections-title">{say("versions.corrections.title")}</h2>
      <p className="standing">{say("versions.corrections.lead")}</p>
      {since.map(({ paragraph, seq, at, content: { before, after }, reason }) => (
        <section key={seq} className="statement">
          <h3>
            <a href={`#para-${paragraph}`}>{capital(mention(paragraph, { record, text, voice: speaker }).words)}</a>
          </h3>
          <Redline from={before} to={after} numbers={signsToday({ record, text, voice: speaker })} />
          <p className="aside">
            {stop(say("record.reason", { reason }))} <NewYork at={at} />
          </p>
        </section>
      ))}
    </section>
  );
}
