/**
 * Functions that kernels call, in WGSL. It has neither `expm1` nor `log1p`, lets its own exponential and logarithm be
 * inexact, and lets a compiler assume that there is no NaN: so these are made of sums, products and bits.
 * Polynomials and reductions are those of the WebAssembly kernels.
 */
import { COEFFICIENTS, LN2_HIGH, LN2_LOW } from '../wasm/math/exponential.js';
import { NARROW } from '../wasm/math/logarithm.js';
import { realText } from './numbers.js';

const reals = (value: number): string => `Reals(${realText(value)})`;

/** c₀ + c₁x + c₂x² + …, from the highest term down. */
const polynomial = (x: string, coefficients: readonly number[]): string =>
  coefficients.map(reals).reduceRight((sum, one) => `fma(${sum}, ${x}, ${one})`);

/** How many numbers are summed up before they are added to what there is. */
const BLOCK = 64;

/** By name. Each may call those before it. Those of as many numbers as a lane takes at once end in `_each`. */
const OF_EACH: Readonly<Record<string, string>> = {
  is_nan_each: `fn is_nan_each(x: Reals) -> Flags {
  return (bitcast<Words>(x) & Words(0x7fffffffu)) > Words(0x7f800000u);
}`,
  differ_each: `fn differ_each(x: Reals, y: Reals) -> Flags {
  return is_nan_each(x) | is_nan_each(y) | (x != y);
}`,
  lesser_each: `fn lesser_each(x: Reals, y: Reals) -> Reals {
  return select(select(y, x, x < y), x + y, is_nan_each(x) | is_nan_each(y));
}`,
  greater_each: `fn greater_each(x: Reals, y: Reals) -> Reals {
  return select(select(y, x, x > y), x + y, is_nan_each(x) | is_nan_each(y));
}`,
  clipped_each: `fn clipped_each(x: Reals, low: Reals, high: Reals) -> Reals {
  let within = select(select(x, high, x > high), low, x < low);
  return select(within, low + high, is_nan_each(low) | is_nan_each(high));
}`,
  sign_of_each: `fn sign_of_each(x: Reals) -> Reals {
  let size = select(select(Reals(0.0), Reals(-1.0), x < Reals(0.0)), Reals(1.0), x > Reals(0.0));
  return select(size, x, is_nan_each(x));
}`,
  two_to_each: `// 2^n for −126 ≤ n ≤ 127.
fn two_to_each(n: Wholes) -> Reals {
  return bitcast<Reals>((n + 127) << Words(23u));
}`,
  turns_each: `// A whole n with x = n·ln 2 + r and a small r.
fn turns_each(x: Reals) -> Reals {
  return round(x * ${realText(Math.LOG2E)});
}`,
  remaining_each: `// That r.
fn remaining_each(x: Reals, n: Reals) -> Reals {
  return fma(-n, ${reals(LN2_LOW)}, fma(-n, ${reals(LN2_HIGH)}, x));
}`,
  near_zero_each: `// e^r − 1 for |r| ≤ 0.3466.
fn near_zero_each(r: Reals) -> Reals {
  return fma(r * r, ${polynomial('r', COEFFICIENTS)}, r);
}`,
  exponential_each: `fn exponential_each(x: Reals) -> Reals {
  let within = clamp(x, Reals(-104.0), Reals(89.0));
  let turns = turns_each(within);
  let n = Wholes(turns);
  let half = n >> Words(1u);
  let excess = near_zero_each(remaining_each(within, turns));
  let power = (excess + 1.0) * two_to_each(half) * two_to_each(n - half);
  return select(power, x, is_nan_each(x) | (x > Reals(3.4028234e38)));
}`,
  exponential_less_one_each: `fn exponential_less_one_each(x: Reals) -> Reals {
  let within = clamp(x, Reals(-20.0), Reals(89.0));
  let turns = turns_each(within);
  let n = Wholes(turns);
  let half = n >> Words(1u);
  let rest = n - half;
  let first = two_to_each(half);
  let excess = near_zero_each(remaining_each(within, turns));
  let found = fma(excess, first, first - two_to_each(-rest)) * two_to_each(rest);
  return select(found, x, is_nan_each(x) | (x > Reals(3.4028234e38)) | (x == Reals(0.0)));
}`,
  log_parts_each: `// log(1 + f) + e·ln 2 for f from −0.293 to 0.415.
fn log_parts_each(f: Reals, e: Reals) -> Reals {
  let s = f / (f + 2.0);
  let square = s * s;
  let rest = f - square * ${polynomial('square', NARROW)};
  return fma(e, ${reals(LN2_HIGH)}, f - fma(s, rest, -e * ${realText(LN2_LOW)}));
}`,
  exponent_of_each: `// e for a normal x = 2^e·m, m from √½ to √2.
fn exponent_of_each(x: Reals) -> Wholes {
  return (bitcast<Wholes>(x) - 0x3f3504f3) >> Words(23u);
}`,
  logarithm_each: `fn logarithm_each(x: Reals) -> Reals {
  let is_small = x < Reals(1.17549435e-38);
  let normal = select(x, x * 8388608.0, is_small);
  let e = exponent_of_each(normal);
  let m = bitcast<Reals>(bitcast<Wholes>(normal) - (e << Words(23u)));
  let found = log_parts_each(m - 1.0, Reals(e) - select(Reals(0.0), Reals(23.0), is_small));
  let at_zero = select(found, Reals(-sizes.infinity), x == Reals(0.0));
  let positive = select(at_zero, Reals(sizes.nan), x < Reals(0.0));
  return select(positive, x, is_nan_each(x) | (x > Reals(3.4028234e38)));
}`,
  logarithm_of_one_plus_each: `fn logarithm_of_one_plus_each(x: Reals) -> Reals {
  let e = exponent_of_each(x + 1.0);
  // 2^−e in two factors, since it may be too small for one.
  let half = -e >> Words(1u);
  let first = two_to_each(half);
  let second = two_to_each(-e - half);
  // (1 + x)·2^−e − 1; at e = 0 it is x itself.
  let f = x * first * second - (1.0 - first * second);
  let found = log_parts_each(f, Reals(e));
  let at_end = select(found, Reals(-sizes.infinity), x == Reals(-1.0));
  let inside = select(at_end, Reals(sizes.nan), x < Reals(-1.0));
  return select(inside, x, is_nan_each(x) | (x > Reals(3.4028234e38)) | (x == Reals(0.0)));
}`,
  sigmoid_each: `fn sigmoid_each(x: Reals) -> Reals {
  let power = exponential_each(-abs(x));
  return select(power, Reals(1.0), x >= Reals(0.0)) / (1.0 + power);
}`,
  softplus_each: `fn softplus_each(x: Reals) -> Reals {
  return logarithm_of_one_plus_each(exponential_each(-abs(x))) + select(Reals(0.0), x, x > Reals(0.0));
}`,
  hyperbolic_tangent_each: `fn hyperbolic_tangent_each(x: Reals) -> Reals {
  let excess = exponential_less_one_each(-2.0 * abs(x));
  let size = -excess / (excess + 2.0);
  return select(size, -size, x < Reals(0.0));
}`,
  power_each: `fn power_each(x: Reals, y: Reals) -> Reals {
  let found = select(exponential_each(y * logarithm_each(x)), Reals(1.0), y == Reals(0.0));
  return select(Reals(sizes.nan), found, x > Reals(0.0));
}`,
  sum_up_each: `// A sum of sums of ${BLOCK}: of n numbers, rounding errors add up as over ${BLOCK} + n / ${BLOCK} of them.
struct Sum_each {
  blocks: Reals,
  block: Reals,
  size: u32,
}
fn sum_up_each(sum: ptr<function, Sum_each>, x: Reals) {
  (*sum).block += x;
  (*sum).size += 1u;
  if ((*sum).size == ${BLOCK}u) {
    (*sum).blocks += (*sum).block;
    (*sum).block = Reals(0.0);
    (*sum).size = 0u;
  }
}
fn summed_each(sum: Sum_each) -> Reals {
  return sum.blocks + sum.block;
}`,
};

