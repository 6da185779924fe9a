/** Is it saved? One line, whose name is its content, so that it can be asked for by name. */
import { useSyncExternalStore } from "react";
import type { Line } from "../live/record-connection.ts";
import type { ConnectedText, Saved } from "../live/text-connection.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ways } from "../live/ways.ts";
import { clockTime, moment, say } from "../ui/voice.ts";
import styles from "./saved-status.module.css";

const never = (): (() => void) => () => {};

export function SavedStatus() {
  const { live, line, record } = useNegotiation();
  const text = useSyncExternalStore(live?.subscribe ?? never, () => live?.connected() ?? null);
  const way = useSyncExternalStore(ways.subscribe, ways.way);
  const [state, sentence] = signOf(text, live?.mayWrite ?? false, line, record.at);
  return (
    <p role="status" aria-label={sentence} className={styles["saved"]} data-state={state}>
      <span aria-hidden className={styles["dot"]} />
      {sentence}
      {way === "http" && line.state === "live" && (
        <span className={styles["way"]} title={say("desk.overHttp.why")}>
          {say("desk.overHttp.short")}
        </span>
      )}
    </p>
  );
}

/**
 * What is typed and not yet saved comes first; then the lines: while one is down it must not look as if all were well, even if
 * nothing waits to be saved.
 * @param recordAt the record's last entry: what is known to be saved before anything was typed here
 */
export function signOf(
  text: ConnectedText | null,
  mayWrite: boolean,
  line: Line,
  recordAt: number,
): readonly [state: Saved["kind"], sentence: string] {
  const saved: Saved = text && mayWrite ? text.saved : { kind: "saved", at: null };
  if (saved.kind === "saving") return ["saving", say("desk.saved.saving")];
  if (saved.kind === "unsaved") return ["unsaved", say("desk.saved.offline")];
  if (line.state === "ended") return ["unsaved", say("desk.saved.ended")];
  if (line.state === "offline") return ["unsaved", say("desk.saved.away", { at: moment(line.since) })];
  if (line.state === "connecting" || text?.isOnline === false) return ["saving", say("desk.saved.connecting")];
  return ["saved", say("desk.saved.on", { at: clockTime(saved.at ?? recordAt) })];
}
