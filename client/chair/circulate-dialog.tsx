/** Circulating: what changed since everyone last saw the text, a note, and whose words were taken out while they object. */
import { useMemo, useState } from "react";
import { changedBlocks } from "../../shared/domain/redline.ts";
import { changedSince } from "../../shared/domain/acts/text.ts";
import type { Followed } from "../../shared/domain/following.ts";
import { followAll } from "../../shared/domain/following.ts";
import { isBlocking } from "../../shared/domain/status.ts";
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
  const lost = useMemo(
    () =>
      followAll(record, text, changedSince(record.text, text)).filter(({ on, strayed }) => strayed || on.length === 0),
    [record, text],
  );
  const objecting = (those: readonly Followed[]): string =>
    list([
      ...new Set(
        those.flatMap(({ position: id }) => {
          const position = record.positions.get(id);
          if (!position || !isBlocking(position)) return [];
          return (position.by && record.delegations.get(position.by)?.name) || say("record.someone");
        }),
      ),
    ]);
  const removed = objecting(lost.filter(({ strayed }) => !strayed));
  const strayed = objecting(lost.filter(({ strayed }) => strayed));
  const first = record.circulations.length === 0;
  return (
    <StateDialog
      wide
      name={say("desk.circulate.name")}
      explains={
        first
          ? say("desk.circulate.first", { count: text.length })
          : changes.length === 0 && record.alternatives.inCirculation
            ? say("desk.circulate.alternatives")
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
      {removed !== "" && <p className={styles["warning"]}>{say("desk.circulate.removed", { who: removed })}</p>}
      {strayed !== "" && <p className={styles["warning"]}>{say("desk.circulate.strayed", { who: strayed })}</p>}
      {!first && <ChangeList changes={changes} text={text} before={record.text} />}
    </StateDialog>
  );
}
