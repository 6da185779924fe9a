/** Plays the demo's history through the real rules, so that it is a negotiation like any other: sealed, chained, nothing invented. */
import type { Decision } from "../../shared/domain/acts/acting.ts";
import { takeSeat } from "../../shared/domain/acts/roster.ts";
import { openNegotiation } from "../../shared/domain/acts/settings.ts";
import { decide } from "../../shared/domain/decide.ts";
import type { Entry, Settings } from "../../shared/domain/entries.ts";
import { strictness } from "../../shared/domain/positions.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { circulatedBlock } from "../../shared/domain/rights.ts";
import type { Actor } from "../../shared/domain/roster.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import { positionsOn } from "../../shared/domain/status.ts";
import type { Text } from "../../shared/domain/text.ts";
import { editText } from "../../shared/domain/text.ts";
import type { EpochMs, ParagraphId, PersonId } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { sealAll } from "../negotiation/live-negotiation.ts";
import type { PersonRow } from "../store/port.ts";
import type { Name, State } from "./cast.ts";
import { cast, names, states } from "./cast.ts";
import type { Scene } from "./history.ts";
import { ends, history, opens } from "./history.ts";
import { meetingWeek } from "./meeting-day.ts";
import type { Key } from "./text.ts";
import { keys, write } from "./text.ts";

export const demoSlug = "last-thursday";

const settings: Settings = {
  title: "Draft report of the Open-ended Working Group on ICT Security",
  method: "chair-pen",
  disclosure: "delegations",
  silenceMinimumHours: 72,
};

export interface DemoNegotiation {
  readonly slug: string;
  readonly entries: readonly Entry[];
  /** What the chair's team has before it, which is what was circulated last. */
  readonly text: Text;
  readonly persons: readonly PersonRow[];
  /** Spelled seats with the person who holds each; Lunari's is held by two. */
  readonly seats: readonly { readonly person: PersonId; readonly seat: string }[];
}

/**
 * @param now no entry is later
 * @param random bytes for the salts of the entries
 * @param mint makes a fresh identifier
 * @param known people by name, where they exist already: so that who sits in a seat keeps it when the demo begins anew
 */
export function buildDemo(
  now: EpochMs,
  random: (count: number) => Uint8Array,
  mint: () => string,
  known: ReadonlyMap<string, PersonId> = new Map(),
): DemoNegotiation {
  const clock = meetingWeek(now, ends);
  const actors = Object.fromEntries(
    names.map((key): [Name, Actor] => {
      const { name, seat } = cast[key];
      return [key, { person: known.get(name) ?? (mint() as PersonId), name, seat }];
    }),
  ) as { [N in Name]: Actor };
  const ids = new Map(keys.map((key) => [key, mint() as ParagraphId]));

  const entries: Entry[] = [];
  let record: Record = emptyRecord;
  let text: Text = [];
  const append = (drafts: Decision["drafts"]): void => {
    const sealed = sealAll(record, drafts, random);
    record = evolve(record, sealed);
    entries.push(...sealed);
  };

  append(openNegotiation(demoSlug, settings, Object.values(states), actors.hale, clock(opens)));
  const acts = history.map((act) => ({ ...act, time: epochMs(clock(act.at) + act.seconds * 1000) }));
  for (const { at, time, by, does } of acts.sort((a, b) => a.time - b.time)) {
    const actor = actors[by];
    if (does.what === "writes") text = write(does.edition, text, ids);
    else if (does.what === "takes-seat") append([takeSeat(actor, time)]);
    else {
      const command = does.command(sceneOf(record, ids));
      const decided = decide({ record, text }, command, actor, time, mint);
      if (!decided.ok) throw new Error(`${at}: ${by} may not ${command.kind}: ${JSON.stringify(decided.refusal)}`);
      const { drafts, edits = [] } = decided.value;
      append(drafts);
      text = editText(text, edits);
    }
  }

  return {
    slug: demoSlug,
    entries,
    text,
    persons: names.map((name) => ({ id: actors[name].person, name: actors[name].name })),
    seats: names.map((name) => ({ person: actors[name].person, seat: spellSeat(actors[name].seat) })),
  };
}

function sceneOf(record: Record, ids: ReadonlyMap<Key, ParagraphId>): Scene {
  const block = (key: Key) => {
    const found = circulatedBlock(record, ids.get(key) as ParagraphId);
    if (!found) throw new Error(`"${key}" was not circulated yet`);
    return found;
  };
  return {
    paragraph: (key) => block(key).id,
    wording: (key) => wordingOf(block(key).content).hash,
    words: (key) => wordingOf(block(key).content).text,
    position: (state: State, key) => {
      const own = positionsOn(record, block(key).id).filter(({ by }) => by === states[state].code);
      const strictest = own.sort((a, b) => strictness(b.level) - strictness(a.level))[0];
      if (!strictest) throw new Error(`${state} has said nothing on "${key}"`);
      return strictest.id;
    },
  };
}
