/** Issued versions on the public pages and in files (SPEC: VER). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { toHtml } from "../../../server/publication/html.ts";
import { toRedlineMarkdown } from "../../../server/publication/markdown.ts";
import { differencesAsJson } from "../../../server/publication/json.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { aNegotiation, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";

const talks = aNegotiation(
  p("States should consult each other in good time."),
  p("States decide to establish a directory."),
  p("States note the report of the chair with appreciation."),
  s("Some States proposed a convention."),
);
const issues = (label: string, reason: string): void => {
  const covers = differencesOf(talks.record, talks.text).filter(({ open }) => open.length > 0);
  talks.does("chair", {
    kind: "issue-version",
    label,
    note: `Cover note of ${label}.`,
    covers: covers.map(({ id }) => ({ paragraph: id, reason })),
  });
};

talks.objects("XAA", 2, { reason: "Too costly." });
issues("Zero draft", "");
talks.writes(1, "States shall consult each other in good time.").removes(2);
talks.text = [talks.text[1]!, talks.text[0]!, ...talks.text.slice(2)];
issues("Rev.1", "As the room asked.");

let site: Site;
beforeAll(async () => {
  site = await aSite([talks]);
});
afterAll(() => site.stop());
const get = (path: string, from: Site = site) => fetch(from.base + path);

describe("the page of a version", () => {
  test("[VER1] stays as it was issued, whatever came later", async () => {
    const page = await get("/n/working-group/v/zero-draft");
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const words of ["Zero draft, issued on", "Cover note of Zero draft.", "States should consult", "a directory"])
      expect(html).toContain(words);
    expect(html).toContain('<section id="consensus"');
    expect(html).toContain(`id="para-${idOf(2)}"`);
    expect(html).not.toContain("shall consult");
    expect(html).not.toContain("Too costly.");
  });

  test("[VER5] tells each change from the version before, and how it came about", async () => {
    const html = await (await get("/n/working-group/v/rev-1")).text();
    expect(html).toContain("3 changes from Zero draft, and how they came about");
    expect(html).toContain("As the room asked.");
    expect(html).toContain('href="/n/working-group/v/zero-draft"');
  });

  test("is not found under a name that was never given", async () => {
    for (const path of ["v/rev-9", "v/rev-1?against=rev-9"])
      expect((await get(`/n/working-group/${path}`)).status).toBe(404);
  });

  test("[VER8] against another one it is a redline with moves as moves", async () => {
    const html = await (await get("/n/working-group/v/rev-1?against=zero-draft")).text();
    expect(html).toContain("Rev.1 compared with Zero draft");
    expect(html).toMatch(/<del>.*should<\/del>.*<ins>.*shall<\/ins>/s);
    expect(html).toContain("[2 deleted]");
    expect(html).toMatch(/\[\d, now \d\]/);
  });

  test("[VER8] beside others it is a table with a column each", async () => {
    const html = await (await get("/n/working-group/v/rev-1?beside=zero-draft")).text();
    expect(html.match(/<th scope="col">/g)).toHaveLength(2);
    expect(html).toContain("should consult");
    expect(html).toContain("shall consult");
  });

  test("[NUM9] between versions the reader sees which numbers are vacant", async () => {
    const later = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."));
    later.does("chair", { kind: "issue-version" });
    later.removes(2).circulates();
    const own = await aSite([later]);
    const html = await (await get("/n/working-group", own)).text();
    await own.stop();
    expect(html).toContain("[2 deleted]");
    expect(html).toMatch(/<span aria-hidden="true">3\.<\/span>/);
  });
});

describe("files", () => {
  const [zero, rev] = talks.record.versions;

  test("[VER8] Markdown and JSON say what was inserted, deleted and moved", () => {
    const markdown = toRedlineMarkdown(talks.report(thePublic), zero!, rev!);
    expect(markdown).toContain("<del>should</del><ins>shall</ins>");
    expect(markdown).toContain("[2 deleted]");
    const changed = differencesAsJson(zero!, rev!) as { paragraph: string; kinds: string[] }[];
    expect(changed.map(({ kinds }) => kinds.join()).toSorted()).toEqual(["order", "removed", "reworded"].toSorted());
  });

  test("[VER8] the HTML file holds the version, or the redline, without a link to the site", () => {
    expect(toHtml(talks, thePublic, { version: zero! })).toContain("States should consult");
    const file = toHtml(talks, thePublic, { version: rev!, against: zero! });
    expect(file).toContain("Rev.1 compared with Zero draft");
    expect(file).not.toContain('href="/n/');
  });
});
