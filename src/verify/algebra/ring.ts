/**
 * The generators that polynomials are about, and monomials in them. A ring grows as terms are read; each generator and each
 * monomial is one object in it, so that they are compared and looked up as such.
 */
import type { Condition, Term } from '../../proof/term.js';
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
}

export function ringOf(): Ring {
  const generators = new Map<string, Generator>();
  const monomials = new Map<string, Monomial>();
  const products = new Map<number, Monomial>();
  const keys = new WeakMap<Polynomial, string>();

  const monomial = (powers: readonly Power[]): Monomial => {
    const key = powers.map(({ of, to }) => `${String(of.id)}^${exponentText(to)}`).join(' ');
    const known = monomials.get(key);
    if (known !== undefined) return known;
    const made = { id: monomials.size, powers, reducible: powers.some(isReducible) };
    monomials.set(key, made);
    return made;
  };
  const unit = monomial([]);
  const times = (a: Monomial, b: Monomial): Monomial => {
    if (a === unit) return b;
    if (b === unit) return a;
    const pair = a.id < b.id ? a.id * 2 ** 26 + b.id : b.id * 2 ** 26 + a.id;
    const known = products.get(pair);
    if (known !== undefined) return known;
    const made = monomial(merged(a.powers, b.powers));
    products.set(pair, made);
    return made;
  };
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
      const made = [...polynomial]
        .sort(([a], [b]) => a.id - b.id)
        .map(([{ id }, { n, d }]) => `${String(id)}:${String(n)}/${String(d)}`)
        .join(' ');
      keys.set(polynomial, made);
      return made;
    },
  };
}

const isReducible = ({ of, to }: Power): boolean =>
  of.kind === 'root' && (signOfExponent(to) < 0 || compareExponents(to, 1) >= 0);

function merged(a: readonly Power[], b: readonly Power[]): readonly Power[] {
  const out: Power[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined) return [...out, ...b.slice(j)];
    if (y === undefined) return [...out, ...a.slice(i)];
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
