/** An empty report: start writing, or bring a text. */
import { useState } from "react";
import { useNegotiation } from "../live/use-negotiation.ts";
import { RefusedError } from "../live/api.ts";
import { ImportBox } from "../report/import-box.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { say } from "../ui/voice.ts";
import styles from "./draft.module.css";

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
          {say("desk.empty.import")}
        </Button>
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </section>
  );
}

function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useNegotiation();
  const [source, setSource] = useState("");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    if (source.trim() === "" || busy) return;
    setBusy(true);
    try {
      await api.importText(source);
      onClose();
    } catch (error) {
      setTrouble(error instanceof RefusedError ? error.problem.detail : say("desk.notSent"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog wide title={say("desk.empty.import")} onClose={onClose}>
      <DialogForm
        onSubmit={() => void submit()}
        trouble={trouble}
        footer={
          <Button
            submits
            tone="primary"
            busy={busy}
            disabledReason={source.trim() === "" ? say("desk.import.nothing") : null}
          >
            {say("desk.empty.import")}
          </Button>
        }
      >
        <ImportBox source={source} onChange={setSource} />
      </DialogForm>
    </Dialog>
  );
}
