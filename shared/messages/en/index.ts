/** English, complete: every other language is measured against it. One file an area. */
import { record } from "./record.ts";
import { words } from "./words.ts";

export const en = { record, words } as const;
