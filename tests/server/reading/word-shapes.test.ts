/** Acts as Microsoft Word writes them into a file of ours, each by hand after ECMA-376 (SPEC: RET). */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { allProposals } from "../../../shared/domain/proposals.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import { asked, downloaded, uploaded } from "../../support/returning-files.ts";

const at = `w:date="2026-11-20T09:30:00Z"`;
let count = 900;
const by = (who = "Jane Doe"): string => `w:id="${++count}" w:author="${who}" ${at}`;
const run = (text: string, looks = ""): string =>
  `<w:r w:rsidR="00A77B3E"><w:rPr>${looks}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const struck = (text: string): string => `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
const ins = (inner: string, who?: string): string => `<w:ins ${by(who)}>${inner}</w:ins>`;
const del = (text: string, who?: string): string => `<w:del ${by(who)}>${struck(text)}</w:del>`;

/** Paragraph of ours, in the file. */
const inFile = (index: number): RegExp =>
  new RegExp(`<w:p>(?:(?!</w:p>).)*para_${idOf(index)}_(?:(?!</w:p>).)*</w:p>`, "su");

interface Held {
  /** With its number, tab and mark. */
  readonly all: string;
  readonly form: string;
  readonly lead: string;
  readonly begin: string;
  readonly end: string;
}

/** @param rewrite what is written instead of each of these paragraphs, from what it was */
async function back(
  talks: ANegotiation,
  rewrite: { readonly [index: number]: (held: Held) => string },
  parts: { readonly [name: string]: string } = {},
): Promise<Returned> {
  const files = unzipSync(new Uint8Array(await downloaded(talks)));
  let xml = strFromU8(files["word/document.xml"]!);
  for (const [index, written] of Object.entries(rewrite)) {
    xml = xml.replace(inFile(Number(index)), (all) => {
      const [, form = "", lead = "", begin = ""] =
        /^<w:p>(<w:pPr>.*?<\/w:pPr>)(.*?)(<w:bookmarkStart[^>]*>)/su.exec(all) ?? [];
      const [end = ""] = /<w:bookmarkEnd[^>]*>/u.exec(all) ?? [];
      return written({ all, form, lead, begin, end });
    });
  }
  const more = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return uploaded(talks, zipSync({ ...files, ...more, "word/document.xml": strToU8(xml) }));
}

const words = "States should cooperate and share what they learn.";
const talksOf = (): ANegotiation =>
  aNegotiation(h("Norms"), p(words), p("States should report."), p("States should meet."), s("Some spoke."));
const told = ({ untabled }: Returned): readonly unknown[] => untabled.map(({ why, paragraph }) => [why, paragraph]);
const withWords = ({ form, lead, begin, end }: Held, inner: string): string =>
  `<w:p w:rsidR="00A77B3E" w14:paraId="1B2C3D4E">${form}${lead}${begin}${inner}${end}</w:p>`;
const endOf = (form: string, mark: string): string => form.replace("</w:pPr>", `<w:rPr>${mark}</w:rPr></w:pPr>`);

test("[RET6] a whole paragraph moved with tracking is told as another order, whichever half keeps our mark", async () => {
  for (const isMarkMoved of [false, true]) {
    const talks = talksOf();
    const range = (kind: string, id: number, inner: string): string =>
      `<w:move${kind}RangeStart ${by()} w:name="move1"/>${inner}<w:move${kind}RangeEnd w:id="${id}"/>`;
    let moved = "";
    const returned = await back(talks, {
      2: ({ form, lead, begin, end }) => {
        const inner = (mark: boolean): string => (mark ? `${lead}${begin}${run(words)}${end}` : `${lead}${run(words)}`);
        moved = `<w:p>${endOf(form, `<w:moveTo ${by()}/>`)}${range("To", 2, `<w:moveTo ${by()}>${inner(isMarkMoved)}</w:moveTo>`)}</w:p>`;
        return `<w:p>${endOf(form, `<w:moveFrom ${by()}/>`)}${range("From", 1, `<w:moveFrom ${by()}>${inner(!isMarkMoved)}</w:moveFrom>`)}</w:p>`;
      },
      4: ({ all }) => all + moved,
    });
    expect(asked(returned)).toEqual([]);
    expect(told(returned)).toEqual([["order", idOf(2)]]);
  }
});

