/** The report in Akoma Ntoso (SPEC: PUB13). */
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { toAkn } from "../../../server/publication/akn.ts";
import type { PrintedReport } from "../../../server/publication/printed-report.ts";
import { modes, print } from "../../../server/publication/printed-report.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import { importText } from "../../../shared/domain/import-text.ts";
import type { Block } from "../../../shared/domain/text.ts";
import { flatText } from "../../../shared/domain/text.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { ProposalId } from "../../../shared/domain/values.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { faultsOf } from "../../support/akoma-ntoso.ts";
import type { ANegotiation, Sketch } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import { akomaNtoso, bracketedDrafts, declarationInArabic } from "../../support/negotiated-texts.ts";
import { printed } from "../../support/printed.ts";
import { chance } from "../../support/random.ts";
import { demo, record } from "../demo/support.ts";

const { DOMParser } = new JSDOM().window;
const voice = voiceIn("en");

const xmlOf = async (report: PrintedReport): Promise<string> =>
  Buffer.from(await toAkn(report, voice)).toString("utf8");

function read(xml: string): Document {
  const document = new DOMParser().parseFromString(xml, "application/xml");
  const wrong = document.querySelector("parsererror");
  if (wrong) throw new Error(wrong.textContent);
  return document;
}
const textOf = (element: Element | null | undefined): string => element?.textContent ?? "";

/** One with all that a report can hold. */
function everything(): ANegotiation {
  const talks = aNegotiation(
    h("Norms"),
    h("In general", 1),
    p([
      { t: "text", text: "As in " },
      { t: "ref", to: idOf(5) },
      { t: "text", text: ", States " },
      { t: "text", text: "agree", marks: ["strong", "em"] },
      { t: "footnote", id: "f1", text: "See A/75/816." },
    ]),
    h("In particular", 2),
    p("States should cooperate."),
    p("through contact points;", 1),
    p("by telephone.", 2),
    p("States should consult."),
    h("Measures"),
    p("by letter;", 1),
    s("Some spoke."),
  );
  talks.does("chair", { kind: "issue-version" });
  const proposes = (code: string, index: number, more: object): ProposalId =>
    talks.does(`delegation:${code}`, {
      kind: "table-proposal",
      paragraph: idOf(index),
      wording: talks.wordingOf(index),
      ...more,
    } as never)! as ProposalId;
  talks.objects("XAA", 5, { reason: "Too early.", span: talks.spanOf(5, "should") });
  talks.reserves("XAB", 3, "Awaiting the capital.");
  proposes("XAA", 5, { text: "States shall cooperate." });
  proposes("XAB", 6, { change: "delete" });
  proposes("XAC", 8, { change: "insert-after", text: "States should train." });
  const refused = proposes("XAD", 3, { text: "As ever, States agree.", reason: "Shorter." });
  talks.does("chair", { kind: "dispose-proposal", proposal: refused, fate: "not-taken-up", reason: "No support." });
  talks.writes(8, "States should consult often.").removes(7).circulates();
  return talks;
}

test("[PUB13] a paragraph has its permanent id, its number as text, and an id that follows from its place", async () => {
  const document = read(await xmlOf(printed(everything(), "clean")));
  const at = (index: number): Element | null => document.querySelector(`[wId="${idOf(index)}"]`);
  expect([at(1), at(2), at(4), at(5), at(6)].map((one) => one?.tagName)).toEqual([
    "section",
    "subsection",
    "hcontainer",
    "paragraph",
    "subparagraph",
  ]);
  expect(textOf(at(5)?.querySelector("num"))).toBe("2.");
  expect(at(6)?.getAttribute("eId")).toBe("part_1__sec_1__subsec_1__hcontainer_1__para_1__subpara_1");
  expect(textOf(at(6)?.querySelector("num"))).toBe("(a)");
  expect(textOf(at(3)?.querySelector("authorialNote"))).toBe("See A/75/816.");
  expect(at(3)?.querySelector("ref")?.getAttribute("href")).toBe(`#${at(5)?.getAttribute("eId")}`);
  const ids = [...document.querySelectorAll("[eId]")].map((one) => one.getAttribute("eId"));
  expect(new Set(ids).size).toBe(ids.length);
});

