/**
 * How a normalised term grows with one variable y (§4): as y^k · exp(p(y)) · (c + o(1)) for y → ∞, p a polynomial without
 * constant and k a rational. c may be 0; nothing is claimed of the rest but that it vanishes beside the growth.
 */
import { expOf, logOf, powerOf } from './normal.js';
import * as poly from './polynomial.js';
import type { Factor, Monomial, Polynomial } from './polynomial.js';
import * as q from './rational.js';
import type { Rational } from './rational.js';
import { reject } from './rejection.js';
import { NEGATIVE, POSITIVE, ZERO, signsOf, type Facts } from './signs.js';

export interface Growth {
  readonly power: Rational;
  /** By degree, highest last: exponents above 0 with what stands before them. */
  readonly exponent: readonly { readonly degree: Rational; readonly by: Polynomial }[];
  /** Free of y. */
  readonly factor: Polynomial;
}
export interface Setting {
  /** The key of y's generator. */
  readonly key: string;
  readonly facts: Facts;
  readonly where: string;
}

const flat = (factor: Polynomial): Growth => ({ power: q.ZERO, exponent: [], factor });
const STILL = flat(poly.UNITY);

/** Whether y occurs, however deep. */
export function occurs(p: Polynomial, key: string): boolean {
  for (const generator of poly.generatorsOf(p)) if (generator.key === key) return true;
  return false;
}
const moves = (factor: Factor, { key }: Setting): boolean => occurs(poly.ofMonomial([factor]), key);

/** −1, 0, 1 as the first grows more slowly than the second, alike, or faster. */
function compare(a: Growth, b: Growth, setting: Setting): -1 | 0 | 1 {
  const top = joinedExponents([a.exponent, negatedExponent(b.exponent)]).at(-1);
  if (top === undefined) return q.compare(a.power, b.power);
  return knownSign(top.by, setting, 'which of two summands grows faster');
}
function knownSign(p: Polynomial, { facts, where }: Setting, what: string): -1 | 1 {
  const found = signsOf(p, facts);
  return found === POSITIVE ? 1 : found === NEGATIVE ? -1 : reject(where, `the context does not say ${what}`);
}

type Exponent = Growth['exponent'];
const negatedExponent = (exponent: Exponent): Exponent =>
  exponent.map(({ degree, by }) => ({ degree, by: poly.negate(by) }));
function joinedExponents(all: readonly Exponent[]): Exponent {
  const found = new Map<string, { degree: Rational; by: Polynomial }>();
  for (const { degree, by } of all.flat()) {
    const key = q.text(degree);
    found.set(key, { degree, by: poly.add(found.get(key)?.by ?? poly.NOTHING, by) });
  }
  return [...found.values()]
    .filter(({ by }) => !poly.isNothing(by))
    .sort((a, b) => q.compare(a.degree, b.degree));
}

const product = (a: Growth, b: Growth): Growth => ({
  power: q.plus(a.power, b.power),
  exponent: joinedExponents([a.exponent, b.exponent]),
  factor: poly.multiply(a.factor, b.factor),
});

export function growthOf(p: Polynomial, setting: Setting): Growth {
  const parts = poly
    .summands(withoutNothing(p, setting))
    .map(({ monomial, coefficient }) =>
      product(flat(poly.constant(coefficient)), growthOfMonomial(monomial, setting)),
    );
  return (
    parts.reduce<Growth | undefined>((best, one) => {
      if (best === undefined) return one;
      const order = compare(one, best, setting);
      if (order === 0) return { ...best, factor: poly.add(best.factor, one.factor) };
      return order > 0 ? one : best;
    }, undefined) ?? flat(poly.NOTHING)
  );
}

/** What does not move is left out where the context says that it is 0. */
function withoutNothing(p: Polynomial, setting: Setting): Polynomial {
  const still = poly
    .summands(p)
    .filter(({ monomial }) => !monomial.factors.some((factor) => moves(factor, setting)))
    .map(poly.ofSummand);
  const together = poly.add(poly.NOTHING, ...still);
  return still.length > 0 && signsOf(together, setting.facts) === ZERO ? poly.subtract(p, together) : p;
}

function growthOfMonomial({ factors }: Monomial, setting: Setting): Growth {
  const isMovingExp = (factor: Factor): boolean => factor.generator.kind === 'exp' && moves(factor, setting);
  const exponents = factors.flatMap(({ generator, exponent }) =>
    generator.kind === 'exp' && occurs(generator.of, setting.key) ? [poly.scale(generator.of, exponent)] : [],
  );
  const others = factors
    .filter((factor) => !isMovingExp(factor))
    .map((factor) => growthOfFactor(factor, setting));
  return others.reduce(product, growthOfExp(poly.add(poly.NOTHING, ...exponents), setting));
}

