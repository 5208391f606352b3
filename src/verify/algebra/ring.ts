/**
 * The generators that polynomials are about, and monomials in them. A ring grows as terms are read; each generator and each
 * monomial is one object in it, so that they are compared and looked up as such.
 */
import type { Condition, Term } from '../../proof/term.js';
import { ONE, over, rationalText, ratio, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import { addExponents, compareExponents, exponentText, signOfExponent, timesExponent } from './exponent.js';
import type { Exponent } from './exponent.js';
import type { Quotient } from './quotient.js';

export interface Generator {
  readonly id: number;
  /** Says what it is; equal keys, one generator. */
  readonly key: string;
  readonly term: Term;
  /** `opaque` is an operation of which too little is known; `root` stands for a number or a sum that has broken powers only. */
  readonly kind: 'variable' | 'pi' | 'exp' | 'log' | 'root' | 'opaque';
  /** Of an exponential: what it is the exponential of, a monomial or, with a sum in its denominator, a whole quotient. */
  readonly exponent?: Monomial;
  readonly argument?: Quotient;
  /** Of a root: whose. Of a logarithm: of what. */
  readonly base?: Polynomial;
  /** Of what is opaque: what would have to be known. */
  readonly wants?: Condition;
}
export interface Power {
  readonly of: Generator;
  readonly to: Exponent;
}
export interface Monomial {
  readonly id: number;
  /** By the generators' ids; none has the exponent 0. */
  readonly powers: readonly Power[];
  /** Whether it has a power of a root that must be multiplied out. */
  readonly reducible: boolean;
}
/** No coefficient is 0. */
export type Polynomial = ReadonlyMap<Monomial, Rational>;

export interface Ring {
  readonly generator: (key: string, make: () => Omit<Generator, 'id' | 'key'>) => Generator;
  readonly unit: Monomial;
  readonly power: (of: Generator, to: Exponent) => Monomial;
  readonly times: (a: Monomial, b: Monomial) => Monomial;
  readonly raised: (a: Monomial, to: Exponent) => Monomial;
  /** Of the same powers without those of which `keep` is false. */
  readonly part: (a: Monomial, keep: (power: Power) => boolean) => Monomial;
  /** Equal polynomials, equal keys. */
  readonly key: (polynomial: Polynomial) => string;
  /** Equal for what is equal up to a rational factor, and whether that factor makes the leading coefficient negative. */
  readonly match: (polynomial: Polynomial) => readonly [string, boolean];
}

export function ringOf(): Ring {
  const generators = new Map<string, Generator>();
  const first: Branch = { next: new Map() };
  let count = 0;
  /** By the id of the earlier factor, then by the later one. */
  const products: (Map<Monomial, Monomial> | undefined)[] = [];
  const keys = new WeakMap<Polynomial, string>();
  const matches = new WeakMap<Polynomial, readonly [string, boolean]>();

  const monomial = (powers: readonly Power[]): Monomial => {
    let branch = first;
    for (const power of powers) branch = after(branch, power);
    if (branch.monomial !== undefined) return branch.monomial;
    products.push(undefined);
    branch.monomial = { id: count++, powers, reducible: powers.some(isReducible) };
    return branch.monomial;
  };
  const unit = monomial([]);
  const times = (a: Monomial, b: Monomial): Monomial => {
    if (a === unit) return b;
    if (b === unit) return a;
    const [low, high] = a.id < b.id ? [a, b] : [b, a];
    const row = (products[low.id] ??= new Map<Monomial, Monomial>());
    const known = row.get(high);
    if (known !== undefined) return known;
    const made = monomial(merged(a.powers, b.powers));
    row.set(high, made);
    return made;
  };
  const keyed = (polynomial: Polynomial, content: Rational): string =>
    [...polynomial]
      .sort(([a], [b]) => a.id - b.id)
      .map(([{ id }, coefficient]) => `${String(id)}:${rationalText(over(coefficient, content))}`)
      .join(' ');
  /** A monomial up to its factor: most of what is looked up is one. */
  const matchOfOne = ([{ id }, coefficient]: readonly [Monomial, Rational]): readonly [string, boolean] => [
    `${String(id)}:1`,
    signOf(coefficient) < 0,
  ];
  return {
    unit,
    times,
    generator: (key, make) => {
      const known = generators.get(key);
      if (known !== undefined) return known;
      const parts = make();
      const made = { ...parts, key, id: generators.size };
      generators.set(key, made);
      return made;
    },
    power: (of, to) => (to === 0 ? unit : monomial([{ of, to }])),
    raised: (a, to) =>
      to === 0
        ? unit
        : to === 1
          ? a
          : monomial(a.powers.map((one) => ({ of: one.of, to: timesExponent(one.to, to) }))),
    part: (a, keep) => (a.powers.every(keep) ? a : monomial(a.powers.filter(keep))),
    key: (polynomial) => {
      const known = keys.get(polynomial);
      if (known !== undefined) return known;
      const made = keyed(polynomial, ONE);
      keys.set(polynomial, made);
      return made;
    },
    match: (polynomial) => {
      if (polynomial.size === 1) for (const only of polynomial) return matchOfOne(only);
      const known = matches.get(polynomial);
      if (known !== undefined) return known;
      const content = contentOf(polynomial);
      const made = [keyed(polynomial, content), signOf(content) < 0] as const;
      matches.set(polynomial, made);
      return made;
    },
  };
}

/** Monomials by their powers, one after the other. */
interface Branch {
  readonly next: Map<number | string, Branch>;
  monomial?: Monomial;
}
function after({ next }: Branch, { of, to }: Power): Branch {
  const key =
    typeof to === 'number' && to > -FEW && to < FEW
      ? of.id * 2 * FEW + to + FEW
      : `${String(of.id)}^${exponentText(to)}`;
  const known = next.get(key);
  if (known !== undefined) return known;
  const made: Branch = { next: new Map() };
  next.set(key, made);
  return made;
}
/** Exponents of this size and more are rare. */
const FEW = 512;

const isReducible = ({ of, to }: Power): boolean =>
  of.kind === 'root' && (signOfExponent(to) < 0 || compareExponents(to, 1) >= 0);

function merged(a: readonly Power[], b: readonly Power[]): readonly Power[] {
  const out: Power[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined) return out.concat(b.slice(j));
    if (y === undefined) return out.concat(a.slice(i));
    if (x.of.id < y.of.id) out.push(x);
    else if (y.of.id < x.of.id) out.push(y);
    else {
      const to = addExponents(x.to, y.to);
      if (to !== 0) out.push({ of: x.of, to });
    }
    if (x.of.id <= y.of.id) i += 1;
    if (y.of.id <= x.of.id) j += 1;
  }
}

