/**
 * Sums of products of the scale with coefficients that do not depend on u, up to errors that are bounded by a constant times a
 * product: what terms are as u → ∞.
 */
import * as b from '../../proof/build.js';
import {
  MINUS_ONE,
  ONE,
  isWhole,
  over as ratioOver,
  minus,
  signOf,
  times as ratioTimes,
  whole,
  type Rational,
} from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import {
  UNIT,
  elementOf,
  growth,
  over,
  productKey,
  productOf,
  raised,
  times,
  type Element,
  type Product,
} from './scale.js';
import type { Signs } from './signs.js';

export interface Summand {
  readonly coefficient: Term;
  readonly product: Product;
}
export interface Series {
  readonly summands: readonly Summand[];
  /** Each an O(·). */
  readonly errors: readonly Product[];
}

/** More than any limit of a person's objective needs. */
const MOST_SUMMANDS = 120;

export const constant = (coefficient: Term): Series => ({
  summands: [{ coefficient, product: UNIT }],
  errors: [],
});
export const monomial = (coefficient: Term, product: Product): Series => ({
  summands: [{ coefficient, product }],
  errors: [],
});

/** Summands of one product are added up; what is known to be 0 drops out. Nothing where there are too many. */
function collected(
  summands: readonly Summand[],
  errors: readonly Product[],
  signs: Signs,
): Series | undefined {
  if (!signs.goesOn()) return undefined;
  const kept = new Map<string, { readonly product: Product; readonly coefficients: Term[] }>();
  for (const { product, coefficient } of summands) {
    const key = productKey(product, signs);
    const found = kept.get(key);
    if (found === undefined) kept.set(key, { product, coefficients: [coefficient] });
    else found.coefficients.push(coefficient);
  }
  const rest = [...kept.values()]
    .map(({ product, coefficients }) => ({ product, coefficient: signs.simple(b.sum(...coefficients)) }))
    .filter(({ coefficient }) => !signs.isZero(coefficient));
  const cut = [...new Map(errors.map((one) => [productKey(one, signs), one])).values()];
  return rest.length + cut.length > MOST_SUMMANDS ? undefined : { summands: rest, errors: cut };
}

export const add = (all: readonly Series[], signs: Signs): Series | undefined =>
  collected(
    all.flatMap(({ summands }) => summands),
    all.flatMap(({ errors }) => errors),
    signs,
  );

export function multiply(x: Series, y: Series, signs: Signs): Series | undefined {
  if (x.summands.length * y.summands.length > 4 * MOST_SUMMANDS || !signs.goesOn()) return undefined;
  const summands = x.summands.flatMap((one) => y.summands.map((other) => multiplied(one, other, signs)));
  const products = (series: Series): readonly Product[] => series.summands.map(({ product }) => product);
  const cross = (errors: readonly Product[], others: readonly Product[]): readonly Product[] =>
    errors.flatMap((error) => others.map((other) => times(error, other, signs)));
  const errors = [...cross(x.errors, [...products(y), ...y.errors]), ...cross(y.errors, products(x))];
  return collected(summands, errors, signs);
}
const multiplied = (one: Summand, other: Summand, signs: Signs): Summand => ({
  coefficient: signs.simple(b.product(one.coefficient, other.coefficient)),
  product: times(one.product, other.product, signs),
});

export interface Leading {
  readonly lead: Summand;
  readonly sign: 1 | -1;
  /** What is left, over the lead: it vanishes. */
  readonly rest: Series;
}

/** The fastest summand, whose coefficient is known not to be 0; `zero` where there is nothing at all. */
export function leading(series: Series, signs: Signs): Leading | 'zero' | undefined {
  const [first, ...others] = series.summands;
  if (first === undefined) return series.errors.length === 0 ? 'zero' : undefined;
  let lead = first;
  for (const one of others) {
    const order = growth(over(one.product, lead.product, signs), signs);
    if (order === undefined) return undefined;
    if (order > 0) lead = one;
  }
  const sign = signs.of(lead.coefficient);
  if (sign === undefined) return undefined;
  const left = series.summands.filter((one) => one !== lead);
  if (sign === 0) return leading({ ...series, summands: left }, signs);
  const reciprocal = b.power(lead.coefficient, -1);
  const rest: Series = {
    summands: left.map(({ coefficient, product }) => ({
      coefficient: signs.simple(b.product(coefficient, reciprocal)),
      product: over(product, lead.product, signs),
    })),
    errors: series.errors.map((error) => over(error, lead.product, signs)),
  };
  return vanishes(rest, signs) ? { lead, sign, rest } : undefined;
}

const vanishes = ({ summands, errors }: Series, signs: Signs): boolean =>
  [...summands.map(({ product }) => product), ...errors].every((one) => growth(one, signs) === -1);

