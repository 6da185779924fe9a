/** A text from a file or the clipboard: into an empty draft, at the end of one, or as the next edition in its place. */
import { useMemo, useState } from "react";
import { nextEdition } from "../../shared/domain/editions.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import { editText } from "../../shared/domain/text.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
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
      await api.importText(source.text, source.format, way);
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
        {foreseen && <p role="status">{foreseen.refusal ?? foreseen.sentence}</p>}
      </DialogForm>
    </Dialog>
  );
}

/** What the next edition would change, decided here as the server will decide it. Null without a text. */
function useForeseen(source: Source): { readonly refusal: string | null; readonly sentence: string } | null {
  const { record, text } = useNegotiation();
  return useMemo(() => {
    if (source.text.trim() === "") return null;
    const decided = nextEdition({ record, text }, previewOf(source).text);
    if (!decided.ok) {
      const { code, paragraph } = decided.refusal;
      const number = paragraph ? numberOf(paragraph, { record, text, voice }) : "";
      const why = say(`refusals.${code}`);
      return { refusal: number ? say("desk.import.refused", { number, why }) : why, sentence: "" };
    }
    const changes = changedBlocks(text, editText(text, decided.value));
    const count = (kind: "added" | "removed" | "reworded" | "order"): number =>
      changes.filter(({ kinds }) => kinds.includes(kind)).length;
    const [added, removed, reworded, moved] = [count("added"), count("removed"), count("reworded"), count("order")];
    const same = text.length - removed - reworded;
    return { refusal: null, sentence: say("desk.import.foreseen", { same, reworded, added, removed, moved }) };
  }, [record, text, source]);
}
