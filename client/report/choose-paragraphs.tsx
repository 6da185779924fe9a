/** Paragraphs to tick, each with its number and its first words: one by one, from one to another with Shift, all or none. */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { Button } from "../ui/button.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./silence-notice.module.css";
import { useReadable } from "./use-readable.ts";

interface Props {
  readonly label: string;
  readonly among: readonly Pick<ComposedParagraph, "id" | "number" | "part" | "content">[];
  readonly chosen: ReadonlySet<ParagraphId>;
  readonly onChange: (chosen: ReadonlySet<ParagraphId>) => void;
}

const firstWords = (words: string): string => (words.length > 80 ? `${words.slice(0, 78)}…` : words);

export function ChooseParagraphs({ label, among, chosen, onChange }: Props) {
  const read = useReadable();
  const [last, setLast] = useState(0);
  const tick = (index: number, isOn: boolean, isRange: boolean): void => {
    const [from, to] = isRange ? [Math.min(last, index), Math.max(last, index)] : [index, index];
    const ticked = among.slice(from, to + 1).map(({ id }) => id);
    onChange(new Set(isOn ? [...chosen, ...ticked] : [...chosen].filter((one) => !ticked.includes(one))));
    setLast(index);
  };
  return (
    <fieldset className={styles["choose"]}>
      <legend>{label}</legend>
      {among.length > 1 && (
        <p className={styles["acts"]}>
          <Button size="small" onClick={() => onChange(new Set(among.map(({ id }) => id)))}>
            {say("silence.announce.all")}
          </Button>
          <Button size="small" onClick={() => onChange(new Set())}>
            {say("silence.announce.none")}
          </Button>
          <span className={styles["term"]}>{say("silence.announce.range")}</span>
        </p>
      )}
      {among.map(({ id, number, part, content }, index) => (
        <label key={id} className={styles["check"]}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={({ target, nativeEvent }) =>
              tick(index, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
            }
          />
          <span>
            {say("words.paragraph", { number: sayNumber({ number, part }, voice) })}: {firstWords(read(content))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
