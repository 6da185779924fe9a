/** The chair's letters about a silence procedure, from the record: that it was announced, broken, or held. */
import type { Letter } from "../../shared/domain/silence.ts";
import type { SeenSilence } from "../../shared/domain/report.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { sayAdoption, sayBreak, saySilence, sayScope, silenceTerms } from "../../shared/messages/silence.ts";
import { capital, mention } from "../../shared/messages/tell.ts";
import { dayInNewYork, momentIn, zonesFor } from "../../shared/messages/times.ts";
import { frozenWords } from "../http/pages/frozen-words.ts";
import { recordWhenIssued } from "../http/pages/issued.ts";
import { seenBy } from "../http/pages/seen-record.ts";
import type { Exported } from "./formats.ts";
import type { PrintedItem, Told } from "./printed-report.ts";
import { ofItsDay } from "./printed-report.ts";

/** @param silence as the viewer may know of it: a break whose author they may not know is told without a name */
export function letterOn(silence: SeenSilence, letter: Letter, exported: Exported, voice: Voice): Told {
  const { negotiation, report, text } = exported;
  const { say, language } = voice;
  const telling = { record: seenBy(exported.viewer, negotiation).record, text: text.text, voice };
  const words = (said: string): PrintedItem => ({ t: "words", text: said });
  const scope = sayScope(silence, telling);
  const until = zonesFor(silence.zone).map((zone) => momentIn(silence.deadline, zone, language));
  const about = { scope, title: report.title, day: dayInNewYork(silence.at, language) };
  const wordsOf = frozenWords(negotiation, exported.viewer, silence);
  const frozen: PrintedItem = {
    t: "table",
    columns: [
      { title: say("publication.status.number"), width: 2 },
      { title: say("publication.status.words"), width: 9 },
      { title: say("publication.letter.wording"), width: 3 },
    ],
    rows: silence.paragraphs.map(({ paragraph, wording }) => [
      capital(mention(paragraph, telling).words),
      wordsOf.get(paragraph) ?? "",
      wording.slice(0, 12),
    ]),
  };
  const outcome = words(`${saySilence(silence, silence.deadline, telling)}.`);
  const bodies: { readonly [L in Letter]: () => readonly PrintedItem[] } = {
    announced: () => [
      words(say("publication.letter.announces", about)),
      words([say("publication.letter.until"), ...until].join("\n")),
      ...silenceTerms({ ...silence, ended: null, breaks: [] }, telling).map(words),
      words(say("publication.letter.these")),
      frozen,
    ],
    broken: () => [
      words(say("publication.letter.recalls", about)),
      words([say("publication.letter.until"), ...until].join("\n")),
      ...silence.breaks.map((one) => {
        const reason = one.reason === undefined ? "" : ` ${say("record.reason", { reason: one.reason })}`;
        return words(`${sayBreak(silence, one, telling)}.${reason}`);
      }),
      ...(silence.ended ? [outcome] : []),
    ],
    held: () => [
      words(say("publication.letter.recalls", about)),
      words([say("publication.letter.passed"), ...until].join("\n")),
      outcome,
      ...(report.adoption?.silence === silence.id ? [words(`${sayAdoption(report.adoption, voice)}.`)] : []),
    ],
  };
  const title = say(`publication.letter.title.${letter}`);
  const brokenAt = silence.breaks.at(-1)?.at;
  const writtenAt = { announced: silence.at, broken: brokenAt, held: silence.ended?.at }[letter] ?? silence.at;
  const { events } = seenBy(exported.viewer, negotiation);
  const act = events.findLast((entry) => !("sealed" in entry) && entry.at <= writtenAt);
  const then = recordWhenIssued(events, { seq: act?.seq ?? silence.seq });
  const thenRead = { ...exported, version: null, report: composeReport(then, then.text, exported.viewer) };
  return {
    ...ofItsDay(thenRead, thenRead.report.circulatedAt ?? writtenAt, voice),
    label: title,
    status: say("publication.letter.of", { day: dayInNewYork(writtenAt, language) }),
    sections: [
      {
        title,
        items: [
          words(say("publication.letter.salutation")),
          ...bodies[letter](),
          words(say("publication.letter.close")),
        ],
      },
    ],
  };
}