test("[RET1] words moved within a paragraph are a proposal of that order", async () => {
  const returned = await back(talksOf(), {
    2: (held) =>
      withWords(
        held,
        `${run("States should ")}<w:moveFromRangeStart ${by()} w:name="m"/><w:moveFrom ${by()}>${run("cooperate and ")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>${run("share what they learn")}<w:moveToRangeStart ${by()} w:name="m"/><w:moveTo ${by()}>${run(" and cooperate")}</w:moveTo><w:moveToRangeEnd w:id="2"/>${run(".")}`,
      ),
  });
  expect(asked(returned)).toEqual([["replace", idOf(2), "States should share what they learn and cooperate."]]);
});

test("[RET1] two people of one delegation worked in the file: what the later struck of the earlier's is gone", async () => {
  const returned = await back(talksOf(), {
    2: (held) =>
      withWords(
        held,
        `${run("States ")}${del("should")}${ins(run("shall"))}<w:ins ${by("Jane Doe")}><w:del ${by("John Roe")}>${struck(" always")}</w:del></w:ins>${run(" cooperate and share what they learn.")}`,
      ),
  });
  expect(asked(returned)).toEqual([["replace", idOf(2), "States shall cooperate and share what they learn."]]);
  expect(returned.proposals[0]?.by).toEqual(["Jane Doe", "John Roe"]);
});

test("[RET4] changes of looks, of form and of a list's numbers ask for nothing and are told", async () => {
  const returned = await back(talksOf(), {
    2: (held) =>
      withWords(
        {
          ...held,
          form: `<w:pPr><w:pStyle w:val="Paragraph0"/><w:jc w:val="both"/><w:rPr><w:rPrChange ${by()}><w:rPr/></w:rPrChange></w:rPr><w:pPrChange ${by()}><w:pPr><w:pStyle w:val="Paragraph0"/></w:pPr></w:pPrChange></w:pPr>`,
        },
        run(words, `<w:b/><w:rPrChange ${by()}><w:rPr><w:i/></w:rPr></w:rPrChange>`),
      ),
  });
  expect(asked(returned)).toEqual([]);
  expect(told(returned)).toEqual([]);
  expect(returned.notices).toEqual({ "looks-changed": 3 });
});

test("[RET1] words in content controls, smart tags, links and answers of fields are words", async () => {
  const field = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
  const returned = await back(talksOf(), {
    2: (held) =>
      withWords(
        held,
        `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${run("States ")}</w:sdtContent></w:sdt><w:smartTag w:uri="urn:x" w:element="verb"><w:smartTagPr><w:attr w:name="a" w:val="b"/></w:smartTagPr>${run("should ")}</w:smartTag>${del("cooperate")}${ins(`${field("begin")}<w:r><w:instrText xml:space="preserve"> REF x \\h </w:instrText></w:r>${field("separate")}${run("consult")}${field("end")}`)}<w:hyperlink w:anchor="x">${run(" and share")}</w:hyperlink>${run(" what they learn.")}`,
      ),
    3: ({ all }) => `<w:sdt><w:sdtPr/><w:sdtContent>${all}</w:sdtContent></w:sdt>`,
  });
  expect(asked(returned)).toEqual([["replace", idOf(2), "States should consult and share what they learn."]]);
  expect(told(returned)).toEqual([]);
});

