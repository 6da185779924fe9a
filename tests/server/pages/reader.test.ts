import { brotliDecompressSync, gzipSync } from "node:zlib";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";

import type { Talks } from "../../../server/http/pages/index.ts";
import { toHtml } from "../../../server/publication/html.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { bigReport } from "../../support/big-report.ts";
import { aNegotiation, aNegotiationWith, h, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite, asBrowser } from "../../support/pages-site.ts";

let site: Site;
afterEach(() => site.stop());

async function get(talks: Talks, path = "/n/working-group", headers: Record<string, string> = {}) {
  site = await aSite([talks]);
  return fetch(site.base + path, { headers });
}

const documentOf = async (answer: Response): Promise<Document> => new JSDOM(await answer.text()).window.document;

const wordsOf = (element: Element | null): string => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

describe("the two parts", () => {
  test("[PAG2] stand apart, each numbered from 1, each paragraph under its own id", async () => {
    const talks = aNegotiation(h("Threats"), p("States recalled."), s("Some States proposed."), p("States decided."));
    const page = await documentOf(await get(talks));
    const consensus = page.querySelector("section#consensus")!;
    expect(wordsOf(consensus.querySelector("h2"))).toBe("Consensus text");
    expect([...consensus.querySelectorAll(".para")].map(({ id }) => id)).toEqual([
      `para-${idOf(2)}`,
      `para-${idOf(4)}`,
    ]);
    const summary = page.querySelector("section#chairs-summary")!;
    expect(wordsOf(summary.querySelector("h2"))).toBe("Chair's summary");
    expect(wordsOf(summary.querySelector(".para .number"))).toBe("Paragraph 11.");
    expect(wordsOf(consensus.querySelector(`#para-${idOf(4)} .number`))).toBe("Paragraph 22.");
  });

  test("[PAR3] the masthead says what was moved after the circulation it names, until the next; what came back was not moved", async () => {
    const talks = aNegotiation(p("States recalled."), p("States decided."));
    site = await aSite([talks]);
    const masthead = async (): Promise<string> =>
      wordsOf((await documentOf(await fetch(`${site.base}/n/working-group`))).querySelector(".imprimatur"));
    const moves = (to: "consensus" | "chair-summary"): void =>
      void talks.does("chair", { kind: "move-paragraph", paragraph: idOf(2), to, reason: "No consensus." });
    expect(await masthead()).not.toContain("moved");
    moves("chair-summary");
    expect(await masthead()).toContain("since then moved to the other part: paragraph 1 of the chair's summary");
    moves("consensus");
    expect(await masthead()).not.toContain("moved");
    moves("chair-summary");
    talks.circulates();
    expect(await masthead()).not.toContain("moved");
  });

  test("[PAG2] the summary says whose it is before its first paragraph", async () => {
    const page = await documentOf(await get(aNegotiation(p("States recalled."), s("Some States proposed."))));
    const blocks = [...page.querySelectorAll("#chairs-summary > *")];
    const disclaimer = blocks.findIndex((block) => wordsOf(block).includes("under the responsibility of the Chair"));
    expect(disclaimer).toBeGreaterThan(0);
    expect(disclaimer).toBeLessThan(blocks.findIndex(({ className }) => className.startsWith("para")));
  });

  test("can be read alone", async () => {
    const talks = aNegotiation(p("States recalled."), s("Some States proposed."));
    const page = await documentOf(await get(talks, "/n/working-group?part=chair-summary"));
    expect(page.querySelector("#consensus")).toBeNull();
    expect(wordsOf(page.querySelector("#chairs-summary"))).toContain("Some States proposed.");
  });

  test("[PAG2] a reference is the number of its paragraph, as at the desks and in files", async () => {
    const see = [
      { t: "text", text: "States met as foreseen in paragraph " },
      { t: "ref", to: idOf(2) },
      { t: "text", text: "." },
    ] as const;
    const page = await documentOf(await get(aNegotiation(p(see), p("States decided to meet."))));
    expect(wordsOf(page.querySelector(`#para-${idOf(1)} .words`))).toBe("States met as foreseen in paragraph 2.");
  });

  test("are summed up in a sentence", async () => {
    const talks = aNegotiation(p("States recalled."), p("States decided."), s("Some States proposed.")).gavels(1);
    const page = await documentOf(await get(talks));
    expect(wordsOf(page.querySelector(".sentence"))).toBe("1 of 2 paragraphs agreed. Part two is the chair’s alone.");
    expect(wordsOf(page.querySelector(".adoption"))).toBe("Not adopted");
  });

  test("[PAG13] have headings that nest one step at a time, whatever levels were chosen", async () => {
    const talks = aNegotiation(h("A", 0), h("B", 2), p("States recalled."), h("C", 1), p("States decided."));
    const page = await documentOf(await get(talks));
    const levels = [...page.querySelectorAll("h1, h2, h3, h4, h5")].map(({ tagName }) => Number(tagName[1]));
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
    expect(levels).toEqual([1, 2, 3, 4, 4, 2]);
  });

  test("keep their notes, with a way back", async () => {
    const note = { t: "footnote", id: "n1", text: "Resolution 75/240." } as const;
    const page = await documentOf(await get(aNegotiation(p([{ t: "text", text: "States recalled" }, note]))));
    const call = page.querySelector('[role="doc-noteref"]')!;
    const target = page.querySelector(call.getAttribute("href")!)!;
    expect(wordsOf(target)).toContain("Resolution 75/240.");
    expect(target.querySelector('[role="doc-backlink"]')?.getAttribute("href")).toBe(`#${call.id}`);
  });

  test("show before the first circulation that there is nothing yet", async () => {
    const answer = await get(aNegotiationWith({ circulated: false }, p("Unseen words.")));
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain("Nothing has been circulated yet");
    expect(text).not.toContain("Unseen words");
  });
});