/** Lexicographic in the generators' order; compatible with multiplication. */
export function compareMonomials(a: Monomial, b: Monomial): number {
  if (a === b) return 0;
  for (let at = 0; ; at += 1) {
    const [x, y] = [a.powers[at], b.powers[at]];
    if (x === undefined) return y === undefined ? 0 : -signOfExponent(y.to);
    if (y === undefined) return signOfExponent(x.to);
    if (x.of.id < y.of.id) return signOfExponent(x.to);
    if (y.of.id < x.of.id) return -signOfExponent(y.to);
    const order = compareExponents(x.to, y.to);
    if (order !== 0) return order;
  }
}

export function exponentIn(monomial: Monomial, generator: Generator): Exponent {
  for (const { of, to } of monomial.powers) if (of === generator) return to;
  return 0;
}

/** The rational that leaves whole coefficients without a common factor, of which the leading one is positive. */
export function contentOf(a: Polynomial): Rational {
  let [n, d] = [0n, 1n];
  for (const { n: top, d: bottom } of a.values()) [n, d] = [gcd(n, top), (d / gcd(d, bottom)) * bottom];
  const leading = leadingOf(a);
  return ratio(leading !== undefined && signOf(leading[1]) < 0 ? -n : n, d);
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export function leadingOf(a: Polynomial): readonly [Monomial, Rational] | undefined {
  let best: readonly [Monomial, Rational] | undefined;
  for (const entry of a) if (best === undefined || compareMonomials(entry[0], best[0]) > 0) best = entry;
  return best;
}