/** Σ coefficients[k]·x^k for an x that vanishes, as far as is asked for. */
function powerSeries(x: Series, coefficientOf: (k: number) => Rational, signs: Signs): Series | undefined {
  const count = x.summands.length;
  const last = Math.min(signs.last, count <= 2 ? 4 : count <= 4 ? 3 : count <= 8 ? 2 : 1);
  let sum: Series | undefined = constant(b.number(coefficientOf(0)));
  let power: Series | undefined = constant(b.one);
  const exact: Series = { summands: x.summands, errors: [] };
  for (let k = 1; k <= last && sum !== undefined && power !== undefined; k += 1) {
    power = multiply(power, exact, signs);
    const by = constant(b.number(coefficientOf(k)));
    const part: Series | undefined = power && multiply(by, power, signs);
    sum = part && add([sum, part], signs);
  }
  if (sum === undefined || (count === 0 && x.errors.length === 0)) return sum;
  const cut = x.summands.map(({ product }) => raised(product, b.number(last + 1), signs));
  return collected(sum.summands, [...x.errors, ...cut], signs);
}

/** A rational power; nothing where the base has no known leading summand, or one that the power does not take. */
export function raise(series: Series, exponent: Rational, signs: Signs): Series | undefined {
  if (isWhole(exponent) && signOf(exponent) >= 0 && exponent.n <= 3n)
    return repeated(series, Number(exponent.n), signs);
  const found = leading(series, signs);
  if (found === undefined || found === 'zero' || (!isWhole(exponent) && found.sign < 0)) return undefined;
  const { lead, rest } = found;
  const binomial = (k: number): Rational => {
    let result = ONE;
    for (let i = 0; i < k; i += 1)
      result = ratioOver(ratioTimes(result, minus(exponent, whole(i))), whole(i + 1));
    return result;
  };
  const factor = powerSeries(rest, binomial, signs);
  const head = monomial(
    signs.simple(b.power(lead.coefficient, exponent)),
    raised(lead.product, b.number(exponent), signs),
  );
  return factor && multiply(head, factor, signs);
}

function repeated(series: Series, count: number, signs: Signs): Series | undefined {
  let result: Series | undefined = constant(b.one);
  for (let at = 0; at < count && result !== undefined; at += 1) result = multiply(result, series, signs);
  return result;
}

/** log of a sum is log of its leading summand, and log(1 + rest). */
export function logarithm(series: Series, signs: Signs): Series | undefined {
  const found = leading(series, signs);
  if (found === undefined || found === 'zero' || found.sign < 0) return undefined;
  const { lead, rest } = found;
  const alternating = (k: number): Rational =>
    k === 0 ? whole(0) : ratioOver(k % 2 === 0 ? MINUS_ONE : ONE, whole(k));
  const correction = powerSeries(rest, alternating, signs);
  const parts = lead.product.map(({ of, coefficient }) => {
    const product = productOf(of);
    return product.length === 0 ? undefined : monomial(coefficient, product);
  });
  const known = parts.filter((one) => one !== undefined);
  if (correction === undefined || known.length !== parts.length) return undefined;
  return add([constant(signs.simple(b.log(lead.coefficient))), ...known, correction], signs);
}

const factorial = (k: number): Rational => (k === 0 ? ONE : ratioTimes(whole(k), factorial(k - 1)));

/** What an exponential of a series is: nothing where the series grows by more than the scale has. */
export function exponential(
  series: Series,
  signs: Signs,
  outgrown: (product: Product) => void,
): Series | undefined {
  const ordered = series.summands.map((one) => ({ ...one, order: growth(one.product, signs) }));
  if (ordered.some(({ order }) => order === undefined)) return undefined;
  if (!series.errors.every((one) => growth(one, signs) === -1)) return undefined;
  const growing: { readonly of: Element; readonly coefficient: Term }[] = [];
  for (const { product, coefficient } of ordered.filter(({ order }) => order === 1)) {
    const of = elementOf(product);
    if (of === undefined) {
      outgrown(product);
      return undefined;
    }
    growing.push({ of, coefficient });
  }
  const steady = ordered.filter(({ order }) => order === 0).map(({ coefficient }) => coefficient);
  const rest: Series = { summands: ordered.filter(({ order }) => order === -1), errors: series.errors };
  const factor = powerSeries(rest, (k) => ratioOver(ONE, factorial(k)), signs);
  const product = growing.reduce<Product>((sofar, one) => times(sofar, [one], signs), UNIT);
  return factor && multiply(monomial(signs.simple(b.exp(b.sum(...steady))), product), factor, signs);
}

/** The limit of a series; nothing where it is not known. */
export function limitOfSeries(series: Series, signs: Signs): Term | 'inf' | '-inf' | undefined {
  const orders = series.summands.map(({ product }) => growth(product, signs));
  if (orders.some((order) => order === undefined)) return undefined;
  if (orders.includes(1)) {
    const found = leading(series, signs);
    if (found === undefined || found === 'zero') return undefined;
    const order = growth(found.lead.product, signs);
    if (order === 1) return found.sign > 0 ? 'inf' : '-inf';
    return order === -1 ? b.zero : found.lead.coefficient;
  }
  if (!series.errors.every((one) => growth(one, signs) === -1)) return undefined;
  const steady = series.summands.filter((_, at) => orders[at] === 0).map(({ coefficient }) => coefficient);
  return signs.simple(b.sum(...steady));
}

/** The sign that a series has from some u on. */
export function eventualSign(series: Series, signs: Signs): -1 | 0 | 1 | undefined {
  const found = leading(series, signs);
  return found === 'zero' ? 0 : found?.sign;
}
