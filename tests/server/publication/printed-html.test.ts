/** The report as one HTML file, for review, as a compilation and against a version (SPEC: PUB14). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { toPrintedHtml } from "../../../server/publication/printed-html.tsx";
import type { PrintedReport } from "../../../server/publication/printed-report.ts";
import { modes, printSections } from "../../../server/publication/printed-report.ts";
import { statusTable } from "../../../server/publication/status-table.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import { printableOf, printed } from "../../support/printed.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Colours are seen in a real browser only, on the public page, whose stylesheet it is. */
const check = 'axe.run({ rules: { "color-contrast": { enabled: false } } })';
const voice = voiceIn("en");

async function pageOf(report: PrintedReport): Promise<JSDOM["window"]> {
  const html = Buffer.from(await toPrintedHtml(report, voice)).toString("utf8");
  return new JSDOM(html, { runScripts: "outside-only" }).window;
}

function talked(): ANegotiation {
  const talks = aNegotiation(
    h("Norms"),
    p([
      { t: "text", text: "As in " },
      { t: "ref", to: idOf(3) },
      { t: "footnote", id: "f1", text: "See <b>A/75/816</b>." },
    ]),
    p("States should cooperate."),
    p("ينبغي للدول أن تتعاون."),
    s("Some spoke."),
  );
  talks.does("chair", { kind: "issue-version" });
  talks.objects("XAA", 3, { reason: "Too early.", span: talks.spanOf(3, "cooperate") });
  talks.does("delegation:XAB", {
    kind: "table-proposal",
    paragraph: idOf(3),
    wording: talks.wordingOf(3),
    text: "States shall cooperate.",
    reason: "Stronger.",
  });
  return talks;
}

test("[PUB14] in review, changes say whose they are, and positions stand under their paragraph", async () => {
  const { document } = await pageOf(printed(talked(), "review"));
  const paragraph = document.getElementById(`para-${idOf(3)}`)!;
  const [removed, added] = [paragraph.querySelector("del")!, paragraph.querySelector("ins")!];
  expect([removed.title, removed.lastChild?.textContent]).toEqual(["Sylvania", "should"]);
  expect([added.title, added.lastChild?.textContent]).toEqual(["Sylvania", "shall"]);
  expect(added.nextElementSibling?.textContent).toBe("Sylvania");
  const remark = paragraph.querySelector(".said li")!;
  expect(remark.textContent).toContain("Freedonia 5 November 2026: ObjectionToo early.");
  expect(document.querySelector(`.words a[href="#${remark.id}"]`)?.getAttribute("aria-label")).toBe("Freedonia");
  expect(document.querySelector(`#para-${idOf(2)} .words a`)?.getAttribute("href")).toBe(`#para-${idOf(3)}`);
  expect(document.querySelector("#note-1 > span")?.textContent).toBe("See <b>A/75/816</b>.");
  expect(document.getElementById(`para-${idOf(4)}`)?.getAttribute("dir")).toBe("rtl");
});

test("[PUB14] a compilation has the proposals under their paragraph", async () => {
  const { document } = await pageOf(printed(talked(), "compilation"));
  const proposal = document.querySelector(`#para-${idOf(3)} .proposal`);
  expect([...proposal!.children].map((line) => line.textContent)).toEqual([
    "Sylvania: other words",
    "States Deleted: shouldInserted: shall cooperate.",
    "Reason: Stronger.",
  ]);
});

test("[PUB14] the file needs no script and nothing from elsewhere, has each anchor once, and axe finds nothing", async () => {
  const talks = talked();
  const status = printSections(
    printableOf(talks, { kind: "team" }),
    { address: "https://drafting.example.org/n/working-group", now: talks.now, voice },
    statusTable(printableOf(talks, { kind: "team" }), voice),
  );
  const against = talks.record.versions[0]!;
  talks.removes(3).moves(4, "chair-summary").circulates();
  const all = [
    ...modes.map((mode) => printed(talks, mode)),
    printed(talks, "review", { kind: "team" }, against),
    status,
  ];
  for (const report of all) {
    const window = await pageOf(report);
    const { document } = window;
    expect(document.querySelectorAll("script, link:not([rel=icon]), img, iframe").length).toBe(0);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
    window.eval(axe);
    const { violations } = (await window.eval(check)) as { violations: readonly { id: string }[] };
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
});

test("[PUB1] what a viewer may not know is not in the file", async () => {
  for (const mode of modes) {
    const { document } = await pageOf(printed(talked(), mode, thePublic));
    for (const secret of ["Too early", "Freedonia", "Sylvania", "shall cooperate", "Stronger"])
      expect(document.documentElement.outerHTML).not.toContain(secret);
  }
});
