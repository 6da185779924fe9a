import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";

import { troublePage } from "../../../server/http/pages/trouble.tsx";
import { htmlOf } from "../../../server/http/pages/document.tsx";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import type { ProposalId } from "../../../shared/domain/values.ts";
import { aNegotiation, aNegotiationWith, h, idOf, p } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";

let site: Site;
afterEach(() => site.stop());

const wordsOf = (element: Element | null | undefined): string =>
  element?.textContent?.replace(/\s+/g, " ").trim() ?? "";

async function page(path: string): Promise<Document> {
  return new JSDOM(await (await fetch(site.base + path)).text()).window.document;
}

describe("the record", () => {
  const record = "/n/working-group/record";

  test("[PAG10] tells every entry in a sentence, newest first, and that the chain holds", async () => {
    const talks = aNegotiationWith(
      { disclosure: "open" },
      h("Threats"),
      p("States should cooperate."),
      p("States wait."),
    );
    const objection = talks.objects("XAA", 2, { reason: "Too soon." });
    talks.withdraws("XAA", objection).gavels(2).reopens(2, "New wording.").moves(3, "chair-summary");
    site = await aSite([talks]);
    const log = await page(record);
    expect(wordsOf(log.querySelector("#chain"))).toBe(
      `✓ The chain is intact: ${talks.record.seq} entries were checked.`,
    );
    const sentences = [...log.querySelectorAll(".log tbody tr")].map((row) =>
      wordsOf(row.querySelector("td:nth-child(3)")),
    );
    expect(sentences.slice(0, 6)).toEqual([
      "The chair moved a paragraph to the chair's summary; it is now paragraph 1 of the chair's summary (Person of chair)Reason: no consensus at this stage",
      "The chair reopened paragraph 1 (Person of chair)Reason: New wording.",
      "The chair gavelled paragraph 1 as agreed (Person of chair)",
      "Freedonia withdrew its objection to paragraph 1",
      "Freedonia objected to paragraph 1Reason: Too soon.",
      "The chair circulated the text for the first time (Person of chair)3 paragraphs and headings changed",
    ]);
    expect(sentences.at(-1)).toBe(
      "The chair opened the negotiation “Draft report of the working group” (Person of chair)",
    );
  });

  test("[PAG10] an entry that may not be seen is there, sealed, and says nothing", async () => {
    const talks = aNegotiation(p("States should cooperate.")).takesSeat("delegation:XAB").gavels(1);
    site = await aSite([talks]);
    const log = await page(record);
    const sealed = log.querySelector(".sealed");
    expect(wordsOf(sealed)).toMatch(/^\d+Sealed: you may not see this entry[0-9a-f]{12}$/);
    expect(wordsOf(log.body)).toContain("1 of them is sealed for you");
    expect(wordsOf(log.body)).not.toContain("Person of delegation:XAB");
  });

  test("[DIS5] whose proposal an entry is about is not told to who may not know it", async () => {
    const talks = aNegotiationWith({ disclosure: "delegations" }, p("States should cooperate."));
    const proposal = talks.does("delegation:XAA", {
      kind: "table-proposal",
      change: "replace",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      text: "States shall cooperate.",
    }) as ProposalId;
    talks.does("delegation:XAB", { kind: "cosponsor", proposal });
    talks.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "Not now." });
    site = await aSite([talks], { seats: ["delegation:XAC"] });
    for (const path of [record, `/n/working-group/p/${idOf(1)}`]) {
      const known = wordsOf((await page(`${path}?seat=delegation:XAC`)).querySelector("main"));
      expect(known).toContain("proposal of Freedonia");
      const log = wordsOf((await page(`${path}?seat=public`)).querySelector("main"));
      expect(log).toContain("the proposal of a delegation");
      expect(log).not.toMatch(/proposal of (?:Freedonia|Sylvania)|Freedonia proposed|Sylvania co-sponsored/);
    }
  });

  test("[PAG10] a broken chain is said, with the first entry that does not fit", async () => {
    const talks = aNegotiation(p("States should cooperate.")).gavels(1);
    const honest = aNegotiation(p("States should cooperate.")).gavels(1);
    talks.frame = (viewer, after) => {
      const whole = honest.frame(viewer, after);
      const forged = (entry: SeenEntry): SeenEntry => (entry.seq === 3 ? { ...entry, hash: "f".repeat(64) } : entry);
      return { ...whole, events: whole.events.map(forged) };
    };
    site = await aSite([talks]);
    const log = await page(record);
    expect(wordsOf(log.querySelector('[role="alert"]'))).toContain("The chain is broken at entry 3");
  });

  test("[PAG4] a seat reads what it may see, and must be named when there are several", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1, { reason: "Between States." });
    site = await aSite([talks], { seats: ["delegation:XAB", "chair"] });
    expect(wordsOf((await page(record)).querySelector("h1"))).toBe("Which seat?");
    expect(wordsOf((await page(`${record}?seat=delegation:XAB`)).body)).toContain("Between States.");
    expect(wordsOf((await page(`${record}?seat=public`)).body)).not.toContain("Between States.");
    expect((await fetch(`${site.base}${record}?seat=delegation:XAC`)).status).toBe(403);
  });

  test("[PAG10] is made once for each audience until an entry comes, and no audience gets that of another", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1, { reason: "Between States." });
    let made = 0;
    const frame = talks.frame.bind(talks);
    talks.frame = (viewer, after) => {
      made++;
      return frame(viewer, after);
    };
    site = await aSite([talks], { seats: ["delegation:XAB", "chair"] });
    const read = async (seat: string): Promise<string> => {
      const answer = await fetch(`${site.base}${record}?seat=${seat}`);
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      return answer.text();
    };
    const first = await read("delegation:XAB");
    expect(await read("delegation:XAB")).toBe(first);
    expect(made).toBe(1);
    expect(await read("public")).not.toContain("Between States.");
    expect(await read("delegation:XAB")).toContain("Between States.");
    expect(made).toBe(2);
    talks.supports("XAB", 1);
    expect(await read("delegation:XAB")).toContain("Sylvania supported");
    expect(made).toBe(3);
  });

  test("can be filtered by paragraph and kind", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
    talks.objects("XAA", 1);
    talks.supports("XAA", 2);
    talks.gavels(2);
    site = await aSite([talks]);
    const rows = async (query: string): Promise<number> =>
      (await page(record + query)).querySelectorAll(".log tbody tr").length;
    expect(await rows(`?paragraph=${idOf(2)}`)).toBe(3);
    expect(await rows(`?paragraph=${idOf(2)}&kind=positions`)).toBe(1);
    expect(await rows("?kind=decisions")).toBe(1);
    expect(await rows(`?paragraph=nonsense&kind=nonsense`)).toBe(talks.record.seq);
    expect(wordsOf((await page(`${record}?paragraph=${idOf(1)}&kind=decisions`)).body)).toContain("No entry matches");
  });

  test("comes in pages of a hundred", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    for (let round = 0; round < 60; round++) talks.withdraws("XAA", talks.objects("XAA", 1));
    site = await aSite([talks]);
    const first = await page(record);
    expect(first.querySelectorAll(".log tbody tr")).toHaveLength(100);
    const older = first.querySelector(".pager a")!.getAttribute("href")!;
    const rest = await page(older);
    expect(rest.querySelectorAll(".log tbody tr")).toHaveLength(talks.record.seq - 100);
    expect(wordsOf(rest.querySelector(".log tbody tr:last-child th"))).toBe("1");
  });

  test("can be downloaded as its viewer may have it", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1);
    site = await aSite([talks]);
    const frame = (await (await fetch(`${site.base}${record}.json`)).json()) as { events: unknown[]; upTo: number };
    expect(frame.upTo).toBe(talks.record.seq);
    expect(frame.events).toHaveLength(talks.record.seq);
  });
});

