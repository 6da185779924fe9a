/** Rows as a file for a spreadsheet (RFC 4180): every cell quoted, and none of them read as a formula. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

// oxlint-disable-next-line no-control-regex -- what spreadsheets pass over before a formula
const cell = (value: string): string =>
  `"${(/^[=+\-@\t\r\0＝＋－＠]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
