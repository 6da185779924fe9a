/** Is it saved? One line, whose name is its content, so that it can be asked for by name. */
import { useSyncExternalStore } from "react";
import { signOf } from "../live/saved-sign.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ways } from "../live/ways.ts";
import { say } from "../ui/voice.ts";
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
