type Cell = string | number | boolean | null;

/** What makes a spreadsheet take a cell for a formula, also behind white space. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * One line of CSV (RFC 4180) that is safe to open in a spreadsheet: text that could be a formula gets an apostrophe
 * before it. Null becomes an empty cell.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An object's own fields as cells, nested ones as `parent_child`; the order of the first row holds for all. */
export function flatCells(row: object, prefix = ''): [name: string, cell: Cell][] {
  return Object.entries(row).flatMap(([name, value]: [string, unknown]): [string, Cell][] => {
    if (typeof value === 'object' && value !== null) return flatCells(value, `${prefix}${name}_`);
    return [[`${prefix}${name}`, value as Cell]];
  });
}
