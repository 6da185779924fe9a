/** The sentence that says whether everything is saved, for the text of a desk and for any other. */
import { exactMoment, moment, say } from "../ui/voice.ts";
import type { Line } from "./record-connection.ts";
import type { ConnectedText, Saved } from "./text-connection.ts";

/**
 * That the server is full comes first, for nothing else will change before it has room; then what is typed and not yet saved; then the lines: while one is down it must not look as if all were well, even if
 * nothing waits to be saved.
 * @param recordAt the record's last entry: what was saved last of one who only reads, and of a writer who has typed nothing since
 */
export function signOf(
  text: ConnectedText | null,
  mayWrite: boolean,
  line: Line,
  recordAt: number,
): readonly [state: Saved["kind"], sentence: string] {
  const saved: Saved = text && mayWrite ? text.saved : { kind: "saved", at: null };
  const seconds = text?.waitsForRoom ?? (line.state === "full" ? line.seconds : null);
  if (seconds !== null) {
    const isKept = mayWrite && text?.keeping !== "not-kept";
    return ["unsaved", say(isKept ? "desk.saved.fullKept" : "desk.saved.full", { seconds })];
  }
  if (saved.kind === "saving") return ["saving", say("desk.saved.saving")];
  if (saved.kind === "unsaved") {
    return ["unsaved", say(text?.keeping === "not-kept" ? "desk.saved.notKept" : "desk.saved.offline")];
  }
  if (line.state === "ended") return ["unsaved", say("desk.saved.ended")];
  if (line.state === "offline") return ["unsaved", say("desk.saved.away", { at: moment(line.since) })];
  const at = text && mayWrite ? saved.at && Math.max(saved.at, recordAt) : recordAt;
  if (line.state === "connecting" || text?.isOnline === false || at === null)
    return ["saving", say("desk.saved.connecting")];
  return ["saved", say("desk.saved.on", { at: exactMoment(at) })];
}
