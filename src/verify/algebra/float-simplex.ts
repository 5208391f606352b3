/** The simplex method in floating point: a guess at which columns a solution needs. Nothing is proved here. */
import { toNumber } from '../../proof/rational.js';
import type { Budget } from '../budget.js';
import type { Column } from './linear-program.js';

const TINY = 1e-9;

/**
 * Columns of a basis that solves Σ λ_j·column_j = target as far as floating point can tell; 'none' where it finds that there is
 * no solution.
 */
export function guessColumns(
  columns: readonly Column[],
  target: Column,
  rows: readonly number[],
  budget: Budget,
): readonly number[] | 'none' {
  const [height, width] = [rows.length, columns.length];
  const place = new Map(rows.map((row, at) => [row, at]));
  const stride = width + 1;
  const table = new Float64Array((height + 1) * stride);
  for (const [at, column] of [...columns, target].entries()) {
    let size = at === width ? 1 : TINY;
    if (at < width) for (const entry of column.values()) size = Math.max(size, Math.abs(toNumber(entry)));
    for (const [row, entry] of column) table[(place.get(row) ?? 0) * stride + at] = toNumber(entry) / size;
  }
  // The last row holds the sums over the rows whose artificial variables are still in the basis: what entering a column gains.
  const basis = new Int32Array(height).fill(-1);
  for (let row = 0; row < height; row += 1) {
    const sign = (table[row * stride + width] ?? 0) < 0 ? -1 : 1;
    for (let at = 0; at <= width; at += 1) {
      const entry = sign * (table[row * stride + at] ?? 0);
      table[row * stride + at] = entry;
      table[height * stride + at] = (table[height * stride + at] ?? 0) + entry;
    }
  }
  for (let step = 0; step < 4 * (height + width); step += 1) {
    const [entering, row] = pivotOf(table, height, width, step > 2 * height + 20);
    if (entering < 0 || row < 0) break;
    if (!budget.spend(1 + Math.ceil((height * stride) / 800))) return 'none';
    pivot(table, height, stride, row, entering);
    basis[row] = entering;
  }
  if ((table[height * stride + width] ?? 0) > 1e-7) return 'none';
  return [...basis].filter((at) => at >= 0);
}

function pivotOf(
  table: Float64Array,
  height: number,
  width: number,
  isCareful: boolean,
): readonly [number, number] {
  const stride = width + 1;
  let [entering, best] = [-1, TINY];
  for (let at = 0; at < width; at += 1) {
    const gain = table[height * stride + at] ?? 0;
    if (gain <= best) continue;
    [entering, best] = [at, gain];
    if (isCareful) break;
  }
  if (entering < 0) return [-1, -1];
  let [row, least, size] = [-1, Infinity, 0];
  for (let at = 0; at < height; at += 1) {
    const entry = table[at * stride + entering] ?? 0;
    if (entry <= TINY) continue;
    const ratio = (table[at * stride + width] ?? 0) / entry;
    if (ratio < least - TINY || (ratio <= least + TINY && entry > size))
      [row, least, size] = [at, ratio, entry];
  }
  return [entering, row];
}

function pivot(table: Float64Array, height: number, stride: number, row: number, entering: number): void {
  const scale = 1 / (table[row * stride + entering] ?? 1);
  for (let at = 0; at < stride; at += 1) table[row * stride + at] = (table[row * stride + at] ?? 0) * scale;
  for (let other = 0; other <= height; other += 1) {
    const by = table[other * stride + entering] ?? 0;
    if (other === row || by === 0) continue;
    for (let at = 0; at < stride; at += 1) {
      const index = other * stride + at;
      table[index] = (table[index] ?? 0) - by * (table[row * stride + at] ?? 0);
    }
    table[other * stride + entering] = 0;
  }
}
