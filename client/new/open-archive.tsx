/** Another server's negotiation, opened from its archive: chosen, sent, checked, and said in words what that proved. */
import { useState } from "react";
import type { Unarchived } from "../../shared/wire/archive.ts";
import type { HouseApi } from "../live/api.ts";
import { RefusedError } from "../live/api.ts";
import { paths } from "../paths.ts";
import { InvitationSheet } from "../roster/invitation-sheet.tsx";
import { FileChoice } from "../ui/file-choice.tsx";
import { say } from "../ui/voice.ts";
import styles from "./new-negotiation.module.css";

interface Sending {
  readonly name: string;
  /** From 0 to 1; at 1 it is being checked. */
  readonly share: number;
}

export function OpenArchive({ api }: { readonly api: HouseApi }) {
  const [sending, setSending] = useState<Sending | null>(null);
  const [opened, setOpened] = useState<Unarchived | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const bring = async (file: File): Promise<void> => {
    setTrouble(null);
    setOpened(null);
    setSending({ name: file.name, share: 0 });
    try {
      setOpened(await api.unarchive(file, (share) => setSending({ name: file.name, share })));
    } catch (error) {
      if (!(error instanceof RefusedError)) setTrouble(say("archive.open.lost"));
      else setTrouble(error.problem.code === "too-large" ? say("archive.open.tooLarge") : error.problem.detail);
    } finally {
      setSending(null);
    }
  };

  return (
    <section className={styles["step"]} aria-labelledby="from-archive">
      <h2 id="from-archive">{say("archive.open.heading")}</h2>
      <div className={styles["fields"]}>
        <p>{say("archive.open.lead")}</p>
        <FileChoice accept=".zip,application/zip" disabled={sending !== null} onFile={(file) => void bring(file)}>
          {say("archive.open.choose")}
        </FileChoice>
        {sending && <Progress sending={sending} />}
        {trouble && <p role="alert">{trouble}</p>}
        {opened && <Verdict opened={opened} />}
      </div>
    </section>
  );
}

function Progress({ sending: { name, share } }: { readonly sending: Sending }) {
  const isSent = share === 1;
  return (
    <div>
      {/* The share is the bar's to tell: a sentence that changes with it would be read out without end. */}
      <p role="status">{say(isSent ? "archive.open.checking" : "archive.open.sending", { name })}</p>
      <progress aria-label={say("archive.open.choose")} {...(!isSent && { value: share })} />
    </div>
  );
}

function Verdict({ opened: { slug, title, seq, hash, texts, people, invitations } }: { readonly opened: Unarchived }) {
  return (
    <>
      <div role="status" className={styles["links"]}>
        <p className={styles["done"]}>
          {title}: {say("archive.open.done")} <a href={paths.publicReport(slug)}>{say("archive.open.read")}</a>
        </p>
        <p>
          {say("archive.open.whole", { seq })} <code className={styles["hash"]}>{hash}</code>
        </p>
        <p>
          {say("archive.open.texts", { count: texts })} {say("archive.open.proven")}
        </p>
        <p>{say("archive.open.people", { count: people })}</p>
      </div>
      <InvitationSheet title={title} invitations={invitations} />
    </>
  );
}
