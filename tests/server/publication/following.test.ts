/** A negotiation followed from elsewhere: feeds, the calendar, addresses that last, and the paragraph in other people's pages. */
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";
import { toCalendar } from "../../../server/publication/calendar.ts";
import { newsFor, toAtom, toJsonFeed } from "../../../server/publication/news.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { SilenceId } from "../../../shared/domain/values.ts";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, aNegotiationWith, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite, asBrowser } from "../../support/pages-site.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (stops.length > 0) await stops.pop()!();
});
async function pagesOf(talks: ANegotiation): Promise<Site> {
  const site = await aSite([talks]);
  stops.push(() => site.stop());
  return site;
}
async function served(): Promise<HttpServer> {
  const server = await httpServer();
  stops.push(() => server.close());
  return server;
}

const voice = voiceIn("en");
const at = { self: "https://x.example/n/s/feed.atom", base: "https://x.example", slug: "working-group" };
const feedOf = (talks: ANegotiation) => newsFor(talks, thePublic, voice)!;

const states = "States should cooperate on the security of information.";

describe("feeds", () => {
  test("[FED1] what was told once is told in the same words later, whatever the numbers have become", () => {
    const talks = aNegotiation(p(states), p("States should consult."));
    talks.gavels(2);
    const before = feedOf(talks).news;
    expect(before[0]).toMatchObject({ kind: "paragraph-gavelled", title: "The chair gavelled paragraph 2 as agreed" });
    talks.text = talks.text.toReversed();
    talks.circulates("Turned round.");
    const after = feedOf(talks);
    expect(after.news.slice(1)).toEqual(before);
    expect(after.news[0]).toMatchObject({ kind: "circulated", words: "Turned round." });
    expect(after.updated).toBe(after.news[0]!.at);
    expect(new Set(after.news.map(({ id }) => id)).size).toBe(after.news.length);
  });

  test("[FED1] what its reader may not know moves no feed", () => {
    const talks = aNegotiationWith({ disclosure: "closed" }, p(states), p("States should consult."));
    const before = toAtom(feedOf(talks), at, "x");
    talks.objects("XAA", 1, { reason: "Too soon." });
    expect(toAtom(feedOf(talks), at, "x")).toBe(before);
  });

  test("[FED1] both forms are well-formed, tell the same, and read no words as markup", () => {
    const talks = aNegotiationWith({ title: `Draft <b>&"\u0007` }, p(states));
    talks.gavels(1);
    talks.reopens(1, "Now </content> & then");
    const feed = feedOf(talks);
    const atom = new new JSDOM().window.DOMParser().parseFromString(toAtom(feed, at, "x"), "application/xml");
    const entries = [...atom.querySelectorAll("entry")];
    const json = JSON.parse(toJsonFeed(feed, at, "x")) as { items: { id: string; url: string; title: string }[] };
    expect(json.items.map(({ id, title }) => [id, title])).toEqual(
      entries.map((entry) => ["id", "title"].map((name) => entry.querySelector(name)!.textContent)),
    );
    expect(json.items[0]!.url).toBe(`https://x.example/n/working-group/p/${idOf(1)}`);
    expect(atom.querySelector("feed > title")!.textContent).toContain(`Draft <b>&"`);
    expect(entries[0]!.querySelector("content")!.textContent).toContain("Now </content> & then");
  });

  test("[FED1] who has it is told only that, until there is news", async () => {
    const server = await served();
    for (const name of ["feed.atom", "feed.json", "deadlines.ics"]) {
      const address = `${server.base}/n/talks/${name}`;
      const first = await fetch(address);
      expect(first.status).toBe(200);
      const etag = first.headers.get("etag")!;
      // Not fetch: it adds its own "no-cache" to a conditional request.
      const { status: again } = await asBrowser(address, { "if-none-match": etag });
      expect([name, again]).toEqual([name, 304]);
    }
    const page = await fetch(`${server.base}/n/talks`);
    const { head } = new JSDOM(await page.text()).window.document;
    for (const link of head.querySelectorAll('link[rel="alternate"]')) {
      expect(page.headers.get("link")).toContain(`<${link.getAttribute("href")}>; rel="alternate"`);
      expect((await fetch(server.base + link.getAttribute("href")!)).headers.get("content-type")).toContain(
        link.getAttribute("type"),
      );
    }
    expect(head.querySelectorAll('link[rel="alternate"]')).toHaveLength(3);
  });
});

