/** Paragraphs to tick, each with its number and its first words. */
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./silence-notice.module.css";

interface Props {
  readonly label: string;
  readonly among: readonly Pick<ComposedParagraph, "id" | "number" | "part" | "text">[];
  readonly chosen: ReadonlySet<ParagraphId>;
  readonly onChange: (chosen: ReadonlySet<ParagraphId>) => void;
}

export function ChooseParagraphs({ label, among, chosen, onChange }: Props) {
  return (
    <fieldset className={styles["choose"]}>
      <legend>{label}</legend>
      {among.map(({ id, number, part, text }) => (
        <label key={id} className={styles["check"]}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) =>
              onChange(new Set(event.target.checked ? [...chosen, id] : [...chosen].filter((one) => one !== id)))
            }
          />
          <span>
            {say("words.paragraph", { number: sayNumber({ number, part }, voice) })}:{" "}
            {text.length > 80 ? `${text.slice(0, 78)}…` : text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
