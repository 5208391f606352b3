/** Functions that are one instruction, or nearly: exact, or rounded once. */
import type { Value } from '../code.js';
import { f32x4, get } from '../instructions.js';
import type { BinaryFunction, UnaryFunction } from './function.js';

const unary = (write: (x: Value) => Value): UnaryFunction => ({
  ulp: 0,
  emit: (code, x) => code.let('v128', write(get(x))),
});
const binary = (write: (x: Value, y: Value) => Value): BinaryFunction => ({
  ulp: 0,
  emit: (code, x, y) => code.let('v128', write(get(x), get(y))),
});

export const neg = unary(f32x4.neg);
export const abs = unary(f32x4.abs);
export const sqrt = unary(f32x4.sqrt);
export const stop: UnaryFunction = { ulp: 0, emit: (_code, x) => x };

/** −1, 0 or 1: x times 2^254, which no number but 0 survives below 1, brought back to between −1 and 1. */
export const sign: UnaryFunction = {
  ulp: 0,
  emit(code, x) {
    const large = code.splat(2 ** 127);
    const stretched = f32x4.mul(f32x4.mul(get(x), large), large);
    const bounded = f32x4.pmax(f32x4.pmin(stretched, code.splat(1)), code.splat(-1));
    // 0 more makes 0 of −0.
    return code.let('v128', f32x4.add(bounded, code.splat(0)));
  },
};

export const add = binary(f32x4.add);
export const sub = binary(f32x4.sub);
export const mul = binary(f32x4.mul);
export const div = binary(f32x4.div);
