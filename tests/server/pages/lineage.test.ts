/** The life of a paragraph and the lineage of a text, on pages and in files (SPEC: LIN). */
import { parse as parseCsv } from "csv-parse/sync";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";
import { lineageOf } from "../../../shared/domain/lineage.ts";
import { lineageRows } from "../../../shared/domain/seen-lineage.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { DelegationCode, EpochMs, ParagraphId, ProposalId, SilenceId } from "../../../shared/domain/values.ts";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { lineageAsCsv, lineageAsJson } from "../../../server/publication/lineage.ts";
import type { DisclosurePreset } from "../../../shared/domain/entries.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, aNegotiationWith, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";

let site: Site | null = null;
afterEach(async () => {
  await site?.stop();
  site = null;
});

const tail = "States should also share what they learn from incidents.";

/** Two proposals bridged with words of the chair's own, and a paragraph split. */
function bridged(disclosure: DisclosurePreset): ANegotiation {
  const talks = aNegotiationWith(
    { disclosure },
    p("States should cooperate on security."),
    p(`States reaffirm the norms. ${tail}`),
    s("Some States proposed a convention."),
  );
  talks.does("chair", { kind: "issue-version", label: "Zero draft" });
  const proposes = (code: string, text: string): ProposalId =>
    talks.does(`delegation:${code}`, {
      kind: "table-proposal",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      text,
    }) as ProposalId;
  const first = proposes("XAA", "States should urgently cooperate on security.");
  const second = proposes("XAB", "States should cooperate on security, within their capacities.");
  talks.does("chair", {
    kind: "merge-proposals",
    paragraph: idOf(1),
    wording: talks.wordingOf(1),
    text: "States should urgently cooperate on security, within their capacities, and report.",
    proposals: [first, second],
    reason: "Both were heard.",
  });
  talks.writes(2, "States reaffirm the norms.");
  const [norms] = talks.text.filter(({ id }) => id === idOf(2));
  const split = { ...norms!, id: idOf(9), content: [{ t: "text" as const, text: tail }] };
  talks.text = talks.text.toSpliced(2, 0, split);
  const covers = differencesOf(talks.record, talks.text).filter(({ open }) => open.length > 0);
  talks.does("chair", {
    kind: "issue-version",
    label: "Rev.1",
    covers: covers.map(({ id }) => ({ paragraph: id, reason: "Clearer in two." })),
  });
  return talks;
}

async function life(talks: ANegotiation, id: ParagraphId, seat?: string): Promise<Document> {
  site = await aSite([talks], seat ? { seats: [seat] } : {});
  const answer = await fetch(`${site.base}/n/working-group/p/${id}`);
  expect(answer.status).toBe(200);
  return new JSDOM(await answer.text()).window.document;
}

/** "words: source" for each stretch. */
function sources(page: Document): string[] {
  const meant = new Map(
    [...page.querySelectorAll(".sources > div")].map((one) => [
      one.id,
      one.querySelector("dd")!.textContent.replace(/\s+/g, " ").trim(),
    ]),
  );
  return [...page.querySelectorAll(".sourced .run")].map((run) => {
    const mark = run.nextElementSibling!.querySelector("a")!.getAttribute("href")!.slice(1);
    return `${run.textContent.trim()}: ${meant.get(mark)}`;
  });
}

