/** Is it saved? One line, whose name is its content, so that it can be asked for by name. */
import { useSyncExternalStore } from "react";
import type { Saved } from "../live/text-connection.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { clockTime, moment, say } from "../ui/voice.ts";
import styles from "./saved-status.module.css";

const never = (): (() => void) => () => {};

export function SavedStatus() {
  const { live, line, record } = useNegotiation();
  const saved = useSyncExternalStore(live?.subscribe ?? never, () => live?.connected().saved ?? null);
  const [state, sentence] =
    live?.mayWrite && saved
      ? [saved.kind, savedSentence(saved, record.at)]
      : line.state === "live"
        ? ["saved", say("desk.saved.on", { at: clockTime(record.at) })]
        : line.state === "offline"
          ? ["unsaved", say("desk.saved.away", { at: moment(line.since) })]
          : ["saving", say("desk.saved.connecting")];
  return (
    <p role="status" aria-label={sentence} className={styles["saved"]} data-state={state}>
      <span aria-hidden className={styles["dot"]} />
      {sentence}
    </p>
  );
}

/** @param openedAt the record's last entry: what is known to be saved before anything was typed here */
function savedSentence(saved: Saved, openedAt: number): string {
  switch (saved.kind) {
    case "saved":
      return say("desk.saved.on", { at: clockTime(saved.at ?? openedAt) });
    case "saving":
      return say("desk.saved.saving");
    case "unsaved":
      return say("desk.saved.offline");
  }
}
