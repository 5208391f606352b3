/** Neighbouring lines of one kind in columns. It knows lines as texts only. */
import { screenWidth } from '../base/screen-width.js';
import { WIDTH } from './doc.js';

export interface Row {
  /** The text of each column; absent where the row has none. */
  readonly cells: readonly (string | undefined)[];
  /** Whether the row ends with its last cell. Otherwise more follows it, over several lines. */
  readonly whole: boolean;
}

const lastOf = ({ cells }: Row): number => cells.findLastIndex((cell) => cell !== undefined);

/** A row without columns. */
const plain = ({ cells }: Row): string => cells.filter((cell) => cell !== undefined).join(' ');

/** How wide each column is: a row's last cell may stick out, and has no say. */
function widthsOf(rows: readonly Row[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    const end = row.whole ? lastOf(row) : row.cells.length;
    row.cells.forEach((cell, column) => {
      const width = cell === undefined || column >= end ? 0 : screenWidth(cell);
      widths[column] = Math.max(widths[column] ?? 0, width);
    });
  }
  return widths;
}

function placed(row: Row, widths: readonly number[]): string {
  const end = lastOf(row);
  const texts = row.cells.slice(0, end + 1).map((cell = '', column) => {
    if (row.whole && column === end) return cell;
    const width = widths[column] ?? 0;
    return width === 0 ? '' : `${cell}${' '.repeat(width - screenWidth(cell))}`;
  });
  return texts.filter((text) => text !== '').join(' ');
}

/** The rows as lines; what is no row is passed over. A row that its columns would make too long stands outside of them. */
export function inColumns(
  rows: readonly (Row | undefined)[],
  margin: number,
): readonly (string | undefined)[] {
  const room = WIDTH - margin;
  const all = rows.filter((row) => row !== undefined);
  const first = widthsOf(all);
  const sticksOut = (row: Row): boolean =>
    row.whole && screenWidth(placed(row, first)) > room && screenWidth(plain(row)) <= room;
  const outside = new Set(all.filter(sticksOut));
  const widths = outside.size === 0 ? first : widthsOf(all.filter((row) => !outside.has(row)));
  return rows.map((row) => row && (outside.has(row) ? plain(row) : placed(row, widths)));
}
