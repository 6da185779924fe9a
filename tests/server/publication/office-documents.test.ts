/** The report as documents of office programs: each promise held by each format (SPEC: PUB). */
import { describe, expect, test } from "vitest";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { toDocx } from "../../../server/publication/docx.ts";
import { toOdt } from "../../../server/publication/odt.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, markedWords, p, s } from "../../support/negotiations.ts";
import { printed } from "../../support/printed.ts";
import { breakingLetters, keptLetters } from "../../support/breaking-letters.ts";
import { chance } from "../../support/random.ts";
import type { ReadDocument, ReadParagraph } from "../../support/read-docx.ts";
import { accepting, readDocx } from "../../support/read-docx.ts";
import { readOdt } from "../../support/read-odt.ts";

const voice = voiceIn("en");
const team: Viewer = { kind: "team" };
const sylvania: Viewer = { kind: "delegation", code: "XAB" as DelegationCode };

const paragraph = (read: ReadDocument, index: number): ReadParagraph => {
  const found = read.paragraphs.find(({ anchor }) => anchor?.startsWith(`para_${idOf(index)}`));
  if (!found) throw new Error(`block ${index} is not in the document`);
  return found;
};
const nobody = (): boolean => false;
const everybody = (): boolean => true;
const proposes = (talks: ANegotiation, code: string, index: number, more: object): string =>
  talks.does(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf(index),
    wording: talks.wordingOf(index),
    ...more,
  })!;

const words = "States should cooperate and share what they learn.";

const formats = [
  {
    name: "Word",
    write: toDocx,
    read: readDocx,
    main: "word/document.xml",
    footer: /^word\/footer\d*\.xml$/,
    pages: "NUMPAGES",
    counted: "w:numPr",
    tracked: /<w:(ins|del)\b/,
    bold: /<w:b\/>.*?agree/s,
  },
  {
    name: "OpenDocument",
    write: toOdt,
    read: readOdt,
    main: "content.xml",
    footer: /^styles\.xml$/,
    pages: "text:page-count",
    counted: "text:list",
    tracked: /<text:change/,
    bold: /"strong">agree/,
  },
];

