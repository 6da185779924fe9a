import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Inline, Mark, Text } from "../../shared/domain/text.ts";
import { editText } from "../../shared/domain/text.ts";
import type { TextEdit } from "../../shared/domain/text.ts";
import { bodyOf, blocksOf, yBlock } from "../../shared/sync/model.ts";
import { ReportText, writeText } from "../../shared/sync/report-text.ts";
import { writeEdits } from "../../shared/sync/write-edits.ts";
import { block, copyOf, newsOf, reportDoc } from "../support/report-doc.ts";
import { chance } from "../support/random.ts";

const words = fc.constantFrom("States ", "shall ", "should ", "consult", ", ", "each other ", "é", "\u{1F54A}", " ");
const marks = fc.subarray<Mark>(["strong", "em", "underline"]);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ t: fc.constant("text" as const), text: words, marks }) },
  fc.record({ t: fc.constant("footnote" as const), id: fc.constantFrom("n1", "n2"), text: words }),
  fc.record({ t: fc.constant("ref" as const), to: fc.constantFrom(block("a"), block("b")) }),
);
/** As it is read back: runs of the same marks are one, no marks are none. */
const content = fc.array(inline, { maxLength: 8 }).map((inlines): Inline[] => {
  const merged: Inline[] = [];
  for (const one of inlines) {
    const last = merged.at(-1);
    const plain = one.t === "text" && !one.marks?.length ? { t: one.t, text: one.text } : one;
    const isSame = last?.t === "text" && plain.t === "text" && String(last.marks ?? "") === String(plain.marks ?? "");
    if (isSame) merged[merged.length - 1] = { ...last, text: last.text + plain.text };
    else merged.push(plain);
  }
  return merged;
});
const paragraph = { kind: "paragraph", level: 0, part: "consensus" } as const;
const names = ["a", "b", "c", "d"];

const edit: fc.Arbitrary<TextEdit> = fc.oneof(
  fc.record({
    kind: fc.constant("set-part" as const),
    paragraph: fc.constantFrom(...names.map(block)),
    part: fc.constantFrom("consensus" as const, "chair-summary" as const),
  }),
  fc.record({
    kind: fc.constant("replace-content" as const),
    paragraph: fc.constantFrom(...names.map(block)),
    content,
  }),
  fc.record({ kind: fc.constant("remove-block" as const), paragraph: fc.constantFrom(...names.map(block)) }),
  fc.record({
    kind: fc.constant("insert-block" as const),
    after: fc.constantFrom(null, ...names.map(block)),
    block: fc
      .record({
        id: fc.constantFrom(...["a", "b", "e", "f", "g"].map(block)),
        level: fc.constantFrom(0, 2),
        content,
      })
      .map((made) => ({ ...paragraph, ...made })),
  }),
  fc.record({
    kind: fc.constant("place-block" as const),
    paragraph: fc.constantFrom(...names.map(block)),
    after: fc.constantFrom(null, ...names.map(block)),
  }),
  fc.record({
    kind: fc.constant("set-form" as const),
    paragraph: fc.constantFrom(...names.map(block)),
    block: fc.constantFrom("heading" as const, "paragraph" as const),
    level: fc.constantFrom(0, 1),
  }),
);

test("[SYN7] what is written is what was decided, for any text and any edits that fit it", () => {
  fc.assert(
    fc.property(
      fc.array(content, { minLength: 4, maxLength: 4 }),
      fc.array(edit, { maxLength: 8 }),
      fc.integer(),
      (contents, edits, seed) => {
        const text: Text = contents.map((content, index) => ({ ...paragraph, id: block(names[index]!), content }));
        const doc = new Y.Doc();
        const random = chance(seed);
        const uniform = (): number => random.below(1_000_000) / 1_000_000;
        writeText(doc, text, uniform);
        const report = new ReportText(doc);
        let wanted = text;
        for (const one of edits) {
          const stands = (id: string | null): boolean => id === null || wanted.some((block) => block.id === id);
          if (one.kind === "insert-block" ? stands(one.block.id) || !stands(one.after) : !stands(one.paragraph))
            continue;
          if (one.kind === "place-block" && (one.after === one.paragraph || !stands(one.after))) continue;
          writeEdits(doc, [one], uniform);
          wanted = editText(wanted, [one]);
        }
        expect(report.text()).toEqual(wanted);
        expect(report.recovered()).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("[SYN7] what somebody types into the same paragraph at the same moment stays, beside the words that changed", () => {
  const server = reportDoc(1, { a: "States should consult each other in good time." });
  const editor = copyOf(server, 2);
  const body = bodyOf(yBlock(blocksOf(editor), block("a"))!)!;
  body.insert(body.length, " This is urgent.");
  writeEdits(
    server,
    [
      {
        kind: "replace-content",
        paragraph: block("a"),
        content: [{ t: "text", text: "States shall consult each other in good time." }],
      },
    ],
    Math.random,
  );
  Y.applyUpdate(server, newsOf(editor, server));
  const [merged] = new ReportText(server).text();
  expect(merged?.content).toEqual([
    { t: "text", text: "States shall consult each other in good time. This is urgent." },
  ]);
});

test("an edit of a block that does not stand is a fault, and nothing of it is written", () => {
  const server = reportDoc(1, { a: "States consult." });
  const gone = { kind: "remove-block", paragraph: block("z") } as const;
  expect(() => writeEdits(server, [gone], Math.random)).toThrow(block("z"));
  const again = { kind: "insert-block", after: null, block: { ...paragraph, id: block("a"), content: [] } } as const;
  expect(() => writeEdits(server, [again], Math.random)).toThrow("stands already");
  expect(new ReportText(server).text()).toHaveLength(1);
});