const SCALARS: Readonly<Record<string, string>> = {
  Reals: 'f32',
  Wholes: 'i32',
  Words: 'u32',
  Flags: 'bool',
};
/** The same of one number. */
const ofOne = (text: string): string =>
  text
    .replace(/_each\b/g, '')
    .replace(/\b(?:Reals|Words)\((-?(?:\d[\w.]*|sizes\.\w+))\)/g, '$1')
    .replace(/\b(?:Reals|Wholes|Words|Flags)\b/g, (type) => SCALARS[type] ?? type);

/** By name. Each may call those before it. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  ...OF_EACH,
  ...Object.fromEntries(Object.entries(OF_EACH).map(([name, text]) => [ofOne(name), ofOne(text)])),
  better_at: `// Whether the second of two extremes comes first: NaN before all, equal ones in order of place. A place is NOWHERE for none.
fn better_at(is_better: bool, best: f32, at: i32, other: f32, other_at: i32) -> bool {
  let is_same = best == other || (is_nan(best) && is_nan(other));
  let is_before = (is_better && !is_nan(best)) || (is_nan(other) && !is_nan(best)) || (is_same && other_at < at);
  return other_at != NOWHERE && (at == NOWHERE || is_before);
}`,
  sum_of: `fn sum_of(all: Reals) -> f32 {
  var sum = real_of(all, 0u);
  for (var part = 1u; part < WIDTH; part += 1u) { sum += real_of(all, part); }
  return sum;
}`,
  greatest_of: `fn greatest_of(all: Reals) -> f32 {
  var greatest = real_of(all, 0u);
  for (var part = 1u; part < WIDTH; part += 1u) { greatest = greater(greatest, real_of(all, part)); }
  return greatest;
}`,
  least_of: `fn least_of(all: Reals) -> f32 {
  var least = real_of(all, 0u);
  for (var part = 1u; part < WIDTH; part += 1u) { least = lesser(least, real_of(all, part)); }
  return least;
}`,
};

/** The functions that a text calls, and those that these call, each before what calls it. */
export function calledBy(text: string): readonly string[] {
  const isCalled = (name: string, by: string): boolean => new RegExp(String.raw`\b${name}\(`).test(by);
  const needed: string[] = [];
  for (const [name, own] of Object.entries(FUNCTIONS).reverse())
    if (isCalled(name, text) || needed.some((other) => isCalled(name, other))) needed.unshift(own);
  return needed;
}
