/** What changed for a delegation, in sentences: the same on its desk and on its light page. */
import type { AwaitedSince, ChangedFor } from "../domain/changed-for.ts";
import { blocksById } from "../domain/text.ts";
import type { EpochMs, ParagraphId } from "../domain/values.ts";
import { signsToday } from "./numbers.ts";
import type { Voice } from "./say.ts";
import { readable } from "./signs.ts";
import type { Piece, Telling } from "./tell.ts";
import { mention, reasonIn, tell, wordsNamed } from "./tell.ts";
import { deadlineIn } from "./times.ts";

export interface ToldChange {
  readonly key: string;
  /** When it was recorded; null for what happened to the delegation's own. */
  readonly at: EpochMs | null;
  /** Without a full stop. */
  readonly pieces: readonly Piece[];
  readonly reason: string | null;
  /** Where words changed: from which to which, none where the paragraph was removed. */
  readonly words: { readonly from: string; readonly to: string } | null;
}

export function tellChanged(
  { course, proposals, agreed, brackets }: ChangedFor,
  telling: Telling,
): readonly ToldChange[] {
  const { say, pieces, list } = telling.voice;
  const here = blocksById(telling.text);
  const signs = signsToday(telling);
  const wordsNow = (paragraph: ParagraphId): string => {
    const block = here.get(paragraph);
    return block ? readable(block.content, signs) : "";
  };
  return [
    // What it came to last is what stands now.
    ...course.toReversed().map((fact): ToldChange => ({
      key: `course ${fact.seq}`,
      at: fact.at,
      pieces: tell(fact, telling),
      reason: reasonIn(fact.what),
      words: null,
    })),
    ...proposals.map(({ proposal, paragraph, outcome, fate, reason, author }): ToldChange => ({
      key: proposal,
      at: null,
      pieces: pieces(author ? "changed.proposal" : "changed.cosponsored", {
        outcome: say(`changed.outcome.${outcome}`),
        paragraph: mention(paragraph, telling),
        fate: say(`proposals.fate.${fate}`).toLowerCase(),
      }),
      reason,
      words: null,
    })),
    ...agreed.map(({ paragraph, how, reason, before, after }): ToldChange => ({
      key: `agreed ${paragraph}`,
      at: null,
      pieces: pieces(`changed.agreed.${how}`, { paragraph: mention(paragraph, telling) }),
      reason,
      words:
        after === before
          ? null
          : {
              from: readable(wordsNamed(before, paragraph, telling) ?? "", signs),
              to: wordsNow(paragraph),
            },
    })),
    ...brackets.flatMap(({ paragraph, opened, lifted }): readonly ToldChange[] =>
      (
        [
          ["changed.bracketsOpened", opened],
          ["changed.bracketsLifted", lifted],
        ] as const
      ).flatMap(([key, words]) =>
        words.length === 0
          ? []
          : [
              {
                key: `${key} ${paragraph}`,
                at: null,
                pieces: pieces(key, {
                  paragraph: mention(paragraph, telling),
                  words: list(words.map((one) => readable(one))),
                }),
                reason: null,
                words: null,
              },
            ],
      ),
    ),
  ];
}

/** "3 things wait for your answer; … One of them is new. The first answer is due by …"; null where nothing waits. */
export function sumAwaited(awaited: readonly AwaitedSince[], { say, language }: Voice): string | null {
  if (awaited.length === 0) return null;
  const fresh = awaited.filter(({ isNew }) => isNew).length;
  const deadlines = awaited.flatMap(({ until }) => until ?? []);
  return [
    say("changed.awaited", { count: awaited.length }),
    ...(fresh > 0 && fresh < awaited.length ? [say("changed.awaitedNew", { count: fresh })] : []),
    ...(deadlines.length > 0
      ? [say("changed.first", { deadline: sayDeadline(Math.min(...deadlines), language) })]
      : []),
  ].join(" ");
}

export const sayDeadline = (ms: number, language: Voice["language"]): string =>
  deadlineIn(ms, "America/New_York", language);
