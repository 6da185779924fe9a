/** What a Word document says, read from its XML: paragraphs with their runs, who tracked what, and the comments. */
import { strFromU8, unzipSync } from "fflate";
import { JSDOM } from "jsdom";

const { DOMParser } = new JSDOM().window;

export interface ReadRun {
  readonly text: string;
  readonly inserted?: string;
  readonly deleted?: string;
  readonly comments: readonly string[];
}

export interface ReadParagraph {
  readonly anchor: string | null;
  readonly style: string;
  readonly rtl: boolean;
  /** What stands before the anchored words. */
  readonly lead: string;
  readonly runs: readonly ReadRun[];
}

export interface ReadDocument {
  readonly paragraphs: readonly ReadParagraph[];
  readonly comments: ReadonlyMap<string, { readonly by: string; readonly text: string }>;
  readonly footnotes: readonly string[];
  /** All files of it, as they are. */
  readonly files: Readonly<Record<string, string>>;
}

export function readDocx(bytes: Uint8Array): ReadDocument {
  const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)]));
  const parse = (name: string): Document => {
    const document = new DOMParser().parseFromString(files[name] ?? "<none/>", "application/xml");
    const wrong = document.querySelector("parsererror");
    if (wrong) throw new Error(`${name}: ${wrong.textContent}`);
    return document;
  };
  const named = (document: Document, name: string): Element[] => [...document.getElementsByTagName(`w:${name}`)];
  const textOf = (element: Element): string =>
    [...element.getElementsByTagName("*")]
      .map((one) =>
        ["w:t", "w:delText"].includes(one.tagName) ? one.textContent : one.tagName === "w:tab" ? "\t" : "",
      )
      .join("");
  const comments = new Map(
    named(parse("word/comments.xml"), "comment").map((one) => [
      one.getAttribute("w:id") ?? "",
      {
        by: one.getAttribute("w:author") ?? "",
        text: [...one.getElementsByTagName("w:p")].map((line) => textOf(line)).join("\n"),
      },
    ]),
  );
  const footnotes = named(parse("word/footnotes.xml"), "footnote")
    .filter((one) => !one.hasAttribute("w:type"))
    .map((one) => textOf(one).trim());
  return { paragraphs: named(parse("word/document.xml"), "p").map(readParagraph), comments, footnotes, files };

  function readParagraph(paragraph: Element): ReadParagraph {
    const open = new Set<string>();
    let anchor: string | null = null;
    let lead = "";
    const runs: ReadRun[] = [];
    const walk = (parent: Element, tracked: Pick<ReadRun, "inserted" | "deleted">): void => {
      for (const child of parent.children) {
        const who = child.getAttribute("w:author") ?? "";
        switch (child.tagName) {
          case "w:ins":
            walk(child, { ...tracked, inserted: who });
            break;
          case "w:del":
            walk(child, { ...tracked, deleted: who });
            break;
          case "w:bookmarkStart":
            anchor = child.getAttribute("w:name");
            break;
          case "w:commentRangeStart":
            open.add(child.getAttribute("w:id") ?? "");
            break;
          case "w:commentRangeEnd":
            open.delete(child.getAttribute("w:id") ?? "");
            break;
          case "w:r": {
            const note = child.getElementsByTagName("w:footnoteReference")[0];
            const text = note ? `{${footnotes[Number(note.getAttribute("w:id")) - 1]}}` : textOf(child);
            if (text === "") break;
            if (anchor === null) lead += text;
            else runs.push({ text, ...tracked, comments: [...open] });
          }
        }
      }
    };
    walk(paragraph, {});
    return {
      anchor,
      style: paragraph.getElementsByTagName("w:pStyle")[0]?.getAttribute("w:val") ?? "",
      rtl: paragraph.getElementsByTagName("w:bidi").length > 0,
      lead,
      runs,
    };
  }
}

/** The words when nobody's changes are accepted, and when those of some are. */
export const accepting = ({ runs }: ReadParagraph, by: (author: string) => boolean): string =>
  runs
    .filter(
      ({ inserted, deleted }) => (inserted === undefined || by(inserted)) && (deleted === undefined || !by(deleted)),
    )
    .map(({ text }) => text)
    .join("");
