/** All that is read in a paragraph, its footnotes written out below it: what the chair is about to gavel or delete. */
import { firstNoteIn, numberNotes } from "../../shared/domain/numbering.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { voice } from "../ui/voice.ts";
import { Content } from "./content.tsx";
import styles from "./content.module.css";

export function WholeWords({ content }: { readonly content: readonly Inline[] }) {
  const { record, report, text } = useNegotiation();
  const { consensus, chairSummary } = report.parts;
  const firstNote = firstNoteIn(content, numberNotes([...consensus, ...chairSummary]));
  const notes = content.flatMap((inline) => (inline.t === "footnote" ? inline : []));
  return (
    <blockquote className={styles["whole"]} dir="auto">
      <p>
        <Content content={content} firstNote={firstNote} numberOf={(id) => numberOf(id, { record, text, voice })} />
      </p>
      {notes.length > 0 && (
        <ol aria-hidden start={firstNote}>
          {notes.map(({ id, text: note }) => (
            <li key={id}>{note}</li>
          ))}
        </ol>
      )}
    </blockquote>
  );
}
