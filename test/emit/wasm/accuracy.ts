/** How far vector functions are from the op records, over any float32 operands. */
import { vectorModule, type Emit, type Variant } from './vector-module.js';

/** What is asked of: the code, and the op's own value in float64. */
export interface Subject {
  readonly emit: Emit;
  readonly arity: number;
  readonly eval: (...operands: number[]) => number;
}
export interface Accuracy {
  /** The largest distance to the value rounded to float32, in float32 numbers. */
  readonly ulp: number;
  /** The operands where it is that far first. */
  readonly at: readonly number[];
  /** The largest distance to the float64 value itself, where both are finite, in float32 numbers around that value. */
  readonly error: number;
  readonly count: number;
}

const CAPACITY = 2 ** 12;
/** Fills the operands' bits, answers how many elements it has filled; 0 at the end. */
export type Fill = (operands: readonly Int32Array[]) => number;

const isNaNBits = (bits: number): boolean => (bits & 0x7fffffff) > 0x7f800000;
const ZERO = 0;
const MINUS_ZERO = -(2 ** 31);
/** Whole numbers in the order of the float32 that have these bits; both zeros are 0. */
const place = (bits: number): number => (bits < 0 ? -(bits & 0x7fffffff) : bits);

/** Between the float32 with these bits. Of two NaN 0; infinite if only one is NaN, or if they are 0 and −0. */
export function distance(x: number, y: number): number {
  if (x === y || (isNaNBits(x) && isNaNBits(y))) return 0;
  if (isNaNBits(x) || isNaNBits(y)) return Infinity;
  if ((x === ZERO && y === MINUS_ZERO) || (x === MINUS_ZERO && y === ZERO)) return Infinity;
  return Math.abs(place(x) - place(y));
}

/** The space between float32 numbers, by their exponent. */
const SPACINGS = Float64Array.from({ length: 256 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 150));
const exponentOf = (bits: number): number => (bits >>> 23) & 0xff;

/** Of several variants over the same operands; the op's value is computed once. */
export async function accuracies(
  subject: Subject,
  variants: readonly Variant[],
  fill: Fill,
): Promise<readonly Accuracy[]> {
  const { emit, arity } = subject;
  const modules = await Promise.all(variants.map((variant) => vectorModule(emit, arity, variant, CAPACITY)));
  const found = modules.map((): Found => ({ ulp: 0, at: [], error: 0 }));
  const operands = Array.from({ length: arity }, () => new Int32Array(CAPACITY));
  const numbers = operands.map(({ buffer }) => new Float32Array(buffer));
  const exact = new Float64Array(CAPACITY);
  let total = 0;
  for (let count = fill(operands); count > 0; count = fill(operands)) {
    total += count;
    evaluate(subject, numbers, count, exact);
    modules.forEach(({ inputs, output, run }, k) => {
      // Copied as bits: a NaN's may be changed where it is read as a number.
      inputs.forEach((array, at) => bitsIn(array).set(operands[at] ?? []));
      run(count);
      const one = found[k];
      if (one !== undefined) compare(exact, output, count, numbers, one);
    });
  }
  return found.map((one) => ({ ...one, count: total }));
}

/** With as many operands as there are: `Math.min` would take more. */
function evaluate(
  { arity, eval: evaluated }: Subject,
  numbers: readonly Float32Array[],
  count: number,
  into: Float64Array,
): void {
  const [xs, ys] = numbers;
  if (arity === 1 && xs !== undefined) for (let i = 0; i < count; i += 1) into[i] = evaluated(xs[i] ?? NaN);
  else if (arity === 2 && xs !== undefined && ys !== undefined)
    for (let i = 0; i < count; i += 1) into[i] = evaluated(xs[i] ?? NaN, ys[i] ?? NaN);
  else for (let i = 0; i < count; i += 1) into[i] = evaluated(...numbers.map((array) => array[i] ?? NaN));
}

const bitsIn = ({ buffer, byteOffset, length }: Float32Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length);

const rounded = new Float32Array(CAPACITY);
const roundedBits = bitsIn(rounded);
const roundedBytes = Buffer.from(rounded.buffer);
/** Elements that are compared at once, as bytes: most are equal. */
const BLOCK = 64;
type Found = { -readonly [key in 'ulp' | 'at' | 'error']: Accuracy[key] };

function compare(
  exact: Float64Array,
  output: Float32Array,
  count: number,
  operands: readonly Float32Array[],
  found: Found,
): void {
  rounded.set(exact);
  const outputBits = bitsIn(output);
  const outputBytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  for (let start = 0; start < count; start += BLOCK) {
    const end = Math.min(start + BLOCK, count);
    if (roundedBytes.compare(outputBytes, start * 4, end * 4, start * 4, end * 4) === 0) continue;
    for (let i = start; i < end; i += 1) {
      const wanted = roundedBits[i] ?? 0;
      const own = outputBits[i] ?? 0;
      if (wanted === own) continue;
      const ulp = distance(wanted, own);
      if (ulp > found.ulp) {
        found.ulp = ulp;
        found.at = operands.map((array) => array[i] ?? NaN);
      }
      const exponent = exponentOf(wanted);
      if (exponent === 0xff || exponentOf(own) === 0xff) continue;
      const error = Math.abs((output[i] ?? NaN) - (exact[i] ?? NaN)) / (SPACINGS[exponent] ?? NaN);
      if (error > found.error) found.error = error;
    }
  }
}

/** Every so many-th of all 2^32 bit patterns, from the first on. */
export function everyPattern(step: number, from = 0, to = 2 ** 32): Fill {
  let next = from;
  return ([bits]) => {
    if (bits === undefined) return 0;
    const count = Math.min(CAPACITY, Math.ceil((to - next) / step));
    for (let i = 0; i < count; i += 1) bits[i] = next + i * step;
    next += count * step;
    return count;
  };
}

/** These operands, each a list of the bits of one number for each operand. */
export function listed(rows: readonly (readonly number[])[]): Fill {
  let next = 0;
  return (operands) => {
    const some = rows.slice(next, next + CAPACITY);
    next += some.length;
    operands.forEach((bits, k) => some.forEach((row, i) => (bits[i] = row[k] ?? 0)));
    return some.length;
  };
}

const BASES = [0.5, 2, 10, 1.0000001, 0.99999994, 1.01, 0.7071068, 1.4142135, 1e-42, 3e38, 1e-20, 97.3];
const EXPONENTS = [0.5, -1, 2, 1 / 3, -7.3, 100, 1e-3, 37, -0.9, 1e5];
/** Pairs for powers: each of some bases with every so many-th pattern as exponent, and the other way round. */
export function powers(step: number): Fill {
  const rows = [
    ...BASES.map((base) => ({ base, fill: everyPattern(step) })),
    ...EXPONENTS.map((exponent) => ({ exponent, fill: everyPattern(step, 0, 0x7f800001) })),
  ];
  return ([xs, ys]) => {
    for (let row = rows[0]; row !== undefined && xs !== undefined && ys !== undefined; row = rows[0]) {
      const [varied, fixed, value] = 'base' in row ? [ys, xs, row.base] : [xs, ys, row.exponent];
      const count = row.fill([varied]);
      new Float32Array(fixed.buffer).fill(value);
      if (count > 0) return count;
      rows.shift();
    }
    return 0;
  };
}
