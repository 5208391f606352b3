/** Exponents of generators: whole ones as numbers, which is nearly all of them, others as rationals. */
import { isWhole, plus, ratio, rationalText, signOf, times } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';

/** A rational that is whole is a number, if a number can hold it. */
export type Exponent = number | Rational;

export const asRational = (x: Exponent): Rational => (typeof x === 'number' ? ratio(BigInt(x)) : x);

export function exponentOf(x: Rational): Exponent {
  const value = Number(x.n);
  return isWhole(x) && Number.isSafeInteger(value) ? value : x;
}

export function addExponents(a: Exponent, b: Exponent): Exponent {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a + b)) return a + b;
  return exponentOf(plus(asRational(a), asRational(b)));
}
export function timesExponent(a: Exponent, b: Exponent): Exponent {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a * b)) return a * b + 0;
  return exponentOf(times(asRational(a), asRational(b)));
}
export const oppositeExponent = (a: Exponent): Exponent => timesExponent(a, -1);
export const halved = (a: Exponent): Exponent => timesExponent(a, ratio(1n, 2n));

export const signOfExponent = (a: Exponent): number => (typeof a === 'number' ? Math.sign(a) : signOf(a));
export const compareExponents = (a: Exponent, b: Exponent): number =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.sign(a - b)
    : signOfExponent(addExponents(a, oppositeExponent(b)));
export const isEven = (a: Exponent): boolean => typeof a === 'number' && a % 2 === 0;
export const isOdd = (a: Exponent): boolean => typeof a === 'number' && a % 2 !== 0;
export const exponentText = (a: Exponent): string => (typeof a === 'number' ? String(a) : rationalText(a));

/** The largest whole number that is not above `a`. */
export function floorOf(a: Exponent): number {
  if (typeof a === 'number') return a;
  const down = a.n / a.d;
  return Number(a.n < 0n && down * a.d !== a.n ? down - 1n : down);
}
