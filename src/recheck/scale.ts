/**
 * The scale of §4: how fast things grow as u → ∞. Its elements are u^k·(log u)^l and log log u, each beyond all powers of the
 * next; a product is the exponential of a sum of elements, whose coefficients do not depend on u, so that u^k is exp(k·log u).
 */
import * as poly from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as q from './rational.js';
import type { Rational } from './rational.js';
import { reject } from './rejection.js';
import { NEGATIVE, POSITIVE, ZERO, signsOf, type Facts } from './signs.js';

/** u^power·(log u)^logs with power > 0, or power = 0 and logs > 0; log log u where both are 0. */
export interface Element {
  readonly power: Rational;
  readonly logs: Rational;
}
export interface Exponent {
  readonly of: Element;
  readonly by: Polynomial;
}
/** The fastest element first, each once, none with a coefficient that is known to be 0. */
export type Product = readonly Exponent[];

/** What is known while a limit is computed, and where it is asked for. */
export interface Setting {
  readonly facts: Facts;
  readonly where: string;
}

export const UNIT: Product = [];
const LOG: Element = { power: q.ZERO, logs: q.ONE };
const LOG_LOG: Element = { power: q.ZERO, logs: q.ZERO };

/** u^power·(log u)^logs. */
export const powers = ({ power, logs }: Element): Product =>
  [
    { of: LOG, by: poly.constant(power) },
    { of: LOG_LOG, by: poly.constant(logs) },
  ].filter(({ by }) => !poly.isNothing(by));

/** The element that a product is, if it is one. */
export function elementOf(product: Product): Element | undefined {
  let [power, logs] = [q.ZERO, q.ZERO];
  for (const { of, by } of product) {
    const value = poly.constantOf(by);
    const isLog = q.sign(of.power) === 0 && q.equal(of.logs, q.ONE);
    const isLogLog = q.sign(of.power) === 0 && q.sign(of.logs) === 0;
    if (value === undefined || !(isLog || isLogLog)) return undefined;
    if (isLog) power = value;
    else logs = value;
  }
  const grows = q.sign(power) > 0 || (q.sign(power) === 0 && q.sign(logs) > 0);
  return grows ? { power, logs } : undefined;
}

const fasterFirst = (a: Exponent, b: Exponent): number =>
  q.compare(b.of.power, a.of.power) || q.compare(b.of.logs, a.of.logs);
const nameOf = ({ power, logs }: Element): string => `${q.text(power)},${q.text(logs)}`;

export function times(a: Product, b: Product, { facts }: Setting): Product {
  const found = new Map(a.map((one) => [nameOf(one.of), one]));
  for (const { of, by } of b) {
    const known = found.get(nameOf(of))?.by ?? poly.NOTHING;
    found.set(nameOf(of), { of, by: poly.add(known, by) });
  }
  return [...found.values()].filter(({ by }) => signsOf(by, facts) !== ZERO).sort(fasterFirst);
}
export const raised = (product: Product, exponent: Rational): Product =>
  q.sign(exponent) === 0 ? UNIT : product.map(({ of, by }) => ({ of, by: poly.scale(by, exponent) }));
export const over = (a: Product, b: Product, setting: Setting): Product =>
  times(a, raised(b, q.whole(-1)), setting);

export const keyOf = (product: Product): string =>
  product.map(({ of, by }) => `${nameOf(of)}:${poly.keyOfPolynomial(by)}`).join(';');

/** 1 where a product grows beyond all bounds, −1 where it vanishes, 0 where it is 1. */
export function growthOf(product: Product, setting: Setting): -1 | 0 | 1 {
  const [fastest] = product;
  return fastest === undefined ? 0 : knownSign(fastest.by, setting, 'which of two summands grows faster');
}

/** The sign of what is not 0. */
export function knownSign(p: Polynomial, { facts, where }: Setting, what: string): -1 | 1 {
  const found = signsOf(p, facts);
  return found === POSITIVE ? 1 : found === NEGATIVE ? -1 : reject(where, `the context does not say ${what}`);
}
