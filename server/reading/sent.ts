/**
 * What a file that comes back is compared with (SPEC: RET): the report as it was circulated, under every wording that each paragraph had in
 * circulation, and what tells our own marks in the file from those of others. Plain data, for another process.
 */
import type { Entry } from "../../shared/domain/entries.ts";
import type { Record } from "../../shared/domain/record.ts";
import { allProposals } from "../../shared/domain/proposals.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { Block, Inline, Text } from "../../shared/domain/text.ts";
import type { BlockKind, ParagraphId, Part, WordingHash } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import type { Voice } from "../../shared/messages/say.ts";

export interface Sent {
  /** In reading order; those that left the text come last. */
  readonly paragraphs: readonly SentParagraph[];
  /** What a reference to a paragraph is printed as. */
  readonly numbers: ReadonlyMap<ParagraphId, string>;
  /** What a reference to a paragraph that is gone is printed as. */
  readonly removed: string;
  /** Under which each part stands. */
  readonly titles: { readonly [part in Part]: string };
  /** What stands in a part without paragraphs. */
  readonly emptyPart: string;
  /** The names in which we write tracked changes and comments, and the seconds of what they are of. */
  readonly names: readonly string[];
  readonly seconds: ReadonlySet<number>;
  /** Tracked under this name: what changed since a version, and stands. */
  readonly chair: string;
}

export interface SentParagraph {
  readonly id: ParagraphId;
  readonly kind: BlockKind;
  readonly level: number;
  readonly part: Part;
  readonly stands: boolean;
  /** The entry with which it first came before everyone: a file from before cannot have it. */
  readonly since: number;
  /** Oldest first. */
  readonly wordings: readonly { readonly hash: WordingHash; readonly content: readonly Inline[] }[];
}

/** Of a negotiation. */
export interface Circulating {
  readonly record: Record;
  readonly entries: readonly Entry[];
  textFor(viewer: Viewer): Text;
}

/** @param viewer the delegation whose file it is */
export function sentTo(viewer: Viewer, negotiation: Circulating, { say }: Pick<Voice, "say">): Sent {
  const { record, entries } = negotiation;
  const text = negotiation.textFor(viewer);
  const standing = new Set(text.map(({ id }) => id));
  const since = new Map<ParagraphId, number>();
  for (const { seq, what } of entries) {
    if ("changed" in what) for (const { id } of what.changed) if (!since.has(id)) since.set(id, seq);
  }
  const paragraph = ({ id, kind, level, part, content }: Block): SentParagraph => {
    const today = wordingOf(content).hash;
    const earlier = [...new Set(record.wordings.get(id) ?? [])].filter((hash) => hash !== today);
    return {
      id,
      kind,
      level,
      part,
      stands: standing.has(id),
      since: since.get(id) ?? 0,
      wordings: [...earlier.map((hash) => ({ hash, content: record.words.get(hash) ?? [] })), { hash: today, content }],
    };
  };
  const gone = [...record.removed.values()].filter(({ id }) => !standing.has(id));
  const said = [...record.positions.values(), ...allProposals(record)];
  return {
    paragraphs: [...text, ...gone].map(paragraph),
    numbers: new Map(
      text.flatMap(({ id }) => {
        const number = numberOf(id, { record, text, voice: { say } });
        return number === "" ? [] : [[id, number] as const];
      }),
    ),
    removed: say("publication.removed"),
    titles: { consensus: say("publication.part.consensus"), "chair-summary": say("publication.part.chair-summary") },
    emptyPart: say("publication.emptyPart"),
    names: [...[...record.delegations.values()].map(({ name }) => name), say("record.someone")],
    seconds: new Set(said.map(({ at }) => Math.floor(at / 1_000))),
    chair: say("publication.chair"),
  };
}
