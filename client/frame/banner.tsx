/** The head of every desk: the meeting, the words in force, the line to the server, what is saved; and the ways to everything else. */
import { useState, useSyncExternalStore } from "react";
import { isTeam } from "../../shared/domain/roster.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { inForce } from "../report/in-force.ts";
import { seatName } from "../report/seat-name.ts";
import { Link, usePath } from "../ui/address.tsx";
import { Button } from "../ui/button.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { moment, say } from "../ui/voice.ts";
import styles from "./banner.module.css";
import { SavedStatus } from "./saved-status.tsx";

const ReadingDialog = onDemand(async () => (await import("./reading-dialog.tsx")).ReadingDialog);

export function Banner() {
  const negotiation = useNegotiation();
  const { slug, spelledSeat, seat, record, line, reconnect } = negotiation;
  const [reading, setReading] = useState(false);
  const path = usePath();
  const words = inForce(record);
  const desk = paths.desk(slug, spelledSeat);
  const link = (to: string, label: string) => (
    <Link href={to} aria-current={path === to ? "page" : undefined}>
      {label}
    </Link>
  );
  return (
    <header className={styles["banner"]} data-pane aria-label={say("desk.banner")}>
      <div className={styles["meeting"]}>
        <h1>{record.settings.title}</h1>
        <p>
          <strong>{seatName(seat, record)}</strong>
          <span>
            {words
              ? say(words.adopted ? "desk.adoptedAt" : words.version ? "desk.issuedAt" : "desk.circulatedAt", {
                  label: words.version?.label ?? "",
                  count: record.circulations.length,
                  at: moment((words.adopted ?? words.last).at),
                })
              : say(isTeam(seat) ? "desk.neverCirculatedTeam" : "desk.neverCirculated")}
          </span>
        </p>
      </div>
      <SavedStatus />
      <nav className={styles["links"]} aria-label={say("desk.pages")}>
        {link(desk, say("desk.links.desk"))}
        <a href={paths.publicReport(slug)}>{say("desk.links.report")}</a>
        <a href={paths.record(slug, spelledSeat)}>{say("desk.links.record")}</a>
        {link(paths.desk(slug, spelledSeat, "overview"), say("desk.links.overview"))}
        <Button tone="quiet" size="small" aria-haspopup="dialog" onClick={() => setReading(true)}>
          <span aria-hidden>Aa</span>
          <span className="unseen">{say("desk.reading.title")}</span>
        </Button>
      </nav>
      {(line.state === "offline" || line.state === "full") && (
        <p className={styles["lost"]}>
          <span aria-hidden>⚠</span>{" "}
          {line.state === "full" ? (
            say(isTeam(seat) ? "desk.fullTeam" : "desk.fullDelegation")
          ) : isTeam(seat) ? (
            <OfflineTeam />
          ) : (
            say("desk.offlineDelegation")
          )}
          <Button size="small" onClick={reconnect}>
            {say("desk.retry")}
          </Button>
        </p>
      )}
      {line.state === "ended" && (
        <p className={styles["lost"]}>
          <span aria-hidden>⚠</span> {say(`desk.ended.${line.why}`)}
          {line.why === "reload" && (
            <Button size="small" onClick={() => location.reload()}>
              {say("desk.mishap.reload")}
            </Button>
          )}
        </p>
      )}
      {reading && <ReadingDialog onClose={() => setReading(false)} />}
    </header>
  );
}

const never = (): (() => void) => () => {};

/** What becomes of words that are typed while the line is down. */
function OfflineTeam() {
  const { live } = useNegotiation();
  const keeping = useSyncExternalStore(live?.subscribe ?? never, () => live?.connected().keeping ?? "not-kept");
  return say(`desk.offlineTeam.${keeping}`);
}
