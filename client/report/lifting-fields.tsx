/** What would lift an objection and which words it is about: what the chair would do about them, and what would stand there then. */
import type { Remedy, Span } from "../../shared/domain/positions.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { readable } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Choice, TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";
import styles from "./lifting-fields.module.css";
import { Redline } from "./redline.tsx";
import { changesFor, contentAfter, earlierWords } from "./their-words.ts";

type Objectionable = Pick<ComposedParagraph, "id" | "content" | "text" | "wording">;

/** As it is typed. */
export interface Lifting {
  /** The words concerned, as they are read: a note or a reference in them is a neutral sign. */
  readonly quote: string;
  readonly kind: Remedy["kind"];
  readonly box: string;
}

interface Props {
  readonly paragraph: Objectionable;
  /** The words that were selected when the form opened. */
  readonly selected?: Span | null;
  readonly lifting: Lifting;
  readonly autoFocus?: boolean;
  readonly onChange: (lifting: Lifting) => void;
}

const remedies = ["replace", "add", "other", "delete", "bracket", "move-to-chair-summary", "revert"] as const;
const needsWords = (kind: Remedy["kind"]): boolean => kind === "replace" || kind === "add" || kind === "other";

export const nothingTyped = (selected: Span | null = null): Lifting => ({
  quote: readable(selected?.quote ?? ""),
  kind: selected ? "replace" : "other",
  box: "",
});

/** What the position says of it. */
export function statedBy({ quote, kind, box }: Lifting, paragraph: Objectionable, selected: Span | null = null) {
  const typed = box.trim();
  const span = spanFor(paragraph, quote, selected);
  const remedy: Remedy | null = needsWords(kind) ? (typed === "" ? null : { kind, text: typed }) : { kind };
  return {
    span,
    remedy,
    /** What was typed is never lost: where the remedy needs no words they are the reason. */
    reason: needsWords(kind) ? "" : typed,
    /** Why it cannot be sent. */
    incomplete: quote.trim() !== "" && !span ? say("refusals.span-mismatch") : null,
  };
}

export function LiftingFields({ paragraph, selected = null, lifting, autoFocus = false, onChange }: Props) {
  const { record } = useNegotiation();
  const { kind, box } = lifting;
  const { span, remedy } = statedBy(lifting, paragraph, selected);
  const earlier = earlierWords(record, paragraph.id, paragraph);
  const outcome = remedy && outcomeOf(remedy, span, paragraph, earlier);
  return (
    <>
      {/* The one box comes first, for people and for programs; what its words take the place of stands under it. */}
      <TextBox
        label={say("desk.lodge.objection.box")}
        help={say(`desk.lodge.liftHelp.${needsWords(kind) ? (kind === "other" ? kind : "words") : "none"}`)}
        value={box}
        autoFocus={autoFocus}
        dir="auto"
        onChange={(event) => onChange({ ...lifting, box: event.target.value })}
      />
      <Choice
        inline
        label={say("desk.lodge.meant")}
        value={kind}
        options={remedies
          .filter((value) => value !== "revert" || earlier !== null)
          .map((value) => ({
            value,
            label: say(
              span && (value === "replace" || value === "delete")
                ? `desk.lodge.those.${value}`
                : `desk.lodge.remedy.${value}`,
            ),
          }))}
        onChange={(value) => onChange({ ...lifting, kind: value })}
      />
      <WordsConcerned {...{ paragraph, selected, lifting, onChange }} />
      {outcome && (
        <section className={styles["outcome"]} aria-label={say("desk.lodge.outcome")}>
          <small>{say("desk.lodge.outcome")}</small>
          <Redline from={paragraph.content} to={outcome} />
        </section>
      )}
    </>
  );
}

export function WordsConcerned({ paragraph, selected = null, lifting, onChange }: Props) {
  return (
    <TextField
      label={say("desk.lodge.wordsConcerned")}
      help={say("desk.lodge.wordsConcernedHelp")}
      error={statedBy(lifting, paragraph, selected).incomplete}
      value={lifting.quote}
      dir="auto"
      onChange={(event) => onChange({ ...lifting, quote: event.target.value })}
    />
  );
}

/** Null where it is for the chair to find words. */
function outcomeOf(
  remedy: Remedy,
  span: Span | null,
  paragraph: Objectionable,
  earlier: readonly Inline[] | null,
): readonly Inline[] | null {
  if (remedy.kind === "delete" && !span) return [];
  const about = { remedy, ...(span && { span }), stale: false, standing: true };
  const changes = changesFor(about, paragraph, earlier);
  return changes && contentAfter(paragraph.content, changes);
}

/** The selected words, or the first place where the typed ones stand; null when they do not. */
function spanFor({ text }: Objectionable, quote: string, selected: Span | null): Span | null {
  const sought = quote.trim();
  if (sought === "") return null;
  if (selected && readable(selected.quote) === sought) return selected;
  // Each sign stands for one character, so that the offsets are those of the words themselves.
  const from = readable(text).indexOf(sought);
  const to = from + sought.length;
  return from < 0 ? null : { from, to, quote: text.slice(from, to) };
}
