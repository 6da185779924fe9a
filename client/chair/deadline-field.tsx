/** A deadline on the clock of a chosen city, shown on the clocks of two more. */
import { useState } from "react";
import type { EpochMs } from "../../shared/domain/values.ts";
import { momentOf, wallClockAt } from "../../shared/domain/zoned-time.ts";
import { cityOf, meetingZone } from "../../shared/messages/times.ts";
import { Deadline } from "../report/silence-notice.tsx";
import styles from "../report/silence-notice.module.css";
import { Select, TextField } from "../ui/field.tsx";
import { ownZone, say } from "../ui/voice.ts";

export interface ChosenDeadline {
  /** Null where nothing, or no such time, is chosen. */
  readonly at: EpochMs | null;
  readonly zone: string;
}

interface Props {
  /** *Deadline* when left out. */
  readonly label?: string;
  readonly chosen: ChosenDeadline;
  readonly help?: string;
  readonly error?: string | null;
  readonly onChange: (chosen: ChosenDeadline) => void;
}

const zones = [...new Set([meetingZone, "Europe/Zurich", "UTC", ownZone])];

export function DeadlineField({
  label = say("silence.announce.deadline"),
  chosen: { at, zone },
  help,
  error = null,
  onChange,
}: Props) {
  const [typed, setTyped] = useState(() => (at === null ? "" : spelled(at, zone)));
  const choose = (words: string, inZone: string): void => {
    setTyped(words);
    onChange({ at: momentIn(words, inZone), zone: inZone });
  };
  const skipped = typed !== "" && at === null ? say("silence.announce.skipped") : null;
  return (
    <>
      <div className={styles["row"]}>
        <TextField
          type="datetime-local"
          label={label}
          value={typed}
          help={help}
          error={skipped ?? error}
          onChange={(event) => choose(event.target.value, zone)}
        />
        <Select
          label={say("silence.announce.zone")}
          value={zone}
          options={[...new Set([...zones, zone])].map((value) => ({ value, label: cityOf(value) }))}
          onChange={(chosen) => choose(typed, chosen)}
        />
      </div>
      {at !== null && <Deadline at={at} zone={zone} />}
    </>
  );
}

const two = (count: number): string => String(count).padStart(2, "0");

/** As the browser's field spells it: 2026-11-27T17:00. */
function spelled(ms: number, zone: string): string {
  const { year, month, day, hour, minute } = wallClockAt(ms, zone);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

function momentIn(words: string, zone: string): EpochMs | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(words);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return momentOf({ year, month, day, hour, minute }, zone);
}
