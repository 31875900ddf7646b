export type Cell = string | number | null;

/** One line of CSV after RFC 4180: quoted where a comma, a quote or a line break asks for it, ended by CR LF. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What a person typed is never a formula: a spreadsheet would run one that another person sends. */
function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
