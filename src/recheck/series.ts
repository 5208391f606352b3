/**
 * Series (§4): what a term is as u → ∞, as a sum of products of the scale with coefficients that do not depend on u, and of errors
 * each of which is at most a constant times a product.
 */
import { expOf, logOf, powerOf, reduced } from './normal.js';
import * as poly from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as q from './rational.js';
import type { Rational } from './rational.js';
import { reject } from './rejection.js';
import * as scale from './scale.js';
import { growthOf, knownSign, type Product, type Setting } from './scale.js';
import { POSITIVE, ZERO, signsOf } from './signs.js';

export interface Summand {
  readonly by: Polynomial;
  readonly product: Product;
}
export interface Series {
  /** Of distinct products, none with a coefficient that is known to be 0. */
  readonly summands: readonly Summand[];
  readonly errors: readonly Product[];
}

/** More than any honest proof asks for. */
const MOST_SUMMANDS = 200;

export const single = (by: Polynomial, product: Product): Series => ({
  summands: [{ by, product }],
  errors: [],
});
export const constant = (by: Polynomial, setting: Setting): Series =>
  collected(single(by, scale.UNIT), setting);

/** Equal products once, without what is 0. */
function collected({ summands, errors }: Series, { facts, where }: Setting): Series {
  const kept = new Map<string, Summand>();
  for (const { by, product } of summands) {
    const key = scale.keyOf(product);
    kept.set(key, { product, by: poly.add(kept.get(key)?.by ?? poly.NOTHING, by) });
  }
  const all = [...kept.values()].map((one) => ({ ...one, by: reduced(one.by) }));
  const left = all.filter(({ by }) => signsOf(by, facts) !== ZERO);
  const cut = [...new Map(errors.map((one) => [scale.keyOf(one), one])).values()];
  if (left.length + cut.length > MOST_SUMMANDS) reject(where, 'a limit has too many summands');
  return { summands: left, errors: cut };
}

export const add = (all: readonly Series[], setting: Setting): Series =>
  collected(
    { summands: all.flatMap(({ summands }) => summands), errors: all.flatMap(({ errors }) => errors) },
    setting,
  );

export function multiply(a: Series, b: Series, setting: Setting): Series {
  const products = ({ summands }: Series): readonly Product[] => summands.map(({ product }) => product);
  const crossed = (some: readonly Product[], others: readonly Product[]): readonly Product[] =>
    some.flatMap((one) => others.map((other) => scale.times(one, other, setting)));
  const summands = a.summands.flatMap((one) =>
    b.summands.map((other) => ({
      by: poly.multiply(one.by, other.by),
      product: scale.times(one.product, other.product, setting),
    })),
  );
  const errors = [...crossed(a.errors, [...products(b), ...b.errors]), ...crossed(products(a), b.errors)];
  return collected({ summands, errors }, setting);
}

interface Leading {
  readonly lead: Summand;
  readonly sign: -1 | 1;
  /** The series is its leading summand times 1 + this, which vanishes. */
  readonly rest: Series;
}
/** The fastest summand, whose sign is known, and beside which all others and all errors vanish; nothing of nothing. */
function leadingOf({ summands, errors }: Series, setting: Setting): Leading | undefined {
  const [first, ...others] = summands;
  if (first === undefined)
    return errors.length === 0 ? undefined : reject(setting.where, 'nothing is left but an error');
  const isFaster = (one: Summand, other: Summand): boolean =>
    growthOf(scale.over(one.product, other.product, setting), setting) > 0;
  const lead = others.reduce((best, one) => (isFaster(one, best) ? one : best), first);
  const sign = knownSign(lead.by, setting, 'the sign of a leading summand');
  const found = sign > 0 ? POSITIVE : signsOf(lead.by, setting.facts);
  const inverse = powerOf(lead.by, q.whole(-1), found, setting.facts);
  const rest = collected(
    {
      summands: summands
        .filter((one) => one !== lead)
        .map(({ by, product }) => ({
          by: poly.multiply(by, inverse),
          product: scale.over(product, lead.product, setting),
        })),
      errors: errors.map((one) => scale.over(one, lead.product, setting)),
    },
    setting,
  );
  demandVanishing(rest, setting);
  return { lead, sign, rest };
}
function demandVanishing({ summands, errors }: Series, setting: Setting): void {
  for (const one of [...summands.map(({ product }) => product), ...errors])
    if (growthOf(one, setting) >= 0)
      reject(setting.where, 'a summand does not vanish beside the leading one');
}

/** How far expansions are written out, where they have so many summands. */
const farthest = (count: number): number => (count <= 2 ? 4 : count <= 4 ? 3 : count <= 8 ? 2 : 1);

