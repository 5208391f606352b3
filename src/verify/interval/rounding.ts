/**
 * Doubles rounded to a side. Everything of the enclosures rests on this file, and this file on IEEE 754 + − × ÷, which
 * ECMAScript specifies to the bit; `Math.exp`, `**` and the like it does not.
 */

/** The double after 2⁻⁵³. */
const ABOVE_HALF_ULP = 1.1102230246251568e-16;
const SMALLEST = Number.MIN_VALUE;
const LARGEST = Number.MAX_VALUE;

/** A double above a finite one: the next, or near 2⁻¹⁰²² the one after it; ∞ above the largest. */
export const above = (x: number): number => x + (Math.abs(x) * ABOVE_HALF_ULP + SMALLEST);
/** A double below a finite one. */
export const below = (x: number): number => x - (Math.abs(x) * ABOVE_HALF_ULP + SMALLEST);

/** a + b − sum, for the rounded sum: it is a double, and exactly this one; NaN where something overflows on the way. */
export const errorOfSum = (a: number, b: number, sum: number): number => {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded);
};

/** The largest double known to be at most a + b: the sum itself where it is exact. Not for ∞ − ∞. */
export function addDown(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isFinite(sum)) return sum > 0 && Number.isFinite(a) && Number.isFinite(b) ? LARGEST : sum;
  return errorOfSum(a, b, sum) >= 0 ? sum : below(sum);
}
/** The smallest double known to be at least a + b. */
export function addUp(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isFinite(sum)) return sum < 0 && Number.isFinite(a) && Number.isFinite(b) ? -LARGEST : sum;
  return errorOfSum(a, b, sum) <= 0 ? sum : above(sum);
}

/** Splits a double into halves of 26 bits, as far from overflow and underflow as `isModerate` says. */
const SPLITTER = 134217729;
const isModerate = (x: number): boolean => {
  const size = Math.abs(x);
  return size > 1e-140 && size < 1e140;
};
function errorOfProduct(a: number, b: number, product: number): number {
  const bigA = SPLITTER * a;
  const bigB = SPLITTER * b;
  const highA = bigA - (bigA - a);
  const highB = bigB - (bigB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}
const isUnit = (x: number): boolean => x === 1 || x === -1;

/** The largest double known to be at most a · b. An end of 0 stays 0 beside an infinite one, which is only approached. */
export function mulDown(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const product = a * b;
  if (!Number.isFinite(product))
    return product > 0 && Number.isFinite(a) && Number.isFinite(b) ? LARGEST : product;
  if (isUnit(a) || isUnit(b)) return product;
  const isExactlyKnown = isModerate(a) && isModerate(b) && isModerate(product);
  if (isExactlyKnown && errorOfProduct(a, b, product) >= 0) return product;
  if (product === 0) return a > 0 === b > 0 ? 0 : -SMALLEST;
  return below(product);
}
/** The smallest double known to be at least a · b. */
export const mulUp = (a: number, b: number): number => -mulDown(-a, b) + 0;

/** The largest double known to be at most a / b. For b ≠ 0, not both infinite. */
export function divDown(a: number, b: number): number {
  if (a === 0 || !Number.isFinite(b)) return 0;
  const quotient = a / b;
  if (!Number.isFinite(quotient)) return quotient > 0 && Number.isFinite(a) ? LARGEST : quotient;
  if (isUnit(b)) return quotient;
  if (isModerate(a) && isModerate(b) && isModerate(quotient)) {
    const product = quotient * b;
    // a − quotient · b: the first difference is exact, since the product is within an ulp or two of a.
    const rest = a - product - errorOfProduct(quotient, b, product);
    if (rest === 0 || rest > 0 === b > 0) return quotient;
  }
  if (quotient === 0) return a > 0 === b > 0 ? 0 : -SMALLEST;
  return below(quotient);
}
/** The smallest double known to be at least a / b. */
export const divUp = (a: number, b: number): number => -divDown(-a, b) + 0;

const LOWEST_POWER = -1074;
/** 2⁻¹⁰⁷⁴ … 2¹⁰²³, each exact: doubling a double is. */
const POWERS_OF_TWO: readonly number[] = powersOfTwo();
function powersOfTwo(): readonly number[] {
  const powers: number[] = [];
  for (let power = SMALLEST; power !== Infinity; power *= 2) powers.push(power);
  return powers;
}
/** 2ᵏ for −1074 ≤ k ≤ 1023. */
const powerOfTwo = (k: number): number => POWERS_OF_TWO[k - LOWEST_POWER] ?? NaN;

/** x · 2ᵏ for k in −2000 … 2000, rounded to a side only where it is subnormal or too large. */
export function scaleDown(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return mulScaled(mulScaled(x, powerOfTwo(half)), powerOfTwo(k - half));
}
export const scaleUp = (x: number, k: number): number => -scaleDown(-x, k) + 0;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** Times a power of 2: exact where the product is normal. */
function mulScaled(x: number, power: number): number {
  const product = x * power;
  if (Math.abs(product) >= SMALLEST_NORMAL && Number.isFinite(product)) return product;
  return mulDown(x, power);
}
