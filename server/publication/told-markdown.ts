/** A document about the report in Markdown: its masthead in words, then its sections, tables as tables. */
import { escaped, guarded } from "../../shared/domain/markdown-inline.ts";
import type { PrintedItem, PrintedReport, PrintedTable } from "./printed-report.ts";

export function toldInMarkdown({ title, symbol, imprint, status, asOf, address, sections }: PrintedReport): string {
  const passages = [
    `# ${escaped(title)}`,
    escaped([...(symbol === null ? [] : [symbol]), ...imprint].join(" · ")),
    `*${escaped(status)}.* ${escaped(asOf)}. <${address}>`,
    ...sections.flatMap((section) => [`## ${escaped(section.title)}`, ...section.items.map(itemIn)]),
  ];
  return `${passages.join("\n\n")}\n`;
}

/** Lines within a paragraph stay lines: two spaces end one. */
const itemIn = (item: PrintedItem): string =>
  item.t === "table"
    ? tableIn(item)
    : item.text
        .split("\n")
        .map((line) => guarded(escaped(line)))
        .join("  \n");

const tableIn = ({ columns, rows }: PrintedTable): string =>
  [columns.map(({ title }) => title), columns.map(() => "---"), ...rows].map(rowIn).join("\n");

const rowIn = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.split("\n").map(escaped).join("<br>").replaceAll("|", "\\|")).join(" | ")} |`;