/** Σ coefficient(k)·x^k for an x that vanishes: the powers up to one, with an error of the next. */
function expanded(x: Series, coefficient: (k: number) => Rational, most: number, setting: Setting): Series {
  const last = Math.min(most, farthest(x.summands.length));
  const exact: Series = { summands: x.summands, errors: [] };
  let power = constant(poly.UNITY, setting);
  const parts: Series[] = [constant(poly.constant(coefficient(0)), setting)];
  for (let k = 1; k <= last; k += 1) {
    power = multiply(power, exact, setting);
    parts.push(multiply(constant(poly.constant(coefficient(k)), setting), power, setting));
  }
  const next = x.summands.map(({ product }) => scale.raised(product, q.whole(last + 1)));
  const sum = add(parts, setting);
  return collected({ summands: sum.summands, errors: [...sum.errors, ...x.errors, ...next] }, setting);
}

/** Whole powers up to this are multiplied out. */
const MULTIPLIED_OUT = 3n;

/** A power: of nothing, a positive one; fractional ones of what is positive in the end. */
export function raise(x: Series, exponent: Rational, most: number, setting: Setting): Series {
  const { facts, where } = setting;
  const unity = constant(poly.UNITY, setting);
  if (q.isWhole(exponent) && q.sign(exponent) >= 0 && exponent.n <= MULTIPLIED_OUT)
    return Array.from({ length: Number(exponent.n) }, () => x).reduce(
      (sofar, one) => multiply(sofar, one, setting),
      unity,
    );
  const found = leadingOf(x, setting);
  if (found === undefined) return q.sign(exponent) > 0 ? x : reject(where, 'a negative power of 0');
  const { lead, sign, rest } = found;
  if (sign < 0 && !q.isWhole(exponent)) return reject(where, 'a root of a negative number');
  const binomial = (k: number): Rational => {
    let result = q.ONE;
    for (let at = 0; at < k; at += 1)
      result = q.over(q.times(result, q.minus(exponent, q.whole(at))), q.whole(at + 1));
    return result;
  };
  const by = powerOf(lead.by, exponent, signsOf(lead.by, facts), facts);
  return multiply(
    single(by, scale.raised(lead.product, exponent)),
    expanded(rest, binomial, most, setting),
    setting,
  );
}

/** log(c·P·(1 + δ)) = log c + log P + log(1 + δ). */
export function logarithm(x: Series, most: number, setting: Setting): Series {
  const { facts, where } = setting;
  const found = leadingOf(x, setting);
  if (found === undefined || found.sign < 0) return reject(where, 'a logarithm of what is not positive');
  const { lead, rest } = found;
  const alternating = (k: number): Rational =>
    k === 0 ? q.ZERO : q.fraction(k % 2 === 0 ? -1n : 1n, BigInt(k));
  const ofProduct = lead.product.map(({ of, by }) => {
    const powers = scale.powers(of);
    return powers.length > 0 ? single(by, powers) : reject(where, 'log log log u is not in the scale');
  });
  return add(
    [
      constant(logOf(lead.by, POSITIVE, facts), setting),
      ...ofProduct,
      expanded(rest, alternating, most, setting),
    ],
    setting,
  );
}

/** What grows in an exponent has to be made of elements of the scale; `outgrown` is told of what is not. */
export function exponential(
  x: Series,
  most: number,
  setting: Setting,
  outgrown: (product: Product) => void,
): Series {
  const ordered = x.summands.map((one) => ({ ...one, growth: growthOf(one.product, setting) }));
  const growing = ordered
    .filter(({ growth }) => growth > 0)
    .map(({ by, product }): Product => {
      const of = scale.elementOf(product);
      if (of !== undefined) return [{ of, by }];
      outgrown(product);
      return reject(setting.where, 'what grows inside an exponential has no limit here');
    });
  const steady = poly.add(poly.NOTHING, ...ordered.filter(({ growth }) => growth === 0).map(({ by }) => by));
  const rest: Series = { summands: ordered.filter(({ growth }) => growth < 0), errors: x.errors };
  demandVanishing(rest, setting);
  const reciprocal = (k: number): Rational => (k === 0 ? q.ONE : q.over(reciprocal(k - 1), q.whole(k)));
  const product = growing.reduce((sofar, one) => scale.times(sofar, one, setting), scale.UNIT);
  return multiply(
    single(expOf(steady, setting.facts), product),
    expanded(rest, reciprocal, most, setting),
    setting,
  );
}

/** The sign that a series has from some u on. */
export const signInTheEnd = (x: Series, setting: Setting): -1 | 0 | 1 => leadingOf(x, setting)?.sign ?? 0;

export function limitOf(x: Series, setting: Setting): Polynomial | 'inf' | '-inf' {
  const growths = x.summands.map(({ product }) => growthOf(product, setting));
  if (growths.includes(1)) {
    const sign = signInTheEnd(x, setting);
    return sign > 0 ? 'inf' : '-inf';
  }
  for (const one of x.errors)
    if (growthOf(one, setting) >= 0) return reject(setting.where, 'an error does not vanish');
  const steady = x.summands.filter((_, at) => growths[at] === 0).map(({ by }) => by);
  return reduced(poly.add(poly.NOTHING, ...steady));
}