describe("the overview", () => {
  const overview = "/n/working-group/overview";
  const disputed = (disclosure: "closed" | "delegations" | "open" = "delegations") => {
    const talks = aNegotiationWith(
      { disclosure },
      p("States should cooperate."),
      p("States should [consult]."),
      p("All wait."),
    );
    talks.objects("XAA", 1, { remedy: { kind: "replace", text: "may cooperate" } });
    talks.supports("XAB", 1);
    talks.reserves("XAA", 3);
    return talks;
  };

  test("[PAG11] a delegation sees who stands where, by regional group, in a table with headers", async () => {
    site = await aSite([disputed()], { seats: ["delegation:XAC"] });
    const table = (await page(overview)).querySelector("table")!;
    const rows = [...table.querySelectorAll("tr")].map((row) => [...row.children].map(wordsOf));
    expect(rows[1]).toEqual(["African States"]);
    expect(rows[2]).toEqual(["Freedonia", "✕Objection", "", "◐Reservation"]);
    expect(rows.flat()).toContain("1 delegation has stated nothing: Lunari.");
    expect(table.querySelectorAll("th[scope=row]")).toHaveLength(2);
  });

  test("[PAG11] and the smallest steps, with what would lift each objection", async () => {
    site = await aSite([disputed()], { seats: ["delegation:XAC"] });
    const steps = [...(await page(overview)).querySelectorAll(".steps li")].map(wordsOf);
    expect(steps).toContain(
      "Paragraph 1: objection to the words. Talk to Freedonia. About 2 words.What would lift it: Replace them with: “may cooperate”.",
    );
    expect(steps.some((step) => step.startsWith("Paragraph 2: open brackets"))).toBe(true);
  });

  test("[PAG11] the public sees counts and no names", async () => {
    site = await aSite([disputed()]);
    const seen = await page(overview);
    expect(wordsOf(seen.body)).not.toMatch(/Freedonia|may cooperate/);
    const [first] = [...seen.querySelectorAll("tbody tr")].map((row) => [...row.children].map(wordsOf));
    expect(first).toEqual(["1", "✕ Contested", "1", "", "", "", "", "", "1"]);
  });

  test("[PAG11] the public of a closed negotiation sees neither", async () => {
    site = await aSite([disputed("closed")]);
    const seen = await page(overview);
    expect(seen.querySelector('table:not([aria-labelledby="brackets"] *)')).toBeNull();
    expect(wordsOf(seen.body)).not.toMatch(/Freedonia|Smallest steps/);
  });

  test("[BRA12] everyone sees the open brackets of what everyone reads, by section", async () => {
    site = await aSite([disputed("closed")]);
    const table = (await page(overview)).querySelector('[aria-labelledby="brackets"] table')!;
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => wordsOf(cell)));
    expect(rows).toEqual([
      ["Before the first heading", "1"],
      ["In all", "1"],
    ]);
  });
});

