/** Exact rationals over big integers, always in lowest terms with a positive denominator. */

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** `n / d`; throws where `d` is 0. */
export function ratio(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new Error('internal: a rational over 0');
  if (d === 1n) return { n, d };
  const common = d < 0n ? -gcd(n, d) : gcd(n, d);
  return { n: n / common, d: d / common };
}

export const whole = (value: number): Rational => ratio(BigInt(value));
export const ZERO = whole(0);
export const ONE = whole(1);
export const MINUS_ONE = whole(-1);

export const plus = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n + b.n, d: 1n } : ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n * b.n, d: 1n } : ratio(a.n * b.n, a.d * b.d);
export const minus = (a: Rational, b: Rational): Rational => plus(a, opposite(b));
export const opposite = (a: Rational): Rational => ({ n: -a.n, d: a.d });
/** Throws for 0. */
export const inverse = (a: Rational): Rational => ratio(a.d, a.n);
export const over = (a: Rational, b: Rational): Rational => times(a, inverse(b));
export const signOf = ({ n }: Rational): -1 | 0 | 1 => (n === 0n ? 0 : n > 0n ? 1 : -1);
export const compare = (a: Rational, b: Rational): -1 | 0 | 1 => signOf(minus(a, b));
export const isWhole = ({ d }: Rational): boolean => d === 1n;
export const isZero = ({ n }: Rational): boolean => n === 0n;
export const equals = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;

/** The largest whole number that is not above it. */
export const floorOf = ({ n, d }: Rational): number => Number(n >= 0n || n % d === 0n ? n / d : n / d - 1n);

/** A whole power; throws for a negative power of 0. */
export function power(base: Rational, exponent: number): Rational {
  const raised = { n: base.n ** BigInt(Math.abs(exponent)), d: base.d ** BigInt(Math.abs(exponent)) };
  return exponent < 0 ? inverse(raised) : raised;
}

/** The exact value of a finite double. */
export function ofDouble(value: number): Rational {
  if (!Number.isFinite(value)) throw new Error(`internal: ${String(value)} is no rational`);
  let [scaled, twos] = [value, 0];
  while (!Number.isInteger(scaled)) [scaled, twos] = [scaled * 2, twos + 1];
  return ratio(BigInt(scaled), 2n ** BigInt(twos));
}

/** The nearest double, up to an ulp: for people and for guesses, never for proofs. */
export function toNumber({ n, d }: Rational): number {
  const [top, bottom] = [Number(n), Number(d)];
  if (Number.isFinite(top) && Number.isFinite(bottom)) return top / bottom;
  const bits = (x: bigint): number => (x < 0n ? -x : x).toString(2).length;
  const shift = bits(n) - bits(d);
  const scaled = shift > 0 ? ratio(n, d << BigInt(shift)) : ratio(n << BigInt(-shift), d);
  const kept = BigInt(2) ** 64n;
  return (Number((scaled.n * kept) / scaled.d) / Number(kept)) * 2 ** shift;
}

/** `3`, `-1/4`. */
export const rationalText = ({ n, d }: Rational): string =>
  d === 1n ? String(n) : `${String(n)}/${String(d)}`;

/** Reads what `rationalText` wrote, and decimals such as `-0.25` or `1e-3`; nothing where it is neither. */
export function parseRational(text: string): Rational | undefined {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction !== null) {
    const [, n = '0', d = '1'] = fraction;
    return BigInt(d) === 0n ? undefined : ratio(BigInt(n), BigInt(d));
  }
  const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (decimal === null) return undefined;
  const [, sign = '', digits = '0', decimals = '', exponent = '0'] = decimal;
  const shift = Number(exponent) - decimals.length;
  const value = BigInt(`${sign}${digits}${decimals}`);
  return shift >= 0 ? ratio(value * 10n ** BigInt(shift)) : ratio(value, 10n ** BigInt(-shift));
}
