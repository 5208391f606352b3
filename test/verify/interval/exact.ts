/** Arbitrary precision, against which enclosures are held: 60 digits, of doubles as they are. */
import { Decimal } from 'decimal.js';
import { ofDouble, type Rational } from '../../../src/proof/rational.js';

export const Exact = Decimal.clone({
  precision: 60,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  minE: -9e15,
  maxE: 9e15,
});
export type Exact = Decimal;

export const ofRational = ({ n, d }: Rational): Exact => new Exact(n.toString()).div(new Exact(d.toString()));
/** Decimal itself reads a double as its shortest text. */
export const exact = (x: number): Exact => (Number.isFinite(x) ? ofRational(ofDouble(x)) : new Exact(x));

const LEAST = exact(Number.MIN_VALUE);
/** How far apart doubles are around a value, from below at powers of 2. */
export function ulpOf(value: Exact): Exact {
  const size = Math.abs(value.toNumber());
  if (size < 2 ** -1021) return LEAST;
  let exponent = Math.floor(Math.log2(size));
  while (new Exact(2).pow(exponent).gt(value.abs())) exponent -= 1;
  return new Exact(2).pow(exponent - 52);
}