test("[PUB13] in review, proposals are insertions and deletions that refer to who proposes, positions are notes", async () => {
  const document = read(await xmlOf(printed(everything(), "review")));
  const named = (element: Element | null): string =>
    document.querySelector(`[eId="${element?.getAttribute("refersTo")?.slice(1)}"]`)?.getAttribute("showAs") ?? "";
  const paragraph = document.querySelector(`[wId="${idOf(5)}"]`)!;
  const [removed, added] = [paragraph.querySelector("del"), paragraph.querySelector("ins")];
  expect([textOf(removed), textOf(added)]).toEqual(["should", "shall"]);
  expect([named(removed), named(added)]).toEqual(["Freedonia", "Freedonia"]);
  const noteOf = (wId: string): Element | null => {
    const reference = document.querySelector(`[wId="${wId}"] noteRef`)?.getAttribute("href")?.slice(1);
    return document.querySelector(`notes > note[eId="${reference}"]`);
  };
  expect(textOf(noteOf(idOf(5)))).toBe("Freedonia: ObjectionToo early.");
  expect(named(noteOf(idOf(3)))).toBe("Sylvania");
});

function bracketed(): ANegotiation {
  const talks = aNegotiation(
    p([
      { t: "text", text: "States [shall] [", marks: ["strong"] },
      { t: "text", text: "must [always]] act [" },
    ]),
    p("They meet."),
    p("They may meet."),
  );
  talks.does("chair", { kind: "group-alternatives", paragraphs: [idOf(2), idOf(3)] });
  return talks.circulates();
}

test("[PUB13] brackets are elements, one in the other, and alternatives say to which", async () => {
  const document = read(await xmlOf(printed(bracketed(), "clean")));
  const paragraph = document.querySelector(`[wId="${idOf(1)}"]`)!;
  const brackets = [...paragraph.querySelectorAll("inline[name=bracket]")];
  expect(brackets.map(textOf)).toEqual(["[shall]", "[must [always]]", "[always]"]);
  expect(brackets[2]!.parentElement).toBe(brackets[1]);
  expect(textOf(paragraph.querySelector("p"))).toBe("States [shall] [must [always]] act [");
  const [first, second] = [2, 3].map((index) => document.querySelector(`[wId="${idOf(index)}"]`)!);
  expect(first!.getAttribute("alternativeTo")).toBeNull();
  expect(second!.getAttribute("alternativeTo")).toBe(first!.getAttribute("eId"));
});

function adopted(): ANegotiation {
  const talks = aNegotiation(p("ينبغي للدول أن تتعاون."), p("States meet."));
  talks.gavels(1);
  talks.gavels(2);
  talks.does("chair", { kind: "adopt" });
  return talks;
}

test("[PUB13] its workflow tells when it was circulated and adopted, and words in another script say so", async () => {
  const outcomes = (document: Document): readonly (string | null)[] =>
    [...document.querySelectorAll("workflow > step")].map((step) => step.getAttribute("outcome"));
  expect(outcomes(read(await xmlOf(printed(everything(), "clean"))))).toEqual(["#circulated"]);
  const document = read(await xmlOf(printed(adopted(), "clean")));
  expect(outcomes(document)).toEqual(["#circulated", "#adoptedByConsensus"]);
  expect(document.querySelector(`[eId="adoptedByConsensus"]`)?.getAttribute("showAs")).toContain(
    "Adopted by consensus",
  );
  expect(document.querySelector(`[wId="${idOf(1)}"]`)?.getAttribute("xml:lang")).toBe("und-Arab");
  expect(document.querySelector(`[wId="${idOf(2)}"]`)?.hasAttribute("xml:lang")).toBe(false);
});

test("[PUB1] what a viewer may not know is not in the file", async () => {
  for (const mode of modes) {
    const xml = await xmlOf(printed(everything(), mode, thePublic));
    for (const secret of ["Too early", "Freedonia", "Sylvania", "shall cooperate", "Shorter"])
      expect(xml).not.toContain(secret);
  }
});

