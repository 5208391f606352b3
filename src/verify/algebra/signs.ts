/** Sets of signs out of −, 0 and +: what is known of a term. */
import { standsSo } from '../../proof/build.js';
import { signOf, whole } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Relation } from '../../proof/term.js';
import { isEven, isOdd, signOfExponent } from './exponent.js';
import type { Exponent } from './exponent.js';

/** A set of signs, as the sum of its members. */
export type Signs = number;
export const NEGATIVE: Signs = 1;
export const NULL: Signs = 2;
export const POSITIVE: Signs = 4;
export const NONNEGATIVE: Signs = NULL + POSITIVE;
export const NONZERO: Signs = NEGATIVE + POSITIVE;
export const ANY: Signs = NEGATIVE + NULL + POSITIVE;

const MEMBERS = [
  [NEGATIVE, whole(-1)],
  [NULL, whole(0)],
  [POSITIVE, whole(1)],
] as const;

export const isSubset = (a: Signs, b: Signs): boolean => (a & ~b) === 0;
const signsFor = (relation: Relation): Signs =>
  MEMBERS.reduce((all, [sign, example]) => all | (standsSo(relation, example) ? sign : 0), 0);
const BY_RELATION: Readonly<Record<Relation, Signs>> = {
  '>=': signsFor('>='),
  '>': signsFor('>'),
  '==': signsFor('=='),
  '!=': signsFor('!='),
};
/** Of the numbers that stand so to 0. */
export const signsThat = (relation: Relation): Signs => BY_RELATION[relation];
export const signsOfNumber = (value: Rational): Signs =>
  signOf(value) > 0 ? POSITIVE : signOf(value) < 0 ? NEGATIVE : NULL;

export const turned = (a: Signs): Signs =>
  (a & NULL) | (a & POSITIVE ? NEGATIVE : 0) | (a & NEGATIVE ? POSITIVE : 0);

export function productSigns(a: Signs, b: Signs): Signs {
  let out = (a & NULL) | (b & NULL);
  if (a & POSITIVE) out |= b;
  if (a & NEGATIVE) out |= turned(b);
  return out;
}

export function sumSigns(a: Signs, b: Signs): Signs {
  if (a === NULL) return b;
  if (b === NULL) return a;
  const both = a | b;
  if (isSubset(both, NONNEGATIVE)) return a === POSITIVE || b === POSITIVE ? POSITIVE : NONNEGATIVE;
  if (isSubset(both, NEGATIVE + NULL)) return a === NEGATIVE || b === NEGATIVE ? NEGATIVE : NEGATIVE + NULL;
  return ANY;
}

/** Of a power; all signs are left where the operation may be undefined. */
export function powerSigns(base: Signs, to: Exponent): Signs {
  if (signOfExponent(to) < 0 && base & NULL) return ANY;
  if (isEven(to)) return evenSigns(base);
  if (isOdd(to)) return base;
  return isSubset(base, NONNEGATIVE) ? base : ANY;
}
const evenSigns = (base: Signs): Signs => (base & NULL) | (base & NONZERO ? POSITIVE : 0);
