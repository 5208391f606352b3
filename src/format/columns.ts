/** Neighbouring lines of one kind in columns. It knows lines as texts only. */
import { screenWidth } from '../base/screen-width.js';
import { WIDTH } from './doc.js';

export interface Row {
  /** The text of each column; absent where the row has none. */
  readonly cells: readonly (string | undefined)[];
  /** Whether the row ends with its last cell. Otherwise more follows it, over several lines. */
  readonly whole: boolean;
}

/** A row with the widths of its cells. */
interface Measured {
  readonly row: Row;
  readonly widths: readonly (number | undefined)[];
  /** The column of the cell that ends the row; it may be as wide as it likes. */
  readonly last: number;
}

function measured(row: Row): Measured {
  const widths = row.cells.map((cell) => (cell === undefined ? undefined : screenWidth(cell)));
  const last = row.whole ? widths.findLastIndex((width) => width !== undefined) : widths.length;
  return { row, widths, last };
}

const sum = (widths: readonly (number | undefined)[]): number =>
  widths.reduce<number>((total, width) => total + (width === undefined ? 0 : width + 1), 0);

/** How wide each column is. */
function columnsOf(rows: readonly Measured[]): readonly number[] {
  const columns: number[] = [];
  for (const { widths, last } of rows)
    widths.forEach((width = 0, column) => {
      columns[column] = Math.max(columns[column] ?? 0, column < last ? width : 0);
    });
  return columns;
}

const before = ({ widths, last }: Measured): number => sum(widths.slice(0, last));
const end = ({ widths, last }: Measured): number => widths[last] ?? 0;
const fits = (one: Measured, columns: readonly number[], room: number): boolean =>
  sum(columns.slice(0, one.last).filter((width) => width > 0)) + end(one) <= room ||
  before(one) + end(one) > room;

/** The rows that share columns: as many as have room. Those with the longest beginnings are left out first. */
function together(rows: readonly Measured[], room: number): readonly Measured[] {
  let best: readonly Measured[] = [];
  const limits = [...new Set(rows.map(before))].sort((a, b) => b - a);
  for (const limit of limits) {
    const some = rows.filter((one) => before(one) <= limit);
    if (some.length <= best.length) break;
    const columns = columnsOf(some);
    const fitting = some.filter((one) => fits(one, columns, room));
    if (fitting.length > best.length) best = fitting;
    if (best.length === rows.length) break;
  }
  return best;
}

function placed({ row, last }: Measured, columns: readonly number[]): string {
  const texts = row.cells.slice(0, last + 1).map((cell = '', column) => {
    if (column === last) return cell;
    const width = columns[column] ?? 0;
    return width === 0 ? '' : `${cell}${' '.repeat(width - screenWidth(cell))}`;
  });
  return texts.filter((text) => text !== '').join(' ');
}

const plain = ({ cells }: Row): string => cells.filter((cell) => cell !== undefined).join(' ');

/** The rows as lines; what is no row is passed over. A row for which the columns have no room stands outside of them. */
export function inColumns(
  rows: readonly (Row | undefined)[],
  margin: number,
): readonly (string | undefined)[] {
  const all = rows.map((row) => row && measured(row));
  const inside = new Set(
    together(
      all.filter((one) => one !== undefined),
      WIDTH - margin,
    ),
  );
  const columns = columnsOf([...inside]);
  return all.map((one) => one && (inside.has(one) ? placed(one, columns) : plain(one.row)));
}
