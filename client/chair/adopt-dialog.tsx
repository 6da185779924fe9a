/** Adopting the report: what stands in the way with every way out of it, and what the adoption will be called. */
import { useState } from "react";
import { isRecordable } from "../../shared/domain/acts/adoption.ts";
import type { Blocker, BlockerKind } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import styles from "../report/silence-notice.module.css";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

type Exit =
  | "amend"
  | "trade"
  | "carry"
  | "move"
  | "delete"
  | "dissociate"
  | "brackets"
  | "choose"
  | "gavel"
  | "answer"
  | "ask";

/** The ways that a chair has out of each kind, the mildest first. */
const exits = {
  objection: ["amend", "trade", "carry", "move", "delete", "dissociate"],
  placement: ["move", "trade", "dissociate"],
  "reopening-asked": ["trade", "dissociate", "amend"],
  "words-removed": ["ask", "dissociate"],
  brackets: ["brackets", "amend", "move"],
  alternatives: ["choose"],
  reopened: ["gavel", "amend", "move"],
  proposal: ["answer", "carry"],
} as const satisfies { readonly [K in BlockerKind]: readonly Exit[] };

interface Props {
  /** Shows the paragraph, where each way out is taken. */
  readonly onShow: (paragraph: ParagraphId) => void;
  readonly onClose: () => void;
}

export function AdoptDialog({ onShow, onClose }: Props) {
  const { report, text, record } = useNegotiation();
  const [note, setNote] = useState("");
  const { blockers } = report;
  const unsettled = blockers.some((blocker) => !isRecordable(blocker));
  const isDraft = text.some((block) => !record.text.includes(block)) && !sameAsCirculated(text, record.text);
  const outcome =
    blockers.length === 0
      ? say("silence.adopt.consensus")
      : unsettled
        ? say("silence.adopt.blocked")
        : say("silence.adopt.recorded", { count: blockers.length });
  return (
    <StateDialog
      wide
      name={say("silence.adopt.name")}
      explains={outcome}
      command={{ kind: "adopt", ...(note.trim() !== "" && { note: note.trim() }) }}
      done={say("silence.adopt.done")}
      incomplete={unsettled ? say("refusals.not-settled") : isDraft ? say("silence.adopt.draft") : null}
      onClose={onClose}
    >
      {blockers.length > 0 && (
        <section aria-label={say("silence.adopt.blockers")}>
          <ul className={styles["blockers"]}>
            {blockers.map((blocker) => (
              <li key={`${blocker.why} ${blocker.paragraph} ${blocker.position ?? ""}`}>
                {sentence(blocker, sayParagraphs([blocker.paragraph], { record, text, voice }))}{" "}
                <Button
                  size="small"
                  tone="quiet"
                  onClick={() => {
                    onClose();
                    onShow(blocker.paragraph);
                  }}
                >
                  {say("desk.showMe")}
                </Button>
                <p className={styles["term"]}>
                  {say("silence.adopt.exits")}:{" "}
                  {exits[blocker.why].map((exit) => say(`silence.adopt.exit.${exit}`)).join(" · ")}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <TextField label={say("silence.adopt.note")} value={note} onChange={(event) => setNote(event.target.value)} />
    </StateDialog>
  );
}

const sentence = ({ why, by }: Blocker, scope: string): string =>
  [by?.name, say(`words.blocker.${why}`), scope].filter(Boolean).join(", ");

const sameAsCirculated = (a: readonly object[], b: readonly object[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
