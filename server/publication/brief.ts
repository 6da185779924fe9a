/** A delegation's brief: what awaits its answer and until when, what it stated and proposed and what became of it, what changed. For itself alone. */
import type { Awaited } from "../../shared/domain/awaited.ts";
import type { ChangedFor } from "../../shared/domain/changed-for.ts";
import type { AskingKind } from "../../shared/domain/concerns.ts";
import type { SeenDrafting } from "../../shared/domain/drafting.ts";
import type { ComposedParagraph, ComposedReport, SeenPosition } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { sayHowMany, tellAwaited } from "../../shared/messages/awaited.ts";
import { sayDeadline, tellChanged } from "../../shared/messages/changed.ts";
import { sayNumber, signsOf } from "../../shared/messages/numbers.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { readable } from "../../shared/messages/signs.ts";
import { sayScope } from "../../shared/messages/silence.ts";
import type { Piece, Telling } from "../../shared/messages/tell.ts";
import { capital, mention, sayRemedy } from "../../shared/messages/tell.ts";
import { momentIn, zonesFor } from "../../shared/messages/times.ts";
import { seenBy } from "../http/pages/seen-record.ts";
import type { Exported } from "./formats.ts";
import type { PrintedItem, PrintedSection, Told } from "./printed-report.ts";
import { beginning } from "./status-table.ts";

/**
 * @param rooms the private drafting rooms that the delegation may see
 * @param exported as this delegation sees it, and nobody else
 */
export function briefFor(
  code: DelegationCode,
  { changed, rooms }: { readonly changed: ChangedFor; readonly rooms: readonly SeenDrafting[] },
  exported: Exported,
  voice: Voice,
): Told {
  const { negotiation, report, text } = exported;
  const { say } = voice;
  const { record } = seenBy(exported.viewer, negotiation);
  const telling: Telling = { record, text: text.text, voice };
  const name = negotiation.record.delegations.get(code)?.name ?? code;
  const { agreed, total } = report.overview;
  const section = (title: string, items: readonly PrintedItem[], none: string): PrintedSection => ({
    title,
    items: items.length === 0 ? [words(none)] : items,
  });
  return {
    label: say("publication.brief.title", { name }),
    sections: [
      section(
        say("publication.brief.awaited"),
        [
          words(say("reader.agreedOf", { agreed, count: total })),
          words(`${sayHowMany(changed.awaited.length, voice)}.`),
          ...deadlines(report, telling),
          ...awaitedIn(changed.awaited, telling, rooms).map(words),
        ],
        "",
      ),
      section(say("publication.brief.positions"), positionsOf(report, code, voice), say("publication.brief.none")),
      section(say("publication.brief.proposals"), proposalsOf(report, code, voice), say("publication.brief.none")),
      section(
        say("changed.title"),
        tellChanged(changed, telling).flatMap(({ pieces, reason, words: changedWords }) => {
          return words(
            [
              `${wordsOf(pieces)}.`,
              ...(reason === null ? [] : [say("record.reason", { reason })]),
              ...(changedWords ? [say("publication.brief.wordsChanged", changedWords)] : []),
            ].join("\n"),
          );
        }),
        say("changed.none"),
      ),
    ],
  };
}

const words = (text: string): PrintedItem => ({ t: "words", text });

/** A procedure that runs, in three zones. */
const deadlines = ({ silences }: ComposedReport, telling: Telling): readonly PrintedItem[] =>
  silences
    .filter(({ ended }) => ended === null)
    .map((silence) =>
      words(
        [
          `${telling.voice.say("silence.running", { scope: sayScope(silence, telling) })}.`,
          ...zonesFor(silence.zone).map((zone) => momentIn(silence.deadline, zone, telling.voice.language)),
        ].join("\n"),
      ),
    );

/** "Paragraph 3: the words changed after you objected. …" */
function awaitedIn(all: readonly Awaited[], telling: Telling, rooms: readonly SeenDrafting[]): readonly string[] {
  const { say, language } = telling.voice;
  return all.map((one) => {
    const { kind, paragraph, until } = one;
    const said =
      one.position !== undefined && paragraph !== null
        ? `${mention(paragraph, telling).words}: ${say(`light.concern.${kind as AskingKind}`)}`
        : `${wordsOf(tellAwaited(one, telling, rooms))}.`;
    const by = until === null ? "" : ` ${capital(say("changed.until", { deadline: sayDeadline(until, language) }))}.`;
    return `${capital(said)}${by}`;
  });
}

const wordsOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.words)).join("");

const allOf = ({ parts }: ComposedReport): readonly ComposedParagraph[] => [...parts.consensus, ...parts.chairSummary];

function positionsOf(report: ComposedReport, code: DelegationCode, voice: Voice): readonly PrintedItem[] {
  const { say } = voice;
  const signs = signsOf(report, voice);
  const why = ({ quoted, stale, reason, remedy, condition }: SeenPosition): string =>
    [
      ...(quoted ? [say("publication.onWords", { words: readable(quoted, signs) })] : []),
      ...(stale ? [say("publication.onEarlierWords")] : []),
      ...(reason === undefined ? [] : [reason]),
      ...(remedy ? [say("publication.remedy", { remedy: sayRemedy(remedy, say) })] : []),
      ...(condition === undefined ? [] : [say("publication.condition", { condition })]),
    ].join("\n");
  const rows = allOf(report).flatMap(({ number, part, status, content, positions }) =>
    positions
      .filter(({ by }) => by?.code === code)
      .map((position) => [
        sayNumber({ number, part }, voice),
        say(`words.level.${position.level}`),
        say(position.standing ? "publication.brief.stands" : "publication.brief.rests"),
        why(position),
        status === null ? say("words.part.chair-summary") : say(`words.status.${status}`),
        beginning(content, signs),
      ]),
  );
  return tableOf(rows, voice, { number: 1, position: 2, state: 2, why: 4, status: 2, words: 4 });
}

/** Its own and those it co-sponsors, and what became of them. */
function proposalsOf(report: ComposedReport, code: DelegationCode, voice: Voice): readonly PrintedItem[] {
  const { say, list } = voice;
  const isOurs = ({ by, cosponsors }: SeenProposal): boolean =>
    by?.code === code || cosponsors.some((one) => one.code === code);
  const signs = signsOf(report, voice);
  const onRemoved = report.annex.filter(({ number }) => number === null);
  const rows = [...allOf(report), ...onRemoved].flatMap(({ number, part, proposals }) =>
    proposals
      .filter(isOurs)
      .map(({ by, cosponsors, kind, content, fate }) => [
        number === null ? say("publication.removed") : sayNumber({ number, part }, voice),
        list([...(by ? [by] : []), ...cosponsors].map((one) => one.name)),
        say(`publication.change.${kind}`),
        content ? readable(content, signs) : "",
        fate === null
          ? say("publication.brief.pending")
          : [say(`proposals.fate.${fate.kind}`), ...(fate.reason === undefined ? [] : [fate.reason])].join("\n"),
      ]),
  );
  return tableOf(rows, voice, { number: 1, sponsors: 2, change: 2, words: 5, fate: 3 });
}

type Column = "number" | "position" | "state" | "why" | "status" | "words" | "sponsors" | "change" | "fate";

const tableOf = (
  rows: readonly (readonly string[])[],
  { say }: Voice,
  widths: { readonly [C in Column]?: number },
): readonly PrintedItem[] =>
  rows.length === 0
    ? []
    : [
        {
          t: "table",
          columns: Object.entries(widths).map(([name, width]) => ({
            title: say(`publication.brief.column.${name as Column}`),
            width,
          })),
          rows,
        },
      ];