describe("what the public may know", () => {
  const objected = (disclosure: "closed" | "delegations" | "open") => {
    const talks = aNegotiationWith({ disclosure }, p("States should cooperate."));
    talks.objects("XAA", 1, { reason: "Too soon for us." });
    return talks;
  };

  test("[PAG4] closed: that nothing is agreed, and not that anyone objects", async () => {
    const text = await (await get(objected("closed"))).text();
    const page = new JSDOM(text).window.document;
    expect(wordsOf(page.querySelector(".para .status"))).toBe("○ Open");
    expect(text).not.toMatch(/Freedonia|Too soon|1 delegation objects/);
  });

  test("[PAG4] by default: how many object, and not who", async () => {
    const text = await (await get(objected("delegations"))).text();
    expect(wordsOf(new JSDOM(text).window.document.querySelector(".para .mark"))).toBe(
      "✕ Contested✕ 1 delegation objects",
    );
    expect(text).not.toMatch(/Freedonia|Too soon/);
  });

  test("[PAG4] open: who objects and why", async () => {
    const page = await documentOf(await get(objected("open")));
    expect(wordsOf(page.querySelector(".said"))).toBe("✕ Freedonia objects. Reason: Too soon for us.");
  });

  test("[PAG4] the page is kept by its name, and sent again only when it changed", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const first = await get(talks);
    const etag = first.headers.get("etag")!;
    expect(first.headers.get("cache-control")).toBe("public, no-cache");
    const ask = () => asBrowser(`${site.base}/n/working-group`, { "If-None-Match": etag });
    expect((await ask()).status).toBe(304);
    talks.gavels(1);
    expect((await ask()).status).toBe(200);
  });

  test("a negotiation that does not exist is not there, and neither is a version", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    expect((await get(talks, "/n/elsewhere")).status).toBe(404);
    await site.stop();
    const version = await get(talks, "/n/working-group/v/rev-1");
    expect(version.status).toBe(404);
    expect(await version.text()).toContain("No version has been issued");
  });
});

