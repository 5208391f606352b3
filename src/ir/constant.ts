/** Exact rational constants: how literals are read, and how they become doubles. */
import Fraction from 'fraction.js';

/** Reads a decimal literal exactly: digits, an optional fraction, an optional exponent, of at most four digits where the number is not 0. */
export function exactDecimal(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`internal: not a decimal literal: ${text}`);
  const [, sign = '', whole = '0', part = '', exponent = '0'] = match;
  const digits = BigInt(sign + whole + part);
  if (digits === 0n) return new Fraction(0n, 1n);
  const shift = Number(exponent) - part.length;
  return shift >= 0
    ? new Fraction(digits * 10n ** BigInt(shift), 1n)
    : new Fraction(digits, 10n ** BigInt(-shift));
}

const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** The nearest double, up to one unit in the last place where numerator or denominator exceed 2⁵³. */
export function toDouble(value: Fraction): number {
  const numerator = value.n;
  const sign = value.s < 0n ? -1 : 1;
  if (numerator <= LARGEST_EXACT && value.d <= LARGEST_EXACT)
    return (sign * Number(numerator)) / Number(value.d);
  let exponent = value.d.toString().length - numerator.toString().length + 25;
  if (exponent < 0) exponent = 0;
  const quotient = (numerator * 10n ** BigInt(exponent)) / value.d;
  return sign * Number(`${quotient}e-${exponent}`);
}

/** The shortest text of a rational: a decimal where it has one of at most 20 digits, else a quotient. */
export function constantText(value: Fraction): string {
  const twosAndFives = /^1?0*$/.test(value.d.toString());
  const text = toDouble(value).toString();
  if (twosAndFives || value.equals(exactOrZero(text))) return text.length <= 21 ? text : value.toFraction();
  return value.toFraction();
}

const exactOrZero = (text: string): Fraction =>
  /^-?\d/.test(text) && !text.includes('Infinity') ? exactDecimal(text) : new Fraction(0n, 1n);
