/** What an OpenDocument text says, read from its XML into the same as a Word document (`read-docx.ts`). */
import { strFromU8, unzipSync } from "fflate";
import { JSDOM } from "jsdom";
import type { ReadDocument, ReadParagraph, ReadRun } from "./read-docx.ts";

const { DOMParser } = new JSDOM().window;

export function readOdt(bytes: Uint8Array): ReadDocument {
  const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)]));
  const document = new DOMParser().parseFromString(files["content.xml"] ?? "<none/>", "application/xml");
  const wrong = document.querySelector("parsererror");
  if (wrong) throw new Error(`content.xml: ${wrong.textContent}`);

  const changes = new Map(
    [...document.getElementsByTagName("text:changed-region")].map((region) => [
      region.getAttribute("text:id") ?? "",
      {
        by: region.getElementsByTagName("dc:creator")[0]?.textContent ?? "",
        deleted: [...region.getElementsByTagName("text:p")],
      },
    ]),
  );
  const annotations = [...document.getElementsByTagName("office:annotation")];
  const idOf = new Map(annotations.map((one, index) => [one.getAttribute("office:name") ?? "", String(index)]));
  const comments = new Map(
    annotations.map((one, index) => [
      String(index),
      {
        by: one.getElementsByTagName("dc:creator")[0]?.textContent ?? "",
        text: [...one.getElementsByTagName("text:p")].map(textOf).join("\n"),
      },
    ]),
  );
  const footnotes: string[] = [];
  const inserting = new Map<string, string>();
  const open = new Set<string>();
  const text = document.getElementsByTagName("office:text")[0];
  const paragraphs = [...(text?.querySelectorAll("*") ?? [])].filter(
    (one) =>
      ["text:p", "text:h"].includes(one.tagName) &&
      !one.parentElement?.closest("text\\:tracked-changes, office\\:annotation, text\\:note"),
  );
  return { paragraphs: paragraphs.map(readParagraph), comments, footnotes, files };

  function textOf(node: Node): string {
    const one = node as Element;
    switch (one.tagName) {
      case undefined:
        return node.textContent ?? "";
      case "text:tab":
        return "\t";
      case "text:line-break":
        return "\n";
      case "text:s":
        return " ".repeat(Number(one.getAttribute("text:c") ?? 1));
      case "text:note": {
        const note = textOf(one.getElementsByTagName("text:note-body")[0]!);
        footnotes.push(note);
        return `{${note}}`;
      }
      case "text:bookmark-start":
        return "";
      default:
        return [...node.childNodes].map(textOf).join("");
    }
  }

  function readParagraph(paragraph: Element): ReadParagraph {
    let anchor: string | null = null;
    let lead = "";
    const runs: ReadRun[] = [];
    const add = (words: string, tracked: Pick<ReadRun, "inserted" | "deleted">): void => {
      if (words === "") return;
      if (anchor === null) lead += words;
      else runs.push({ text: words, ...tracked, comments: [...open] });
    };
    for (const child of paragraph.childNodes) {
      const one = child as Element;
      const change = changes.get(one.tagName && (one.getAttribute("text:change-id") ?? ""));
      const [inserted] = inserting.values();
      switch (one.tagName) {
        case "text:bookmark-start":
          anchor = one.getAttribute("text:name");
          break;
        case "text:change-start":
          inserting.set(one.getAttribute("text:change-id")!, change!.by);
          break;
        case "text:change-end":
          inserting.delete(one.getAttribute("text:change-id")!);
          break;
        case "text:change":
          add(change!.deleted.map(textOf).join("\n"), { deleted: change!.by });
          break;
        case "office:annotation":
          open.add(idOf.get(one.getAttribute("office:name") ?? "")!);
          break;
        case "office:annotation-end":
          open.delete(idOf.get(one.getAttribute("office:name") ?? "")!);
          break;
        default:
          add(textOf(child), inserted === undefined ? {} : { inserted });
      }
    }
    const style = paragraph.getAttribute("text:style-name") ?? "";
    return { anchor, style, rtl: style.endsWith("_rtl"), lead, runs };
  }
}
