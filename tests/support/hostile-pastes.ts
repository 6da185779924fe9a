/**
 * What people have on the clipboard, and what somebody could have put there for them: the shapes of word processors, sheets, pages, mails
 * and of our own editor, each with scripts, handlers, drawings, hidden words and forged attributes in it. Every payload calls `ran()`.
 */
import type { Chance } from "./random.ts";

export interface Paste {
  /** Whose shape it has, for who reads a failure. */
  readonly from: string;
  readonly html?: string;
  readonly plain?: string;
  /** The words that must stand afterwards, in this order; no word of the shape `lost…` may. */
  readonly kept: readonly string[];
}

const elsewhere = "http://elsewhere.invalid/";

/** Dropped with all that is in them. */
const dropped = [
  "<script>ran();'LOST'</script>",
  "<style>LOST{background:url(http://elsewhere.invalid/)}</style>",
  "<svg onload=ran()><script>ran()</script><text>LOST</text><a xlink:href='javascript:ran()'><text>LOST</text></a></svg>",
  "<math href='javascript:ran()'><mtext>LOST</mtext></math>",
  "<iframe srcdoc='<script>parent.ran()</script>LOST'>LOST</iframe>",
  "<iframe src='javascript:parent.ran()'></iframe>",
  "<object data='data:text/html,<script>ran()</script>'>LOST</object>",
  "<embed src='javascript:ran()'>",
  "<img src=http://elsewhere.invalid/x onerror=ran() alt=LOST>",
  "<img src=x: onerror=ran()>",
  "<video src=x: onerror=ran()>LOST</video>",
  "<audio src=x: onerror=ran()>LOST</audio>",
  "<video><source onerror=ran() src=x:></video>",
  "<textarea autofocus onfocus=ran()>LOST</textarea>",
  "<input autofocus onfocus=ran() value=LOST>",
  "<button formaction='javascript:ran()'>LOST</button>",
  "<select><option>LOST</option></select>",
  "<template><img src=x: onerror=ran()>LOST</template>",
  "<noscript>LOST<img src=x: onerror=ran()></noscript>",
  "<canvas>LOST</canvas>",
  "<link rel=stylesheet href=http://elsewhere.invalid/>",
  "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
  "<!-- LOST <img src=x: onerror=ran()> -->",
  "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings>LOST</o:OfficeDocumentSettings></xml><![endif]-->",
  "<span style='display:none'>LOST</span>",
  "<span style='DISPLAY : none'>LOST</span>",
  "<span hidden>LOST</span>",
  "<span style='visibility:hidden'>LOST</span>",
  "<span style='mso-hide:all'>LOST</span>",
  "<span style='mso-element:field-begin'>LOST</span>",
  "<o:p>&nbsp;</o:p>",
];

/** Of one kind when read, of another when written and read again; they have no words of ours in them. */
const shifting = [
  "<noscript><p title='</noscript><img src=x: onerror=ran()>'>",
  "<svg></p><style><a id='</style><img src=x: onerror=ran()>'>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x: onerror=ran()&gt;'>",
  "<form><math><mtext></form><form><mglyph><style></math><img src=x: onerror=ran()>",
  "<svg><style><![CDATA[</style><img src=x: onerror=ran()>]]></svg>",
  "<math><annotation-xml encoding='text/html'><img src=x: onerror=ran()></annotation-xml></math>",
  "<svg><foreignObject><img src=x: onerror=ran()></foreignObject></svg>",
  "<title><img title='</title><img src=x: onerror=ran()>'></title>",
  "<xmp><img title='</xmp><img src=x: onerror=ran()>'></xmp>",
  "<svg><desc><noscript><style></noscript><img src=x: onerror=ran()></style>",
  "<template><template></template><img src=x: onerror=ran()></template>",
  "<p><svg><title><p id='</title><img src=x: onerror=ran()>'></p>",
  "<select><template><img src=x: onerror=ran()></template></select>",
  "<table><caption><svg><style></caption><img src=x: onerror=ran()></table>",
  "<img alt='<x' title='/><img src=x: onerror=ran()>'>",
  "<a id='\u0000' href='java\u0000script:ran()'></a><img src='x:'onerror='ran()'/\u0000>",
  "<!--><img src=x: onerror=ran()>-->",
  "<!--!><img src=x: onerror=ran()>--!>",
  "<iframe><!--</iframe><img src=x: onerror=ran()>-->",
  "<body onload=ran() onpageshow=ran()><img src=x: onerror=ran()>",
];