/** Any text at all, as one paragraph of a report. */
function anything(seed: number): ANegotiation {
  const random = chance(seed);
  const letters = ["a", "&", "<", ">", '"', "]]>", "<!--", "\u0000", "\u0007", "\uFFFE", "é", "🕊", "日", "ع", " "];
  const text = (): string => `x${Array.from({ length: 20 }, () => letters[random.below(letters.length)]).join("")}y`;
  const talks = aNegotiation(h(text()), p(text()), p([{ t: "footnote", id: "f", text: text() }]), s(text()));
  talks.objects("XAA", 2, { reason: text() });
  return talks;
}

test("[PUB9] whatever is written in it, the file can be read", async () => {
  const seed = Number(process.env["SEED"] ?? 13);
  for (let round = 0; round < 20; round++) {
    const talks = anything(seed + round);
    const document = read(await xmlOf(printed(talks, "review")));
    const said = textOf(document.querySelector(`[wId="${idOf(2)}"] p`));
    // oxlint-disable-next-line no-control-regex -- they are what is left out
    const kept = flatText(talks.text[1]!.content).replace(/[\u0000-\u0008\uFFFE]/g, "");
    expect(said, `seed ${seed + round}`).toBe(kept);
  }
});

describe.runIf(akomaNtoso !== null)("by the schema of the standard", () => {
  test("[PUB13] reports in every mode, compared, of the demo and with any text, are valid", async () => {
    const talks = everything();
    const files: Record<string, string> = {};
    for (const mode of modes) {
      files[`everything-${mode}.xml`] = await xmlOf(printed(talks, mode));
      const { numbers } = numbersToday(record, demo.text);
      const report = composeReport(record, demo.text, { kind: "team" });
      const text = { text: demo.text, numbers, label: "Today" };
      files[`demo-${mode}.xml`] = await xmlOf(
        print(
          { report, text, version: null, against: null, only: undefined },
          { mode, address: "https://drafting.example.org/n/demo", now: talks.now, voice },
        ),
      );
      files[`empty-${mode}.xml`] = await xmlOf(printed(aNegotiation(), mode));
    }
    files["bracketed.xml"] = await xmlOf(printed(bracketed(), "review"));
    files["adopted.xml"] = await xmlOf(printed(adopted(), "clean"));
    files["against.xml"] = await xmlOf(printed(talks, "review", { kind: "team" }, talks.record.versions[0]));
    for (let seed = 0; seed < 5; seed++) files[`anything-${seed}.xml`] = await xmlOf(printed(anything(seed), "review"));
    expect(await faultsOf(files)).toEqual([]);
  });

  test("[ADO6] what was corrected after the adoption is valid", async () => {
    const talks = aNegotiation(p("States should cooperate closly."));
    talks.does("chair", { kind: "adopt" });
    talks.does("chair", {
      kind: "editorial-correction",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      text: "States should cooperate closely.",
      reason: "Spelling.",
    });
    const xml = await xmlOf(printed(talks, "clean", thePublic));
    expect(xml).toContain("Was: States should cooperate closly.");
    expect(await faultsOf({ corrected: xml })).toEqual([]);
  });

  test("[PUB13] real drafts and an Arabic text are valid", async () => {
    const sketched = (text: readonly Block[]): Sketch[] =>
      text.map(({ kind, level, part, content }) => ({ kind, level, part, content }));
    const drafts = bracketedDrafts.map(({ markdown }) => {
      let count = 0;
      return sketched(importText(markdown, "markdown", () => idOf(++count)).text);
    });
    const arabic = declarationInArabic.map((words, index) => (index % 10 === 0 ? h(words) : p(words)));
    expect(arabic.length).toBeGreaterThan(80);
    const files: Record<string, string> = {};
    for (const [index, sketches] of [...drafts, arabic].entries())
      files[`draft-${index}.xml`] = await xmlOf(printed(aNegotiation(...sketches), "review"));
    expect(await faultsOf(files)).toEqual([]);
  });
});
