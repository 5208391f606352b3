/**
 * The common part of all logarithms: x = 2^e·(1 + f) with f from −0.293 to 0.415, and log(1 + f) by s = f/(2 + f), as
 * log(1 + f) = 2·atanh(s) = f − s·(f − R), where R = 2·atanh(s)/s − 2 is a series in s².
 */
import type { Code, Value } from '../code.js';
import { choose, f32x4, get, i32x4, multiplyAdd, multiplySubtract, v128 } from '../instructions.js';
import { LN2_HIGH, LN2_LOW, polynomial } from './exponential.js';

/**
 * R/s² for |s| ≤ 0.1716, which is |f| up to √2 − 1: minimax (Remez) for the error relative to log(1 + f), fitted anew
 * after each coefficient was rounded to float32. The relative error is below 2^−30.2.
 */
export const NARROW = [0.6666677594184875, 0.3997758626937866, 0.29870694875717163] as const;
/** The same for |s| ≤ 1/3, which is f from 0 to 1: below 2^−27.7. */
export const WIDE = [0.666664183139801, 0.40021437406539917, 0.2800302505493164, 0.2800678014755249] as const;

/** log(1 + f), less `more`; the series is one of the two above. At f = −0 and `more` = 0 it is −0. */
export function logarithmOfOnePlus(code: Code, f: Value, series: readonly number[], more?: Value): Value {
  const s = get(code.let('v128', f32x4.div(f, f32x4.add(f, code.splat(2)))));
  const square = get(code.let('v128', f32x4.mul(s, s)));
  const rest = f32x4.sub(f, f32x4.mul(square, polynomial(code, square, series)));
  if (more === undefined) return multiplySubtract(code, s, rest, f);
  return f32x4.sub(f, multiplyAdd(code, s, rest, more));
}

/** The bits of √½, from where the exponent counts, and what rounds a difference of exponents up. */
const ORIGIN = 0x3f3504f3;
const ROUND_UP = 0x7fffff;

/**
 * −e·2^23, for the bits of a positive x = 2^e·m with m from √½ to √2. Added to the bits of a number it divides it by
 * 2^e. It is no −0, and as a number it has no sign to spoil one with.
 */
export const negatedExponentBits = (code: Code, x: Value): Value =>
  v128.and(i32x4.sub(code.splatBits(ORIGIN + ROUND_UP), x), code.splatBits(0xff800000));

/** −e as a number. */
export const negatedExponent = (bits: Value): Value => f32x4.convert(i32x4.shr(bits, 23));

export interface Parts {
  readonly f: Value;
  /** −e, and infinity for x = 0. */
  readonly negated: Value;
}

const SMALLEST_NORMAL = 2 ** -126;
/** The parts of any positive x, subnormal ones included, and of 0. */
export function parts(code: Code, x: Value): Parts {
  const isSmall = get(code.let('v128', f32x4.lt(x, code.splat(SMALLEST_NORMAL))));
  const normal = get(code.let('v128', choose(code, isSmall, f32x4.mul(x, code.splat(2 ** 23)), x)));
  const bits = get(code.let('v128', negatedExponentBits(code, normal)));
  const f = get(code.let('v128', f32x4.sub(i32x4.add(normal, bits), code.splat(1))));
  const exponent = f32x4.add(negatedExponent(bits), v128.and(isSmall, code.splat(23)));
  return { f, negated: get(code.let('v128', infiniteWhere(code, f32x4.eq(x, code.splat(0)), exponent))) };
}

/** A number, or infinity where the mask holds. */
export const infiniteWhere = (code: Code, mask: Value, x: Value): Value =>
  f32x4.add(x, v128.and(mask, code.splat(Infinity)));

/** log(1 + f) + e·ln 2, for the parts of x; −∞ where −e is infinite. */
export function sumOfLogarithms(code: Code, { f, negated }: Parts): Value {
  const low = f32x4.mul(negated, code.splat(LN2_LOW));
  return multiplySubtract(code, negated, code.splat(LN2_HIGH), logarithmOfOnePlus(code, f, NARROW, low));
}

/** The result, but NaN where x is below the domain's end, and x itself where it is infinity or NaN. */
export function inDomain(code: Code, x: Value, end: number, result: Value): Value {
  const isFinite = f32x4.lt(x, code.splat(Infinity));
  // A lane of all ones is a NaN.
  return v128.or(choose(code, isFinite, result, x), f32x4.lt(x, code.splat(end)));
}
