/** Silence procedures as every desk shows them: where each stands, when it ends, who broke it, and what this seat can do. */
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import type { SeenSilence } from "../../shared/domain/report.ts";
import { lettersOn } from "../../shared/domain/silence.ts";
import { sayBreak, sayLeft, saySilence, silencesToShow, silenceTerms } from "../../shared/messages/silence.ts";
import { momentIn, zonesFor } from "../../shared/messages/times.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { paths } from "../paths.ts";
import { useAnnouncer } from "../ui/announcer.tsx";
import { language, ownZone, say, voice } from "../ui/voice.ts";
import { FileLinks } from "./file-links.tsx";
import styles from "./silence-notice.module.css";

interface Props {
  readonly acts: (silence: SeenSilence) => ReactNode;
}

export function SilenceNotices({ acts }: Props) {
  const { report } = useNegotiation();
  return silencesToShow(report).map((silence) => (
    <SilenceNotice key={silence.id} silence={silence}>
      {acts(silence)}
    </SilenceNotice>
  ));
}

function SilenceNotice({ silence, children }: { readonly silence: SeenSilence; readonly children: ReactNode }) {
  const { slug, spelledSeat, record, text } = useNegotiation();
  const ahead = useClockAhead(silence);
  const now = useNow(silence, ahead);
  const saying = { record, text, voice };
  const isRunning = silence.ended === null;
  return (
    <section
      className={styles["notice"]}
      data-running={isRunning || undefined}
      data-broken={silence.breaks.some(({ inTime }) => inTime) || undefined}
      aria-label={say("silence.region")}
    >
      <p className={styles["head"]}>
        <strong>{saySilence(silence, now, saying)}</strong>
        {isRunning && now <= silence.deadline && (
          <span className={styles["left"]} role="timer" aria-live="off">
            {say("silence.left", { left: sayLeft(silence.deadline - now, voice) })}
          </span>
        )}
      </p>
      {isRunning && <Deadline at={silence.deadline} zone={silence.zone} />}
      {isRunning && Math.abs(ahead) >= wrongMs && (
        <p className={styles["term"]} role="note">
          {say("silence.deviceClock", { by: sayLeft(Math.abs(ahead), voice) })}
        </p>
      )}
      {silence.breaks.length > 0 && (
        <ul className={styles["breaks"]}>
          {silence.breaks.map((one) => (
            <li key={one.id}>
              {sayBreak(silence, one, saying)}
              {one.reason !== undefined && <q>{one.reason}</q>}
            </li>
          ))}
        </ul>
      )}
      {silenceTerms(silence, saying).map((term) => (
        <p key={term} className={styles["term"]}>
          {term}
        </p>
      ))}
      {lettersOn(silence).map((letter) => (
        <p key={letter} className={styles["term"]}>
          <FileLinks title={say(`publication.letter.link.${letter}`)} name={`silence/${silence.id}/${letter}`} />
        </p>
      ))}
      <p className={styles["term"]}>
        <a href={paths.certificate(slug, silence.id, spelledSeat)}>{say("silence.certificate.link")}</a>
      </p>
      {children && <div className={styles["acts"]}>{children}</div>}
    </section>
  );
}

/** A deadline on the clocks of three cities, and on this device's own where it shows another time. */
export function Deadline({ at, zone }: { readonly at: number; readonly zone: string }) {
  const shown = zonesFor(zone);
  return (
    <ul className={styles["clocks"]} aria-label={say("silence.ends")}>
      {shown.map((one) => (
        <li key={one}>
          <time dateTime={new Date(at).toISOString()}>{momentIn(at, one, language)}</time>
        </li>
      ))}
      {!shown.includes(ownZone) && (
        <li>
          {momentIn(at, ownZone, language)} ({say("silence.yours")})
        </li>
      )}
    </ul>
  );
}

const minuteMs = 60_000;
/** A device's clock that is wrong by so much is told; what is less is the line's. */
const wrongMs = 30_000;

/** How far the server's clock is ahead of this device's: 0 as long as nobody has said. The server decides what is in time. */
function useClockAhead({ ended }: SeenSilence): number {
  const { api } = useNegotiation();
  const [ahead, setAhead] = useState(0);
  const isRunning = ended === null;
  useEffect(() => {
    if (!isRunning) return;
    let isGone = false;
    void api.clockAhead().then((known) => {
      if (!isGone && known !== null && Math.abs(known) >= wrongMs) setAhead(known);
    });
    return () => {
      isGone = true;
    };
  }, [api, isRunning]);
  return ahead;
}

/** Told aloud when so much is left; the last one at once. */
const told = [24 * 60 * minuteMs, 60 * minuteMs, 10 * minuteMs] as const;

/** The server's time, each second in the last hour and every half minute before; and what is left, told at a day, an hour and ten minutes. */
function useNow({ deadline, ended }: SeenSilence, ahead: number): number {
  const [own, setNow] = useState(Date.now);
  const now = own + ahead;
  const { tell, warn } = useAnnouncer();
  const last = useRef(now);
  useEffect(() => {
    if (ended !== null || now > deadline + minuteMs) return;
    const timer = setTimeout(() => setNow(Date.now()), deadline - now < 60 * minuteMs ? 1_000 : 30_000);
    return () => clearTimeout(timer);
  }, [now, deadline, ended]);
  useEffect(() => {
    const passed = told.find((left) => last.current < deadline - left && now >= deadline - left);
    last.current = now;
    if (passed === undefined || ended !== null) return;
    const sentence = say("silence.soon", { left: sayLeft(deadline - now, voice) });
    if (passed === told.at(-1)) warn(sentence);
    else tell(sentence);
  }, [now, deadline, ended, tell, warn]);
  return now;
}