/** e^(p(y) + b·log G + R), where R has a limit. */
function growthOfExp(x: Polynomial, setting: Setting): Growth {
  let result = STILL;
  let rest = poly.NOTHING;
  for (const summand of poly.summands(x)) {
    const { monomial, coefficient } = summand;
    const moving = monomial.factors.filter((factor) => moves(factor, setting));
    const before = poly.ofMonomial(
      monomial.factors.filter((factor) => !moving.includes(factor)),
      coefficient,
    );
    const [only, second] = moving;
    if (only === undefined || second !== undefined) rest = poly.add(rest, poly.ofSummand(summand));
    else if (only.generator.key === setting.key && q.sign(only.exponent) > 0)
      result = product(result, { ...STILL, exponent: [{ degree: only.exponent, by: before }] });
    else if (only.generator.kind === 'log' && q.equal(only.exponent, q.ONE))
      result = product(result, raisedTo(growthOf(only.generator.of, setting), before, setting));
    else rest = poly.add(rest, poly.ofSummand(summand));
  }
  const limit = limitOf(growthOf(rest, setting), setting);
  if (typeof limit === 'string')
    return reject(setting.where, 'what grows inside an exponential has no limit here');
  return product(result, flat(expOf(limit, setting.facts)));
}

/** G^b with b free of y, G → ∞ or not: positive in the end. */
function raisedTo(growth: Growth, b: Polynomial, setting: Setting): Growth {
  const { power, exponent, factor } = growth;
  if (knownSign(factor, setting, 'that a logarithm has a value') < 0)
    reject(setting.where, 'a logarithm of a negative number');
  const rational = poly.constantOf(b);
  if (rational === undefined && q.sign(power) !== 0)
    return reject(setting.where, 'a power of the variable that depends on others');
  return {
    power: q.times(power, rational ?? q.ZERO),
    exponent: joinedExponents([exponent.map(({ degree, by }) => ({ degree, by: poly.multiply(by, b) }))]),
    factor: expOf(poly.multiply(b, logOf(factor, POSITIVE, setting.facts)), setting.facts),
  };
}

function growthOfFactor(factor: Factor, setting: Setting): Growth {
  const { generator, exponent } = factor;
  if (!moves(factor, setting)) return flat(poly.multiply(poly.UNITY, poly.single(generator, exponent)));
  if (generator.key === setting.key) return { ...STILL, power: exponent };
  if (generator.kind === 'sum') return raised(growthOf(generator.of, setting), exponent, setting);
  if (generator.kind === 'log') return raised(growthOfLog(generator.of, setting), exponent, setting);
  return reject(setting.where, 'an operation that may have no value has no limit here');
}

function raised(growth: Growth, exponent: Rational, setting: Setting): Growth {
  const isProduct = q.isWhole(exponent) && q.sign(exponent) > 0;
  const found = signsOf(growth.factor, setting.facts);
  const isAllowed = isProduct || (q.isWhole(exponent) ? (found & ZERO) === 0 : found === POSITIVE);
  if (!isAllowed) return reject(setting.where, 'the context does not say that a leading summand is not 0');
  return {
    power: q.times(growth.power, exponent),
    exponent: growth.exponent.map(({ degree, by }) => ({ degree, by: poly.scale(by, exponent) })),
    factor: powerOf(growth.factor, exponent, found, setting.facts),
  };
}

/** log(y^k·e^p·(c + o(1))) = p + k·log y + log c + o(1); and log(1 + h) grows as h where h → 0. */
function growthOfLog(x: Polynomial, setting: Setting): Growth {
  const { power, exponent, factor } = growthOf(x, setting);
  if (knownSign(factor, setting, 'that a logarithm has a value') < 0)
    reject(setting.where, 'a logarithm of a negative number');
  const top = exponent.at(-1);
  if (top !== undefined) return { ...STILL, power: top.degree, factor: top.by };
  if (q.sign(power) !== 0)
    return reject(setting.where, 'a logarithm of the variable itself has no growth here');
  const left = poly.subtract(x, poly.UNITY);
  if (poly.isNothing(poly.subtract(factor, poly.UNITY))) return growthOf(left, setting);
  return flat(logOf(factor, POSITIVE, setting.facts));
}

/** The limit for y → ∞. */
export function limitOf(growth: Growth, setting: Setting): Polynomial | 'inf' | '-inf' {
  const { power, exponent, factor } = growth;
  if (poly.isNothing(factor) && exponent.length === 0 && q.sign(power) <= 0) return poly.NOTHING;
  const top = exponent.at(-1);
  const direction =
    top === undefined ? q.sign(power) : knownSign(top.by, setting, 'whether an exponential grows');
  if (direction === 0) return factor;
  if (direction < 0) return poly.NOTHING;
  return knownSign(factor, setting, 'the sign of what grows') > 0 ? 'inf' : '-inf';
}
