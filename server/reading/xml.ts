/** XML from outside: no document type, no entities, no depth that only a program would write (SPEC: REA). */
import type { Element } from "@xmldom/xmldom";
import { DOMParser } from "@xmldom/xmldom";
import { FileRefused } from "./read-document.ts";

export type { Element };

export interface XmlLimits {
  /** Elements and their ends in one file: each takes half a kilobyte of memory. */
  readonly tags: number;
  readonly depth: number;
}

/** @param name of the file, for the reason. @throws FileRefused */
export function parseXml(source: string, name: string, limits: XmlLimits): Element {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(source)) throw new FileRefused("file-unsafe", `${name} defines entities`);
  guard(source, name, limits);
  try {
    const parser = new DOMParser({
      onError: (level, message) => {
        if (level !== "warning") throw new Error(message);
      },
    });
    const root = parser.parseFromString(source, "application/xml").documentElement;
    if (root) return root;
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused("file-damaged", `${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new FileRefused("file-damaged", `${name} is empty`);
}

/** Counts tags without building anything. Comments and the like may be counted as tags too: they are not written by the million either. */
function guard(source: string, name: string, { tags, depth }: XmlLimits): void {
  let count = 0;
  let deep = 0;
  for (let at = source.indexOf("<"); at >= 0; at = source.indexOf("<", at + 1)) {
    if (++count > tags) throw new FileRefused("file-too-large", `${name} has more than ${tags} tags`);
    const next = source[at + 1];
    if (next === "/") deep--;
    else if (next !== "?" && next !== "!") {
      const end = source.indexOf(">", at);
      if (end >= 0 && source[end - 1] !== "/") deep++;
      if (deep > depth) throw new FileRefused("file-unsafe", `${name} is nested more than ${depth} deep`);
    }
  }
}

/** The elements directly within. */
export function* childrenOf(parent: Element): Generator<Element> {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE) yield node as Element;
  }
}

export function childOf(parent: Element | null, name: string): Element | null {
  if (parent) for (const child of childrenOf(parent)) if (child.localName === name) return child;
  return null;
}
