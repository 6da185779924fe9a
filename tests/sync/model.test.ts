import { expect, test } from "vitest";
import * as Y from "yjs";
import { blocksOf, fieldRules, isEmbed, yBlock } from "../../shared/sync/model.ts";
import { keyBetween, keysBetween } from "../../shared/sync/order-key.ts";
import { noteAllSeen, noteSeen } from "../../shared/sync/recovered.ts";
import { ReportText, setPart, writeText } from "../../shared/sync/report-text.ts";
import { bringTogether, chance, copyOf, docWith, id, lines, paragraph } from "./support.ts";

const bodyText = (doc: Y.Doc, name: string): Y.Text => yBlock(blocksOf(doc), id(name))?.get("body") as Y.Text;

test("[SYN1] what is written is read back equal, with marks, footnotes and references", () => {
  const text = [
    paragraph("h", "Climate action", { kind: "heading", level: 1 }),
    paragraph(
      "p1",
      [
        { t: "text", text: "States " },
        { t: "text", text: "[should]", marks: ["strong", "em"] },
        { t: "footnote", id: "f1", text: "Pending." },
        { t: "ref", to: id("h") },
      ],
      { level: 2, part: "chair-summary" },
    ),
  ];
  const read = new ReportText(docWith(...text));
  expect(read.text()).toEqual(text);
});

test("[SYN1] odd content is shown as safe defaults and an unknown embed as one character", () => {
  const doc = docWith(paragraph("p1", "ab"));
  const block = yBlock(blocksOf(doc), id("p1"));
  block?.set("level", 99);
  block?.set("type", "table");
  block?.set("part", 7);
  block?.set("order", { no: 1 });
  bodyText(doc, "p1").insertEmbed(1, { t: "hologram" });
  bodyText(doc, "p1").format(0, 1, { blink: true });
  blocksOf(doc).set(id("x"), "not a block");
  blocksOf(doc).set("<script>", new Y.Map());
  blocksOf(doc).set(id("bare"), new Y.Map());
  expect(new ReportText(doc).text()).toEqual([paragraph("bare", ""), paragraph("p1", "a\uFFFCb")]);
});

test("[SYN1] the rules of the fields and embeds admit what we write and nothing else", () => {
  expect(fieldRules.order("a1")).toBe(true);
  expect(["", "A", "é", 1].some((v) => fieldRules.order(v))).toBe(false);
  expect([-1, 3, "1", 0.5].some((v) => fieldRules.level(v))).toBe(false);
  expect(isEmbed({ t: "footnote", id: "f", text: "x" })).toBe(true);
  expect(isEmbed({ t: "footnote", id: "f", text: "x", more: 1 })).toBe(false);
  expect(isEmbed({ t: "ref", to: id("p") })).toBe(true);
  expect([{ t: "ref", to: "p" }, [], null, "footnote", { t: "image" }].some(isEmbed)).toBe(false);
});

test("[SYN2] between two keys there is always another, and writing on at one place keeps keys short", () => {
  const random = chance(7);
  const keys = ["", ""];
  for (let i = 0; i < 3000; i++) {
    const at = Math.floor(random() * (keys.length - 1));
    const key = keyBetween(keys[at] ?? "", keys[at + 1] ?? "", random);
    if (key === null) throw new Error("no room");
    keys.splice(at + 1, 0, key);
  }
  const minted = keys.slice(1, -1);
  expect([...minted].sort()).toEqual(minted);
  for (const forwards of [true, false]) {
    let [low, high] = ["a1", "a2"];
    for (let i = 0; i < 1000; i++) {
      const key = keyBetween(low, high, random) ?? "none";
      expect(low < key && key < high).toBe(true);
      if (forwards) low = key;
      else high = key;
    }
    expect(Math.max(low.length, high.length)).toBeLessThan(100);
  }
});

test("[SYN2] runs pasted at one place stand one after the other; impossible keys are told", () => {
  const runs = [1, 2].flatMap((seed) =>
    (keysBetween("a1", "a2", 40, chance(seed)) ?? []).map((key) => ({ key, seed })),
  );
  const seeds = runs.sort((a, b) => (a.key < b.key ? -1 : 1)).map((run) => run.seed);
  expect(seeds.filter((seed, i) => seed !== seeds[i - 1])).toHaveLength(2);
  expect(keyBetween("a", "a0", chance(1))).toBeNull();
  expect(keyBetween("b", "a", chance(1))).toBeNull();
});

