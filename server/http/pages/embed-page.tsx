/** `GET /n/S/p/ID/embed`: one paragraph as everyone may read it, for pages of others: the only page that may be framed. It loads nothing and knows nobody. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Express } from "express";
import type { Record } from "../../../shared/domain/record.ts";
import type { ComposedParagraph } from "../../../shared/domain/report.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { Related, Seeing } from "../../../shared/domain/seen-lineage.ts";
import { successorOf } from "../../../shared/domain/seen-lineage.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parseParagraphId } from "../../../shared/domain/values.ts";
import { sayCorrected } from "../../../shared/messages/corrections.ts";
import { signsToday } from "../../../shared/messages/numbers.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { sayAdoption } from "../../../shared/messages/silence.ts";
import { shownStatus } from "../../../shared/messages/status.ts";
import { capital, mention } from "../../../shared/messages/tell.ts";
import { linkHeader } from "./alternates.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { htmlOf } from "./document.tsx";
import { keepPage, sendKept } from "./kept-page.ts";
import { lineageIn } from "./lineage-parts.tsx";
import { Notes, surroundingsOf } from "./reader.tsx";
import { pieces, say, speaker } from "./speaker.ts";
import { timesOf } from "./time.tsx";
import { NotThere, sendPage } from "./trouble.tsx";
import { StatusMark, Words } from "./words.tsx";

const css = readFileSync(new URL("embed.css", import.meta.url), "utf8");
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(css).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors *",
].join("; ");

export function embedPages(app: Express, { house }: PageDeps): void {
  app.get("/n/:slug/p/:paragraph/embed", async (req, res) => {
    const talks = house.bySlug(req.params.slug);
    if (!talks) return sendPage(res, 404, <NotThere what="negotiation" />);
    const id = parseParagraphId(req.params.paragraph);
    const shown = id && paragraphIn(talks, id);
    if (!shown) return sendPage(res, 404, <NotThere what="page" />);
    res.set({ "Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin" });
    res.append("Link", linkHeader(`/n/${talks.row.slug}/p/${id}`, "canonical"));
    for (const header of ["X-Frame-Options", "Set-Cookie"]) res.removeHeader(header);
    await sendKept(req, res, keepPage(htmlOf(<EmbedPage talks={talks} id={id} {...shown} />)));
  });
}

interface Shown {
  /** Null when it was removed. */
  readonly block: ComposedParagraph | null;
  readonly words: string;
  readonly successor: Related | null;
}

/** Null for one that never was in circulation. */
function paragraphIn(talks: Talks, id: ParagraphId): Shown | null {
  const { record } = talks;
  const { consensus, chairSummary } = talks.report(thePublic).parts;
  const block = [...consensus, ...chairSummary].find((one) => one.id === id) ?? null;
  if (block) return { block, words: block.text, successor: null };
  const removed = record.removed.get(id);
  if (!removed) return null;
  const signs = signsToday({ record, text: talks.textFor(thePublic), voice: speaker });
  const seeing: Seeing = { lineage: lineageIn(talks), entries: talks.entries, viewer: thePublic };
  return { block, words: readable(removed.content, signs), successor: successorOf(seeing, id) };
}

function EmbedPage({
  talks,
  id,
  block,
  words,
  successor,
}: Shown & { readonly talks: Talks; readonly id: ParagraphId }) {
  const { record } = talks;
  const { slug } = talks.row;
  const report = talks.report(thePublic);
  const text = talks.textFor(thePublic);
  const name = capital(mention(id, { record, text, voice: speaker }).words);
  const shown = block && shownStatus(block);
  const ofThis = report.corrections.filter(({ paragraph }) => paragraph === id);
  const corrected = sayCorrected(ofThis, speaker);
  const around = { ...surroundingsOf(report, "embedded"), page: `/n/${slug}` };
  return (
    <html lang={speaker.language} dir={speaker.dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{embedTitle(talks, id)}</title>
        {/* The frame it stands in belongs to somebody else. */}
        <base target="_blank" />
        <style>{css}</style>
      </head>
      <body>
        <article lang="en">
          <p className="about">
            <span>
              <strong>{name}</strong>
            </span>
            {block?.part === "consensus" && <span>{say("words.part.consensus")}</span>}
            {block && shown && (
              <span>
                <StatusMark status={shown} by={block.agreedBy} />
              </span>
            )}
            <span>{[standingOf(talks), corrected].filter(Boolean).join(", ")}</span>
          </p>
          <p dir="auto" lang={block ? around.languageOf(block.content) : undefined}>
            {block ? <Words content={block.content} around={around} /> : <del>{words}</del>}
          </p>
          {block && <Notes paragraphs={[block]} around={around} />}
          {successor && (
            <p>
              <Successor slug={slug} query="" of={successor} text={text} record={record} />
            </p>
          )}
        </article>
        <footer>
          <p>
            {say("feeds.embedFrom", { title: report.title })}
            {". "}
            {report.adoption ? "" : `${say("feeds.draft")}. `}
            {sayAdoption(report.adoption, speaker)}. <a href={`/n/${slug}/p/${id}`}>{say("feeds.embedLink")}</a>
          </p>
        </footer>
      </body>
    </html>
  );
}

/** The version it is of, by its symbol where it has one; else when it was circulated. */
function standingOf(talks: Talks): string {
  const { versions, text, circulations } = talks.record;
  const version = versions.at(-1);
  if (version?.text === text) return version.symbol ?? version.label;
  return say("reader.asOf", timesOf(circulations.at(-1)?.at ?? talks.record.at));
}

/** "Its words stand in paragraph 7 now." */
export function Successor({
  slug,
  query,
  of,
  text,
  record,
}: {
  readonly slug: string;
  readonly query: string;
  readonly of: Related;
  readonly text: Text;
  readonly record: Record;
}) {
  const { paragraph, words } = mention(of.paragraph, { record, text, voice: speaker });
  const link = (
    <a key="there" href={`/n/${slug}/p/${paragraph}${query}`}>
      {words}
    </a>
  );
  return <>{pieces("feeds.successor", { paragraph: link })}</>;
}

const size = { width: 640, height: 240 };

/** "Paragraph 4, Draft report" */
export function embedTitle(talks: Talks, paragraph: ParagraphId): string {
  const { record } = talks;
  const { words } = mention(paragraph, { record, text: talks.textFor(thePublic), voice: speaker });
  return say("feeds.embedTitle", { paragraph: capital(words), title: record.settings.title });
}

/** What somebody puts into their page. */
export const embedCode = (address: string, title: string, { width, height } = size): string =>
  `<iframe src="${quoted(address)}/embed" title="${quoted(title)}" width="${width}" height="${height}" loading="lazy"></iframe>`;

const quoted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** @param address of the paragraph's own page */
export const oembedOf = (address: string): string => `/oembed?url=${encodeURIComponent(address)}`;

/** The answer to whoever asks how to show a paragraph (oembed.com), as large as they have room for. */
export function oembedAnswer(talks: Talks, paragraph: ParagraphId, base: string, room: Partial<typeof size>) {
  if (!paragraphIn(talks, paragraph)) return null;
  const title = embedTitle(talks, paragraph);
  const fit = {
    width: Math.min(size.width, room.width ?? Infinity),
    height: Math.min(size.height, room.height ?? Infinity),
  };
  return {
    type: "rich" as const,
    version: "1.0" as const,
    title,
    provider_name: say("site.name"),
    provider_url: base,
    html: embedCode(`${base}/n/${talks.row.slug}/p/${paragraph}`, title, fit),
    ...fit,
  };
}
