/**
 * The common part of all exponentials: x = n·ln 2 + r with a whole n, e^r − 1 by a polynomial, and powers of 2 by their
 * bits.
 */
import type { Code, Value } from '../code.js';
import { f32x4, get, i32x4, multiplyAdd, multiplySubtract } from '../instructions.js';

/** ln 2 in 16 bits, so that its products with |n| ≤ 2^8 are exact, and the rest, which is positive. */
export const LN2_HIGH = 0.693145751953125;
export const LN2_LOW = 1.4286068203094172e-6;

/** Added to a float32 of less than 2^22, it rounds it to a whole number, which is then in the lowest bits. */
const ROUNDER = 1.5 * 2 ** 23;

export interface Reduced {
  /** n in the lowest 9 bits, as a whole number with a sign; above them anything, and anything where x is NaN. */
  readonly n: Value;
  /** |r| < 0.34663. */
  readonly r: Value;
}

/** For |x| ≤ 104. At n = 0, r is x itself, −0 included. */
export function reduced(code: Code, x: Value): Reduced {
  const sum = get(code.let('v128', multiplyAdd(code, x, code.splat(Math.LOG2E), code.splat(ROUNDER))));
  const n = get(code.let('v128', f32x4.sub(sum, code.splat(ROUNDER))));
  const high = multiplySubtract(code, n, code.splat(LN2_HIGH), x);
  return { n: sum, r: get(code.let('v128', multiplySubtract(code, n, code.splat(LN2_LOW), high))) };
}

/**
 * (e^r − 1 − r)/r² on |r| ≤ 0.34663: minimax (Remez) for an error of r²·q relative to e^r − 1, fitted anew after each
 * coefficient was rounded to float32. The relative error of e^r − 1 is below 2^−26.0.
 */
export const COEFFICIENTS = [
  0.4999999701976776, 0.16666539013385773, 0.04166775569319725, 0.008367108181118965, 0.0013835314894095063,
] as const;

/** e^r − 1. At r = −0 it is +0. */
export function exponentialLessOne(code: Code, r: Value): Value {
  const [c0, c1, c2, c3, c4] = COEFFICIENTS;
  const square = get(code.let('v128', f32x4.mul(r, r)));
  // In pairs: as many instructions as from the highest term down, but fewer that wait for each other.
  const upper = polynomial(code, r, [c2, c3]);
  const rest = multiplyAdd(code, square, code.splat(c4), upper);
  const q = multiplyAdd(code, square, rest, polynomial(code, r, [c0, c1]));
  return get(code.let('v128', multiplyAdd(code, square, q, r)));
}

/** c₀ + c₁x + c₂x² + …, from the highest term down. */
export const polynomial = (code: Code, x: Value, coefficients: readonly number[]): Value =>
  coefficients
    .map((coefficient) => code.splat(coefficient))
    .reduceRight((sum, coefficient) => multiplyAdd(code, sum, x, coefficient));

/** n in the bits of an exponent: n·2^23. */
export const exponentBits = (n: Value): Value => i32x4.shl(n, 23);
/** The bits of 1; with n·2^23 more, those of 2^n. */
export const one = (code: Code): Value => code.splatBits(0x3f800000);

/**
 * n in two halves, n = h + k, each as exponent bits: for |n| ≤ 250, 2^h and 2^k are normal numbers, and so is what
 * stands between two products with them.
 */
export function halves(code: Code, n: Value): { readonly h: Value; readonly k: Value } {
  const h = get(code.let('v128', exponentBits(i32x4.shr(n, 1))));
  return { h, k: get(code.let('v128', i32x4.sub(exponentBits(n), h))) };
}

/** y·2^n for y near 1: rounded once where it is subnormal, infinite where it is too large, NaN where y is. */
export function scaled(code: Code, y: Value, n: Value): Value {
  const { h, k } = halves(code, n);
  return f32x4.mul(f32x4.mul(y, i32x4.add(one(code), h)), i32x4.add(one(code), k));
}

/** e^x for −104 ≤ x ≤ 89: from 0 to infinity. */
export function exponential(code: Code, x: Value): Value {
  const { n, r } = reduced(code, x);
  return scaled(code, f32x4.add(exponentialLessOne(code, r), code.splat(1)), n);
}

/** x, but no less than −104, below which e^x is 0; NaN stays. */
export const notTooSmall = (code: Code, x: Value): Value => f32x4.pmax(x, code.splat(-104));