test("[SYN2] equal keys are ordered by id", () => {
  const doc = docWith(paragraph("b", "B"), paragraph("a", "A"));
  for (const name of ["a", "b"]) yBlock(blocksOf(doc), id(name))?.set("order", "h");
  expect(lines(doc)).toEqual(["a:A", "b:B"]);
});

test("[SYN5] a keystroke renews its own block and leaves every other object as it was", () => {
  const doc = docWith(paragraph("p1", "One"), paragraph("p2", "Two"));
  const report = new ReportText(doc);
  const before = report.text();
  expect(report.text()).toBe(before);
  bodyText(doc, "p2").insert(3, "!");
  const after = report.text();
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toEqual(paragraph("p2", "Two!"));
  expect(before[1]).toEqual(paragraph("p2", "Two"));
});

test("[SYN5] the cached text always equals one read afresh", () => {
  const random = chance(11);
  const doc = docWith(...["p1", "p2", "p3", "p4"].map((name) => paragraph(name, name)));
  const report = new ReportText(doc);
  for (let step = 0; step < 2000; step++) {
    const block = yBlock(blocksOf(doc), id(`p${1 + Math.floor(random() * 4)}`));
    if (!block) throw new Error("no block");
    const choice = random();
    if (choice < 0.5) (block.get("body") as Y.Text).insert(0, "x");
    else if (choice < 0.6) block.set("del", 1);
    else if (choice < 0.8) block.delete("del");
    else if (choice < 0.9) block.set("order", keyBetween("", "", random));
    else block.set("level", Math.floor(random() * 3));
    if (random() < 0.5) continue;
    const afresh = new ReportText(doc);
    expect(report.text()).toEqual(afresh.text());
    expect(report.removed()).toEqual(afresh.removed());
    expect(report.block(id("p1"))).toEqual(afresh.block(id("p1")));
    afresh.destroy();
  }
});

test("[SYN3] a removed block keeps its text and comes back", () => {
  const doc = docWith(paragraph("p1", "One"), paragraph("p2", "Two"));
  const report = new ReportText(doc);
  report.text();
  yBlock(blocksOf(doc), id("p1"))?.set("del", 1);
  expect(report.text()).toEqual([paragraph("p2", "Two")]);
  expect(report.removed()).toEqual([paragraph("p1", "One")]);
  expect(report.block(id("p1"))).toBeNull();
  expect(setPart(doc, id("p1"), "chair-summary")).toBe(false);
  yBlock(blocksOf(doc), id("p1"))?.delete("del");
  expect(report.text()).toHaveLength(2);
});

test("[SYN3] an import appends, and never writes over a block that stands", () => {
  const doc = docWith(paragraph("p1", "One"));
  writeText(doc, [paragraph("p2", "Two"), paragraph("p3", "Three")], chance(5));
  expect(lines(doc)).toEqual(["p1:One", "p2:Two", "p3:Three"]);
  expect(() => writeText(doc, [paragraph("p1", "again")], chance(6))).toThrow("stands already");
});

test("[SYN4] setPart tags a paragraph", () => {
  const doc = docWith(paragraph("p1", "One"));
  expect(setPart(doc, id("p1"), "chair-summary")).toBe(true);
  expect(new ReportText(doc).block(id("p1"))?.part).toBe("chair-summary");
});

test("[SYN6] words the remover had not seen are recovered for everyone, whatever arrived first", () => {
  const a = docWith(paragraph("p0", "Zero"), paragraph("p1", "Seen. "));
  const b = copyOf(a, 2);
  const c = copyOf(a, 3);
  a.transact(() => {
    const block = yBlock(blocksOf(a), id("p1"));
    if (block) noteAllSeen(block);
    block?.set("del", 1);
  });
  bodyText(b, "p1").insert(6, "Unseen");
  bodyText(b, "p1").insert(0, "Also ");
  bringTogether(b, c);
  bringTogether(a, b, c);
  for (const doc of [a, b, c]) {
    expect(new ReportText(doc).recovered()).toEqual([{ block: id("p1"), after: id("p0"), words: "Also Unseen" }]);
  }
  // Whoever has dealt with them says so, and the list is empty for everyone.
  noteSeen(c, id("p1"));
  bringTogether(a, b, c);
  expect(new ReportText(a).recovered()).toEqual([]);
});
