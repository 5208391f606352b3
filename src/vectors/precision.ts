/** How far a right result may be off: in double precision by rule, in single precision from imitating it. */
import { leavesOf } from './tree.js';
import type { Result, Tolerance, Tree } from './vector.js';

/** From this relative tolerance on, results are taken as computed in single precision. */
export const SINGLE = 1e-5;
/** What rounding leaves of a difference of equal terms, as a share of the terms: in double precision. */
const DOUBLE_RESIDUE = 1e-13;
/** The same in single precision, as a share of the relative tolerance. */
const SINGLE_RESIDUE = 0.01;
/** Another order of summation, another form of the same formula: this much worse than the imitation. */
const SLACK = 16;
/** With a larger error than this, no digit is worth comparing. */
const HOPELESS = 0.1;

const magnitudes = (tree: Tree): readonly number[] => leavesOf(tree).map(Math.abs).filter(Number.isFinite);

/** Less than this is what rounding leaves of terms whose size nothing tells; they are taken as of size 1. */
const LEFT_OVER = 1e-12;

/** The size of the terms that cancel in a result: a loss may be 0 where its gradients are not. */
export function scaleOf({ loss, grad }: Result): number {
  const size = [...magnitudes(loss), ...magnitudes(grad)].reduce((sum, one) => sum + one, 0);
  return size < LEFT_OVER ? 1 : size;
}

/** The tolerance of one result, for a relative tolerance; `atol` is for entries that are 0 but for rounding. */
export const toleranceFor = (expected: Result, rtol: number): Tolerance => ({
  rtol,
  atol: scaleOf(expected) * (rtol >= SINGLE ? SINGLE_RESIDUE * rtol : DOUBLE_RESIDUE),
});

/** The tolerance within which single precision is right, or nothing where it overflows or no digit is right. */
export function tolerance32(exact: Result, rounded: Result): Tolerance | undefined {
  const floor = SINGLE_RESIDUE * scaleOf(exact);
  const found = [...leavesOf(rounded.loss), ...leavesOf(rounded.grad)];
  let worst = 0;
  for (const [at, value] of [...leavesOf(exact.loss), ...leavesOf(exact.grad)].entries()) {
    const other = found[at] ?? NaN;
    if (Number.isFinite(value) !== Number.isFinite(other)) return undefined;
    if (!Number.isFinite(value) || value === other) continue;
    worst = Math.max(worst, Math.abs(value - other) / (Math.abs(value) + floor));
  }
  const rtol = roundedUp(Math.max(SINGLE, SLACK * worst));
  return rtol > HOPELESS ? undefined : toleranceFor(exact, rtol);
}

/** To one significant digit, upwards. */
function roundedUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(1));
}
