/** Powers: whole ones by products, roots by powers of a guess, real ones by exponential and logarithm. */
import { magnitude } from '../../base/interval.js';
import { signOf, type Rational } from '../../proof/rational.js';
import { ANYTHING, NOTHING, ofRational, point, product, quotient, type Enclosure } from './enclosure.js';
import { exp, increasing, type Bounds } from './exp.js';
import { log } from './log.js';
import { mulDown, mulUp } from './rounding.js';

/** xⁿ of a double ≥ 0 for a whole n ≥ 1: exact where all products are, and otherwise up to 2·n ulp wide. */
function powerAt(x: number, n: number): Bounds {
  let [down, up, squareDown, squareUp] = [1, 1, x, x];
  for (let rest = n; ;) {
    if (rest % 2 === 1) [down, up] = [mulDown(down, squareDown), mulUp(up, squareUp)];
    rest = Math.floor(rest / 2);
    if (rest === 0) return { down, up };
    [squareDown, squareUp] = [mulDown(squareDown, squareDown), mulUp(squareUp, squareUp)];
  }
}

/** xⁿ for a whole n ≥ 1. */
function positivePower(x: Enclosure, n: number): Enclosure {
  if (n % 2 === 0) return increasing(magnitude(x), (end) => powerAt(end, n));
  return increasing(x, (end) => {
    if (end >= 0) return powerAt(end, n);
    const { down, up } = powerAt(-end, n);
    return { down: -up, up: -down };
  });
}

/** Steps in ulps by which a guess is corrected; beyond them nothing is known. */
const CORRECTIONS: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 16, 64, 1024, 1e6];
const ULP = 2.220446049250313e-16;

/** The d-th root of a double ≥ 0: exact where it is a double whose d-th power is found exactly; up to 8 ulp wide otherwise. */
function rootAt(x: number, d: number): Bounds {
  if (x === 0 || x === Infinity) return { down: x, up: x };
  const first = d === 2 ? Math.sqrt(x) : Math.pow(x, 1 / d);
  const guess = first + (first * (x / powerAt(first, d).down - 1)) / d;
  const downwards = CORRECTIONS.map((steps) => guess * (1 - steps * ULP));
  const upwards = CORRECTIONS.map((steps) => guess * (1 + steps * ULP));
  return {
    down: downwards.find((y) => powerAt(y, d).up <= x) ?? 0,
    up: upwards.find((y) => powerAt(y, d).down >= x) ?? Infinity,
  };
}

/** √x and its like: undefined below 0. */
export function root(x: Enclosure, d: number): Enclosure {
  if (x.high < 0 || (x.high === 0 && x.highOpen)) return NOTHING;
  return x.low < 0 ? ANYTHING : increasing(x, (end) => rootAt(end, d));
}

/** xⁿ for any whole n; x⁰ is 1. */
export function wholePower(x: Enclosure, n: number): Enclosure {
  if (n === 0) return point(1);
  return n > 0 ? positivePower(x, n) : quotient(point(1), positivePower(x, -n));
}

/** Beyond, products lose more than the logarithm does. */
const LARGEST_WHOLE = 64;

/**
 * x to a rational power n/d: undefined at 0 for a negative one, and below 0 for one that is not whole. At a double it is up to
 * 8 + 6·|n| ulp wide.
 */
export function rationalPower(x: Enclosure, exponent: Rational): Enclosure {
  const [n, d] = [Number(exponent.n), Number(exponent.d)];
  if (d === 1 && Number.isSafeInteger(n)) return wholePower(x, n);
  if (Math.abs(n) > LARGEST_WHOLE || d > LARGEST_WHOLE) return generalPower(x, exponent);
  return wholePower(root(x, d), n);
}

/** By exp(q·log x), where x > 0; at 0 a positive power is 0. */
function generalPower(x: Enclosure, exponent: Rational): Enclosure {
  const isPositive = signOf(exponent) > 0;
  if (x.low < 0 || x.high <= 0 || (x.low === 0 && !x.lowOpen && !isPositive))
    return x.high < 0 ? NOTHING : ANYTHING;
  const image = realPower({ ...x, lowOpen: x.lowOpen || x.low === 0 }, ofRational(exponent));
  return x.low === 0 && !x.lowOpen ? { ...image, low: 0, lowOpen: false } : image;
}

/** x^y for x > 0. Both occur once, so that this is as narrow as log and exp are: up to 4 + 2·|y·log x| ulp of width. */
export function realPower(x: Enclosure, y: Enclosure): Enclosure {
  if (x.low < 0 || (x.low === 0 && !x.lowOpen)) return x.high <= 0 ? NOTHING : ANYTHING;
  return exp(product(y, log(x)));
}
