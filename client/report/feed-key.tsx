/** Following from a program that cannot sign in: a secret address, made, replaced and ended by whoever holds the seat. */
import { useState } from "react";
import type { FeedKeyMade } from "../../shared/wire/api.ts";
import { NotSentError, RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toasts.tsx";
import { moment, say } from "../ui/voice.ts";
import styles from "./report-files.module.css";

const kinds = ["atom", "json", "calendar"] as const;

export function FeedKey() {
  const { api } = useNegotiation();
  const toast = useToast();
  /** Until when there is one; undefined while nobody has asked. */
  const [expires, setExpires] = useState<string | null | undefined>(undefined);
  const [made, setMade] = useState<FeedKeyMade | null>(null);
  const [busy, setBusy] = useState(false);

  const attempt = async (what: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await what();
    } catch (thrown) {
      if (thrown instanceof RefusedError) toast({ sentence: thrown.problem.detail });
      else if (thrown instanceof NotSentError) toast({ sentence: say("feeds.key.trouble") });
      else throw thrown;
    } finally {
      setBusy(false);
    }
  };
  const look = (): Promise<void> => attempt(async () => setExpires(await api.feedKey()));
  const make = (): Promise<void> =>
    attempt(async () => {
      const answer = await api.makeFeedKey();
      setMade(answer);
      setExpires(answer.expires);
    });
  const end = (): Promise<void> =>
    attempt(async () => {
      await api.endFeedKey();
      setMade(null);
      setExpires(null);
      toast({ sentence: say("feeds.key.ended") });
    });
  const copy = (address: string): void =>
    void navigator.clipboard.writeText(address).then(() => toast({ sentence: say("feeds.key.copied") }));

  return (
    <details
      className={styles["files"]}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && expires === undefined) void look();
      }}
    >
      <summary>{say("feeds.key.title")}</summary>
      <p>{say("feeds.key.lead")}</p>
      {made ? (
        <div role="status">
          <p>{say("feeds.key.made", { at: moment(Date.parse(made.expires)) })}</p>
          <ul>
            {kinds.map((kind) => (
              <li key={kind}>
                {say(`feeds.${kind}`)} <code className={styles["address"]}>{made[kind]}</code>{" "}
                <Button size="small" onClick={() => copy(made[kind])}>
                  {say("feeds.key.copy")}
                  <span className="unseen"> {say(`feeds.${kind}`)}</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        expires !== undefined && (
          <p>{expires ? say("feeds.key.until", { at: moment(Date.parse(expires)) }) : say("feeds.key.none")}</p>
        )
      )}
      <Button size="small" busy={busy} onClick={() => void make()}>
        {say(expires ? "feeds.key.replace" : "feeds.key.make")}
      </Button>{" "}
      {expires && (
        <Button size="small" busy={busy} onClick={() => void end()}>
          {say("feeds.key.end")}
        </Button>
      )}
    </details>
  );
}
