/** What must be told about the text: words that were refused, and words typed into a paragraph that someone else removed meanwhile. */
import { useSyncExternalStore } from "react";
import type { Record } from "../../shared/domain/record.ts";
import { whyLocked } from "../../shared/domain/status.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { parseParagraphId } from "../../shared/domain/values.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { WordsOrLetters } from "../../shared/messages/signs.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import type { ReportEditor } from "../editor/report-editor.ts";
import type { LiveText } from "../live/live-text.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "../report/redline.tsx";
import { useReadable } from "../report/use-readable.ts";
import { Button } from "../ui/button.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./draft.module.css";

interface Props {
  readonly live: LiveText;
  readonly editor: ReportEditor | null;
}

export function TextNotices({ live, editor }: Props) {
  const { record, text } = useNegotiation();
  const { refusal, kept, ended } = useSyncExternalStore(live.subscribe, live.connected);
  const recovered = live.recovered();
  const read = useReadable();
  const today = (paragraph: ParagraphId | null): WordsOrLetters =>
    (paragraph && blocksById(text).get(paragraph)?.content) ?? "";
  if (!refusal && kept.length === 0 && recovered.length === 0 && !ended) return null;
  return (
    <div className={styles["notices"]} role="region" aria-label={say("desk.draft.notices")}>
      {ended && <p className={styles["notice"]}>{say(`desk.ended.${ended}`)}</p>}
      {(refusal || kept.length > 0) && (
        <section className={styles["notice"]}>
          <h2>{say(titleOf(refusal, record))}</h2>
          <p>
            {say(
              refusal ? (kept.length > 0 ? "desk.draft.keptHere" : "desk.draft.nothingLost") : "desk.draft.unsavedHere",
            )}
          </p>
          {kept.map(({ paragraph, mine, stands }, index) => (
            <div key={paragraph ?? index}>
              <strong>
                {paragraph === null
                  ? say("desk.draft.somewhere")
                  : say("words.paragraph", { number: numberOf(paragraph, { record, text, voice }) || "–" })}
              </strong>
              <Redline from={stands ?? today(paragraph)} to={mine} />
            </div>
          ))}
          <Button size="small" onClick={() => live.dismissRefusal()}>
            {say("desk.draft.understood")}
          </Button>
        </section>
      )}
      {recovered.map((words) => (
        <section key={words.block} className={styles["notice"]}>
          <h2>{say("desk.draft.recovered")}</h2>
          <p className={styles["recovered"]} dir="auto">
            {read(words.words)}
          </p>
          <p>
            {words.after === null
              ? say("desk.draft.recoveredFirst")
              : say("desk.draft.recoveredAfter", { number: numberOf(words.after, { record, text, voice }) || "–" })}
          </p>
          {editor && live.mayWrite && (
            <div className={styles["group"]}>
              <Button size="small" onClick={() => editor.recover(words, "put back")}>
                {say("desk.draft.putBack")}
              </Button>
              <Button size="small" tone="quiet" onClick={() => editor.recover(words, "dismiss")}>
                {say("desk.draft.letGo")}
              </Button>
            </div>
          )}
        </section>
      ))}
    </div>
  );
}

function titleOf(refusal: TextRefusal | null, record: Record) {
  if (!refusal) return "desk.draft.unsaved";
  const paragraph = parseParagraphId(refusal.paragraph);
  const locked = paragraph && refusal.code === "paragraph-locked" ? whyLocked(record, paragraph) : null;
  if (refusal.code === "text-frozen" || locked === "under-silence" || locked === "adopted")
    return "desk.draft.refusedFrozen";
  return refusal.code === "paragraph-locked" ? "desk.draft.refusedLocked" : "desk.draft.refused";
}
