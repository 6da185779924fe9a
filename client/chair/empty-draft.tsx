/** An empty report: start writing, or bring a text. */
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/voice.ts";
import styles from "./draft.module.css";
import { ImportDialog } from "./import-dialog.tsx";

export function EmptyDraft({ onWrite }: { readonly onWrite: () => void }) {
  const [importing, setImporting] = useState(false);
  return (
    <section className={styles["empty"]}>
      <h2>{say("desk.empty.title")}</h2>
      <p>{say("desk.empty.how")}</p>
      <div className={styles["group"]}>
        <Button tone="primary" onClick={onWrite}>
          {say("desk.empty.write")}
        </Button>
        <Button aria-haspopup="dialog" onClick={() => setImporting(true)}>
          {say("desk.import.name")}
        </Button>
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </section>
  );
}
