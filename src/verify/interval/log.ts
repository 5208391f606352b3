/**
 * Logarithms, and softplus.
 *
 * x = 2ᵏ·(1 + f) with f exact and |f| < 0.42; log(1 + f) = f − s·(f − R) for s = f/(2 + f), z = s² and R = Σ 2·z^j/(2j + 1), j ≥ 1;
 * k·log 2 + f is kept exactly in two doubles and a small rest.
 */
import { LN2_HIGH, LN2_LOW } from './constants.js';
import { ANYTHING, NOTHING, type Enclosure } from './enclosure.js';
import { expAt, increasing, type Bounds } from './exp.js';
import {
  above,
  addDown,
  addUp,
  below,
  divDown,
  divUp,
  errorOfSum,
  mulDown,
  mulUp,
  scaleDown,
} from './rounding.js';

/** 2/(2j + 1) for j = 13 … 1. */
const COEFFICIENTS: readonly Bounds[] = Array.from({ length: 13 }, (_, at) => ({
  down: divDown(2, 27 - 2 * at),
  up: divUp(2, 27 - 2 * at),
}));
/** Of j = 14 on: at most 1/(1 − z) ≤ 1.05 times the next coefficient. */
const TAIL: Bounds = { down: divDown(2, 29), up: mulUp(1.05, divUp(2, 29)) };

/** s·(f − R) for |f| < 0.42, which is f − log(1 + f): never negative, and s and f − R are of one sign. */
function bend(f: number): Bounds {
  const size = Math.abs(f);
  const least = divDown(size, addUp(2, f));
  const most = divUp(size, addDown(2, f));
  const zDown = mulDown(least, least);
  const zUp = mulUp(most, most);
  let { down, up } = TAIL;
  for (const coefficient of COEFFICIENTS) {
    down = below(coefficient.down + Math.max(0, below(zDown * down)));
    up = above(coefficient.up + above(zUp * up));
  }
  const [leastR, mostR] = [mulDown(zDown, down), mulUp(zUp, up)];
  if (f >= 0) return { down: mulDown(least, addDown(f, -mostR)), up: mulUp(most, addUp(f, -leastR)) };
  return { down: mulDown(least, addDown(size, leastR)), up: mulUp(most, addUp(size, mostR)) };
}

/** k and m with x = m·2ᵏ exactly and |m − 1| < 0.42. The first guess of k is nobody's to trust. */
function parted(x: number): { readonly k: number; readonly m: number } {
  let k = Math.round(Math.log2(x));
  while (scaleDown(x, -k) >= 1.42) k += 1;
  while (scaleDown(x, -k) < 0.7) k -= 1;
  return { k, m: scaleDown(x, -k) };
}

/** log x of a double ≥ 0: exactly 0 at 1, and elsewhere up to 3 ulp wide. */
export function logAt(x: number): Bounds {
  if (x === 0) return { down: -Infinity, up: -Infinity };
  if (x === Infinity) return { down: Infinity, up: Infinity };
  const { k, m } = parted(x);
  const f = m - 1;
  const square = bend(f);
  const whole = k * LN2_HIGH;
  const near = whole + f;
  const lost = errorOfSum(whole, f, near);
  const restDown = k >= 0 ? mulDown(k, LN2_LOW.down) : -mulUp(-k, LN2_LOW.up);
  const restUp = k >= 0 ? mulUp(k, LN2_LOW.up) : -mulDown(-k, LN2_LOW.down);
  return {
    down: addDown(near, addDown(lost, addDown(restDown, -square.up))),
    up: addUp(near, addUp(lost, addUp(restUp, -square.down))),
  };
}

/** log(1 + x) of a double ≥ −1: neighbouring doubles near 0, and up to 6 ulp wide elsewhere. */
export function log1pAt(x: number): Bounds {
  if (Math.abs(x) < 0.41) {
    const square = bend(x);
    return { down: addDown(x, -square.up), up: addUp(x, -square.down) };
  }
  return { down: logAt(addDown(1, x)).down, up: logAt(addUp(1, x)).up };
}

/** log(1 + e^x) of a double, as max(x, 0) + log(1 + e^−|x|): up to 6 ulp wide where the result is normal. */
export function softplusAt(x: number): Bounds {
  const small = expAt(-Math.abs(x));
  const [down, up] = [log1pAt(small.down).down, log1pAt(small.up).up];
  return x <= 0 ? { down, up } : { down: addDown(x, down), up: addUp(x, up) };
}

/** Where it is undefined for all of `x`, for some, or for none. */
function logarithmic(x: Enclosure, pole: number, at: (end: number) => Bounds): Enclosure {
  if (x.high <= pole) return NOTHING;
  if (x.low < pole || (x.low === pole && !x.lowOpen)) return ANYTHING;
  return increasing(x, at);
}
export const log = (x: Enclosure): Enclosure => logarithmic(x, 0, logAt);
export const log1p = (x: Enclosure): Enclosure => logarithmic(x, -1, log1pAt);
export const softplus = (x: Enclosure): Enclosure => increasing(x, softplusAt);