test("[LIN4] the life of a paragraph goes on after a silence was announced: breaks, cancellation, what held, the adoption", async () => {
  const talks = aNegotiationWith(
    { disclosure: "delegations" },
    p("States should cooperate."),
    p("States should consult."),
  );
  const silence = (): SilenceId =>
    talks.does("chair", {
      kind: "announce-silence",
      scope: [idOf(1)],
      deadline: (talks.record.at + 80 * 3_600_000) as EpochMs,
      zone: "UTC",
    }) as SilenceId;
  const procedure = silence();
  talks.does("delegation:XAA", { kind: "break-silence", procedure });
  talks.does("chair", { kind: "cancel-silence", procedure, reason: "More time is needed." });
  talks.withdraws("XAA", [...talks.record.positions.keys()].at(-1)!);
  talks.does("chair", { kind: "issue-version", label: "Rev.1" });
  talks.does("chair", { kind: "adopt" });
  site = await aSite([talks]);
  const lines = async (index: number): Promise<string[]> => {
    const page = new JSDOM(await (await fetch(`${site!.base}/n/working-group/p/${idOf(index)}`)).text());
    return [...page.window.document.querySelectorAll("ol.entries li")].map((one) => one.textContent);
  };
  const first = (await lines(1)).join("\n");
  for (const words of [
    "announced silence",
    "broke the silence",
    "cancelled",
    "More time is needed.",
    "adopted the report",
  ])
    expect(first).toContain(words);
  const second = (await lines(2)).join("\n");
  expect(second).not.toContain("silence");
  expect(second).toContain("adopted the report");
});

describe("the life of a paragraph", () => {
  test("[LIN2] [LIN4] names for each stretch of words its version, its act and who contributed it", async () => {
    const page = await life(bridged("open"), idOf(1));
    expect(sources(page)).toEqual([
      "States should: Zero draft, Paragraph 1. As first drafted, the chair’s team entry 9",
      "urgently: Rev.1, Paragraph 1. Proposal, Freedonia: Both were heard. entry 12",
      "cooperate on security: Zero draft, Paragraph 1. As first drafted, the chair’s team entry 9",
      ", within their capacities: Rev.1, Paragraph 1. Proposal, Sylvania: Both were heard. entry 13",
      ", and report: Rev.1, Paragraph 1. Proposal, the chair’s team entry 13",
      ".: Zero draft, Paragraph 1. As first drafted, the chair’s team entry 9",
    ]);
    const versions = [...page.querySelectorAll(".moments h3")].map((one) => one.textContent);
    expect(versions).toMatchObject([expect.stringContaining("Zero draft"), expect.stringContaining("Rev.1")]);
    expect(page.querySelector(".entries")!.textContent).toContain("Freedonia proposed other wording for paragraph 1");
  });

  test("[LIN5] says no more of contributors than the viewer may know", async () => {
    const talks = bridged("closed");
    const everyone = sources(await life(talks, idOf(1)));
    expect(everyone.join()).not.toMatch(/Freedonia|Sylvania|Proposal|Both were heard/);
    expect(everyone[1]).toContain("urgently: Rev.1, Paragraph 1. Chair’s edit, the chair’s team");
    await site!.stop();
    const own = sources(await life(talks, idOf(1), "delegation:XAA")).join();
    expect(own).toContain("Freedonia");
    expect(own).not.toContain("Sylvania");
    await site!.stop();
    expect(sources(await life(talks, idOf(1), "secretariat")).join()).toMatch(/Freedonia.*Sylvania/s);
  });

  test("[LIN3] follows words to the paragraph they were split from, both ways", async () => {
    const talks = bridged("open");
    const page = await life(talks, idOf(9));
    expect(sources(page)).toEqual([`${tail}: Zero draft, Paragraph 2. As first drafted, the chair’s team entry 9`]);
    expect(page.querySelector(".moments")!.textContent).toContain("Words from paragraph 2");
    await site!.stop();
    const giver = await life(talks, idOf(2));
    expect(giver.querySelector(".moments")!.textContent).toContain("Words went to paragraph 3");
  });

  test("[LIN5] before a version says it, nothing of what the team says of its draft is told", async () => {
    const talks = bridged("open");
    talks.writes(2, "States firmly reaffirm the norms.");
    talks.does("secretariat", { kind: "cover-change", paragraph: idOf(2), reason: "A secret of the team." });
    talks.circulates();
    const page = await life(talks, idOf(2));
    expect(page.body.textContent).toContain("firmly");
    expect(page.body.textContent).not.toContain("A secret of the team.");
    await site!.stop();
    expect((await life(talks, idOf(2), "secretariat")).body.textContent).toContain("A secret of the team.");
  });

  test("[LIN4] is told of removed paragraphs too, and of none that nobody knows", async () => {
    const talks = bridged("open");
    talks.removes(2).circulates();
    const page = await life(talks, idOf(2));
    expect(page.querySelector("h1")!.textContent).toContain("a paragraph that was removed");
    for (const path of [`p/${idOf(77)}`, "p/nonsense"])
      expect((await fetch(`${site!.base}/n/working-group/${path}`)).status).toBe(404);
  });

  test("[LIN4] is a link beside each paragraph of the report", async () => {
    const talks = bridged("open");
    site = await aSite([talks]);
    const page = new JSDOM(await (await fetch(`${site.base}/n/working-group`)).text()).window.document;
    expect(page.querySelector(`#para-${idOf(9)} a.history`)!.getAttribute("href")).toBe(
      `/n/working-group/p/${idOf(9)}`,
    );
  });
});

