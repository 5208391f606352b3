/** Exact solutions of systems of linear equations. */
import { inverse, isZero, minus, times, ZERO } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Column } from './linear-program.js';

/** Weights with Σ weight_j·column_j = target, those that are free being 0; nothing where there are none. */
export function solveExactly(
  columns: readonly Column[],
  target: Column,
  rows: readonly number[],
): readonly Rational[] | undefined {
  const width = columns.length;
  const matrix = rows.map((row) => [...columns, target].map((column) => column.get(row) ?? ZERO));
  const pivots: number[] = [];
  let next = 0;
  for (let at = 0; at < width && next < matrix.length; at += 1) {
    const from = matrix.findIndex((row, index) => index >= next && !isZero(row[at] ?? ZERO));
    const [pivot, other] = [matrix[from], matrix[next]];
    if (pivot === undefined || other === undefined) continue;
    [matrix[from], matrix[next]] = [other, pivot];
    eliminate(matrix, next, at);
    pivots.push(at);
    next += 1;
  }
  if (matrix.slice(next).some((row) => !isZero(row[width] ?? ZERO))) return undefined;
  const out = columns.map(() => ZERO);
  for (const [row, at] of pivots.entries()) out[at] = matrix[row]?.[width] ?? ZERO;
  return out;
}

function eliminate(matrix: Rational[][], row: number, at: number): void {
  const pivot = matrix[row] ?? [];
  const scale = inverse(pivot[at] ?? ZERO);
  const scaled = pivot.map((entry) => (isZero(entry) ? entry : times(entry, scale)));
  matrix[row] = scaled;
  for (const [index, other] of matrix.entries()) {
    const by = other[at] ?? ZERO;
    if (index === row || isZero(by)) continue;
    matrix[index] = other.map((entry, column) => {
      const factor = scaled[column] ?? ZERO;
      return isZero(factor) ? entry : minus(entry, times(by, factor));
    });
  }
}
