/** The programs that are told of what is recorded, and how that goes: in the chair's settings, for the chair alone. */
import { useEffect, useState } from "react";
import type { Delivery, SeenWebhook } from "../../shared/wire/webhooks.ts";
import { NotSentError, RefusedError } from "../live/api.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { useToast } from "../ui/toasts.tsx";
import { moment, say } from "../ui/voice.ts";
import styles from "./webhook-list.module.css";

type Act = "test" | "resume" | "remove";

export function WebhookList() {
  const { api } = useNegotiation();
  const toast = useToast();
  const [all, setAll] = useState<readonly SeenWebhook[]>([]);
  const [url, setUrl] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // Without an answer the list stays empty, and the first act says why.
    void api.webhooks().then(setAll, () => undefined);
  }, [api]);

  /** Null when it was not done; that is then said. */
  async function attempt<Answer>(
    what: () => Promise<Answer>,
    told = (sentence: string): void => toast({ sentence }),
  ): Promise<Answer | null> {
    setBusy(true);
    try {
      return await what();
    } catch (thrown) {
      if (thrown instanceof RefusedError) told(thrown.problem.detail);
      else if (thrown instanceof NotSentError) toast({ sentence: say("webhooks.trouble") });
      else throw thrown;
      return null;
    } finally {
      setBusy(false);
    }
  }

  const add = async (): Promise<void> => {
    setRefused(null);
    const made = await attempt(() => api.addWebhook(url.trim()), setRefused);
    if (!made) return;
    setAll(made.webhooks);
    setSecret(made.secret);
    setUrl("");
  };
  const act = async (what: Act, id: string): Promise<void> => {
    const webhooks = await attempt(() => api.actOnWebhook(what, id));
    if (!webhooks) return;
    setAll(webhooks);
    if (what === "remove") toast({ sentence: say("webhooks.removed") });
    const tested = webhooks.find((one) => one.id === id)?.deliveries[0];
    if (what !== "test" || !tested) return;
    const wasReceived = tested.status !== null && tested.status >= 200 && tested.status < 300;
    toast({ sentence: wasReceived ? say("webhooks.tested") : say("webhooks.notTested", { why: outcomeOf(tested) }) });
  };

  return (
    <section className={styles["webhooks"]} aria-labelledby="webhooks">
      <h3 id="webhooks">{say("webhooks.title")}</h3>
      <p className={styles["note"]}>{say("webhooks.lead")}</p>
      {all.length === 0 && <p>{say("webhooks.none")}</p>}
      {all.map((webhook) => (
        <OneWebhook key={webhook.id} webhook={webhook} busy={busy} onAct={act} />
      ))}
      {secret !== null && (
        <div role="status">
          <p>{say("webhooks.secret")}</p>
          <code className={styles["secret"]}>{secret}</code>
          <Button
            size="small"
            onClick={() => {
              void navigator.clipboard.writeText(secret).then(() => toast({ sentence: say("webhooks.copied") }));
            }}
          >
            {say("webhooks.copy")}
          </Button>
        </div>
      )}
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          type="url"
          required
          maxLength={500}
          label={say("webhooks.url")}
          help={say("webhooks.urlHelp")}
          placeholder="https://"
          error={refused}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button submits busy={busy}>
          {say("webhooks.add")}
        </Button>
      </form>
    </section>
  );
}

interface Props {
  readonly webhook: SeenWebhook;
  readonly busy: boolean;
  readonly onAct: (act: Act, id: string) => Promise<void>;
}

function OneWebhook({ webhook: { id, url, after, failingSince, nextAt, stoppedAt, deliveries }, busy, onAct }: Props) {
  const at = (iso: string): string => moment(Date.parse(iso));
  return (
    <div className={styles["one"]}>
      <strong>{url}</strong>
      <p role={stoppedAt ? "alert" : undefined}>
        {stoppedAt
          ? say("webhooks.stopped", { at: at(stoppedAt) })
          : failingSince && nextAt
            ? say("webhooks.failing", { since: at(failingSince), next: at(nextAt) })
            : say(deliveries.some(({ upTo }) => upTo !== null) ? "webhooks.received" : "webhooks.added", {
                seq: after,
              })}
      </p>
      <div className={styles["acts"]}>
        {(["test", ...(failingSince ? (["resume"] as const) : []), "remove"] as const).map((what) => (
          <Button key={what} size="small" busy={busy} onClick={() => void onAct(what, id)}>
            {say(`webhooks.${what}`)}
            <span className="unseen">: {url}</span>
          </Button>
        ))}
      </div>
      {deliveries.length > 0 && (
        <details>
          <summary>{say("webhooks.log", { count: deliveries.length })}</summary>
          <ol>
            {deliveries.map((one) => (
              <li key={`${one.message} ${one.at}`}>
                {say("webhooks.message", {
                  at: at(one.at),
                  what:
                    one.upTo === null
                      ? say("webhooks.messages.test")
                      : say("webhooks.messages.entries", { seq: one.upTo }),
                  why: outcomeOf(one),
                })}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

const outcomeOf = ({ status, trouble, ms }: Delivery): string =>
  status === null ? say(`webhooks.troubles.${trouble ?? "unreachable"}`) : say("webhooks.answered", { status, ms });