describe("the table between two versions", () => {
  const rowsFor = (talks: ANegotiation, viewer: Viewer) => {
    const lineage = lineageOf(talks.entries);
    const [zero, rev] = lineage.steps;
    return {
      between: { from: zero!, to: rev! },
      rows: lineageRows({ lineage, entries: talks.entries, viewer }, zero!, rev!),
    };
  };

  test("[LIN6] gives new, old, contributors and how", () => {
    const { rows, between } = rowsFor(bridged("open"), thePublic);
    const table = parseCsv<Record<string, string>>(lineageAsCsv(rows, between.to), { bom: true, columns: true });
    expect(table.map((row) => [row["new"], row["old"], row["contributors"], row["how"]])).toEqual([
      ["1", "1", "the chair’s team; Freedonia; Sylvania", "Proposal"],
      ["2", "2", "the chair’s team", "Split"],
      ["3", "2", "the chair’s team", "Split"],
      ["1 of the chair's summary", "1 of the chair's summary", "the chair’s team", ""],
    ]);
    const json = JSON.parse(lineageAsJson(rows, between)) as { rows: { words: { text: string }[]; text: string }[] };
    for (const { words, text } of json.rows) expect(words.map((one) => one.text).join("")).toBe(text);
  });

  test("[LIN6] has the footnotes written out in its files", () => {
    const talks = aNegotiation(
      p([
        { t: "text", text: "Agreed" },
        { t: "footnote", id: "n1", text: "A/RES/1." },
      ]),
    );
    talks.does("chair", { kind: "issue-version" });
    const lineage = lineageOf(talks.entries);
    const rows = lineageRows({ lineage, entries: talks.entries, viewer: thePublic }, null, lineage.steps[0]!);
    const [row] = parseCsv<Record<string, string>>(lineageAsCsv(rows, lineage.steps[0]!), { bom: true, columns: true });
    expect(row!["text"]).toBe("Agreed¹\n¹ A/RES/1.");
  });

  test("[LIN5] names nobody to whom it may not", () => {
    const talks = bridged("delegations");
    expect(JSON.stringify(rowsFor(talks, thePublic).rows)).not.toMatch(/Freedonia|Both were heard/);
    const delegation = { kind: "delegation", code: "XAC" as DelegationCode } as const;
    expect(JSON.stringify(rowsFor(talks, delegation).rows)).toMatch(/Freedonia/);
  });

  test("[LIN6] is a page, from the beginning or from a version, and lists what was removed", async () => {
    const talks = bridged("open");
    talks.removes(2);
    talks.does("chair", { kind: "issue-version", covers: [{ paragraph: idOf(2), reason: "Dropped." }] });
    site = await aSite([talks]);
    const get = async (query: string) => {
      const answer = await fetch(`${site!.base}/n/working-group/lineage${query}`);
      return { status: answer.status, html: await answer.text() };
    };
    const page = await get("?from=zero-draft&to=rev-2");
    expect(page.html).toContain("Rev.2, and what it came of in Zero draft");
    expect(page.html).toContain("Dropped.");
    expect((await get("")).html).toContain("Rev.2, from the beginning");
    for (const query of ["?from=rev-9", "?to=rev-9", "?from=rev-2&to=rev-1"])
      expect((await get(query)).status).toBe(404);
  });
});
