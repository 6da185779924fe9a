/** What an OpenDocument text says (SPEC: REA). */
import { expect, test } from "vitest";
import type { ReadDocument, ReadPiece } from "../../../server/reading/read-document.ts";
import { readFile } from "../../../server/reading/read-file.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import { idOf } from "../../support/negotiations.ts";
import { anOdt } from "../../support/office-file.ts";

const read = (text: string, styles?: string): ReadDocument => readFile(anOdt(text, styles), readingLimits);
const words = (pieces: readonly ReadPiece[]): string =>
  pieces.map((piece) => (piece.t === "text" ? piece.text : `{${words(piece.pieces)}}`)).join("");
const by = (who: string): string =>
  `<office:change-info><dc:creator>${who}</dc:creator><dc:date>2026-11-05T14:00:00</dc:date></office:change-info>`;
const changes = (inner: string): string => `<text:tracked-changes>${inner}</text:tracked-changes>`;
const region = (id: string, inner: string): string =>
  `<text:changed-region xml:id="${id}" text:id="${id}">${inner}</text:changed-region>`;
const anna = { by: "Anna", at: Date.UTC(2026, 10, 5, 14) };
const ben = { ...anna, by: "Ben" };

test("[REA4] insertions and deletions keep their authors, one in another as well", () => {
  const { paragraphs } = read(
    `${changes(
      region("c1", `<text:deletion>${by("Anna")}<text:p>should</text:p></text:deletion>`) +
        region("c2", `<text:insertion>${by("Anna")}</text:insertion>`) +
        region(
          "c3",
          `<text:insertion>${by("Anna")}</text:insertion><text:deletion>${by("Ben")}<text:p> always</text:p></text:deletion>`,
        ),
    )}<text:p>States <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>shall<text:change text:change-id="c3"/><text:change-end text:change-id="c2"/>.</text:p>`,
  );
  expect(paragraphs[0]?.pieces).toEqual([
    { t: "text", text: "States " },
    { t: "text", text: "should", deleted: anna },
    { t: "text", text: "shall", inserted: anna },
    { t: "text", text: " always", inserted: anna, deleted: ben },
    { t: "text", text: "." },
  ]);
});

test("[REA4] deleted ends of paragraphs are put back, inserted ones say so", () => {
  const { paragraphs } = read(
    `${changes(
      region(
        "c1",
        `<text:deletion>${by("Anna")}<text:p> first.</text:p><text:p>Second.</text:p><text:p>Third</text:p></text:deletion>`,
      ) + region("c2", `<text:insertion>${by("Ben")}</text:insertion>`),
    )}<text:p>The<text:change text:change-id="c1"/> end.</text:p><text:p>New<text:change-start text:change-id="c2"/> one.</text:p><text:p>More<text:change-end text:change-id="c2"/>.</text:p>`,
  );
  expect(paragraphs.map(({ pieces, end }) => [words(pieces), end])).toEqual([
    ["The first.", { deleted: anna }],
    ["Second.", { deleted: anna }],
    ["Third end.", {}],
    ["New one.", { inserted: ben }],
    ["More.", {}],
  ]);
  expect(paragraphs[2]?.pieces).toEqual([
    { t: "text", text: "Third", deleted: anna },
    { t: "text", text: " end." },
  ]);
});

test("[REA5] comments keep author, time and the words concerned", () => {
  const note = (name: string, who: string): string =>
    `<office:annotation${name}><dc:creator>${who}</dc:creator><dc:date>2026-11-05T14:00:00</dc:date><text:p>No</text:p><text:list><text:list-item><text:p>never.</text:p></text:list-item></text:list></office:annotation>`;
  const { paragraphs, comments } = read(
    `<text:p>States ${note(` office:name="a1"`, "Anna")}should<office:annotation-end office:name="a1"/> act.${note("", "Ben")}</text:p>`,
  );
  expect(comments).toEqual([
    { id: "a1", ...anna, text: "No\nnever.", to: null, isResolved: false },
    { id: "annotation 1", ...ben, text: "No\nnever.", to: null, isResolved: false },
  ]);
  expect(paragraphs[0]?.pieces.map(({ comments: on }) => on)).toEqual([undefined, ["a1"], undefined]);
  expect(paragraphs[0]?.comments).toEqual(["a1", "annotation 1"]);
});