test("[RET1] of alternate contents one is read, and a text box beside the words is told", async () => {
  const box = `<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p>${run("Look here!")}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>${run("Look here!")}</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
  const returned = await back(talksOf(), { 2: (held) => withWords(held, run(words) + box) });
  expect(asked(returned)).toEqual([]);
  expect(returned.notices).toEqual({ "text-box": 1 });
});

test("[RET1] ends of paragraphs: Enter within, at the end and before, and one that was struck", async () => {
  const returned = await back(talksOf(), {
    2: (held) =>
      `<w:p>${endOf(held.form, `<w:ins ${by()}/>`)}${held.lead}${held.begin}${run("States should cooperate.")}</w:p><w:p>${held.form}${del(" and")}${ins(run("They should"))}${run(" share what they learn.")}${held.end}</w:p>`,
    3: ({ all, form, lead, begin, end }) =>
      all === ""
        ? ""
        : `<w:p>${endOf(form, `<w:del ${by()}/>`)}${lead}${begin}${run("States should report.")}${ins(run(" "))}${end}</w:p>`,
    4: ({ form, lead, begin, end }) =>
      `<w:p>${form}<w:del ${by()}>${lead.replaceAll("<w:t ", "<w:delText ").replaceAll("</w:t>", "</w:delText>")}</w:del>${begin}${run("States should meet.")}${end}</w:p>`,
  });
  expect(asked(returned)).toEqual([
    ["replace", idOf(2), "States should cooperate."],
    ["insert-after", idOf(2), "They should share what they learn."],
    ["replace", idOf(3), "States should report. States should meet."],
    ["delete", idOf(4), ""],
  ]);
  expect(returned.proposals.map(({ how }) => how)).toEqual(["split", "split", "merged", "merged"]);
});

test("[RET1] a mark that Word ends between paragraphs does not go on in the next one", async () => {
  const returned = await back(talksOf(), {
    2: ({ form, lead, begin, end }) =>
      `<w:p>${endOf(form, `<w:ins ${by()}/>`)}${lead}${begin}${run("States should cooperate and share.")}${del(" what they learn.")}</w:p>${end}<w:p>${form}${ins(run("A new one."))}</w:p>`,
  });
  expect(returned.proposals.map(({ change, how }) => [change, how])).toEqual([
    ["replace", "plain"],
    ["insert-after", "plain"],
  ]);
});

test("[RET3] what others propose is still theirs after Word has saved its times to the minute", async () => {
  const talks = talksOf();
  talks.does("delegation:XAA", {
    kind: "table-proposal",
    paragraph: idOf(2),
    wording: talks.wordingOf(2),
    text: "States shall cooperate and share what they learn.",
  });
  const { at: tabled } = [...allProposals(talks.record)].at(-1)!;
  const minute = `${new Date(tabled).toISOString().slice(0, 16)}:00Z`;
  const files = unzipSync(new Uint8Array(await downloaded(talks, "review")));
  const xml = strFromU8(files["word/document.xml"]!).replace(/w:date="[^"]*"/g, `w:date="${minute}"`);
  expect(xml).toContain(minute);
  const returned = uploaded(talks, zipSync({ ...files, "word/document.xml": strToU8(xml) }));
  expect(asked(returned)).toEqual([]);
  expect(returned.accounted.tracked).toMatchObject({ proposed: 0, untabled: 0 });
});

test("[RET7] an answer to a comment of ours is the delegation's, and says whom it answers", async () => {
  const talks = talksOf();
  const comment = (id: number, paragraph: string, who: string, text: string): string =>
    `<w:comment w:id="${id}" w:author="${who}" w:initials="J" ${at}><w:p w14:paraId="${paragraph}"><w:r><w:t>${text}</w:t></w:r></w:p></w:comment>`;
  const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"`;
  const on = (id: number): string => `<w:commentRangeStart w:id="${id}"/>`;
  const off = (id: number): string => `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
  const files = unzipSync(new Uint8Array(await downloaded(talks)));
  const relations = strFromU8(files["word/_rels/document.xml.rels"]!).replace(
    "</Relationships>",
    `<Relationship Id="x1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/><Relationship Id="x2" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/></Relationships>`,
  );
  const returned = await back(
    talks,
    {
      2: (held) =>
        withWords(
          held,
          `${run("States ")}${on(70)}${on(71)}${run("should")}${off(70)}${off(71)}${run(" cooperate and share what they learn.")}`,
        ),
    },
    {
      "word/_rels/document.xml.rels": relations,
      "word/comments.xml": `<w:comments ${space}>${comment(70, "0000000A", "Jane Doe", "Why not shall?")}${comment(71, "0000000B", "John Roe", "Because.")}</w:comments>`,
      "word/commentsExtended.xml": `<w15:commentsEx ${space}><w15:commentEx w15:paraId="0000000A" w15:done="0"/><w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>`,
    },
  );
  expect(returned.comments).toMatchObject([
    { by: "Jane Doe", answers: null, paragraph: idOf(2), span: { quote: "should" } },
    { by: "John Roe", answers: "Jane Doe", paragraph: idOf(2), span: { quote: "should" } },
  ]);
});

test("[RET8] a content control that was put in or moved with tracking makes its paragraph unclear", async () => {
  const returned = await back(talksOf(), {
    2: (held) =>
      withWords(
        held,
        `<w:customXmlInsRangeStart ${by()}/><w:sdt><w:sdtPr/><w:sdtContent><w:customXmlInsRangeEnd w:id="1"/>${run("States shall act.")}</w:sdtContent></w:sdt>`,
      ),
  });
  expect(asked(returned)).toEqual([]);
  expect(told(returned)).toEqual([["unclear", idOf(2)]]);
});
