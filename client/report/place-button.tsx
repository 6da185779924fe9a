/** Where something stands, said in its number of today, and the way there; for a removed paragraph it says so and leads nowhere. */
import type { ParagraphId } from "../../shared/domain/values.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./place-button.module.css";

interface Props {
  readonly paragraph: ParagraphId | null;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function PlaceButton({ paragraph, onShow }: Props) {
  const { record, text } = useNegotiation();
  return (
    <button
      type="button"
      className={styles["place"]}
      onClick={() => paragraph && onShow(paragraph)}
      aria-disabled={!paragraph || undefined}
    >
      {paragraph
        ? say("words.paragraph", { number: numberOf(paragraph, { record, text, voice }) })
        : say("record.paragraphGone")}
    </button>
  );
}