describe("what changed", () => {
  test("[PAG6] is told against the circulation before the last, with old and new words", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should consult."), p("States should wait."));
    talks.writes(1, "States shall cooperate.").removes(3).circulates();
    talks.gavels(1).moves(2, "chair-summary");
    const page = await documentOf(await get(talks));
    const box = page.querySelector(".changes")!;
    expect(wordsOf(box)).toContain("Paragraph 1 was reworded.");
    expect(wordsOf(box.querySelector("del"))).toBe("Deleted: should");
    expect(wordsOf(box.querySelector("ins"))).toBe("Inserted: shall");
    expect(wordsOf(box)).toContain("A paragraph was removed.");
    expect(wordsOf(box)).toContain("The chair gavelled as agreed: paragraph 1.");
    expect(wordsOf(box)).toContain(
      "The chair moved a paragraph to the chair's summary; it is now paragraph 1 of the chair's summary.",
    );
  });

  test("[PAG5] a removed paragraph is still at its address, with its last words and a word of explanation", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should wait.")).removes(2).circulates();
    const page = await documentOf(await get(talks));
    const gone = page.querySelector(`.removed > #para-${idOf(2)}`);
    expect(wordsOf(gone)).toContain("no longer in the text");
    expect(wordsOf(gone)).toContain("States should wait.");
    expect(wordsOf(page.querySelector("#consensus"))).not.toContain("States should wait.");
  });

  test("[PAG6] a first circulation has nothing to compare with", async () => {
    const page = await documentOf(await get(aNegotiation(p("States should cooperate."))));
    expect(wordsOf(page.querySelector(".changes"))).toContain("circulated for the first time");
  });

  test("[PAG6] on screen it is what the last hour brought", async () => {
    const talks = aNegotiationWith({ method: "on-screen" }, p("States should cooperate."));
    talks.now = (talks.now + 2 * 3_600_000) as typeof talks.now;
    talks.writes(1, "States shall cooperate.").circulates().writes(1, "States will cooperate.").circulates();
    const page = await documentOf(await get(talks));
    expect(wordsOf(page.querySelector(".changes del"))).toBe("Deleted: should");
    expect(wordsOf(page.querySelector(".changes ins"))).toBe("Inserted: will");
  });
});

describe("hostile words", () => {
  const hostile = `<script>alert(1)</script><img src=x onerror="alert(1)">' "&amp; </style></title>`;

  test("[PAG3] stay words: in the text, the title, names, notes and reasons", async () => {
    const note = { t: "footnote", id: "n1", text: hostile } as const;
    const talks = aNegotiationWith(
      {
        title: hostile,
        disclosure: "open",
        delegations: [{ code: "XAA" as never, name: hostile, kind: "member-state", regionalGroup: "none" }],
      },
      h(hostile),
      p([{ t: "text", text: hostile, marks: ["strong"] }, note]),
    );
    talks.objects("XAA", 2, { reason: hostile, remedy: { kind: "other", text: hostile } });
    talks.writes(2, `${hostile} again`).circulates(hostile);
    const text = await (await get(talks)).text();
    expect(text).not.toMatch(/<script|<img/);
    const page = new JSDOM(text).window.document;
    expect(page.querySelectorAll("script, img")).toHaveLength(0);
    expect(wordsOf(page.querySelector("h1"))).toBe(hostile);
    for (const path of ["/n/working-group/record", "/n/working-group/overview", "/", "/n"]) {
      expect(await (await fetch(site.base + path)).text()).not.toMatch(/<script|<img/);
    }
  });
});

describe("weight", () => {
  test("[PAG1] 300 paragraphs and their changes are at most 60 kB compressed, in the page and its stylesheet", async () => {
    const talks = aNegotiation(...bigReport(300));
    for (const [index, { kind, part }] of talks.text.entries()) {
      if (kind === "paragraph" && part === "consensus" && index % 3 === 0) talks.objects("XAA", index + 1);
    }
    for (let index = 2; index < 60; index += 2) talks.writes(index, `States shall take note of item ${index}.`);
    talks.circulates();
    const html = await (await get(talks)).text();
    expect(html).not.toContain("<script");
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)![1]!;
    const { body } = await asBrowser(`${site.base}/n/working-group`, { "Accept-Encoding": "br" });
    expect(brotliDecompressSync(body).toString()).toBe(html);
    const { body: css } = await asBrowser(site.base + href, {});
    expect(body.length + gzipSync(css).length).toBeLessThan(60_000);
  });
});

describe("the exported file", () => {
  test("is the same page with its stylesheet inside, and leads nowhere else", async () => {
    const talks = aNegotiation(h("Threats"), p("States recalled."), s("Some States proposed."));
    const html = toHtml(talks, thePublic);
    site = await aSite([]);
    const page = new JSDOM(html).window.document;
    expect(page.querySelector("style")?.textContent).toContain(".map > ul > li");
    expect([...page.querySelectorAll("link")].map(({ rel, href }) => [rel, href.slice(0, 5)])).toEqual([
      ["icon", "data:"],
    ]);
    const targets = [...page.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(targets.filter((href) => !href?.startsWith("#"))).toEqual([]);
    expect(wordsOf(page.querySelector("#chairs-summary .para .words"))).toBe("Some States proposed.");
  });
});
