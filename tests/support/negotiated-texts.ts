/**
 * Real drafts to test on, where they are at hand: the folder named by NEGOTIATED_TEXTS. They are not part of this repository;
 * what is tested on them is tested on texts of our own as well.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder =
  process.env["NEGOTIATED_TEXTS"] ?? fileURLToPath(new URL("../../../shared/data/negotiated-texts", import.meta.url));

/** Files of one kind in a folder of them, by name; none when it is not there. */
export function negotiatedFiles(
  of: string,
  ending: string,
): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(`${folder}/${of}`)) return [];
  return readdirSync(`${folder}/${of}`)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, bytes: readFileSync(`${folder}/${of}/${name}`) }));
}

/** What is known of the brackets in one draft, counted by another program. */
export interface BracketMetrics {
  readonly open: number;
  readonly close: number;
  readonly blocks: number;
  readonly blocksWithBracket: number;
  readonly blocksUnbalanced: number;
  readonly maxDepthWithinBlock: number;
  readonly adjacentPairs: number;
  readonly emptyBrackets: number;
  readonly singleWordBrackets: number;
}

export interface Draft {
  readonly name: string;
  readonly markdown: string;
  readonly metrics: BracketMetrics;
}

/** Empty when the folder is not there. */
export const bracketedDrafts: readonly Draft[] = existsSync(`${folder}/paris-2015`) ? load() : [];

/** The schema of Akoma Ntoso and what it imports; null when the folder is not there. */
export const akomaNtoso = existsSync(`${folder}/akoma-ntoso`)
  ? (["akomantoso30.xsd", "xml.xsd"] as const).map((fileName) => ({
      fileName,
      contents: readFileSync(`${folder}/akoma-ntoso/${fileName}`, "utf8"),
    }))
  : null;

/** The Universal Declaration in Arabic, paragraph by paragraph; empty when the folder is not there. */
export const declarationInArabic: readonly string[] = existsSync(`${folder}/udhr-six-languages`)
  ? [...readFileSync(`${folder}/udhr-six-languages/arb.html`, "utf8").matchAll(/<(p|h\d)\b[^>]*>(.*?)<\/\1>/gs)]
      .map(([, , words = ""]) => words.replace(/<[^>]+>|&#?\w+;|\s+/g, " ").trim())
      .filter((words) => words !== "")
  : [];

function load(): Draft[] {
  const metrics = JSON.parse(read("bracket-metrics.json")) as Record<string, BracketMetrics>;
  return Object.entries(metrics).map(([name, metrics]) => ({ name, markdown: read(name), metrics }));
}

function read(name: string): string {
  return readFileSync(`${folder}/paris-2015/${name}`, "utf8");
}
