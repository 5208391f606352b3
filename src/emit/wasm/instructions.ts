/** Folded instructions of WebAssembly as text, those that our code uses. */
import type { Code, Local, Value } from './code.js';

export const get = (local: Local): Value => `(local.get ${local})`;
export const set = (local: Local, value: Value): string => `(local.set ${local} ${value})`;

type Of1 = (x: Value) => Value;
type Of2 = (x: Value, y: Value) => Value;
const of1 =
  (name: string): Of1 =>
  (x) =>
    `(${name} ${x})`;
const of2 =
  (name: string): Of2 =>
  (x, y) =>
    `(${name} ${x} ${y})`;

/** Four lanes of float32. */
export const f32x4 = {
  add: of2('f32x4.add'),
  sub: of2('f32x4.sub'),
  mul: of2('f32x4.mul'),
  div: of2('f32x4.div'),
  /** NaN of NaN on either side, and −0 below 0. */
  min: of2('f32x4.min'),
  max: of2('f32x4.max'),
  /** `y < x ? y : x`, so x where either is NaN. One instruction on x64, unlike `min`. */
  pmin: of2('f32x4.pmin'),
  /** `x < y ? y : x`, so x where either is NaN. */
  pmax: of2('f32x4.pmax'),
  neg: of1('f32x4.neg'),
  abs: of1('f32x4.abs'),
  sqrt: of1('f32x4.sqrt'),
  lt: of2('f32x4.lt'),
  le: of2('f32x4.le'),
  gt: of2('f32x4.gt'),
  ge: of2('f32x4.ge'),
  eq: of2('f32x4.eq'),
  ne: of2('f32x4.ne'),
  /** Of four integers. */
  convert: of1('f32x4.convert_i32x4_s'),
  /** Of two float64 to the lower lanes; the upper ones are 0. */
  demote: of1('f32x4.demote_f64x2_zero'),
} as const;

/** Two lanes of float64. */
export const f64x2 = {
  add: of2('f64x2.add'),
  sub: of2('f64x2.sub'),
  mul: of2('f64x2.mul'),
  div: of2('f64x2.div'),
  pmin: of2('f64x2.pmin'),
  pmax: of2('f64x2.pmax'),
  /** Of the two lower float32. */
  promote: of1('f64x2.promote_low_f32x4'),
} as const;

/** Four lanes of integers. */
export const i32x4 = {
  add: of2('i32x4.add'),
  sub: of2('i32x4.sub'),
  max: of2('i32x4.max_s'),
  eq: of2('i32x4.eq'),
  /** By a number of bits. */
  shl: (x: Value, by: number): Value => `(i32x4.shl ${x} (i32.const ${by}))`,
  /** By a number of bits, with copies of the sign. */
  shr: (x: Value, by: number): Value => `(i32x4.shr_s ${x} (i32.const ${by}))`,
} as const;

export const v128 = {
  and: of2('v128.and'),
  or: of2('v128.or'),
  xor: of2('v128.xor'),
  not: of1('v128.not'),
} as const;

/** The 4 words of 32 bits, out of those of x (0 to 3) and of y (4 to 7), at these places. */
export function shuffle(x: Value, y: Value, words: readonly [number, number, number, number]): Value {
  const bytes = words.flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte));
  return `(i8x16.shuffle ${bytes.join(' ')} ${x} ${y})`;
}

type Shape = 'f32x4' | 'f64x2';
/** x·y + z: rounded once with relaxed SIMD where the processor has that, else twice. */
export const multiplyAdd = (code: Code, x: Value, y: Value, z: Value, shape: Shape = 'f32x4'): Value =>
  code.relaxed ? `(${shape}.relaxed_madd ${x} ${y} ${z})` : `(${shape}.add (${shape}.mul ${x} ${y}) ${z})`;
/** z − x·y, rounded likewise. */
export const multiplySubtract = (code: Code, x: Value, y: Value, z: Value, shape: Shape = 'f32x4'): Value =>
  code.relaxed ? `(${shape}.relaxed_nmadd ${x} ${y} ${z})` : `(${shape}.sub ${z} (${shape}.mul ${x} ${y}))`;

/** x where the mask's lanes are all ones, y where they are all zeros; what is left out reaches nothing. */
export const choose = (code: Code, mask: Value, x: Value, y: Value): Value =>
  `(${code.relaxed ? 'i32x4.relaxed_laneselect' : 'v128.bitselect'} ${x} ${y} ${mask})`;
