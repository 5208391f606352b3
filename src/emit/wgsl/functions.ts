/**
 * Functions that kernels call, in WGSL. It has neither `expm1` nor `log1p`, lets its own exponential and logarithm be
 * inexact, and lets a compiler assume that there is no NaN: so these are made of sums, products and bits.
 * Polynomials and reductions are those of the WebAssembly kernels.
 */
import { COEFFICIENTS, LN2_HIGH, LN2_LOW } from '../wasm/math/exponential.js';
import { NARROW } from '../wasm/math/logarithm.js';
import { realText } from './numbers.js';

/** c₀ + c₁x + c₂x² + …, from the highest term down. */
const polynomial = (x: string, coefficients: readonly number[]): string =>
  coefficients.map(realText).reduceRight((sum, one) => `fma(${sum}, ${x}, ${one})`);

/** How many numbers are summed up before they are added to what there is. */
const BLOCK = 64;

/** By name. Each may call those before it. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  is_nan: `fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}`,
  differ: `fn differ(x: f32, y: f32) -> bool {
  return is_nan(x) || is_nan(y) || x != y;
}`,
  lesser: `fn lesser(x: f32, y: f32) -> f32 {
  return select(select(y, x, x < y), x + y, is_nan(x) || is_nan(y));
}`,
  greater: `fn greater(x: f32, y: f32) -> f32 {
  return select(select(y, x, x > y), x + y, is_nan(x) || is_nan(y));
}`,
  clipped: `fn clipped(x: f32, low: f32, high: f32) -> f32 {
  let within = select(select(x, high, x > high), low, x < low);
  return select(within, low + high, is_nan(low) || is_nan(high));
}`,
  sign_of: `fn sign_of(x: f32) -> f32 {
  return select(select(select(0.0, -1.0, x < 0.0), 1.0, x > 0.0), x, is_nan(x));
}`,
  two_to: `// 2^n for −126 ≤ n ≤ 127.
fn two_to(n: i32) -> f32 {
  return bitcast<f32>((n + 127) << 23u);
}`,
  reduced: `// x = n·ln 2 + r with a whole n: r, and n in the second place.
fn reduced(x: f32) -> vec2f {
  let n = round(x * ${realText(Math.LOG2E)});
  return vec2f(fma(-n, ${realText(LN2_LOW)}, fma(-n, ${realText(LN2_HIGH)}, x)), n);
}`,
  near_zero: `// e^r − 1 for |r| ≤ 0.3466.
fn near_zero(r: f32) -> f32 {
  return fma(r * r, ${polynomial('r', COEFFICIENTS)}, r);
}`,
  exponential: `fn exponential(x: f32) -> f32 {
  let parts = reduced(clamp(x, -104.0, 89.0));
  let n = i32(parts.y);
  let half = n >> 1u;
  let power = (near_zero(parts.x) + 1.0) * two_to(half) * two_to(n - half);
  return select(power, x, is_nan(x) || x > 3.4028234e38);
}`,
  exponential_less_one: `fn exponential_less_one(x: f32) -> f32 {
  let parts = reduced(clamp(x, -20.0, 89.0));
  let n = i32(parts.y);
  let half = n >> 1u;
  let rest = n - half;
  let excess = fma(near_zero(parts.x), two_to(half), two_to(half) - two_to(-rest)) * two_to(rest);
  return select(excess, x, is_nan(x) || x > 3.4028234e38 || x == 0.0);
}`,
  log_parts: `// log(1 + f) + e·ln 2 for f from −0.293 to 0.415.
fn log_parts(f: f32, e: f32) -> f32 {
  let s = f / (f + 2.0);
  let square = s * s;
  let rest = f - square * ${polynomial('square', NARROW)};
  return fma(e, ${realText(LN2_HIGH)}, f - fma(s, rest, -e * ${realText(LN2_LOW)}));
}`,
  exponent_of: `// e for a normal x = 2^e·m, m from √½ to √2.
fn exponent_of(x: f32) -> i32 {
  return (bitcast<i32>(x) - 0x3f3504f3) >> 23u;
}`,
  logarithm: `fn logarithm(x: f32) -> f32 {
  let is_small = x < 1.17549435e-38;
  let normal = select(x, x * 8388608.0, is_small);
  let e = exponent_of(normal);
  let m = bitcast<f32>(bitcast<i32>(normal) - (e << 23u));
  let found = log_parts(m - 1.0, f32(e) - select(0.0, 23.0, is_small));
  let at_zero = select(found, -sizes.infinity, x == 0.0);
  let positive = select(at_zero, sizes.nan, x < 0.0);
  return select(positive, x, is_nan(x) || x > 3.4028234e38);
}`,
  logarithm_of_one_plus: `fn logarithm_of_one_plus(x: f32) -> f32 {
  let e = exponent_of(x + 1.0);
  // 2^−e in two factors, since it may be too small for one.
  let first = two_to(-e >> 1u);
  let second = two_to(-e - (-e >> 1u));
  // (1 + x)·2^−e − 1; at e = 0 it is x itself.
  let f = x * first * second - (1.0 - first * second);
  let found = log_parts(f, f32(e));
  let at_end = select(found, -sizes.infinity, x == -1.0);
  let inside = select(at_end, sizes.nan, x < -1.0);
  return select(inside, x, is_nan(x) || x > 3.4028234e38 || x == 0.0);
}`,
  sigmoid: `fn sigmoid(x: f32) -> f32 {
  let power = exponential(-abs(x));
  return select(power, 1.0, x >= 0.0) / (1.0 + power);
}`,
  softplus: `fn softplus(x: f32) -> f32 {
  return logarithm_of_one_plus(exponential(-abs(x))) + select(0.0, x, x > 0.0);
}`,
  hyperbolic_tangent: `fn hyperbolic_tangent(x: f32) -> f32 {
  let excess = exponential_less_one(-2.0 * abs(x));
  let size = -excess / (excess + 2.0);
  return select(size, -size, x < 0.0);
}`,
  power: `fn power(x: f32, y: f32) -> f32 {
  let found = select(exponential(y * logarithm(x)), 1.0, y == 0.0);
  return select(sizes.nan, found, x > 0.0);
}`,
  sum_up: `// A sum of sums of ${BLOCK}: of n numbers, rounding errors add up as over ${BLOCK} + n / ${BLOCK} of them.
struct Sum {
  blocks: f32,
  block: f32,
  size: u32,
}
fn sum_up(sum: ptr<function, Sum>, x: f32) {
  (*sum).block += x;
  (*sum).size += 1u;
  if ((*sum).size == ${BLOCK}u) {
    (*sum).blocks += (*sum).block;
    (*sum).block = 0.0;
    (*sum).size = 0u;
  }
}
fn summed(sum: Sum) -> f32 {
  return sum.blocks + sum.block;
}`,
  better_at: `// Whether the second of two extremes comes first: NaN before all, equal ones in order of place. A place is NOWHERE for none.
fn better_at(is_better: bool, best: f32, at: i32, other: f32, other_at: i32) -> bool {
  let is_same = best == other || (is_nan(best) && is_nan(other));
  let is_before = (is_better && !is_nan(best)) || (is_nan(other) && !is_nan(best)) || (is_same && other_at < at);
  return other_at != NOWHERE && (at == NOWHERE || is_before);
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