describe("the front page and signing in", () => {
  test("lists what is open to all, and one’s own seats first", async () => {
    const talks = aNegotiation(p("States should cooperate.")).gavels(1);
    site = await aSite([talks], { seats: ["delegation:XAA"], mayOpen: true });
    const front = await page("/");
    const card = front.querySelector(".card")!;
    expect(wordsOf(card)).toContain("1 of 1 paragraph agreed");
    expect([...card.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
      "/n/working-group",
      "/n/working-group/desk/delegation:XAA",
      "/n/working-group/desk/delegation:XAA/light",
    ]);
    expect(front.querySelector('a[href="/new"]')).not.toBeNull();
    expect(front.querySelector('a[href="/demo"]')).toBeNull();
  });

  test("says of an adopted report how it was adopted", async () => {
    const talks = aNegotiation(p("States should cooperate.")).gavels(1);
    talks.does("chair", { kind: "adopt" });
    site = await aSite([talks]);
    const card = (await page("/")).querySelector(".card");
    expect(wordsOf(card)).toContain("Adopted by consensus on");
    expect(wordsOf(card)).not.toContain("agreed");
  });

  test("a draft that was never circulated is listed only for those who sit in it", async () => {
    const talks = aNegotiationWith({ circulated: false }, p("Unseen."));
    site = await aSite([talks], { demo: true });
    const front = await page("/n");
    expect(wordsOf(front.querySelector("main"))).toContain("There is no negotiation here yet");
    expect((await page("/")).querySelector('a[href="/demo"]')).not.toBeNull();
  });

  test("[PAG12] a link’s page has a button that posts, and says for which seat", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    site = await aSite([talks], {
      links: {
        fresh: { state: "good", title: "Draft report of the working group", seat: "delegation:XAD" },
        opener: { state: "good", title: null, seat: "opener" },
        old: { state: "used" },
        late: { state: "expired" },
      },
    });
    const enter = await page("/enter/fresh");
    expect(wordsOf(enter.querySelector(".seat"))).toBe("Lunari");
    const form = enter.querySelector("form")!;
    expect([form.method, form.getAttribute("action"), wordsOf(form.querySelector("button"))]).toEqual([
      "post",
      "/enter/fresh",
      "Enter",
    ]);
    expect(wordsOf((await page("/enter/opener")).body)).toContain("invited to open negotiations");
    for (const [token, title] of [
      ["old", "This link was used"],
      ["late", "This link has expired"],
      ["<b>", "This link is not known here"],
    ] as const) {
      const answer = await fetch(`${site.base}/enter/${encodeURIComponent(token)}`);
      expect(answer.status).toBe(410);
      const refused = new JSDOM(await answer.text()).window.document;
      expect(wordsOf(refused.querySelector("h1"))).toBe(title);
      expect(refused.querySelector("form")).toBeNull();
    }
  });

  test("signing out is asked, and posted", async () => {
    site = await aSite([]);
    const form = (await page("/sign-out")).querySelector("form")!;
    expect([form.method, form.getAttribute("action")]).toEqual(["post", "/sign-out"]);
  });
});

describe("when something is not possible", () => {
  test.each([
    [401, "Your seat does not open this page"],
    [403, "Your seat does not open this page"],
    [404, "There is nothing at this address"],
    [422, "This form could not be read"],
    [429, "Too many requests"],
    [500, "Something went wrong on the server"],
    [503, "The server cannot save at the moment"],
  ])("%d says what happened, what was kept and what to do", async (status, title) => {
    site = await aSite([]);
    const html = htmlOf(troublePage(status, "ref-77"));
    expect(wordsOf(new JSDOM(html).window.document.querySelector("h1"))).toBe(title);
    if (status >= 500) expect(html).toContain("ref-77");
  });
});
