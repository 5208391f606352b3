/**
 * Growth as u → ∞: products exp(Σ c·s) of powers of the scale u^e·(log u)^f and log log u, whose exponents c are any terms
 * without u. So u^k is exp(k·log u), and two products are compared by the sign of one term.
 */
import * as b from '../../proof/build.js';
import {
  ONE,
  ZERO,
  compare,
  equals,
  isZero,
  rationalText,
  signOf,
  type Rational,
} from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import type { Signs } from './signs.js';

/** u^power·(log u)^logs; log log u where both are 0. */
export interface Element {
  readonly power: Rational;
  readonly logs: Rational;
}
export interface Exponent {
  readonly of: Element;
  readonly coefficient: Term;
}
/** The exponential of the sum; the fastest element first, each once, none with a coefficient that is known to be 0. */
export type Product = readonly Exponent[];

export const UNIT: Product = [];
export const LOG: Element = { power: ZERO, logs: ONE };
export const LOG_LOG: Element = { power: ZERO, logs: ZERO };

const fasterFirst = (a: Element, b_: Element): number =>
  compare(b_.power, a.power) || compare(b_.logs, a.logs);
const same = (a: Element, b_: Element): boolean => equals(a.power, b_.power) && equals(a.logs, b_.logs);

/** u^power·(log u)^logs as a product. */
export const productOf = ({ power, logs }: Element): Product => [
  ...(isZero(power) ? [] : [{ of: LOG, coefficient: b.number(power) }]),
  ...(isZero(logs) ? [] : [{ of: LOG_LOG, coefficient: b.number(logs) }]),
];

/** The element that a product is equal to, if it is one: what an exponential of it may grow by. */
export function elementOf(product: Product): Element | undefined {
  let element: Element = { power: ZERO, logs: ZERO };
  for (const { of, coefficient } of product) {
    if (coefficient.op !== 'number') return undefined;
    if (same(of, LOG)) element = { ...element, power: coefficient.value };
    else if (same(of, LOG_LOG)) element = { ...element, logs: coefficient.value };
    else return undefined;
  }
  return signOf(element.power) > 0 || (isZero(element.power) && signOf(element.logs) > 0)
    ? element
    : undefined;
}

export function times(x: Product, y: Product, signs: Signs): Product {
  const merged: Exponent[] = [...x];
  for (const one of y) {
    const at = merged.findIndex(({ of }) => same(of, one.of));
    const found = merged[at];
    if (found === undefined) merged.push(one);
    else merged[at] = { of: one.of, coefficient: signs.simple(b.sum(found.coefficient, one.coefficient)) };
  }
  return merged
    .filter(({ coefficient }) => !signs.isZero(coefficient))
    .sort((one, other) => fasterFirst(one.of, other.of));
}

/** A product to a power that does not depend on u. */
export const raised = (product: Product, exponent: Term, signs: Signs): Product =>
  product
    .map(({ of, coefficient }) => ({ of, coefficient: signs.simple(b.product(exponent, coefficient)) }))
    .filter(({ coefficient }) => !signs.isZero(coefficient));

export const over = (x: Product, y: Product, signs: Signs): Product =>
  times(x, raised(y, b.number(-1), signs), signs);

/** Equal products have equal keys. */
export const productKey = (product: Product, signs: Signs): string =>
  product
    .map(
      ({ of, coefficient }) => `${rationalText(of.power)} ${rationalText(of.logs)} ${signs.key(coefficient)}`,
    )
    .join('; ');

/** 1 where the product grows without bound, −1 where it vanishes, 0 where it is 1; nothing where no sign is known. */
export function growth(product: Product, signs: Signs): -1 | 0 | 1 | undefined {
  for (const { coefficient } of product) {
    const sign = signs.of(coefficient);
    if (sign !== 0) return sign;
  }
  return 0;
}
