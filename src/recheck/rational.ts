/** Exact rationals over big integers, in lowest terms with a positive denominator. */

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const size = (x: bigint): bigint => (x < 0n ? -x : x);
function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [size(a), size(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** `n / d`, where d is not 0. */
export function fraction(n: bigint, d: bigint): Rational {
  if (d === 1n) return { n, d };
  if (d > 0n && (d & (d - 1n)) === 0n) return dyadic(n, d);
  const shared = d < 0n ? -commonDivisor(n, d) : commonDivisor(n, d);
  return { n: n / shared, d: d / shared };
}
/** Over a power of 2: the divisor in common is one, too. */
function dyadic(n: bigint, d: bigint): Rational {
  const lowest = n & -n;
  const shared = n === 0n || lowest > d ? d : lowest;
  return { n: n / shared, d: d / shared };
}
export const whole = (n: number | bigint): Rational => ({ n: BigInt(n), d: 1n });
export const ZERO = whole(0);
export const ONE = whole(1);

export const plus = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n + b.n, d: 1n } : fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n * b.n, d: 1n } : fraction(a.n * b.n, a.d * b.d);
export const opposite = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const minus = (a: Rational, b: Rational): Rational => plus(a, opposite(b));
/** Of what is not 0. */
export const inverse = (a: Rational): Rational => (a.n < 0n ? { n: -a.d, d: -a.n } : { n: a.d, d: a.n });
export const over = (a: Rational, b: Rational): Rational => times(a, inverse(b));
export const sign = ({ n }: Rational): -1 | 0 | 1 => (n > 0n ? 1 : n < 0n ? -1 : 0);
export const compare = (a: Rational, b: Rational): -1 | 0 | 1 => {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
};
export const equal = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const isWhole = ({ d }: Rational): boolean => d === 1n;
export const isEven = ({ n, d }: Rational): boolean => d === 1n && n % 2n === 0n;
export const absolute = ({ n, d }: Rational): Rational => ({ n: size(n), d });
export const least = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
export const greatest = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);

/** The largest whole number that is not above. */
export function floor({ n, d }: Rational): bigint {
  const quotient = n / d;
  return n % d < 0n ? quotient - 1n : quotient;
}

/** A whole power; of 0, no negative one. */
export function raised(base: Rational, exponent: bigint): Rational {
  const up = exponent < 0n ? inverse(base) : base;
  const times_ = exponent < 0n ? -exponent : exponent;
  return { n: up.n ** times_, d: up.d ** times_ };
}

export const text = ({ n, d }: Rational): string => (d === 1n ? String(n) : `${String(n)}/${String(d)}`);

const LONGEST = 4000;

/** Reads `3`, `-1/4`, `-0.25`, `1e-3`; nothing where the text is none of them. */
export function read(written: string): Rational | undefined {
  if (written.length > LONGEST) return undefined;
  const quotient = /^(-?\d+)\/(\d+)$/.exec(written);
  if (quotient !== null) {
    const [n, d] = [BigInt(quotient[1] ?? ''), BigInt(quotient[2] ?? '')];
    return d === 0n ? undefined : fraction(n, d);
  }
  const decimal = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(written);
  if (decimal === null) return undefined;
  const [, minusSign = '', before = '', after = '', exponent = '0'] = decimal;
  if (before + after === '') return undefined;
  const digits = BigInt(`${minusSign}${before}${after}`);
  const shift = BigInt(Number(exponent) - after.length);
  return shift >= 0n ? whole(digits * 10n ** shift) : fraction(digits, 10n ** -shift);
}

/** The exact value of a finite double. */
export function ofDouble(value: number): Rational {
  let [scaled, halvings] = [value, 0n];
  while (!Number.isInteger(scaled)) [scaled, halvings] = [scaled * 2, halvings + 1n];
  return fraction(BigInt(scaled), 2n ** halvings);
}
