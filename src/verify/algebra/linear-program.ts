/**
 * Exact linear programs: weights λ ≥ 0 with Σ λ_j·column_j = target. Floating point guesses which columns carry the answer, and
 * an exact solution over those columns is what counts; where the guess fails, the exact simplex method decides.
 */
import { isZero, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Budget } from '../budget.js';
import { exactSimplex } from './exact-simplex.js';
import { guessColumns } from './float-simplex.js';
import { solveExactly } from './linear-system.js';

/** Entries that are not 0, by row. */
export type Column = ReadonlyMap<number, Rational>;

/** One weight for each column, most of them 0; `undefined` where there is no solution, or no budget to find it. */
export function feasiblePoint(
  columns: readonly Column[],
  target: Column,
  budget: Budget,
): readonly (readonly [number, Rational])[] | undefined {
  const kept = withoutHopeless(columns, target);
  const used = kept.map((at) => columns[at] ?? new Map<number, Rational>());
  const rows = rowsOf(used, target);
  if (rows === undefined) return undefined;
  if (!budget.spend(10 + Math.ceil((rows.length * used.length) / 20))) return undefined;
  const guess = guessColumns(used, target, rows, budget);
  if (guess === 'none' && used.length * rows.length > 100) return undefined;
  const solved =
    (guess === 'none' ? undefined : exactOver(used, guess, target, rows)) ??
    exactSimplex(used, target, rows, budget);
  return solved?.map(([at, weight]) => [kept[at] ?? 0, weight] as const);
}

function exactOver(
  columns: readonly Column[],
  guess: readonly number[],
  target: Column,
  rows: readonly number[],
): readonly (readonly [number, Rational])[] | undefined {
  const chosen = guess.map((at) => columns[at] ?? new Map<number, Rational>());
  const weights = solveExactly(chosen, target, rows);
  if (weights === undefined || weights.some((one) => signOf(one) < 0)) return undefined;
  return weights.flatMap((one, at) => (isZero(one) ? [] : [[guess[at] ?? 0, one] as const]));
}

/** Rows that occur; none where the target has one that no column has. */
function rowsOf(columns: readonly Column[], target: Column): readonly number[] | undefined {
  const rows = new Set<number>();
  for (const column of columns) for (const row of column.keys()) rows.add(row);
  return [...target.keys()].every((row) => rows.has(row)) ? [...rows] : undefined;
}

interface Row {
  /** Columns with a positive entry, and with a negative one. */
  readonly above: number[];
  readonly below: number[];
  /** How many of them are left. */
  up: number;
  down: number;
}

/** Drops columns that must have the weight 0, since in some row with the target 0 all entries have one sign. */
function withoutHopeless(columns: readonly Column[], target: Column): readonly number[] {
  const rows = new Map<number, Row>();
  for (const [at, column] of columns.entries())
    for (const [name, entry] of column) {
      let row = rows.get(name);
      if (row === undefined) rows.set(name, (row = { above: [], below: [], up: 0, down: 0 }));
      if (signOf(entry) > 0) row.up = row.above.push(at);
      else row.down = row.below.push(at);
    }
  const isDropped = new Uint8Array(columns.length);
  const waiting = [...rows.keys()];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const row = rows.get(name);
    if (row === undefined || target.has(name) || (row.up > 0 && row.down > 0)) continue;
    for (const at of row.up > 0 ? row.above : row.below) {
      if (isDropped[at] === 1) continue;
      isDropped[at] = 1;
      for (const [other, entry] of columns[at] ?? []) {
        const touched = rows.get(other);
        if (touched === undefined) continue;
        if (signOf(entry) > 0) touched.up -= 1;
        else touched.down -= 1;
        if (touched.up === 0 || touched.down === 0) waiting.push(other);
      }
    }
  }
  return [...columns.keys()].filter((at) => isDropped[at] !== 1);
}
