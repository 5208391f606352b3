/** An evaluation as text for a terminal. */
import type { DenseValue } from '../batch/dense.js';
import { formatNumber } from '../batch/number.js';
import { lossesOf, type Evaluated } from './evaluated.js';

const DIGITS = 6;

/** Six significant digits, right-aligned by the caller; JSON has them all. */
function rounded(value: number): string {
  return Number.isFinite(value) ? formatNumber(Number(value.toPrecision(DIGITS))) : formatNumber(value);
}

/** The rows of a dense value: one number, one row, or one row per rollout. */
function rowsOf(value: DenseValue): readonly (readonly string[])[] {
  if (typeof value === 'number') return [[rounded(value)]];
  return value.map((row) => (typeof row === 'number' ? [rounded(row)] : row.map(rounded)));
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = rows.flat().reduce((widest, cell) => Math.max(widest, cell.length), 0);
  return rows.map((row) => `  ${row.map((cell) => cell.padStart(width)).join('  ')}`.trimEnd());
}

function table(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([name]) => [...name].length));
  return pairs.map(([name, value]) => `${name}${' '.repeat(width - [...name].length)}  ${value}`);
}

/** The losses, the metrics and the gradients, one row per rollout; ends in a line feed. */
export function evaluationText(of: Evaluated): string {
  const { objective, metrics } = of;
  const losses = lossesOf(of).map(({ name, loss, grad }) => ({
    title: name === undefined ? 'loss' : `loss.${name}`,
    loss,
    gradients: Object.entries(grad),
  }));
  const named = Object.entries(metrics).map(([name, value]) => [`  ${name}`, rounded(value)] as const);
  const lines = [
    ...table([['objective', objective], ...losses.map(({ title, loss }) => [title, rounded(loss)] as const)]),
    ...(named.length === 0 ? [] : ['', 'metrics', ...table(named)]),
    ...losses.flatMap(({ title, gradients }) =>
      gradients.flatMap(([name, value]) => ['', `∂${title}/∂${name}`, ...aligned(rowsOf(value))]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
