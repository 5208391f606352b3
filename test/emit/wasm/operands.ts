/** Operands at which elementwise functions go wrong: special values and their neighbours, as bit patterns. */
const word = new Int32Array(1);
const float = new Float32Array(word.buffer);
/** The bits of the float32 nearest to a number. */
export function bitsOf(value: number): number {
  float[0] = value;
  return word[0] ?? 0;
}

const { LN2, SQRT2 } = Math;
/** Where functions turn: ends of ranges, underflow, overflow, changes of sign, of exponent, or of n in n·ln 2. */
const TURNS: readonly number[] = [
  0,
  2 ** -149,
  2 ** -126,
  2 ** -24,
  2 ** -23,
  1e-4,
  0.25,
  1 / 3,
  0.5,
  1 - SQRT2 / 2,
  SQRT2 - 1,
  0.52,
  SQRT2 / 2,
  1,
  SQRT2,
  2,
  Math.E,
  3,
  9,
  9.0109,
  10,
  16.6355,
  17.3287,
  20,
  87.3365,
  88,
  88.3763,
  88.7228,
  89,
  103.2789,
  103.9721,
  104,
  1e4,
  2 ** 23,
  2 ** 24,
  2 ** 127,
  3.4028234663852886e38,
  Infinity,
  ...Array.from({ length: 150 }, (_, n) => (n + 0.5) * LN2),
];
/** The smallest subnormal to the largest power of 2, and the same times √½, where the exponent of a logarithm changes. */
const POWERS = Array.from({ length: 277 }, (_, k) => 2 ** (k - 149));
const EDGES = [...POWERS, ...POWERS.map((power) => power * Math.SQRT1_2)];

const NANS = [0x7fc00000, 0x7f800001, 0x7fffffff, 0x7fc00001, 0x7fa55a5a];

const around = (bits: number, reach: number): readonly number[] =>
  Array.from({ length: 2 * reach + 1 }, (_, k) => bits - reach + k);
const bothSigns = (bits: number): readonly number[] => [bits, bits ^ 0x80000000];

/** Each with its neighbours, NaN of several kinds among them, in both signs. */
export const SPECIAL: readonly number[] = [
  ...TURNS.flatMap((value) => around(bitsOf(value), 40)),
  ...EDGES.flatMap((value) => around(bitsOf(value), 6)),
  ...NANS,
].flatMap(bothSigns);

/** Numbers of which every pair and every triple can be tried. */
export const FEW: readonly number[] = [
  0,
  2 ** -149,
  1.5e-42,
  2 ** -126,
  1e-20,
  0.3,
  1 - 2 ** -24,
  1,
  1 + 2 ** -23,
  2.5,
  88,
  3e7,
  3.4028234663852886e38,
  Infinity,
]
  .flatMap((value) => [value, -value])
  .concat(NaN);

/** Whole numbers from 0 to 2^32 − 1, the same each time. */
export function randomWords(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
