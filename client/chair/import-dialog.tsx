/** A text from a file or the clipboard: into an empty draft, at the end of one, or as the next edition in its place. */
import { useMemo, useState } from "react";
import { nextEdition } from "../../shared/domain/editions.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import { editText } from "../../shared/domain/text.ts";
import { sayEditionRefused, sayRecognised } from "../../shared/messages/editions.ts";
import { RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import type { Source } from "../report/import-box.tsx";
import { ImportBox, noSource, previewOf } from "../report/import-box.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { Choice } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

const ways = ["next", "append"] as const;
type Way = (typeof ways)[number];

export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, text } = useNegotiation();
  const [source, setSource] = useState(noSource);
  const [way, setWay] = useState<Way>(text.length === 0 ? "append" : "next");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const foreseen = useForeseen(way === "next" ? source : noSource);
  const hindrance = source.hindrance ?? foreseen?.refusal ?? null;
  const submit = async (): Promise<void> => {
    if (hindrance !== null || busy) return;
    setBusy(true);
    try {
      const { text: brought, format, references } = source;
      await api.importText({ text: brought, format, references }, way);
      onClose();
    } catch (error) {
      setTrouble(error instanceof RefusedError ? error.problem.detail : say("desk.notSent"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog wide title={say("desk.import.name")} onClose={onClose}>
      <DialogForm
        onSubmit={() => void submit()}
        trouble={trouble}
        footer={
          <Button submits tone="primary" busy={busy} disabledReason={hindrance}>
            {say("desk.import.name")}
          </Button>
        }
      >
        {text.length > 0 && (
          <Choice
            label={say("desk.import.way")}
            value={way}
            options={ways.map((value) => ({
              value,
              label: say(`desk.import.ways.${value}.name`),
              help: say(`desk.import.ways.${value}.help`),
            }))}
            onChange={setWay}
          />
        )}
        <ImportBox source={source} files={api} onChange={setSource} />
        {foreseen &&
          (foreseen.refusal === null ? foreseen.sentences : [foreseen.refusal]).map((sentence) => (
            <p key={sentence} role="status">
              {sentence}
            </p>
          ))}
      </DialogForm>
    </Dialog>
  );
}

/** What the next edition would change, decided here as the server will decide it. Null without a text. */
function useForeseen(
  source: Source,
): { readonly refusal: string | null; readonly sentences: readonly string[] } | null {
  const { record, text } = useNegotiation();
  return useMemo(() => {
    if (source.text.trim() === "") return null;
    const edition = previewOf(source);
    const decided = nextEdition({ record, text }, edition.text, edition);
    if (!decided.ok) return { refusal: sayEditionRefused(decided.refusal, { record, text, voice }), sentences: [] };
    const { edits, recognised } = decided.value;
    const changes = changedBlocks(text, editText(text, edits));
    const count = (kind: "added" | "removed" | "reworded" | "order"): number =>
      changes.filter(({ kinds }) => kinds.includes(kind)).length;
    const [added, removed, reworded, moved] = [count("added"), count("removed"), count("reworded"), count("order")];
    const same = text.length - removed - reworded;
    return {
      refusal: null,
      sentences: [
        say("desk.import.foreseen", { same, reworded, added, removed, moved }),
        ...sayRecognised(recognised, { record, text, voice }),
      ],
    };
  }, [record, text, source]);
}
