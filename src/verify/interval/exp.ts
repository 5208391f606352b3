/**
 * Exponentials, and what is one-sided by them: each a monotone function, enclosed at the ends.
 *
 * x = k·log 2 + r with |r| ≤ 0.4, e^r = 1 + r + r²·Σ r^j/(j+2)!, where 1 + r is kept exactly in two doubles and only the
 * small rest is rounded; then times 2ᵏ.
 */
import type { Enclosure } from './enclosure.js';
import { LN2_HIGH, LN2_LOW } from './constants.js';
import {
  above,
  addDown,
  addUp,
  below,
  divDown,
  divUp,
  mulDown,
  mulUp,
  scaleDown,
  scaleUp,
} from './rounding.js';

/** Two doubles around a real number, which is neither unless they are equal. */
export interface Bounds {
  readonly down: number;
  readonly up: number;
}

/** 1/k! for k = 15 … 2, and for the tail Σ r^i/(16 + i)!, which for |r| ≤ 0.4 is within 0.9/16! … 1.1/16!. */
const INVERSE_FACTORIALS: readonly Bounds[] = inverseFactorials();
const TAIL: Bounds = {
  down: mulDown(0.9, divDown(1, 20922789888000)),
  up: mulUp(1.1, divUp(1, 20922789888000)),
};
function inverseFactorials(): readonly Bounds[] {
  const result: Bounds[] = [];
  for (let [k, factorial] = [2, 2]; k <= 15; k += 1, factorial *= k)
    result.unshift({ down: divDown(1, factorial), up: divUp(1, factorial) });
  return result;
}

/** r² · Σ r^j/(j + 2)! for 0 ≤ low ≤ r ≤ high ≤ 0.4: every part is positive, and rounded to a side each time. */
function secondOrder(low: number, high: number): Bounds {
  let { down, up } = TAIL;
  for (const coefficient of INVERSE_FACTORIALS) {
    down = below(coefficient.down + below(low * down));
    up = above(coefficient.up + above(high * up));
  }
  return { down: mulDown(mulDown(low, low), down), up: mulUp(mulUp(high, high), up) };
}
/** The same for r = −s with 0 ≤ low ≤ s ≤ high ≤ 0.4: signs alternate, and the sum stays positive. */
function secondOrderBelow(low: number, high: number): Bounds {
  let { down, up } = TAIL;
  for (const coefficient of INVERSE_FACTORIALS) {
    const least = below(coefficient.down - above(high * up));
    up = above(coefficient.up - Math.max(0, below(low * down)));
    down = least;
  }
  return { down: mulDown(mulDown(low, low), down), up: mulUp(mulUp(high, high), up) };
}

const LOG_2 = 0.6931471805599453;
/** e^x is above the largest double from the first on, and below half of the smallest from the second down. */
const OVERFLOW = 709.79;
const UNDERFLOW = -745.2;

/** e^x of a double: exactly 1 at 0, elsewhere up to 2 ulp wide, and 3 where the result is subnormal. */
export function expAt(x: number): Bounds {
  if (x === 0) return { down: 1, up: 1 };
  if (x === -Infinity) return { down: 0, up: 0 };
  if (x >= OVERFLOW) return { down: x === Infinity ? Infinity : Number.MAX_VALUE, up: Infinity };
  if (x <= UNDERFLOW) return { down: 0, up: Number.MIN_VALUE };
  const k = Math.round(x / LOG_2);
  // Exact: k·LN2_HIGH has 44 bits; where k ≠ 0, the difference is below ½ and a multiple of 2⁻⁵⁴, as both sides are.
  const near = x - k * LN2_HIGH;
  const restDown = k > 0 ? -mulUp(k, LN2_LOW.up) : mulDown(-k, LN2_LOW.down);
  const restUp = k > 0 ? -mulDown(k, LN2_LOW.down) : mulUp(-k, LN2_LOW.up);
  const square = aroundZero(addDown(near, restDown), addUp(near, restUp));
  const one = 1 + near;
  const lost = near - (one - 1);
  return {
    down: Math.max(0, scaleDown(addDown(one, addDown(lost, addDown(restDown, square.down))), k)),
    up: scaleUp(addUp(one, addUp(lost, addUp(restUp, square.up))), k),
  };
}

/** `secondOrder` for r of either sign. */
function aroundZero(low: number, high: number): Bounds {
  if (low >= 0) return secondOrder(low, high);
  if (high <= 0) return secondOrderBelow(-high, -low);
  return { down: 0, up: Math.max(secondOrderBelow(0, -low).up, secondOrder(0, high).up) };
}

/** e^x − 1 of a double: neighbouring doubles near 0, up to 8 ulp wide around |x| = 0.4, and as wide as e^x beyond. */
export function expm1At(x: number): Bounds {
  if (x === 0) return { down: 0, up: 0 };
  if (x > -0.4 && x < 0.4) {
    const square = aroundZero(x, x);
    return { down: addDown(x, square.down), up: addUp(x, square.up) };
  }
  const { down, up } = expAt(x);
  return { down: addDown(down, -1), up: addUp(up, -1) };
}

/** 1/(1 + e^−x) of a double, by e^−|x|: up to 6 ulp wide where the result is normal. */
export function sigmoidAt(x: number): Bounds {
  const { down, up } = expAt(-Math.abs(x));
  if (x >= 0) return { down: divDown(1, addUp(1, up)), up: divUp(1, addDown(1, down)) };
  // u/(1 + u) increases with u.
  return { down: divDown(down, addUp(1, down)), up: divUp(up, addDown(1, up)) };
}

/** tanh of a double, m/(m + 2) for m = e^2x − 1, which increases with m: up to 8 ulp wide. */
export function tanhAt(x: number): Bounds {
  if (x < 0) {
    const { down, up } = tanhAt(-x);
    return { down: -up, up: -down };
  }
  if (x === 0) return { down: 0, up: 0 };
  // 1 − tanh 20 is below 10⁻¹⁷.
  if (x > 20) return { down: x === Infinity ? 1 : below(1), up: 1 };
  const { down, up } = expm1At(2 * x);
  return { down: divDown(down, addUp(down, 2)), up: Math.min(1, divUp(up, addDown(up, 2))) };
}

/**
 * The image under an increasing function that is enclosed at doubles: where the bounds differ, its value lies strictly
 * between them, so that an end is reached only where they are equal.
 */
export function increasing(x: Enclosure, at: (end: number) => Bounds): Enclosure {
  const low = at(x.low);
  const high = x.low === x.high ? low : at(x.high);
  return {
    low: low.down,
    high: high.up,
    lowOpen: x.lowOpen || low.down !== low.up,
    highOpen: x.highOpen || high.down !== high.up,
  };
}

export const exp = (x: Enclosure): Enclosure => increasing(x, expAt);
export const expm1 = (x: Enclosure): Enclosure => increasing(x, expm1At);
export const sigmoid = (x: Enclosure): Enclosure => increasing(x, sigmoidAt);
export const tanh = (x: Enclosure): Enclosure => increasing(x, tanhAt);
