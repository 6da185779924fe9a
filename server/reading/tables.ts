/** Tables as rows of words: CSV, and the sheets of a workbook. No formula is evaluated, and no date or number made of one (SPEC: REA). */
import { CsvError, parse } from "csv-parse/sync";
import type { Archive } from "./archive.ts";
import { openArchive } from "./archive.ts";
import { decode } from "./decode.ts";
import { FileRefused } from "./read-document.ts";
import type { ReadingLimits } from "./reading-limits.ts";
import type { Element } from "./xml.ts";
import { childOf, childrenOf, parseXml } from "./xml.ts";

export interface ReadTables {
  readonly sheets: readonly ReadSheet[];
  /** Cells that a program computes: what it last showed was read. */
  readonly formulas: number;
}

export interface ReadSheet {
  /** Empty for CSV, which has but one. */
  readonly name: string;
  readonly cells: readonly (readonly string[])[];
}

/** A table of comments has a dozen columns and some hundred rows. */
const most = { rows: 5_000, columns: 60, sheets: 50, cellCharacters: 40_000 };

/** @throws FileRefused */
export function readTables(bytes: Uint8Array, limits: ReadingLimits): ReadTables {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { sheets: [csv(bytes)], formulas: 0 };
  const archive = openArchive(bytes, limits);
  if (!archive.has("xl/workbook.xml"))
    throw new FileRefused("file-of-another-kind", "a packed file that is no workbook");
  return new Workbook(archive, limits).read();
}

function csv(bytes: Uint8Array): ReadSheet {
  const { text } = decode(bytes);
  try {
    const cells = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      to: most.rows + 1,
      max_record_size: most.columns * most.cellCharacters,
    });
    return { name: "", cells: cells.map((row) => bounded(row)).slice(0, most.rows) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileRefused(error.code === "CSV_MAX_RECORD_SIZE" ? "file-too-large" : "file-damaged", error.message);
  }
}

/** The sign that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 10_000);
  const count = (sign: string): number => head.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

const bounded = (row: readonly string[]): string[] =>
  row.slice(0, most.columns).map((cell) => cell.slice(0, most.cellCharacters));

class Workbook {
  readonly #archive: Archive;
  readonly #limits: ReadingLimits;
  readonly #shared: readonly string[];
  #formulas = 0;

  constructor(archive: Archive, limits: ReadingLimits) {
    this.#archive = archive;
    this.#limits = limits;
    const shared = this.#xml("xl/sharedStrings.xml");
    this.#shared = shared ? [...childrenOf(shared)].map(wordsIn) : [];
  }

  read(): ReadTables {
    const targets = new Map<string, string>();
    const relations = this.#xml("xl/_rels/workbook.xml.rels");
    for (const relation of relations ? childrenOf(relations) : []) {
      const target = relation.getAttribute("Target") ?? "";
      targets.set(relation.getAttribute("Id") ?? "", target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    }
    const listed = childOf(this.#xml("xl/workbook.xml"), "sheets");
    const sheets: ReadSheet[] = [];
    for (const sheet of listed ? childrenOf(listed) : []) {
      if (sheets.length >= most.sheets) break;
      if ((sheet.getAttribute("state") ?? "visible") !== "visible") continue;
      const root = this.#xml(targets.get(attributeCalled(sheet, "id")) ?? "");
      if (root) sheets.push({ name: sheet.getAttribute("name") ?? "", cells: this.#cells(root) });
    }
    return { sheets, formulas: this.#formulas };
  }

  #cells(root: Element): string[][] {
    const rows: string[][] = [];
    const data = childOf(root, "sheetData");
    for (const row of data ? childrenOf(data) : []) {
      // Rows and cells that hold nothing are left out of the file.
      const at = Number(row.getAttribute("r") ?? rows.length + 1);
      if (!(at > rows.length) || at > most.rows) break;
      while (rows.length < at - 1) rows.push([]);
      const cells: string[] = [];
      for (const cell of childrenOf(row)) {
        const column = columnOf(cell.getAttribute("r")) ?? cells.length;
        if (column >= most.columns || column < cells.length) continue;
        while (cells.length < column) cells.push("");
        cells.push(this.#value(cell).slice(0, most.cellCharacters));
      }
      rows.push(cells);
    }
    return rows;
  }

  #value(cell: Element): string {
    if (childOf(cell, "f")) this.#formulas++;
    const inline = childOf(cell, "is");
    if (inline) return wordsIn(inline);
    const value = childOf(cell, "v")?.textContent ?? "";
    return cell.getAttribute("t") === "s" ? (this.#shared[Number(value)] ?? "") : value;
  }

  #xml(name: string): Element | null {
    const source = this.#archive.get(name);
    return source === undefined ? null : parseXml(source, name, this.#limits);
  }
}

/** Its runs together, without the reading of Chinese characters that may stand beside them. */
const wordsIn = (item: Element): string =>
  [...childrenOf(item)]
    .map((child) =>
      child.localName === "t" ? (child.textContent ?? "") : child.localName === "r" ? wordsIn(child) : "",
    )
    .join("");

/** "AB12" is column 27. */
function columnOf(place: string | null): number | null {
  const name = /^[A-Z]{1,3}(?=\d)/.exec(place ?? "")?.[0];
  return name ? name.split("").reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null;
}

/** Whatever the prefix of its namespace. */
function attributeCalled(element: Element, name: string): string {
  for (const { localName, value } of element.attributes) if (localName === name) return value;
  return "";
}
