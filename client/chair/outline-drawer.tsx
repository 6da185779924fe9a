/** The report at a glance: headings, and every paragraph with its status, each a way to it. */
import { lazy, Suspense, useState } from "react";
import type { Vacancy } from "../../shared/domain/held-numbers.ts";
import { shortNumber } from "../../shared/domain/numbering.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { statusGlyph } from "../../shared/messages/glyphs.ts";
import { signsToday } from "../../shared/messages/numbers.ts";
import { readable } from "../../shared/messages/signs.ts";
import { shownStatus } from "../../shared/messages/status.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { say, voice } from "../ui/voice.ts";
import { ImportDialog } from "./import-dialog.tsx";
import styles from "./outline-drawer.module.css";
import { RestoreDialog } from "./restore-dialog.tsx";

const CommentsDialog = lazy(async () => ({
  default: (await import("../report/comments-dialog.tsx")).CommentsDialog,
}));
const ReturnedForDialog = lazy(async () => ({
  default: (await import("./returned-for-dialog.tsx")).ReturnedForDialog,
}));

export interface DrawerProps {
  readonly onClose: () => void;
  readonly onShow: (paragraph: ParagraphId) => void;
  readonly current: ParagraphId | null;
}

export function OutlineDrawer({ onClose, onShow, current }: DrawerProps) {
  const { record, text, report, whyNot } = useNegotiation();
  const [importing, setImporting] = useState(false);
  const [commenting, setCommenting] = useState(false);
  const [isBringing, setIsBringing] = useState(false);
  const [restoring, setRestoring] = useState<"whole" | Vacancy | null>(null);
  const row = (paragraph: ComposedParagraph, part: Part) => {
    const status = shownStatus(paragraph);
    return (
      <li key={`${part} ${paragraph.id}`} data-kind={paragraph.kind} data-level={paragraph.level}>
        <button
          type="button"
          className={styles["row"]}
          aria-current={paragraph.id === current || undefined}
          onClick={() => onShow(paragraph.id)}
        >
          {paragraph.kind === "paragraph" && (
            <>
              <span className={styles["number"]}>{shortNumber(paragraph.number)}</span>
              <span className={styles["status"]} data-status={status}>
                {status && (
                  <>
                    <span aria-hidden>{statusGlyph[status]}</span>
                    <span className="unseen">{say(`words.status.${status}`)}</span>
                  </>
                )}
              </span>
            </>
          )}
          <span className={styles["words"]}>{readable(paragraph.content, signsToday({ record, text, voice }))}</span>
        </button>
      </li>
    );
  };
  return (
    <Drawer title={say("desk.drawer.outline")} onClose={onClose}>
      <h3 className={styles["part"]}>{say("words.part.consensus")}</h3>
      <ol className={styles["outline"]}>{report.parts.consensus.map((one) => row(one, "consensus"))}</ol>
      {report.parts.chairSummary.length > 0 && (
        <>
          <h3 className={styles["part"]}>{say("words.part.chair-summary")}</h3>
          <ol className={styles["outline"]}>{report.parts.chairSummary.map((one) => row(one, "chair-summary"))}</ol>
        </>
      )}
      {report.vacancies.length > 0 && (
        <ul className={styles["vacant"]}>
          {report.vacancies.map((vacancy) => (
            <li key={vacancy.id}>
              {say(`versions.vacant.${vacancy.why}`, { number: vacancy.number })}
              {vacancy.why === "deleted" && (
                <Button
                  size="small"
                  tone="quiet"
                  aria-haspopup="dialog"
                  aria-label={say("versions.restore.number", { number: vacancy.number })}
                  disabledReason={whyNot("restore")}
                  onClick={() => setRestoring(vacancy)}
                >
                  {say("versions.restore.one")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className={styles["acts"]}>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("write-text")}
          onClick={() => setImporting(true)}
        >
          {say("desk.import.name")}
        </Button>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("lodge-position")}
          onClick={() => setCommenting(true)}
        >
          {say("desk.comments.name")}
        </Button>
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("table-proposal")}
          onClick={() => setIsBringing(true)}
        >
          {say("returned.floor.name")}
        </Button>
        {record.versions.length > 0 && (
          <Button
            size="small"
            aria-haspopup="dialog"
            disabledReason={whyNot("restore")}
            onClick={() => setRestoring("whole")}
          >
            {say("versions.restore.whole")}
          </Button>
        )}
      </div>
      {restoring && (
        <RestoreDialog paragraph={restoring === "whole" ? null : restoring} onClose={() => setRestoring(null)} />
      )}
      {commenting && (
        <Suspense>
          <CommentsDialog onClose={() => setCommenting(false)} />
        </Suspense>
      )}
      {isBringing && (
        <Suspense>
          <ReturnedForDialog onClose={() => setIsBringing(false)} />
        </Suspense>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Drawer>
  );
}
