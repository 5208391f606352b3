/** Short decimals: what people read in a witness. */
import { formatNumber } from '../../batch/number.js';

/** Without the dust of binary arithmetic: −5 + 0.3 is −4.7. */
export function clean(value: number): number {
  const size = Math.abs(value);
  for (const [below, scale] of SCALES) if (size < below && size >= 1e-3) return rounded(value, scale);
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) + 0 : value;
}
const DIGITS = 12;
/** Below which size a number keeps its digits as so many parts of 1. */
const SCALES = [-2, -1, 0, 1, 2, 3].map(
  (power) => [Number(`1e${String(power)}`), Number(`1e${String(DIGITS - power)}`)] as const,
);
/** The nearest double to the nearest multiple of 1/scale: both are whole numbers that doubles hold, so the quotient is the decimal. */
const rounded = (value: number, scale: number): number => Math.round(value * scale) / scale + 0;

/** Beside 0, what a sum of larger numbers leaves: −5 + 4.99999999999 is −1e-11. */
export const settled = (value: number): number => (Math.abs(value) < 1e3 ? rounded(value, 1e12) : value);

/** Differences of log-probabilities and other real numbers, the plainest first. */
export const DIFFERENCES: readonly number[] = [
  0, 1, -1, 0.5, -0.5, 2, -2, 0.1, -0.1, 0.2, -0.2, 3, -3, 0.3, -0.3, 0.05, -0.05, 5, -5, 10, -10,
];

/** Offsets at which what is varied is looked at, a few small ones around each decade. */
export const OFFSETS: readonly number[] = [
  0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 7, 10, 20,
]
  .flatMap((one) => (one === 0 ? [0] : [-one, one]))
  .sort((a, b) => a - b);

/** Both ends and nine decimals between them, with as few digits as tell them apart. */
export function decimalsBetween(from: number, to: number): readonly number[] {
  const step = (to - from) / 10;
  return Array.from({ length: 11 }, (_, at) => clean(at === 10 ? to : from + at * step));
}

/** As people read a value: four digits. */
export const read = (value: number): string =>
  formatNumber(Number.isFinite(value) ? Number(value.toPrecision(4)) : value);

const AWAY = [
  1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 200, 500, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
  1e11, 1e12, 1e13,
];
/** Offsets towards both infinities. */
export const FAR: readonly number[] = [...AWAY.map((one) => -one).reverse(), 0, ...AWAY];

/** Distances that lead close to a point. */
export const CLOSE: readonly number[] = Array.from({ length: 11 }, (_, at) => Number(`1e-${at + 1}`));
