/** Circulating: what changed since everyone last saw the text, a note, and whose words were taken out while they object. */
import { useMemo, useState } from "react";
import { changedBlocks } from "../../shared/domain/redline.ts";
import { isBlocking, positionsOn } from "../../shared/domain/status.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChangeList } from "../report/changes.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { list, say } from "../ui/voice.ts";
import styles from "./circulate-dialog.module.css";

export function CirculateDialog({ onClose }: { readonly onClose: () => void }) {
  const { record, text } = useNegotiation();
  const [note, setNote] = useState("");
  const changes = useMemo(() => changedBlocks(record.text, text), [record.text, text]);
  const removedWithObjections = changes
    .filter(({ after }) => after === null)
    .flatMap(({ id }) => positionsOn(record, id).filter(isBlocking))
    .map((position) => (position.by && record.delegations.get(position.by)?.name) || say("record.someone"));
  const first = record.circulations.length === 0;
  return (
    <StateDialog
      wide
      name={say("desk.circulate.name")}
      explains={
        first
          ? say("desk.circulate.first", { count: text.length })
          : say("desk.circulate.explains", { count: changes.length })
      }
      command={{ kind: "circulate", ...(note.trim() !== "" && { note: note.trim() }) }}
      done={say("desk.circulate.done")}
      onClose={onClose}
    >
      <TextField
        label={say("desk.circulate.note")}
        value={note}
        autoFocus
        onChange={(event) => setNote(event.target.value)}
      />
      {removedWithObjections.length > 0 && (
        <p className={styles["warning"]}>
          {say("desk.circulate.removed", { who: list([...new Set(removedWithObjections)]) })}
        </p>
      )}
      {!first && <ChangeList changes={changes} text={text} />}
    </StateDialog>
  );
}
