/** The certificate of a silence procedure as a document: the same sentences as on its page. */
import type { Certificate } from "../http/pages/certificate.tsx";
import { say } from "../http/pages/speaker.ts";
import type { PrintedItem, Told } from "./printed-report.ts";

export function certificateTold({ title, outcome, facts, paragraphs, log, check }: Certificate): Told {
  const words = (text: string): PrintedItem => ({ t: "words", text });
  return {
    label: title,
    sections: [
      { title, items: [words(outcome), ...facts.map(({ name, lines }) => words([`${name}:`, ...lines].join("\n")))] },
      {
        title: say("silence.certificate.log"),
        items: [
          {
            t: "table",
            columns: [
              { title: say("silence.certificate.entry"), width: 3 },
              { title: say("silence.certificate.what"), width: 5 },
              { title: say("silence.certificate.hash"), width: 4 },
            ],
            rows: log.map(({ seq, at, sentence, hash }) => [`${seq}\n${at}`, sentence, hash]),
          },
        ],
      },
      {
        title: say("silence.certificate.words"),
        items: [
          {
            t: "table",
            columns: [
              { title: say("publication.status.number"), width: 1 },
              { title: say("publication.status.words"), width: 7 },
              { title: say("silence.certificate.hash"), width: 4 },
            ],
            rows: paragraphs.map(({ number, words: said, wording }) => [number, said, wording]),
          },
          ...check.map(words),
        ],
      },
    ],
  };
}
