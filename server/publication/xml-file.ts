/** An XML file made as a tree, so that no text is ever read as markup (SPEC: PUB9). */
import type { Element, Node } from "@xmldom/xmldom";
import { DOMImplementation, XMLSerializer } from "@xmldom/xmldom";
import { inXml } from "./in-xml.ts";

export type Child = Node | string;
export type Attributes = { readonly [name: string]: string | number | undefined };

export interface XmlFile {
  readonly root: Element;
  /** Attributes without a value are left out. */
  readonly element: (name: string, attributes?: Attributes, children?: readonly Child[]) => Element;
  readonly append: (parent: Element, children: readonly Child[]) => void;
  readonly written: () => string;
}

/** @param namespaces by prefix; that of the empty prefix is for names without one */
export function xmlFile(namespaces: { readonly [prefix: string]: string }, rootName: string): XmlFile {
  const uriOf = (name: string): string | null => namespaces[name.includes(":") ? name.split(":")[0]! : ""] ?? null;
  const document = new DOMImplementation().createDocument(uriOf(rootName), rootName, null);
  const root = document.documentElement!;
  for (const [prefix, uri] of Object.entries(namespaces))
    root.setAttributeNS("http://www.w3.org/2000/xmlns/", prefix === "" ? "xmlns" : `xmlns:${prefix}`, uri);

  const append = (parent: Element, children: readonly Child[]): void => {
    for (const child of children)
      parent.appendChild(typeof child === "string" ? document.createTextNode(inXml(child)) : child);
  };
  return {
    root,
    append,
    element: (name, attributes = {}, children = []) => {
      const made = document.createElementNS(uriOf(name), name);
      for (const [key, value] of Object.entries(attributes)) {
        if (value === undefined) continue;
        const uri = key.startsWith("xml:")
          ? "http://www.w3.org/XML/1998/namespace"
          : key.includes(":")
            ? uriOf(key)
            : null;
        made.setAttributeNS(uri, key, inXml(String(value)));
      }
      append(made, children);
      return made;
    },
    written: () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`,
  };
}
