/**
 * `GET /n/S/silence/ID`: a silence procedure certified from the record, held or broken: which words, until when, what came in which order
 * by the server's log, and how whoever has the record can check it.
 */
import type { Express } from "express";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import { factOf } from "../../../shared/domain/record.ts";
import type { Seat, Viewer } from "../../../shared/domain/roster.ts";
import type { SilenceId, WordingHash } from "../../../shared/domain/values.ts";
import { saySilence, sayScope, silenceTerms } from "../../../shared/messages/silence.ts";
import { capital, flatPieces, tell, tellWhy } from "../../../shared/messages/tell.ts";
import { isoOf, momentIn, zonesFor } from "../../../shared/messages/times.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { Document, htmlOf } from "./document.tsx";
import { FileLinks } from "./file-links.tsx";
import { frozenWords } from "./frozen-words.ts";
import { keepPage, sendKeptHere } from "./kept-page.ts";
import { linksOf } from "./reader.tsx";
import { seenBy, verdictOn } from "./seen-record.ts";
import { say, speaker } from "./speaker.ts";
import { NotThere, sendPage } from "./trouble.tsx";
import { ReadAs, viewing } from "./viewing.tsx";
import { stop } from "./words.tsx";

/** Its sentences, ready to be printed, as one viewer may know them. */
export interface Certificate {
  readonly title: string;
  readonly report: string;
  /** How it stands or ended. */
  readonly outcome: string;
  readonly facts: readonly { readonly name: string; readonly lines: readonly string[] }[];
  /** The words that were frozen, each footnote on a line of its own. */
  readonly paragraphs: readonly {
    readonly number: string;
    readonly words: string;
    readonly wording: WordingHash;
  }[];
  /** In the order of the server's log. */
  readonly log: readonly {
    readonly seq: number;
    readonly at: string;
    readonly sentence: string;
    readonly hash: string;
  }[];
  readonly check: readonly string[];
}

/** Null where the viewer may know of no such procedure. Who has opened the text is told to the chair alone (SIL12). */
export async function certificateOf(
  talks: Talks,
  viewer: Viewer,
  seat: Seat | null,
  id: SilenceId,
): Promise<Certificate | null> {
  const { record } = talks;
  const silence = talks.report(viewer).silences.find((one) => one.id === id);
  if (!silence) return null;
  const text = talks.textFor(viewer);
  const seen = seenBy(viewer, talks);
  const saying = { record: seen.record, text, voice: speaker };
  const version = record.versions.findLast(({ seq }) => seq < silence.seq);
  const numbers = version?.numbers ?? numbersToday(record, text).numbers;
  const verdict = verdictOn(seen);
  const times = (at: number): string[] => zonesFor(silence.zone).map((zone) => momentIn(at, zone, speaker.language));
  const nameOf = (code: string): string =>
    [...record.delegations.values()].find((one) => one.code === code)?.name ?? code;
  const delivered =
    seat?.role === "chair"
      ? (await talks.deliveries(id)).map(({ delegation, at }) => `${nameOf(delegation)}, ${isoOf(at)}`)
      : null;
  const fact = (name: Parameters<typeof factName>[0], lines: readonly string[]) => ({ name: factName(name), lines });
  const words = frozenWords(talks, viewer, silence);
  return {
    title: say("silence.certificate.title"),
    report: record.settings.title,
    outcome: saySilence(silence, silence.deadline, saying),
    facts: [
      fact("text", [
        capital(sayScope(silence, saying)),
        ...(version ? [[version.label, version.symbol].filter(Boolean).join(", ")] : []),
      ]),
      fact("announced", times(silence.at)),
      fact("deadline", times(silence.deadline)),
      fact("terms", [...silenceTerms({ ...silence, ended: null, breaks: [] }, saying)]),
      ...(silence.ended ? [fact("ended", times(silence.ended.at))] : []),
      ...(delivered ? [fact("delivered", delivered.length > 0 ? delivered : [say("silence.certificate.nobody")])] : []),
    ],
    paragraphs: silence.paragraphs.map(({ paragraph, wording }) => ({
      number: numbers.get(paragraph) ?? "–",
      words: words.get(paragraph) ?? "",
      wording,
    })),
    log: seen.events.flatMap((entry) => {
      const told = isOf(entry, id) ? factOf(entry) : null;
      if (!told) return [];
      const why = tellWhy(told, saying);
      const sentence = [capital(flatPieces(tell(told, saying))), ...why].map(stop).join(" ");
      return [{ seq: told.seq, at: isoOf(told.at), sentence, hash: told.hash }];
    }),
    check: [
      verdict.ok
        ? say("silence.certificate.intact", { seq: verdict.last.seq, hash: verdict.last.hash })
        : say("record.broken", { seq: verdict.seq }),
      say("silence.certificate.check"),
    ],
  };
}

const factName = (name: "text" | "announced" | "deadline" | "terms" | "ended" | "delivered"): string =>
  say(`silence.certificate.${name}`);

function isOf(entry: SeenEntry, id: SilenceId): boolean {
  if ("sealed" in entry) return false;
  const { what } = entry;
  return (what.kind === "silence-announced" && what.id === id) || ("silence" in what && what.silence === id);
}

export function certificatePages(app: Express, deps: PageDeps): void {
  app.get("/n/:slug/silence/:silence", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (!reading) return;
    const { talks, viewer, seat, query } = reading;
    const { slug } = talks.row;
    const certificate = await certificateOf(talks, viewer, seat, req.params.silence as SilenceId);
    if (!certificate) return sendPage(res, 404, <NotThere what="page" />);
    const { title, report, outcome, facts, paragraphs, log, check } = certificate;
    const path = `/n/${slug}/silence/${req.params.silence}`;
    const page = (
      <Document
        title={`${title}: ${report}`}
        look="wide"
        links={linksOf(slug, null, query)}
        banner={
          <div className="masthead">
            <h1>
              {title}
              <small>{report}</small>
            </h1>
            <div className="imprimatur">
              <ReadAs viewing={reading} path={path} />
              <p>
                <FileLinks title={say("silence.certificate.files")} path={path} query={seat ? query : ""} />
              </p>
            </div>
          </div>
        }
      >
        <section className="slip silence" aria-labelledby="outcome">
          <h2 id="outcome">{outcome}</h2>
          <dl>
            {facts.map(({ name, lines }) => (
              <div key={name}>
                <dt>
                  <strong>{name}</strong>
                </dt>
                {lines.map((line) => (
                  <dd key={line}>{line}</dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
        <h2>{say("silence.certificate.log")}</h2>
        <table className="log">
          <tbody>
            {log.map(({ seq, at, sentence, hash }) => (
              <tr key={seq}>
                <td>{seq}</td>
                <td>
                  <time dateTime={at}>{at}</time>
                </td>
                <td>
                  {sentence} <span className="aside">{hash.slice(0, 16)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <h2>{say("silence.certificate.words")}</h2>
        <table className="log">
          <tbody>
            {paragraphs.map(({ number, words, wording }) => (
              <tr key={wording}>
                <td>{number}</td>
                <td dir="auto">
                  {words.split("\n").map((line) => (
                    <p key={line}>{line}</p>
                  ))}
                  <p className="aside">{wording}</p>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {check.map((line) => (
          <p key={line} className="aside">
            {line}
          </p>
        ))}
      </Document>
    );
    await sendKeptHere(req, res, keepPage(htmlOf(page)));
  });
}
