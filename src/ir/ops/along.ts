/** Along a rollout: running sums and shifts. What is received moves along it too, the condition with the value. */
import {
  REALS,
  closed,
  hull,
  increasingImage,
  magnitude,
  negate,
  product,
  type Interval,
} from '../../base/interval.js';
import { FALSE, ONE, ZERO, gt, hasToken, mul, not, scan, select, shift } from '../build.js';
import type { Expr, ScanDirection } from '../expr.js';
import { both, conjunction, conjuncts, guarded, received } from '../guarded.js';
import type { Contribution, Guarded, ScanRecord, ShiftRecord } from '../op.js';

const OPPOSITE: Readonly<Record<ScanDirection, ScanDirection>> = { forward: 'backward', backward: 'forward' };

const isSameAlong = (expr: Expr): boolean => expr.type.level !== 'token';

/** A guard in two parts: what is the same for all tokens of a rollout, which stays where it is, and the rest. */
function parted(guard: Expr | undefined): {
  readonly coarse: Expr | undefined;
  readonly fine: Expr | undefined;
} {
  const parts = guard === undefined ? [] : conjuncts(guard);
  return {
    coarse: conjunction(parts.filter(isSameAlong)),
    fine: conjunction(parts.filter((part) => !isSameAlong(part))),
  };
}

/**
 * What each x receives: the adjoints of all tokens that read it, discounted, which is the scan in the other direction.
 * It receives something where one of them does; the others count as 0 by selection.
 */
function scanned(adjoint: Guarded, direction: ScanDirection, gamma: Expr | undefined): Guarded {
  const { coarse, fine } = parted(adjoint.guard);
  const back = OPPOSITE[direction];
  const value = scan(back, received(guarded(adjoint.value, fine)), gamma);
  const reached = fine === undefined ? undefined : gt(scan(back, select(fine, ONE, ZERO)), ZERO);
  return guarded(value, both(coarse, reached));
}

export const runningSum: ScanRecord = {
  eval: (x, before, gamma) => x + gamma * before,
  range: (x, gamma) => weighted(x, gamma),
  transport: (adjoint, node) => {
    const { direction, x, gamma } = node;
    const total = scanned(adjoint, direction, gamma);
    const toX: Contribution = { to: x, ...total };
    if (gamma === undefined) return [toX];
    // y_t = x_t + γ · z_t, where z is the y before it: what y_t receives in all is passed on to γ times z_t.
    const by = direction === 'forward' ? 1 : -1;
    const value = mul(total.value, shift(by, node, ZERO));
    const toGamma: Contribution = { to: gamma, ...guarded(value, both(total.guard, hasToken(by))) };
    return [toX, toGamma];
  },
};

/** The weights of a scan are 1, γ, γ², …: in sum 1 at least, and 1/(1 − γ) at most where γ is below 1. */
function weighted(x: Interval, gamma: Interval | undefined): Interval {
  if (gamma === undefined) return product(closed(1, Infinity), x);
  const size = magnitude(gamma);
  const total = size.high < 1 ? 1 / (1 - size.high) : Infinity;
  if (gamma.low >= 0) return product(closed(1, total), x);
  if (total === Infinity) return REALS;
  const most = increasingImage(magnitude(x), (value) => value * total);
  return hull(negate(most), most);
}

export const shifted: ShiftRecord = {
  range: hull,
  transport: (adjoint, { by, x, fill }) => {
    if (by === 0) return [{ to: x, ...adjoint }];
    const { coarse, fine } = parted(adjoint.guard);
    // A fine condition that has moved holds only where there is a token that it has moved from.
    const moved = fine === undefined ? hasToken(-by) : shift(-by, fine, FALSE);
    const value = isSameAlong(adjoint.value) ? adjoint.value : shift(-by, adjoint.value, ZERO);
    return [
      { to: x, ...guarded(value, both(coarse, moved)) },
      { to: fill, ...guarded(adjoint.value, both(adjoint.guard, not(hasToken(by)))) },
    ];
  },
};
