/** Announcing silence: on what, until when, what would lapse, and what keeps it from being announced. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { SeenSilence } from "../../shared/domain/report.ts";
import type { InTheWay } from "../../shared/domain/silence.ts";
import { hourMs, inTheWay, lapsingFor, silenceMinimumHours } from "../../shared/domain/silence.ts";
import type { EpochMs, ParagraphId } from "../../shared/domain/values.ts";
import { workingMorning } from "../../shared/domain/zoned-time.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { meetingZone } from "../../shared/messages/times.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ChooseParagraphs } from "../report/choose-paragraphs.tsx";
import styles from "../report/silence-notice.module.css";
import { StateDialog } from "../report/state-dialog.tsx";
import { Tick } from "../report/tick.tsx";
import { Choice, TextField } from "../ui/field.tsx";
import { list, say, voice } from "../ui/voice.ts";
import type { ChosenDeadline } from "./deadline-field.tsx";
import { DeadlineField } from "./deadline-field.tsx";
import { TypedWarnings } from "./typed-references.tsx";

interface Props {
  /** A procedure that came to nothing, to be announced anew: what was chosen then. */
  readonly like: SeenSilence | null;
  readonly onClose: () => void;
}

export function AnnounceDialog({ like, onClose }: Props) {
  const { record, report, text } = useNegotiation();
  const [now] = useState(() => Date.now() as EpochMs);
  const minimum = silenceMinimumHours(record, now);
  const zone = like?.zone ?? meetingZone;
  const [deadline, setDeadline] = useState<ChosenDeadline>({ at: proposed(now, minimum, zone), zone });
  const [scope, setScope] = useState<"whole" | "paragraphs">(like && !like.whole ? "paragraphs" : "whole");
  const [chosen, setChosen] = useState<ReadonlySet<ParagraphId>>(
    () => new Set(like && !like.whole ? like.paragraphs.map(({ paragraph }) => paragraph) : []),
  );
  const [lapses, setLapses] = useState(like?.lapses ?? false);
  const [adopts, setAdopts] = useState(like?.adopts ?? false);
  const [note, setNote] = useState("");
  const among = report.parts.consensus.filter(({ kind, status }) => kind === "paragraph" && status !== "agreed");
  const on = scope === "whole" ? scope : among.map(({ id }) => id).filter((id) => chosen.has(id));
  const obstacles = inTheWay(record, on, lapses);
  const tooSoon = deadline.at !== null && deadline.at < now + minimum * hourMs;
  const command: Command = {
    kind: "announce-silence",
    scope: on,
    deadline: deadline.at ?? (0 as EpochMs),
    zone: deadline.zone,
    lapses,
    ...(scope === "whole" && { adopts }),
    ...(note.trim() !== "" && { note: note.trim() }),
  };
  const incomplete =
    on.length === 0
      ? say("silence.announce.nothing")
      : obstacles.length > 0
        ? say("silence.announce.inTheWay")
        : deadline.at === null
          ? say("silence.announce.incomplete")
          : tooSoon
            ? say("silence.announce.tooSoon")
            : null;
  return (
    <StateDialog
      wide
      name={say("silence.announce.name")}
      explains={say("silence.announce.explains")}
      command={command}
      done={say("silence.announce.done")}
      incomplete={incomplete}
      onClose={onClose}
    >
      <Choice
        inline
        label={say("silence.announce.scope")}
        value={scope}
        options={(["whole", "paragraphs"] as const).map((value) => ({
          value,
          label: say(`silence.announce.scopes.${value}`),
        }))}
        onChange={setScope}
      />
      {scope === "paragraphs" && (
        <ChooseParagraphs label={say("silence.announce.choose")} {...{ among, chosen }} onChange={setChosen} />
      )}
      <DeadlineField
        chosen={deadline}
        {...(minimum > 0 && { help: say("silence.announce.minimum", { count: minimum }) })}
        error={tooSoon ? say("silence.announce.minimum", { count: minimum }) : null}
        onChange={setDeadline}
      />
      <Tick label={say("silence.announce.lapses")} value={lapses} onChange={setLapses} />
      {lapses && <WouldLapse scope={on} />}
      {scope === "whole" && <Tick label={say("silence.announce.adopts")} value={adopts} onChange={setAdopts} />}
      <TextField label={say("silence.announce.note")} value={note} onChange={(event) => setNote(event.target.value)} />
      <TypedWarnings on={on} />
      {obstacles.length > 0 && (
        <div className={styles["warning"]} role="note">
          <p>{say("silence.announce.inTheWay")}</p>
          <ul>
            {grouped(obstacles).map(([why, paragraph, by]) => (
              <li key={`${why} ${paragraph}`}>
                {say(`silence.announce.why.${why}`, {
                  who: list(by.map((code) => (code && record.delegations.get(code)?.name) || say("record.someone"))),
                  scope: sayParagraphs([paragraph], { record, text, voice }),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </StateDialog>
  );
}

/** Whose objections would lapse, before it is announced. */
function WouldLapse({ scope }: { readonly scope: "whole" | readonly ParagraphId[] }) {
  const { record, report, text } = useNegotiation();
  const paragraphs = (scope === "whole" ? report.parts.consensus.map(({ id }) => id) : scope).map((paragraph) => ({
    paragraph,
  }));
  const planned = { lapses: true, ended: null, whole: scope === "whole", paragraphs };
  return [...record.delegations.values()].map(({ code, name }) => {
    const lapsing = lapsingFor(record, planned, code);
    if (lapsing.length === 0) return null;
    const places = [...new Set(lapsing.flatMap(({ on }) => on))];
    return (
      <p key={code} className={styles["term"]}>
        {say("silence.announce.wouldLapse", { who: name, scope: sayParagraphs(places, { record, text, voice }) })}
      </p>
    );
  });
}

type Obstacle = readonly [why: InTheWay["why"], paragraph: ParagraphId, by: readonly InTheWay["by"][]];

/** One line a paragraph and reason, with everybody behind it. */
function grouped(obstacles: readonly InTheWay[]): readonly Obstacle[] {
  const found = new Map<string, Obstacle>();
  for (const { why, paragraph, by } of obstacles) {
    const key = `${why} ${paragraph}`;
    found.set(key, [why, paragraph, [...new Set([...(found.get(key)?.[2] ?? []), by])]]);
  }
  return [...found.values()];
}

/** The first working morning that leaves the minimum, and a quarter to read the form; by the rules of a short silence the next quarter. */
function proposed(now: number, minimum: number, zone: string): EpochMs {
  const quarter = hourMs / 4;
  const soonest = (Math.ceil((now + minimum * hourMs) / quarter + 1) * quarter) as EpochMs;
  return minimum < dayHours ? soonest : workingMorning(soonest, zone);
}

const dayHours = 24;
