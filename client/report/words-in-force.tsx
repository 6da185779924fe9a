/** Over the text: which words these are, by the version's name or the time of circulation or adoption, and what the chair wrote with them. */
import { useNegotiation } from "../live/use-negotiation.ts";
import { sayMovedSince } from "../../shared/messages/since.ts";
import { moment, say, voice } from "../ui/voice.ts";
import { inForce } from "./in-force.ts";
import styles from "./words-in-force.module.css";

export function WordsInForce() {
  const { record, text } = useNegotiation();
  const words = inForce(record);
  if (!words) return null;
  const { last, newest, version, adopted } = words;
  const at = moment(last.at);
  const moved = sayMovedSince(record, { record, text, voice });
  return (
    <header className={styles["words"]}>
      <p>
        {version && (
          <>
            <strong>{[version.label, ...(version.symbol === null ? [] : [version.symbol])].join(" · ")}</strong>{" "}
          </>
        )}
        {adopted
          ? say(version ? "versions.adoptedAt" : "desk.adoptedAt", { at: moment(adopted.at) })
          : version
            ? say("versions.issuedAt", { at })
            : say(newest ? "versions.afterIt" : "versions.beforeAny", { at, label: newest?.label ?? "" })}
        {moved !== null && `, ${moved}`}
      </p>
      {last.note !== null && <blockquote dir="auto">{last.note}</blockquote>}
    </header>
  );
}
