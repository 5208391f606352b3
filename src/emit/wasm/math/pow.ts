/** x to the power y for positive x; NaN elsewhere. The exponent's product is made in float64. */
import type { Code, Value } from '../code.js';
import { choose, f32x4, f64x2, get, multiplyAdd, shuffle, v128 } from '../instructions.js';
import { exponentialLessOne, scaled } from './exponential.js';
import type { BinaryFunction } from './function.js';
import { parts } from './logarithm.js';

/**
 * 2·atanh(s)/(s·ln 2) as a series in s², for |s| ≤ 0.1716: minimax (Remez) for the relative error, fitted anew after
 * each coefficient was rounded to float64. The relative error is below 2^−37.7.
 */
const SERIES = [
  2.8853900817900815, 0.961796673348193, 0.5770835836495564, 0.41167280285081204, 0.3407284740692107,
] as const;

/** Added to a float64 of less than 2^51, it rounds it to a whole number, which is then in the lowest bits. */
const ROUNDER = 1.5 * 2 ** 52;

interface Operands {
  readonly f: Value;
  readonly negated: Value;
  readonly y: Value;
}
interface Split {
  /** n, in the lower half of each float64. */
  readonly n: Value;
  /** r, as float32 in the two lower lanes. */
  readonly r: Value;
}

/** y·log₂ x = n + r/ln 2 for the two lower lanes: log₂ x = log₂(1 + f) + e. */
function split(code: Code, operands: Operands): Split {
  const keep = (value: Value): Value => get(code.let('v128', value));
  const f = keep(f64x2.promote(operands.f));
  const s = keep(f64x2.div(f, f64x2.add(f, code.splatDouble(2))));
  const square = keep(f64x2.mul(s, s));
  const series = SERIES.map((one) => code.splatDouble(one)).reduceRight((sum, one) =>
    multiplyAdd(code, sum, square, one, 'f64x2'),
  );
  const logarithm = f64x2.sub(f64x2.mul(s, series), f64x2.promote(operands.negated));
  const product = f64x2.mul(f64x2.promote(operands.y), logarithm);
  // 2^−152 is 0 in float32, and 2^130 infinity.
  const bounded = keep(f64x2.pmin(f64x2.pmax(product, code.splatDouble(-152)), code.splatDouble(130)));
  const n = keep(f64x2.add(bounded, code.splatDouble(ROUNDER)));
  const r = f64x2.sub(bounded, f64x2.sub(n, code.splatDouble(ROUNDER)));
  return { n, r: keep(f32x4.demote(f64x2.mul(r, code.splatDouble(Math.LN2)))) };
}

const upper = (x: Value): Value => shuffle(x, x, [2, 3, 2, 3]);

export const pow: BinaryFunction = {
  ulp: 1,
  emit(code, x, y) {
    const { f, negated } = parts(code, get(x));
    const isInfinite = f32x4.eq(get(x), code.splat(Infinity));
    // log₂ x is −∞ at 0 already; here it becomes ∞ at ∞.
    const exponent = get(code.let('v128', f32x4.sub(negated, v128.and(isInfinite, code.splat(Infinity)))));
    const lower = split(code, { f, negated: exponent, y: get(y) });
    const higher = split(code, { f: upper(f), negated: upper(exponent), y: upper(get(y)) });
    const r = get(code.let('v128', shuffle(lower.r, higher.r, [0, 1, 4, 5])));
    const n = get(code.let('v128', shuffle(lower.n, higher.n, [0, 2, 4, 6])));
    const power = scaled(code, f32x4.add(exponentialLessOne(code, r), code.splat(1)), n);
    // ∞^0 is 1, as all powers 0 are.
    const result = choose(code, f32x4.eq(get(y), code.splat(0)), code.splat(1), power);
    // A lane of all ones is a NaN.
    return code.let('v128', v128.or(result, v128.not(f32x4.gt(get(x), code.splat(0)))));
  },
};