test("[REA6] our marks are found where they begin and end", () => {
  const name = `para_${idOf(7)}_0123456789ab`;
  const { paragraphs } = read(
    `<text:p>1.<text:tab/><text:bookmark-start text:name="${name}"/>Act<text:s text:c="2"/>now.<text:bookmark-end text:name="${name}"/></text:p>`,
  );
  expect(paragraphs[0]?.anchors).toEqual([
    { of: { kind: "paragraph", id: idOf(7), hash: "0123456789ab" }, from: 3, to: 12 },
  ]);
});

test("[REA6] a mark that LibreOffice keeps with deleted words under another name is still ours", () => {
  const name = `para_${idOf(7)}_0123456789ab Copy 1`;
  const { paragraphs } = read(
    `${changes(region("c1", `<text:deletion>${by("Anna")}<text:p>1.<text:tab/><text:bookmark-start text:name="${name}"/>Act.<text:bookmark-end text:name="${name}"/></text:p><text:p/></text:deletion>`))}<text:p><text:change text:change-id="c1"/>2.<text:tab/>Next.</text:p>`,
  );
  expect(paragraphs.map(({ anchors, end }) => [anchors.length, end.deleted?.by])).toEqual([
    [1, "Anna"],
    [0, undefined],
  ]);
});

test("[REA7] numbers of lists are counted as the program counts them", () => {
  const item = (inner: string): string => `<text:list-item>${inner}</text:list-item>`;
  const { paragraphs } = read(
    `<text:list xml:id="l1" text:style-name="L">${item("<text:p>a</text:p><text:p>on</text:p>")}${item(`<text:p>b</text:p><text:list>${item("<text:p>c</text:p>")}</text:list>`)}</text:list><text:p>-</text:p><text:list text:continue-list="l1" text:style-name="L">${item("<text:p>d</text:p>")}</text:list>`,
    `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>`,
  );
  expect(paragraphs.map(({ label, pieces }) => [label?.text, words(pieces)])).toEqual([
    ["1.", "a"],
    [undefined, "on"],
    ["2.", "b"],
    ["(a)", "c"],
    [undefined, "-"],
    ["3.", "d"],
  ]);
});

test("[REA8] what is not understood is counted by kind, and an unknown change makes its paragraph unclear", () => {
  const { paragraphs, notices } = read(
    `<text:table-of-content><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content><text:section><text:p>a<text:page-number>3</text:page-number><draw:frame><draw:image/></draw:frame></text:p></text:section><text:p>b<text:change text:change-id="gone"/></text:p><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>`,
  );
  expect(paragraphs.map(({ pieces, unclear }) => [words(pieces), unclear])).toEqual([
    ["a3", false],
    ["b", true],
    ["c", false],
  ]);
  expect(notices).toEqual({ index: 1, field: 1, image: 1, "unknown-change": 1, table: 1 });
});

test("[REA9] a footnote stands where it is called; looks are those of the words themselves", () => {
  const { paragraphs } = read(
    `<text:h text:outline-level="2">Norms</text:h><text:p><text:span text:style-name="T1">Act</text:span><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>See A/75.</text:p></text:note-body></text:note>.</text:p>`,
    `<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>`,
  );
  expect(paragraphs[0]?.heading).toBe(2);
  expect(paragraphs[1]?.pieces).toEqual([
    { t: "text", text: "Act", marks: ["strong"] },
    { t: "note", pieces: [{ t: "text", text: "See A/75." }] },
    { t: "text", text: "." },
  ]);
});

test("a heading is known by the name of its style where it is written as a paragraph", () => {
  const { paragraphs } = read(
    `<text:p text:style-name="Heading_20_1">Part one</text:p><text:p text:style-name="P1">Words.</text:p>`,
    `<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/><style:style style:name="P1" style:family="paragraph"/>`,
  );
  expect(paragraphs.map(({ heading }) => heading)).toEqual([1, null]);
});
