/** The one stylesheet of all server-rendered pages, under an address that names its contents, so that it can be kept for ever. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Voice } from "../../../shared/messages/say.ts";

const source = readFileSync(new URL("pages.css", import.meta.url), "utf8");

export interface Stylesheet {
  readonly css: string;
  readonly href: string;
}

const made = new Map<string, Stylesheet>();

/** The words that print on every sheet of paper are the only ones in it. */
export function stylesheetIn({ language, say }: Pick<Voice, "language" | "say">): Stylesheet {
  let sheet = made.get(language);
  if (!sheet) {
    const css = source.replaceAll("{not-adopted}", say("reader.notAdopted").replace(/["\\\n]/g, ""));
    const name = createHash("sha256").update(css).digest("hex").slice(0, 16);
    made.set(language, (sheet = { css, href: `/pages/${name}.css` }));
  }
  return sheet;
}
