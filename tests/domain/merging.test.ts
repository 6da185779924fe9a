/** Several proposals brought into one text, and who gave which words (SPEC: MER). */
import { describe, expect, test } from "vitest";
import { alignWordings, wordsUsed } from "../../shared/domain/alignment.ts";
import type { Command } from "../../shared/domain/commands.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import { placeHunks } from "../../shared/domain/rebase.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { ProposalId } from "../../shared/domain/values.ts";
import { chance } from "../support/random.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const plain = (text: string): readonly Inline[] => [{ t: "text", text }];
const today = "States should cooperate and share what they learn.";
const asked = [
  "States shall cooperate and share what they learn.",
  "States shall cooperate fully and share what they learn.",
  "States may cooperate and share all they learn.",
];
const rowsOn = (base: string, wordings: readonly string[]) =>
  wordings.map((words, index) => ({
    id: `p${index}` as ProposalId,
    hunks: placeHunks(plain(base), plain(words), plain(base)),
  }));

describe("wordings side by side", () => {
  test("[MER1] where wordings part, each variant stands with all who ask for it", () => {
    const columns = alignWordings(plain(today), rowsOn(today, asked));
    const parted = columns.filter(({ variants }) => variants.length > 0);
    expect(
      parted.map(({ content, variants }) => [
        flatText(content).trim(),
        variants.map((variant) => [flatText(variant.content).trim(), variant.of.join()]),
      ]),
    ).toEqual([
      [
        "should",
        [
          ["shall", "p0,p1"],
          ["may", "p2"],
        ],
      ],
      ["", [["fully", "p1"]]],
      ["what", [["all", "p2"]]],
    ]);
  });

  test("[MER1] columns are the paragraph, and one proposal chosen throughout gives its words", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = chance(seed);
      const words = Array.from({ length: 5 + random.below(20) }, (_, i) => (random.below(3) > 0 ? `w${i}` : "the"));
      const wordings = Array.from({ length: 1 + random.below(5) }, (_, which) =>
        words
          .flatMap((word, i) => (random.below(6) > 0 ? [word] : random.below(2) > 0 ? [`n${which}${i}`] : []))
          .join(" "),
      );
      const base = words.join(" ");
      const columns = alignWordings(plain(base), rowsOn(base, wordings));
      expect(columns.map(({ content }) => flatText(content)).join(""), `seed ${seed}`).toBe(base);
      for (const [index, wording] of wordings.entries()) {
        const chosen = columns.map(
          ({ content, variants }) =>
            variants.find(({ of }) => of.includes(`p${index}` as ProposalId))?.content ?? content,
        );
        expect(chosen.map(flatText).join(""), `seed ${seed}: "${base}"`).toBe(wording);
      }
    }
  });
});

describe("bridging text", () => {
  const aTable = () => {
    const table = new Table([paragraph("a", today), paragraph("b", "Another.")]);
    table.circulate();
    const ids = asked.map(
      (text, index) =>
        table.do(`delegation:${["XAA", "XBB", "XCC"][index]}`, {
          kind: "table-proposal",
          paragraph: idOf("a"),
          wording: table.wording("a"),
          text,
        }) as ProposalId,
    );
    const merging = (text: string, proposals: readonly ProposalId[]): Command => ({
      kind: "merge-proposals",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      text,
      proposals,
    });
    return { table, ids, merging };
  };
  const bridge = "States shall cooperate fully and share all they learn.";

  test("[MER2] it is written with the fates of those it uses, and each keeps what it gave", () => {
    const { table, ids, merging } = aTable();
    table.do("chair", merging(bridge, ids));
    expect(flatText(table.block("a").content)).toBe(bridge);
    expect(ids.map((id) => proposalOf(table.record, id)?.fate)).toMatchObject([
      { fate: "merged", used: ["shall"], after: table.wording("a") },
      { fate: "merged", used: ["shall", "fully"] },
      { fate: "merged", used: ["all"] },
    ]);
  });

  test("[MER2] of a change that is used in part, each new word is its proposer's where it was put", () => {
    const was = "States should share information.";
    const ask = "States should share information voluntarily and in a timely manner.";
    const used = (text: string, before = was): readonly string[] =>
      wordsUsed(plain(was), plain(ask), plain(before), plain(text));
    expect(used("States should share information voluntarily, promptly and responsibly.")).toEqual(["voluntarily"]);
    expect(used("States should share information promptly and with care.")).toEqual([]); // joining words are nobody's
    expect(used("States should voluntarily share information, promptly.")).toEqual([]); // elsewhere
    const typed = "States should share information voluntarily.";
    expect(used("States should share information voluntarily, promptly.", typed)).toEqual([]); // it stood there
    expect(
      wordsUsed(
        plain("States should share information promptly."),
        plain("States should share information voluntarily and promptly."),
        plain("States should share information promptly."),
        plain("States should share information voluntarily, responsibly."),
      ),
    ).toEqual(["voluntarily"]);
  });

  test("[MER2] who gave nothing is not said to have, and one with a fate gets no second", () => {
    const { table, ids, merging } = aTable();
    const without = "States shall cooperate and share what they learn.";
    expect(table.refusal("chair", merging(without, ids))).toBe("nothing-used");
    table.do("chair", merging(without, ids.slice(0, 1)));
    expect(table.refusal("chair", merging(bridge, ids))).toBe("proposal-disposed");
    expect(table.refusal("chair", merging(without, ids.slice(1)))).toBe("same-words");
  });

  test("[MER3] words typed meanwhile are not lost", () => {
    const { table, ids, merging } = aTable();
    const stale = merging(bridge, ids);
    table.retype("a", "States should cooperate and share everything.");
    expect(table.refusal("chair", stale)).toBe("wording-stale");
  });
});
