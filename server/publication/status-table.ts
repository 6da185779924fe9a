/** Where each paragraph of the consensus text stands, as far as the viewer may know: status, positions with their holders, what is pending. */
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { levels } from "../../shared/domain/positions.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { signsOf } from "../../shared/messages/numbers.ts";
import type { Voice } from "../../shared/messages/say.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { readable } from "../../shared/messages/signs.ts";
import { shownStatus, shownStatuses } from "../../shared/messages/status.ts";
import { sayNamed } from "../../shared/messages/tell.ts";
import type { Printable, Told } from "./printed-report.ts";

export function statusTable({ report }: Printable, voice: Voice): Told {
  const { parts, overview } = report;
  const { say } = voice;
  const signs = signsOf(report, voice);
  const rows = parts.consensus.flatMap((paragraph) => {
    const { number, agreedBy, proposals, content } = paragraph;
    const status = shownStatus(paragraph);
    if (status === null) return [];
    const pending = proposals.filter(({ fate }) => fate === null).length;
    return [
      [
        number,
        [say(`words.status.${status}`), ...(agreedBy ? [say(`words.agreedBy.${agreedBy}`)] : [])].join(", "),
        statedOn(paragraph, voice).join("\n"),
        pending === 0 ? "" : say("words.proposalsAwait", { count: pending }),
        beginning(content, signs),
      ],
    ];
  });
  const column = { number: 1, status: 2, stated: 4, pending: 3, words: 5 } as const;
  const agreed = say("reader.agreedOf", { agreed: overview.agreed, count: overview.total });
  return {
    label: say("publication.status.title"),
    sections: [
      {
        title: say("publication.status.title"),
        items:
          rows.length === 0
            ? [{ t: "words", text: say("reader.noConsensusText") }]
            : [
                { t: "words", text: agreed },
                {
                  t: "table",
                  columns: (["number", "status", "stated", "pending", "words"] as const).map((name) => ({
                    title: say(`publication.status.${name}`),
                    width: column[name],
                  })),
                  rows,
                },
              ],
      },
      {
        title: say("reader.legend"),
        items: shownStatuses.map((status) => ({
          t: "words",
          text: `${say(`words.status.${status}`)}. ${say(`words.statusMeans.${status}`)}`,
        })),
      },
    ],
  };
}

/** "2 object: Freedonia and Sylvania", the strictest first; without names where none may be known. */
function statedOn({ counts, positions }: ComposedParagraph, voice: Voice): readonly string[] {
  return levels.toReversed().flatMap((level) => {
    const count = counts?.[level] ?? 0;
    if (count === 0) return [];
    const by = positions.flatMap((position) =>
      position.standing && position.level === level && position.by ? [sayNamed(position.by, voice)] : [],
    );
    const counted = voice.say(`words.counted.${level}`, { count });
    return [by.length === 0 ? counted : `${counted}: ${voice.list([...new Set(by)])}`];
  });
}

const longest = 120;

/** Enough of a paragraph to know it by. */
export function beginning(content: readonly Inline[], signs: Numbers): string {
  // The sign of a note says nothing where there are no notes.
  const words = content.filter(({ t }) => t !== "footnote");
  const text = readable(words, signs);
  return text.length <= longest ? text : `${text.slice(0, text.lastIndexOf(" ", longest) || longest)} …`;
}
