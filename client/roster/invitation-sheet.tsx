/** Invitation links, all at once: to copy, as CSV, and printed, one card with a QR code for each seat. Each link works once. */
import { useMemo } from "react";
import { encode } from "uqr";
import type { Invitation } from "../../shared/wire/api.ts";
import { Button } from "../ui/button.tsx";
import { csvOf } from "../ui/csv.ts";
import { download } from "../ui/download.ts";
import { useToast } from "../ui/toasts.tsx";
import { deadline, say } from "../ui/voice.ts";
import styles from "./invitation-sheet.module.css";

interface Props {
  readonly title: string;
  readonly invitations: readonly Invitation[];
}

export function InvitationSheet({ title, invitations }: Props) {
  const toast = useToast();
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toast({ sentence: say("desk.invite.copied") });
  };
  const expires = invitations[0]?.expires;
  return (
    <section className={styles["sheet"]} aria-label={say("desk.invite.links")}>
      <div className={styles["tools"]}>
        <Button
          tone="primary"
          onClick={() => void copy(invitations.map(({ name, link }) => `${name}\t${link}`).join("\n"))}
        >
          {say("desk.invite.copyAll")}
        </Button>
        <Button onClick={() => download("invitations.csv", "text/csv", csvOf(cellsOf(invitations)))}>
          {say("desk.invite.csv")}
        </Button>
        <Button onClick={() => print()}>{say("desk.invite.print")}</Button>
      </div>
      <p className={styles["note"]}>
        {say("desk.invite.once")} {expires && say("desk.invite.until", { at: deadline(Date.parse(expires)) })}
      </p>
      <ul className={styles["cards"]}>
        {invitations.map(({ name, link }) => (
          <li key={link} className={styles["card"]}>
            <Code link={link} name={say("desk.invite.qr", { name })} />
            <div className={styles["words"]}>
              <strong>{name}</strong>
              <span className={styles["meeting"]}>{title}</span>
              <code>{link}</code>
              <Button size="small" className={styles["copy"]} onClick={() => void copy(link)}>
                {say("desk.invite.copy")}
                <span className="unseen"> {name}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Drawn as one path: the page lets nobody put markup into it. */
function Code({ link, name }: { readonly link: string; readonly name: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: modules } = encode(link, { border: 1 });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
    return { size: modules, path: dark.join("") };
  }, [link]);
  return (
    <svg
      className={styles["code"]}
      role="img"
      aria-label={name}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="black" />
    </svg>
  );
}

const cellsOf = (invitations: readonly Invitation[]): readonly (readonly string[])[] => [
  ["seat", "name", "link", "expires"],
  ...invitations.map(({ seat, name, link, expires }) => [seat, name, link, expires]),
];
