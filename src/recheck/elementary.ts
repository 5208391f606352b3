/** e^x, log x, real powers and π on intervals: Taylor polynomials with a bound on what they leave out. */
import * as q from './rational.js';
import type { Rational } from './rational.js';
import * as i from './interval.js';
import type { End, Interval } from './interval.js';

/** Beyond this, e^x is only known to be larger than e to this. */
const FARTHEST = q.whole(20_000);
const TERMS = 34n;

const widened = (x: Interval, by: Interval): Interval => i.add(x, i.hull(by, i.negate(by)));

/** e^x for |x| ≤ 1/2: the Taylor polynomial, give or take its last term. */
function taylor(x: Rational): Interval {
  let [term, total] = [i.UNIT, i.UNIT];
  const at = i.over(i.point(x), 1n);
  for (let n = 1n; n <= TERMS; n += 1n) {
    term = i.over(i.multiply(term, at), n);
    total = i.add(total, term);
  }
  // What is left out is below |last term|·|x|·e^(1/2)/(n + 1), and that below |last term|.
  return widened(total, term);
}

/** Values at a point, each computed once as long as there are not too many. */
function remembered(compute: (x: Rational) => Interval): (x: Rational) => Interval {
  const known = new Map<string, Interval>();
  return (x) => {
    const key = q.text(x);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_KEPT) known.clear();
    const value = compute(x);
    known.set(key, value);
    return value;
  };
}
const MOST_KEPT = 4000;

const expAt = remembered((x: Rational): Interval => {
  if (q.compare(q.absolute(x), FARTHEST) > 0) {
    const far = expAt(q.sign(x) > 0 ? FARTHEST : q.opposite(FARTHEST));
    return q.sign(x) > 0 ? i.between(far.low, 'inf', true, true) : i.between(q.ZERO, far.high, true, true);
  }
  let halvings = 0;
  let small = x;
  for (; q.compare(q.absolute(small), q.fraction(1n, 2n)) > 0; halvings += 1)
    small = q.over(small, q.whole(2));
  let result = taylor(small);
  for (let count = 0; count < halvings; count += 1) result = i.multiply(result, result);
  return result;
});

const finite = (end: End): Rational =>
  typeof end !== 'string' ? end : end === 'inf' ? FARTHEST : q.opposite(FARTHEST);
export function exp({ low, high, lowOpen, highOpen }: Interval): Interval {
  const [from, to] = [expAt(finite(low)), expAt(finite(high))];
  return i.between(
    low === '-inf' ? q.ZERO : from.low,
    high === 'inf' ? 'inf' : to.high,
    lowOpen || low === '-inf' || from.lowOpen,
    highOpen || to.highOpen,
  );
}

/** 2·artanh z = log((1 + z)/(1 − z)) for |z| ≤ 1/3. */
function doubleArtanh(z: Rational): Interval {
  const at = i.over(i.point(z), 1n);
  const square = i.multiply(at, at);
  let [power, total] = [at, i.ORIGIN];
  for (let n = 1n; n <= 121n; n += 2n) {
    total = i.add(total, i.over(i.add(power, power), n));
    power = i.multiply(power, square);
  }
  // The rest is a geometric series below |z|^123·(1 + z² + …) ≤ 2·|z|^123.
  return widened(total, i.multiply(power, i.point(q.whole(2))));
}

const LOG_2 = doubleArtanh(q.fraction(1n, 3n));

const logAt = remembered((x: Rational): Interval => {
  let twos = BigInt(x.n.toString(2).length - x.d.toString(2).length);
  const scaled = (): Rational => (twos >= 0n ? q.fraction(x.n, x.d << twos) : q.fraction(x.n << -twos, x.d));
  if (q.compare(scaled(), q.fraction(4n, 3n)) > 0) twos += 1n;
  if (q.compare(scaled(), q.fraction(2n, 3n)) < 0) twos -= 1n;
  const near = scaled();
  const z = q.over(q.minus(near, q.ONE), q.plus(near, q.ONE));
  const ofTwos = i.multiply(i.point(q.whole(twos)), LOG_2);
  return i.add(doubleArtanh(z), ofTwos);
});

/** Everything where x can be 0 or less. */
export function log(x: Interval): Interval {
  if (!i.isPositive(x)) return i.REALS;
  const at = (end: End): Interval | undefined =>
    typeof end === 'string' || q.sign(end) === 0 ? undefined : logAt(end);
  return i.between(at(x.low)?.low ?? '-inf', at(x.high)?.high ?? 'inf', x.lowOpen, x.highOpen);
}

/** Of higher powers nothing is said. */
const HIGHEST = q.whole(10_000);

/** x^q: of negative numbers whole powers only, of 0 positive ones only. */
export function power(x: Interval, exponent: Rational): Interval {
  if (q.compare(q.absolute(exponent), HIGHEST) > 0) return i.REALS;
  if (q.isWhole(exponent)) return i.wholePower(x, exponent.n);
  if (q.sign(exponent) < 0) return i.reciprocal(power(x, q.opposite(exponent)));
  if (!i.isNonnegative(x)) return i.REALS;
  const raised = (end: End): Interval => {
    if (typeof end === 'string') return i.between('inf', 'inf');
    return q.sign(end) === 0 ? i.ORIGIN : exp(i.multiply(i.point(exponent), log(i.point(end))));
  };
  return i.between(raised(x.low).low, raised(x.high).high, x.lowOpen, x.highOpen);
}

const digits = 314_159_265_358_979_323_846_264_338_327_950_288_419_716_939n;
export const PI: Interval = i.between(q.fraction(digits, 10n ** 44n), q.fraction(digits + 1n, 10n ** 44n));
