/** The simplex method over rationals, with Bland's rule: for programs that floating point misjudges. */
import {
  compare,
  inverse,
  isZero,
  minus,
  opposite,
  over,
  plus,
  signOf,
  times,
  ZERO,
} from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Budget } from '../budget.js';
import type { Column } from './linear-program.js';

export function exactSimplex(
  columns: readonly Column[],
  target: Column,
  rows: readonly number[],
  budget: Budget,
): readonly (readonly [number, Rational])[] | undefined {
  const width = columns.length;
  const table = rows.map((row) => {
    const entries = [...columns, target].map((column) => column.get(row) ?? ZERO);
    return signOf(entries[width] ?? ZERO) < 0 ? entries.map(opposite) : entries;
  });
  const basis = rows.map(() => -1);
  for (;;) {
    const entering = enteringOf(table, basis, width);
    if (entering === undefined) break;
    const row = leavingOf(table, basis, entering, width);
    if (row === undefined || !budget.spend(1 + Math.ceil((rows.length * width) / 10))) return undefined;
    pivot(table, row, entering);
    basis[row] = entering;
  }
  if (table.some((row, at) => basis[at] === -1 && !isZero(row[width] ?? ZERO))) return undefined;
  return basis.flatMap((at, row) => {
    const value = table[row]?.[width] ?? ZERO;
    return at < 0 || isZero(value) ? [] : [[at, value] as const];
  });
}

/** The first column that lowers the sum of the artificial variables. */
function enteringOf(
  table: readonly Rational[][],
  basis: readonly number[],
  width: number,
): number | undefined {
  const artificial = table.filter((_, at) => basis[at] === -1);
  if (artificial.every((row) => isZero(row[width] ?? ZERO))) return undefined;
  for (let at = 0; at < width; at += 1) {
    const gain = artificial.reduce((sum, row) => plus(sum, row[at] ?? ZERO), ZERO);
    if (signOf(gain) > 0) return at;
  }
  return undefined;
}

function leavingOf(
  table: readonly Rational[][],
  basis: readonly number[],
  entering: number,
  width: number,
): number | undefined {
  let best: { readonly row: number; readonly ratio: Rational } | undefined;
  for (const [row, entries] of table.entries()) {
    const entry = entries[entering] ?? ZERO;
    if (signOf(entry) <= 0) continue;
    const ratio = over(entries[width] ?? ZERO, entry);
    const order = best === undefined ? -1 : compare(ratio, best.ratio);
    const isFirst = order === 0 && best !== undefined && (basis[row] ?? -1) < (basis[best.row] ?? -1);
    if (order < 0 || isFirst) best = { row, ratio };
  }
  return best?.row;
}

function pivot(table: Rational[][], row: number, entering: number): void {
  const old = table[row] ?? [];
  const scale = inverse(old[entering] ?? ZERO);
  const scaled = old.map((entry) => (isZero(entry) ? entry : times(entry, scale)));
  table[row] = scaled;
  for (const [at, other] of table.entries()) {
    const by = other[entering] ?? ZERO;
    if (at === row || isZero(by)) continue;
    table[at] = other.map((entry, column) => {
      const factor = scaled[column] ?? ZERO;
      return isZero(factor) ? entry : minus(entry, times(by, factor));
    });
  }
}
