/** Over the text: which words these are, by the version's name or the time of their circulation, and what the chair wrote with them. */
import { useNegotiation } from "../live/use-negotiation.ts";
import { moment, say } from "../ui/voice.ts";
import styles from "./words-in-force.module.css";

export function WordsInForce() {
  const { record } = useNegotiation();
  const last = record.circulations.at(-1);
  if (!last) return null;
  const version = record.versions.at(-1);
  const at = moment(last.at);
  return (
    <header className={styles["words"]}>
      <p>
        {version?.seq === last.seq ? (
          <>
            <strong>{[version.label, ...(version.symbol === null ? [] : [version.symbol])].join(" · ")}</strong>{" "}
            {say("versions.issuedAt", { at })}
          </>
        ) : (
          say(version ? "versions.afterIt" : "versions.beforeAny", { at, label: version?.label ?? "" })
        )}
      </p>
      {last.note !== null && <blockquote dir="auto">{last.note}</blockquote>}
    </header>
  );
}
