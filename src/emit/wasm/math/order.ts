/** Comparisons, connectives and what chooses: all exact. Conditions are lanes of all ones or all zeros. */
import type { Value } from '../code.js';
import { choose, f32x4, get, i32x4, v128 } from '../instructions.js';
import type { BinaryFunction, TernaryFunction, UnaryFunction } from './function.js';

type Write = (x: Value, y: Value) => Value;
/** `others` is for conditions and tags, whose lanes are equal where all their bits are. */
const binary = (reals: Write, others: Write = reals): BinaryFunction => ({
  ulp: 0,
  emit: (code, x, y, kind) => code.let('v128', (kind === 'real' ? reals : others)(get(x), get(y))),
});

/** Every comparison with NaN is false, but `!=`, which is true. */
export const lt = binary(f32x4.lt);
export const le = binary(f32x4.le);
export const gt = binary(f32x4.gt);
export const ge = binary(f32x4.ge);
export const eq = binary(f32x4.eq, i32x4.eq);
export const ne = binary(f32x4.ne, (x, y) => v128.not(i32x4.eq(x, y)));

export const and = binary(v128.and);
export const or = binary(v128.or);
export const not: UnaryFunction = { ulp: 0, emit: (code, x) => code.let('v128', v128.not(get(x))) };

/**
 * Either order of `pmin` gives the smaller number. Where one is NaN they give one each, and the bits of both together
 * are a NaN; where both are 0 they give one each, and together −0 if one is. On x64 that is faster than `min` itself.
 */
export const min = binary((x, y) => v128.or(f32x4.pmin(x, y), f32x4.pmin(y, x)));
export const max = binary(f32x4.max);

/** Below `low` it is `low`, even where that is above `high`. NaN in any argument goes through. */
export const clip: TernaryFunction = {
  ulp: 0,
  emit(code, x, low, high) {
    const [value, least, most] = [get(x), get(low), get(high)];
    const clipped = choose(code, f32x4.lt(value, least), least, f32x4.pmin(value, most));
    // A lane of all ones is a NaN.
    const isNaN = v128.or(f32x4.ne(least, least), f32x4.ne(most, most));
    return code.let('v128', v128.or(clipped, isNaN));
  },
};

export const select: TernaryFunction = {
  ulp: 0,
  emit: (code, x, y, z) => code.let('v128', choose(code, get(x), get(y), get(z))),
};