describe.each(formats)(
  "in $name",
  ({ write, read: readBack, main, footer: inFooter, pages, counted, tracked, bold }) => {
    const written = async (...given: Parameters<typeof printed>): Promise<ReadDocument> =>
      readBack(await write(printed(...given), voice));

    test("[PUB2] every page says whether it is adopted, which state it is, and where it is read", async () => {
      const talks = aNegotiation(p(words));
      const { files } = await written(talks, "clean");
      const footer = Object.entries(files).find(([name]) => inFooter.test(name))?.[1];
      expect(footer).toContain("Not adopted");
      expect(footer).toContain("entry ");
      expect(footer).toContain("https://drafting.example.org/n/working-group");
      expect(footer).toContain(pages);
    });

    test("[PUB3] numbers are text, and each paragraph has a mark with its id and its wording", async () => {
      const talks = aNegotiation(h("Norms"), p(words), p("through contact points;", 1), s("Some spoke."));
      const read = await written(talks, "clean");
      expect(paragraph(read, 2).lead).toBe("1.\t");
      expect(paragraph(read, 3).lead).toBe("(a)\t");
      expect(paragraph(read, 4).lead).toBe("1.\t");
      expect(paragraph(read, 2).anchor).toBe(`para_${idOf(2)}_${talks.wordingOf(2).slice(0, 12)}`);
      expect(paragraph(read, 1).style).toMatch(/^Heading_?2$/);
      expect(read.files[main]).not.toContain(counted);
      // Word's longest name.
      expect(paragraph(read, 2).anchor?.length).toBeLessThanOrEqual(40);
    });

    test("[PUB4] clean, it has the words with their marks, footnotes and references, and nothing tracked", async () => {
      const talks = aNegotiation(p(markedWords(idOf(2), " [and decide].")), p("States take note."));
      proposes(talks, "XAA", 2, { text: "States welcome." });
      const read = await written(talks, "clean");
      expect(accepting(paragraph(read, 1), everybody)).toBe("As in 2, States agree{See A/75/816.} [and decide].");
      expect(read.files[main]).toMatch(bold);
      expect(read.files[main]).not.toMatch(tracked);
      expect(read.comments.size).toBe(0);
    });

    describe("in review", () => {
      test("[PUB5] a proposal's words are tracked under its author's name, and can be refused and accepted", async () => {
        const talks = aNegotiation(p(words), p("States should consult."), p("States should report."));
        proposes(talks, "XAA", 1, { text: "States shall cooperate and share what they learn." });
        proposes(talks, "XAB", 1, { text: "States should cooperate and share what they learn in good time." });
        proposes(talks, "XAC", 1, { text: "States must cooperate and share what they learn." });
        proposes(talks, "XAA", 2, { change: "delete" });
        proposes(talks, "XAB", 3, { change: "insert-after", text: "States should train." });
        const read = await written(talks, "review");
        const first = paragraph(read, 1);
        expect(accepting(first, nobody)).toBe(words);
        expect(accepting(first, (author) => author === "Freedonia")).toBe(
          "States shall cooperate and share what they learn.",
        );
        expect(accepting(first, (author) => author === "Sylvania")).toBe(
          "States should cooperate and share what they learn in good time.",
        );
        expect([...read.comments.values()]).toMatchObject([
          {
            by: "Osterlich",
            text: expect.stringContaining("States must cooperate and share what they learn.") as string,
          },
        ]);
        expect(accepting(paragraph(read, 2), (author) => author === "Freedonia")).toBe("");
        const inserted = read.paragraphs.find(({ anchor }) => anchor?.startsWith("prop_"));
        expect(inserted && accepting(inserted, nobody)).toBe("");
        expect(inserted && accepting(inserted, everybody)).toBe("States should train.");
      });

      test("[PUB5] whatever is proposed at random, refusing all gives today's words and accepting one gives its words", async () => {
        const seed = Number(process.env["SEED"] ?? 5);
        const random = chance(seed);
        const vocabulary = words.split(" ");
        for (let round = 0; round < 12; round++) {
          const talks = aNegotiation(p(words));
          const asked = new Map<string, string>();
          for (const [code, name] of [
            ["XAA", "Freedonia"],
            ["XAB", "Sylvania"],
            ["XAC", "Osterlich"],
          ] as const) {
            const mine = words.split(" ");
            mine.splice(
              random.below(mine.length),
              random.below(3),
              ...Array.from({ length: random.below(3) }, () => vocabulary[random.below(vocabulary.length)]!),
            );
            const text = mine.join(" ").trim();
            if (text === words || text === "") continue;
            proposes(talks, code, 1, { text });
            asked.set(name, text);
          }
          const read = await written(talks, "review");
          const one = paragraph(read, 1);
          const said = [...read.comments.values()];
          expect(accepting(one, nobody), `seed ${seed}, round ${round}`).toBe(words);
          for (const [name, text] of asked) {
            const isTracked = one.runs.some(({ inserted, deleted }) => inserted === name || deleted === name);
            if (isTracked)
              expect(
                accepting(one, (author) => author === name),
                `seed ${seed}, round ${round}`,
              ).toBe(text);
            else expect(said.some((comment) => comment.by === name && comment.text.includes(text))).toBe(true);
          }
        }
      });

      test("[PUB6] a position is a comment by its holder, on the words concerned", async () => {
        const talks = aNegotiation(p(words), p("States should consult."));
        talks.objects("XAA", 1, { reason: "Too early.", span: talks.spanOf(1, "share what") });
        talks.reserves("XAB", 2, "Awaiting the capital.");
        const read = await written(talks, "review");
        const comments = [...read.comments];
        expect(comments).toMatchObject([
          ["0", { by: "Freedonia", text: "Objection\nToo early." }],
          ["1", { by: "Sylvania", text: "Reservation\nAwaiting the capital." }],
        ]);
        const about = (index: number, id: string): string =>
          paragraph(read, index)
            .runs.filter((run) => run.comments.includes(id))
            .map(({ text }) => text)
            .join("");
        expect(about(1, "0")).toBe("share what");
        expect(about(2, "1")).toBe("States should consult.");
      });
    });

    test("[PUB7] a compilation has every proposal under its paragraph, with its fate", async () => {
      const talks = aNegotiation(p(words), p("States should consult."));
      const first = proposes(talks, "XAA", 1, {
        text: "States shall cooperate and share what they learn.",
        reason: "Stronger.",
      });
      proposes(talks, "XAB", 1, { change: "delete" });
      talks.does("chair", {
        kind: "dispose-proposal",
        proposal: first,
        fate: "not-taken-up",
        reason: "No support.",
      } as never);
      const { paragraphs } = await written(talks, "compilation");
      const said = paragraphs.map(({ lead, runs }) => lead + runs.map(({ text }) => text).join(""));
      const from = said.indexOf("Proposals on paragraph 1");
      const to = said.findIndex((line) => line.includes("States should consult."));
      expect(said.slice(from, to)).toEqual([
        "Proposals on paragraph 1",
        "Freedonia: other words",
        "States shouldshall cooperate and share what they learn.",
        "Reason: Stronger.",
        "Not taken up: No support.",
        "Sylvania: to delete the paragraph",
      ]);
      const annexed = said.slice(said.indexOf("Annex to the chair's summary"));
      expect(annexed).toContain("Freedonia: other words");
      expect(annexed).toContain("Not taken up: No support.");
    });

    test("[PUB8] against a version, refusing gives its words and accepting today's, and what moved or went says so", async () => {
      const talks = aNegotiation(
        p(words),
        p("States should consult."),
        p("States should report."),
        p("States should train."),
      );
      talks.does("chair", { kind: "issue-version" });
      const [version] = talks.record.versions;
      talks
        .writes(1, "States shall cooperate and share what they learn.")
        .removes(2)
        .moves(4, "chair-summary")
        .circulates();
      const read = await written(talks, "review", team, version);
      expect(accepting(paragraph(read, 1), nobody)).toBe(words);
      expect(accepting(paragraph(read, 1), everybody)).toBe("States shall cooperate and share what they learn.");
      expect(accepting(paragraph(read, 2), nobody)).toBe("States should consult.");
      expect(accepting(paragraph(read, 2), everybody)).toBe("");
      expect(paragraph(read, 2).lead).toBe("[2 deleted]\t");
      expect(read.paragraphs.map(({ lead }) => lead)).toContain("[4 moved, now 1 of the chair's summary]\t");
    });

    test("[PUB1] what a viewer may not know is in no file of the document", async () => {
      const talks = aNegotiation(p(words));
      talks.objects("XAA", 1, { reason: "canary-of-the-reason" });
      proposes(talks, "XAA", 1, { text: "States shall cooperate canarily.", reason: "canary-of-the-proposal" });
      for (const mode of ["clean", "review", "compilation"] as const) {
        const whole = JSON.stringify((await written(talks, mode, thePublic)).files);
        expect(whole).not.toContain("canar");
        expect(whole).not.toContain("Freedonia");
      }
      const known = JSON.stringify((await written(talks, "review", sylvania)).files);
      expect(known).toContain("canary-of-the-reason");
    });

    test("[PUB9] whatever is written in it, the document can be read, and says the same", async () => {
      const seed = Number(process.env["SEED"] ?? 9);
      const random = chance(seed);
      for (let round = 0; round < 40; round++) {
        const text = `x${breakingLetters(random, 30)}y`;
        const reason = `${text} z`;
        const talks = aNegotiation(p(text));
        talks.objects("XAA", 1, { reason });
        const read = await written(talks, "review");
        expect(accepting(paragraph(read, 1), everybody), `seed ${seed}, round ${round}`).toBe(keptLetters(text));
        expect(read.comments.get("0")?.text).toContain(keptLetters(reason.trim()));
      }
    });

    test("[PUB4] a paragraph in Arabic runs from right to left", async () => {
      const talks = aNegotiation(p("ينبغي للدول أن تتعاون."), p(words));
      const read = await written(talks, "clean");
      expect(paragraph(read, 1).rtl).toBe(true);
      expect(paragraph(read, 2).rtl).toBe(false);
    });

    test("[PUB8] a version of 300 paragraphs against the one before is written in less than ten seconds", async () => {
      const talks = aNegotiation(...Array.from({ length: 300 }, (_, index) => p(`${words} Number ${index}.`)));
      talks.does("chair", { kind: "issue-version" });
      for (let index = 1; index <= 300; index += 3) talks.writes(index, `${words} Changed ${index}.`);
      expect(differencesOf(talks.record, talks.text).length).toBe(100);
      const began = performance.now();
      await written(talks, "review", team, talks.record.versions[0]);
      expect(performance.now() - began).toBeLessThan(10_000);
    });
  },
);