describe("the calendar", () => {
  const calendar = (talks: ANegotiation): string =>
    toCalendar({
      report: talks.report(thePublic),
      record: talks.record,
      address: "https://x.example/n/working-group",
      voice,
    });
  const unfolded = (file: string): string => file.replaceAll("\r\n ", "");

  test("[FED2] a calendar in which nothing stands yet has its time zone, for one without a component is none", () => {
    const written = calendar(aNegotiation(p(states))).split("\r\n");
    expect(written.filter((line) => line.startsWith("BEGIN:"))).toEqual([
      "BEGIN:VCALENDAR",
      "BEGIN:VTIMEZONE",
      "BEGIN:STANDARD",
    ]);
  });

  test("[FED2] a silence is one event that moves, and is taken back when it is cancelled", () => {
    const talks = aNegotiationWith({ disclosure: "open" }, p(states), p("States should consult."));
    const deadline = Date.UTC(2026, 10, 27, 22) as typeof talks.now;
    const silence = talks.does("chair", {
      kind: "announce-silence",
      scope: [idOf(2)],
      deadline,
      zone: "America/New_York",
      note: "One, two; three\nfour",
    }) as SilenceId;
    const first = unfolded(calendar(talks));
    expect(first).toContain("DTSTART:20261127T220000Z\r\n");
    expect(first).toContain("On paragraph 2 of the consensus text.\\nOne\\, two\\; three\\nfour\r\n");
    expect(first).toContain(`UID:${silence}@rapporteur\r\nDTSTAMP:20261105T1402`);
    expect(first).toContain("SEQUENCE:0\r\n");
    const later = Date.UTC(2026, 10, 28, 22) as typeof deadline;
    talks.does("chair", { kind: "extend-silence", procedure: silence, deadline: later });
    const moved = unfolded(calendar(talks));
    expect(moved.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(moved).toContain("SEQUENCE:1\r\nDTSTART:20261128T220000Z\r\nSTATUS:CONFIRMED");
    talks.does("chair", { kind: "cancel-silence", procedure: silence, reason: "More to discuss." });
    expect(unfolded(calendar(talks))).toContain("SEQUENCE:2\r\nDTSTART:20261128T220000Z\r\nSTATUS:CANCELLED");
  });

  test("[FED2] no line is longer than 75 octets or cut inside a letter, and versions stand on their day", () => {
    const title = `Rapport über die Sicherheit ${"ж€😀".repeat(40)}`.slice(0, 190);
    const talks = aNegotiationWith({ title }, p(states));
    talks.does("chair", { kind: "issue-version", label: "Rev.1", symbol: "A/1/Rev.1", date: "2026-11-09" });
    const file = calendar(talks);
    const lines = file.split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(file).not.toContain("\uFFFD");
    expect(unfolded(file)).toContain(`NAME:${title}: deadlines`);
    expect(unfolded(file)).toContain("DTSTART;VALUE=DATE:20261109\r\n");
  });
});

describe("the address of a paragraph", () => {
  /** Paragraph 2 is merged into 1, and 1 is later rewritten as a new paragraph 9. */
  function merged(): ANegotiation {
    const tail = "They should also share what they learn from incidents that concern many.";
    const talks = aNegotiation(p(states), p(tail), s("Some States proposed a convention."));
    const issues = (): void => {
      const covers = differencesOf(talks.record, talks.text).filter(({ open }) => open.length > 0);
      const how = covers.map(({ id }) => ({ paragraph: id, reason: "Shorter." }));
      talks.does("chair", { kind: "issue-version", covers: how });
    };
    issues();
    talks.writes(1, `${states} ${tail}`).removes(2);
    issues();
    return talks;
  }

  test("[LIN7] [PAG14] says where the words of a removed paragraph stand now, in words and in its headers", async () => {
    const talks = merged();
    const site = await pagesOf(talks);
    const gone = await fetch(`${site.base}/n/working-group/p/${idOf(2)}`);
    expect(gone.headers.get("link")).toBe(
      `</n/working-group/p/${idOf(2)}>; rel="canonical", </n/working-group/p/${idOf(1)}>; rel="successor-version"`,
    );
    const page = new JSDOM(await gone.text()).window.document;
    expect(page.querySelector(".imprimatur")!.textContent).toContain("Its words stand in paragraph 1 now.");
    const stands = await fetch(`${site.base}/n/working-group/p/${idOf(1)}`);
    expect(stands.headers.get("link")).toBe(`</n/working-group/p/${idOf(1)}>; rel="canonical"`);
  });

  test("[LIN7] goes on where the one that took the words over is removed too, and says nothing where nobody has them", async () => {
    const talks = merged();
    const [one] = talks.text;
    talks.text = [{ ...one!, id: idOf(9) }, ...talks.text.slice(1)];
    talks.circulates();
    const site = await pagesOf(talks);
    const linkOf = async (index: number) =>
      (await fetch(`${site.base}/n/working-group/p/${idOf(index)}`)).headers.get("link");
    for (const index of [1, 2]) expect(await linkOf(index)).toContain(`${idOf(9)}>; rel="successor-version"`);
    talks.text = talks.text.slice(1);
    talks.circulates();
    for (const index of [1, 2]) expect(await linkOf(index)).not.toContain("successor-version");
    const never = await fetch(`${site.base}/n/working-group/p/${idOf(9)}`, { redirect: "manual" });
    expect(never.headers.get("location")).toBe(`/n/working-group#para-${idOf(9)}`);
  });
});

describe("the embedded paragraph", () => {
  test("[PAG15] says what it is, may be framed, loads nothing, runs nothing and sets no cookie", async () => {
    const server = await served();
    const id = server.talks.record.text[1]!.id;
    // As a browser asks for what another site frames, without a cookie.
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };
    const answer = await asBrowser(`${server.base}/n/talks/p/${id}/embed`, headers);
    const policy = answer.headers["content-security-policy"]!;
    expect(policy).toContain("frame-ancestors *");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("script-src");
    expect(answer.headers["x-frame-options"]).toBeUndefined();
    expect(answer.headers["set-cookie"]).toBeUndefined();
    const page = new JSDOM(answer.body.toString()).window.document;
    expect(page.querySelectorAll("script, link, img")).toHaveLength(0);
    const words = page.body.textContent.replace(/\s+/g, " ");
    for (const said of ["Paragraph 2", "Consensus text", "Open", "As circulated on", "Draft. Not adopted", "bbbb"])
      expect(words).toContain(said);
  });

  test("[PAG15] shows the words a removed one had and where to read on; what never was in circulation is not there", async () => {
    const talks = aNegotiation(p(states), p("States should consult."));
    talks.text = [{ ...talks.text[0]!, id: idOf(7) }, talks.text[1]!];
    const site = await pagesOf(talks);
    const embed = async (index: number) => fetch(`${site.base}/n/working-group/p/${idOf(index)}/embed`);
    expect((await embed(7)).status).toBe(404);
    talks.circulates();
    const page = new JSDOM(await (await embed(1)).text()).window.document;
    expect(page.querySelector("del")!.textContent).toBe(states);
  });

  test("[PAG15] who asks by its address is told how to show it, as small as they like", async () => {
    const server = await served();
    const { get } = program(server, await server.token("chair"));
    const address = `${server.base}/n/talks/p/${server.talks.record.text[0]!.id}`;
    const ask = (url: string, more = "") => get(`/oembed?url=${encodeURIComponent(url)}${more}`);
    const answer = (await (await ask(address, "&maxwidth=300")).json()) as { html: string; width: number };
    expect(answer).toMatchObject({ type: "rich", version: "1.0", width: 300 });
    const frame = new JSDOM(answer.html).window.document.querySelector("iframe")!;
    expect(frame.src).toBe(`${address}/embed`);
    expect((await fetch(frame.src)).status).toBe(200);
    expect((await ask("https://elsewhere.example/n/talks/p/x")).status).toBe(404);
    expect((await ask(`${server.base}/n/talks`)).status).toBe(404);
  });
});