const attributes = [
  "onclick=ran()",
  "onmouseover='ran()'",
  "onfocus=ran() autofocus tabindex=0",
  "style='color:red;font-family:Arial;background:url(http://elsewhere.invalid/)'",
  "style='position:fixed;inset:0;z-index:99'",
  "onanimationstart=ran() style='animation:x 1s'",
  "class='MsoNormal report-editor block'",
  "id=consensus name=chair",
  "lang=fr dir=ltr title='lost0x'",
  "data-level=99 data-part=chair-summary data-id=forgedforgedforgedforge",
  'data-pm-slice=\'0 0 ["paragraph",{"id":"forgedforgedforgedforge","part":"chair-summary","level":2}]\'',
  'data-pm-slice=\'0 0 ["heading",{"level":{"toJSON":1},"part":["x"]}]\'',
  'data-pm-slice=\'0 0 ["unknown",{"json":"{}"},"doc",{"evil":1}]\'',
  "data-pm-slice='x'",
  "contenteditable=false is=x-evil slot=a part=b nonce=c itemprop=d",
  "role=button aria-label='lost0x' aria-hidden=false",
  "background=http://elsewhere.invalid/ poster=http://elsewhere.invalid/",
  'data-sheets-value=\'{"1":2,"2":"lost0x"}\' data-sheets-formula=\'=HYPERLINK("x")\'',
  "xmlns='http://www.w3.org/2000/svg' xlink:href='javascript:ran()'",
  "__proto__=1 constructor=2 toString=3",
];

const inlineTags =
  "b strong i em u span font code sup sub mark small abbr cite q bdi del ins s big tt label x-own o:st1".split(" ");
const links = [
  "javascript:ran()",
  "data:text/html,<script>ran()</script>",
  "https://elsewhere.invalid/",
  "jav&#x09;ascript:ran()",
  "vbscript:ran()",
  "file:///etc/passwd",
];
const looks = [
  "font-weight:700",
  "font-style:italic",
  "text-decoration:underline",
  "font-weight:normal",
  "mso-bidi-font-weight:normal",
];

class Writer {
  readonly kept: string[] = [];
  readonly #random: Chance;
  #count = 0;

  constructor(random: Chance) {
    this.#random = random;
  }

  word(): string {
    const word = `k${++this.#count}x`;
    this.kept.push(word);
    return word;
  }

  attrs(): string {
    const random = this.#random;
    return Array.from({ length: random.below(5) >> 1 }, () => ` ${random.pick(attributes)}`).join("");
  }

  /** Without a word that may stay. */
  hostile(): string {
    return this.#random.pick(dropped).replaceAll("LOST", () => `lost${++this.#count}x`);
  }

  inline(depth = 0): string {
    const random = this.#random;
    return Array.from({ length: 1 + random.below(2) }, () => {
      const deed = random.below(depth > 2 ? 2 : 6);
      if (deed === 0) return `${this.word()} `;
      if (deed === 1) return this.hostile();
      if (deed === 2) return `<a href="${random.pick(links)}"${this.attrs()}>${this.inline(depth + 1)}</a>`;
      if (deed === 3) return `<span style="${random.pick(looks)}"${this.attrs()}>${this.inline(depth + 1)}</span>`;
      const tag = random.pick(inlineTags);
      return `<${tag}${this.attrs()}>${this.inline(depth + 1)}</${tag}>`;
    }).join("");
  }

  block(depth = 0): string {
    const random = this.#random;
    const inside = (): string => (depth > 1 || random.below(3) > 0 ? this.inline() : this.block(depth + 1));
    const several = (one: () => string): string => Array.from({ length: 1 + random.below(2) }, one).join("\n");
    switch (random.below(9)) {
      case 0: {
        const tag = `h${1 + random.below(6)}`;
        return `<${tag}${this.attrs()}>${this.inline()}</${tag}>`;
      }
      case 1: {
        const tag = random.pick(["ul", "ol"]);
        return `<${tag}${this.attrs()}>${several(() => `<li${this.attrs()}>${this.inline()}${depth < 3 && random.below(4) === 0 ? this.block(depth + 1) : ""}</li>`)}</${tag}>`;
      }
      case 2: {
        const row = (): string =>
          `<tr${this.attrs()}>${several(() => `<td${this.attrs()} colspan=2>${inside()}</td>`)}</tr>`;
        return `<table border=1><colgroup><col width=9></colgroup><tbody>${several(row)}</tbody></table>`;
      }
      case 3: {
        const tag = random.pick(["div", "blockquote", "section", "article", "center", "figure", "dl", "details"]);
        return `<${tag}${this.attrs()}>${inside()}</${tag}>`;
      }
      case 4:
        return `${this.inline()}<br>${this.inline()}<hr>`;
      case 5:
        return `<pre>${this.inline()}\n${this.word()}</pre>`;
      // A wrapper around blocks, as Google Docs has it.
      case 6:
        return `<b style="font-weight:normal"${this.attrs()}>${this.block(depth + 3)}</b>`;
      default:
        return `<p${this.attrs()}>${this.inline()}</p>`;
    }
  }

