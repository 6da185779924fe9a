/**
 * What goes to the chair's summary without consensus can be reported as what some States proposed, in the step that moves it (SPEC: SUM):
 * from wherever it is moved, and with a proposal to move it that is taken up.
 */
import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { statesIn } from "../../shared/domain/roster.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import styles from "../report/silence-notice.module.css";
import { useToast } from "../ui/toasts.tsx";
import { list, say, voice } from "../ui/voice.ts";
import { reportiveWording } from "./reportive-wording.ts";

/** Puts other words in a paragraph of the draft and gives the way back; null where it cannot be written. */
export type Rewrite = ((paragraph: ParagraphId, words: string) => () => void) | null;

interface Reporting {
  /** The words and their holders, with a tick; null where nothing can be reported. */
  readonly offer: ReactNode;
  /** Once it has moved: puts the words there, if they were ticked. */
  readonly moved: () => void;
}

/** @param to null: it does not move */
export function useReporting(paragraph: ComposedParagraph, to: Part | null, rewrite: Rewrite): Reporting {
  const { record, text: draft } = useNegotiation();
  const toast = useToast();
  const [isTicked, setIsTicked] = useState(false);
  const reportive = useMemo(
    () =>
      to === "chair-summary" && rewrite
        ? reportiveWording(paragraph, statesIn(record), (about) => numberOf(about, { record, text: draft, voice }))
        : null,
    [paragraph, record, rewrite, to, draft],
  );
  const moved = (): void => {
    if (!reportive || !isTicked || !rewrite) return;
    const undo = rewrite(paragraph.id, reportive.words);
    toast({
      about: paragraph.id,
      sentence: say("desk.reportive.used"),
      actions: [{ label: say("desk.undo"), act: undo }],
    });
  };
  const offer = reportive && (
    <>
      <label className={styles["check"]}>
        <input type="checkbox" checked={isTicked} onChange={(event) => setIsTicked(event.target.checked)} />
        {say("desk.reportive.offer")}
      </label>
      <blockquote dir="auto">{reportive.words}</blockquote>
      <small>
        {reportive.views.map(({ words, who }) => say("desk.reportive.speaksFor", { words, who: list(who) })).join(" ")}
      </small>
    </>
  );
  return { offer, moved };
}
