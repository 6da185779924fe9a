/** English, complete: every other language is measured against it. One file an area. */
import { reader } from "./reader.ts";
import { record } from "./record.ts";
import { refusals } from "./refusals.ts";
import { site } from "./site.ts";
import { words } from "./words.ts";

export const en = { reader, record, refusals, site, words } as const;