  blocks(): string {
    return Array.from({ length: 1 + this.#random.below(2) }, () => this.block()).join("\n");
  }
}

type Shape = (writer: Writer, random: Chance) => string;

/** Notes stand where their sign is: what is written later is read earlier. */
function withNote(writer: Writer, sign: (note: string) => string): string {
  return `<p>${writer.word()} ${sign(writer.word())}</p>`;
}

const shapes: { readonly [from: string]: Shape } = {
  Word: (writer) => {
    const body = `${writer.blocks()}
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>lost0x<span
 style='font:7.0pt "Times New Roman"'>&nbsp;</span></span><![endif]>${writer.word()}<span class=MsoCommentReference><span style='mso-element:comment'>lost0x</span></span></p>`;
    let note = "";
    const noted = withNote(writer, (word) => {
      note = word;
      return `<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>`;
    });
    return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/lost0x.xml"><style><!-- p.MsoNormal {mso-style-parent:""} @page WordSection1 {size:lost0x} --></style><title>lost0x</title></head>
<body lang=EN-GB><!--StartFragment-->${body}${noted}<p class=MsoNormal>${writer.inline()}<o:p></o:p></p><!--EndFragment-->
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> ${note} <img src=x: onerror=ran()></p></div></div>
<div style='mso-element:comment-list'><p>lost0x</p></div></body></html>`;
  },
  LibreOffice: (writer) =>
    `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" content="LibreOffice 24.2"><style type="text/css">@page { margin: 2cm } lost0x</style></head>
<body lang="en-GB" text="#000000" dir="ltr"><p class="western" style="line-height: 100%"><font face="Liberation Serif, serif"><font size="3">${writer.inline()}</font></font></p>${writer.blocks()}</body></html>`,
  "Google Docs": (writer) =>
    `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:700;white-space:pre-wrap">${writer.word()}</span>${writer.inline()}</p>${writer.blocks()}</b><br class="Apple-interchange-newline">`,
  "a sheet": (writer) =>
    `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid lost0x} --></style><table data-sheets-root=1><colgroup><col width=100></colgroup><tbody>${[1, 2].map(() => `<tr><td data-sheets-formula="=R[0]C[1]"${writer.attrs()}>${writer.word()}</td><td>${writer.inline()}</td></tr>`).join("")}</tbody></table></google-sheets-html-origin>`,
  "a page": (writer, random) =>
    `<html><head><title>lost0x</title><base href="${elsewhere}"></head><body onload=ran()><nav${writer.attrs()}>${writer.inline()}</nav><article>${writer.blocks()}${writer.hostile()}${writer.blocks()}</article><footer>${writer.word()}</footer>${random.pick(shifting)}</body></html>`,
  "a mail": (writer, random) =>
    `<div dir="ltr">${writer.blocks()}<div class="gmail_quote"><div class="gmail_attr">${writer.word()}</div><blockquote class="gmail_quote" type=cite>${writer.blocks()}</blockquote></div><img width=1 height=1 src="${elsewhere}open?${random.below(1e6)}"></div>`,
  "our own": (writer, random) => {
    const begun = writer.inline();
    // What is no footnote has no words either.
    const id = random.pick(["forged", "&lt;script&gt;", "", "x".repeat(50)]);
    const text = `${id === "forged" ? writer.word() : ""} &lt;img src=x: onerror=ran()&gt;`;
    return `<div data-pm-slice='1 1 ["paragraph",{"id":"forgedforgedforgedforge","level":7,"part":"chair-summary"}]'>
<p class="block" data-id="forgedforgedforgedforge" data-level="${random.pick(["0", "2", "7", "-1", "NaN", "1e9"])}" data-part="chair-summary" data-kind="heading"${writer.attrs()}>${begun}<span class="footnote" data-footnote="${id}" data-text="${text}">*</span><span class="ref" data-ref="${random.pick(["forgedforgedforgedforge", "javascript:ran()", "../.."])}">¶</span><span class="unknown-content" data-json='{"t":"script"}'>${writer.word()}</span></p>${writer.blocks()}</div>`;
  },
  "nobody's": (writer, random) => {
    const before = `${writer.blocks()}<p>${writer.word()}</p>`;
    return before + random.pick(shifting) + random.pick(shifting);
  },
};

/** So many, of every shape in turn. */
export function pastes(count: number, random: Chance): readonly Paste[] {
  const all = Object.entries(shapes);
  return Array.from({ length: count }, (_, nth): Paste => {
    const writer = new Writer(random);
    // What stands in plain text is words, whatever it looks like.
    if (nth % 20 === 19) {
      const plain = `${writer.word()} <img src=x: onerror=ran()>${writer.word()}</p>\n\n<script>ran()</script>${writer.word()}`;
      return { from: "plain text", plain, kept: writer.kept };
    }
    const [from, shape] = all[nth % all.length]!;
    return { from, html: shape(writer, random), kept: writer.kept };
  });
}
