import { DOMParser as ProseMirrorParser, Slice } from "prosemirror-model";
import { expect, test } from "vitest";
import { cleanHtml, cleanSlice, cleanText } from "../../../client/editor/paste.ts";
import { schema } from "../../../shared/schema/schema.ts";

/** What a paste becomes, one line a block: "h0 words", "p1 words", marks as *strong* /em/ _underline_, notes as {text}. */
function pasted(html: string): string[] {
  const holder = document.createElement("div");
  holder.innerHTML = cleanHtml(html);
  let notes = 0;
  const { content } = cleanSlice(
    new Slice(ProseMirrorParser.fromSchema(schema).parse(holder).content, 0, 0),
    () => `f${++notes}`,
  );
  const lines: string[] = [];
  content.forEach((block) => {
    block.check();
    let words = "";
    block.forEach((node) => {
      let text = node.isText ? (node.text ?? "") : `{${String(node.attrs["text"])}}`;
      for (const mark of node.marks) {
        const sign = { strong: "*", em: "/", underline: "_" }[mark.type.name] ?? "?";
        text = sign + text + sign;
      }
      words += text;
    });
    lines.push(`${block.type.name[0] ?? ""}${String(block.attrs["level"])} ${words}`);
  });
  return lines;
}

test("[PAS1] what Word puts on the clipboard becomes headings, paragraphs, levels and footnotes", () => {
  expect(
    pasted(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
      <style><!-- p.MsoNormal {mso-style-parent:""; font-size:11pt} --></style><title>Draft</title></head>
      <body lang=EN-GB><!--StartFragment-->
      <h1>Climate<o:p></o:p></h1>
      <p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
       style='mso-list:Ignore'>(a)<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>States
       <b style='mso-bidi-font-weight:normal'>shall</b><span class=MsoCommentReference><span style='mso-element:comment'>Note to self</span></span>
       act;<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
       style='mso-special-character:footnote'>[1]</span></span></a></p>
      <p class=MsoNormal><i>Recalling</i> <u>resolution</u> 1.<o:p>&nbsp;</o:p></p>
      <!--EndFragment-->
      <div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
       href="#_ftnref1" name="_ftn1"><span>[1]</span></a> See document A.</p></div></div></body></html>`),
  ).toEqual(["h0 Climate", "p1 States *shall* act;{See document A.}", "p0 /Recalling/ _resolution_ 1."]);
});

test("[PAS1] what Google Docs puts there keeps its marks and is not bold as a whole", () => {
  expect(
    pasted(
      `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span>Finance</span></h2><p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-style:italic"> and slanted</span><span style="text-decoration:underline"> and ruled</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><ul><li><p>one</p><ul><li><p>deeper</p></li></ul></li></ul><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> The note.</span></p></div></b>`,
    ),
  ).toEqual(["h1 Finance", "p0 *Bold*/ and slanted/_ and ruled_{The note.}", "p0 one", "p1 deeper"]);
});

test("[PAS1] tables, lists, quotes and line breaks become paragraphs", () => {
  expect(
    pasted(
      `<table><tbody><tr><td>A1</td><td>B1</td></tr><tr><td>A2</td><td><p>B2</p></td></tr></tbody></table><blockquote>Quoted</blockquote>one<br>two<div>three <b>bold</b></div><ol><li>first</li></ol>`,
    ),
  ).toEqual(["p0 A1 B1", "p0 A2", "p0 B2", "p0 Quoted", "p0 one", "p0 two", "p0 three *bold*", "p0 first"]);
});

test("[PAS2] scripts, styles, comments, forms, pictures and hidden text are dropped, and nothing runs", () => {
  const ran = { yes: false };
  Object.assign(globalThis, { ran });
  expect(
    pasted(
      `<p onclick="ran.yes=true">Seen<script>ran.yes=true</script><img src=x onerror="ran.yes=true"><!-- secret --><span style="display:none">hidden</span></p><style>p{}</style><iframe src="javascript:ran.yes=true"></iframe><textarea>field</textarea><svg><text>drawn</text></svg>`,
    ),
  ).toEqual(["p0 Seen"]);
  expect(ran.yes).toBe(false);
});

test("[PAS3] invisible controls are stripped and text is composed", () => {
  expect(cleanText("a\u202Eb\u2066c\u200Bd\u0007e\uFEFF \r\n e\u0301")).toBe("abcde \u00E9");
  expect(pasted("<p>\u202Dleft\u2069 e\u0301</p>")).toEqual(["p0 left \u00E9"]);
});

test("[PAS4] our own text keeps levels and footnotes, but its footnotes get new ids", () => {
  const [line] = pasted(
    `<p class="block" data-level="2" data-part="chair-summary">Own<span class="footnote" data-footnote="old" data-text="Kept">*</span></p>`,
  );
  expect(line).toBe("p2 Own{Kept}");
});

test("[PAS2] odd and broken HTML makes valid paragraphs or nothing", () => {
  for (const html of [
    "",
    "<p>",
    "</p></div>",
    "<p><p><p>",
    "<li>x",
    "<td>y",
    "\u0000",
    "<h9>z</h9>",
    "<a href='#_ftn1'>1</a>",
  ]) {
    expect(() => pasted(html)).not.toThrow();
  }
});
