/** What changed for a reader of the circulated text since the circulation before the last one, and for a delegation since any moment. */
import type { ChangedFor } from "../../../shared/domain/changed-for.ts";
import { changedFor } from "../../../shared/domain/changed-for.ts";
import type { SeenDrafting } from "../../../shared/domain/drafting.ts";
import type { Entry, What } from "../../../shared/domain/entries.ts";
import { isOfTheCourse } from "../../../shared/domain/news.ts";
import type { Circulation, Fact, Record } from "../../../shared/domain/record.ts";
import { evolve, factOf, recordAt } from "../../../shared/domain/record.ts";
import type { BlockChange } from "../../../shared/domain/redline.ts";
import { changedBlocks } from "../../../shared/domain/redline.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { Block, Text } from "../../../shared/domain/text.ts";
import type { DelegationCode, EpochMs, ParagraphId, Part } from "../../../shared/domain/values.ts";
import type { Talks } from "./deps.ts";
import { seenBy } from "./seen-record.ts";

export interface Changes {
  /** When the text that is compared with was circulated; null when everything is new. */
  readonly since: EpochMs | null;
  readonly blocks: readonly BlockChange[];
  /** Gavels, reopenings, moves and what the negotiation as a whole came to, oldest first. */
  readonly decisions: readonly Fact[];
}

const hourMs = 3_600_000;

/** The circulation that a reader of the last one knows; undefined where everything is new. */
export function knownBefore({ circulations, settings }: Record): Circulation | undefined {
  const last = circulations.at(-1);
  return settings.method === "on-screen"
    ? // Each pause circulates there, and what changed with the last one is a few letters.
      circulations.findLast(({ at }) => last && at <= last.at - hourMs)
    : circulations.at(-2);
}

/** Null before the first circulation. */
export function changesIn(talks: Pick<Talks, "record" | "entries" | "frame">, viewer: Viewer): Changes | null {
  const { circulations, text } = talks.record;
  const last = circulations.at(-1);
  if (!last) return null;
  const base = knownBefore(talks.record);
  const after = base?.seq ?? last.seq;
  const { events } = seenBy(viewer, talks);
  return {
    since: base?.at ?? null,
    blocks: base ? changedBlocks(textAt(talks.entries, base.seq), text) : [],
    decisions: events.slice(after).flatMap((entry) => {
      const fact = factOf(entry);
      return fact && isDecision(fact.what) ? [fact] : [];
    }),
  };
}

/**
 * Since an entry, for a delegation: of what it may see and nothing else, so that reasons it may not know are not there to be told.
 * @param rooms the private drafting rooms that its seat may see
 */
export function changedSince(
  talks: Pick<Talks, "frame" | "textFor">,
  viewer: Viewer,
  code: DelegationCode,
  since: number,
  rooms: readonly SeenDrafting[] = [],
): ChangedFor {
  const { events } = talks.frame(viewer, 0);
  const then = recordAt(events, since);
  const record = evolve(then, events.slice(since));
  return changedFor({ record: then, text: then.text }, { record, text: talks.textFor(viewer) }, code, events, rooms);
}

function isDecision(what: What): boolean {
  if (what.kind === "paragraph-moved") return !what.drafting;
  return isOfTheCourse(what) || what.kind === "paragraph-gavelled" || what.kind === "paragraph-reopened";
}

/** The circulated text as it was after an entry. */
function textAt(entries: readonly Entry[], seq: number): Text {
  const blocks = new Map<ParagraphId, Block>();
  let order: readonly ParagraphId[] = [];
  const place = (id: ParagraphId, part: Part): void => {
    const block = blocks.get(id);
    if (block) blocks.set(id, { ...block, part });
  };
  for (const { what } of entries.slice(0, seq)) {
    if ("changed" in what) {
      for (const block of what.changed) blocks.set(block.id, block);
      ({ order } = what);
    } else if (what.kind === "paragraph-moved" && !what.drafting) place(what.paragraph, what.to);
    else if (what.kind === "paragraph-corrected") {
      const block = blocks.get(what.paragraph);
      if (block) blocks.set(what.paragraph, { ...block, content: what.content });
    }
  }
  return order.flatMap((id) => blocks.get(id) ?? []);
}
