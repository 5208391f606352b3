/**
 * Terms multiplied out into Σ coefficient · Π atom^exponent: what a sum over a family takes apart, and how two bodies are
 * known to be equal. Squares of sums stay squares, since that they are not negative is what one wants to know of them.
 */
import * as build from '../../proof/build.js';
import { keyOf } from '../../proof/key.js';
import { ONE, equals, isWhole, isZero, plus, power as raised, signOf, times } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';

export interface Power {
  readonly atom: Term;
  /** Whole and not 0; of an exponential, any rational. */
  readonly exponent: Rational;
}
export interface Monomial {
  readonly coefficient: Rational;
  /** By key, in order of keys. */
  readonly powers: ReadonlyMap<string, Power>;
}

/** More summands than this are not multiplied out. */
const MOST = 48;

/** Which terms' logarithms are undone by an exponential: those that are known to be positive, by their keys. */
export type IsPositive = (key: string) => boolean;

export interface Expansion {
  readonly expand: (term: Term) => readonly Monomial[];
  /** Multiplied out and put in order: equal for most terms that are equal by rearrangement. */
  readonly canonical: (term: Term) => Term;
  readonly canonicalCondition: (condition: Condition) => Condition;
}

/** Which atoms are never 0, by their keys: x/x is 1. */
export type IsNonzero = (key: string) => boolean;

export function expansionFor(isPositive: IsPositive, isNonzero: IsNonzero): Expansion {
  const { atomOf, monomialPower, times2 } = monomialsOver(isNonzero);
  const done = new Map<Term, readonly Monomial[]>();

  function expand(term: Term): readonly Monomial[] {
    const known = done.get(term);
    if (known !== undefined) return known;
    const result = collected(expandedOnce(term));
    done.set(term, result);
    return result;
  }

  function expandedOnce(term: Term): readonly Monomial[] {
    switch (term.op) {
      case 'number':
        return isZero(term.value) ? [] : [{ coefficient: term.value, powers: new Map() }];
      case 'pi':
      case 'variable':
        return [atomOf(term)];
      case 'sum':
        return term.terms.flatMap(expand);
      case 'product':
        return multiplied(term.factors.map((one) => [one, 1] as const));
      case 'power':
        return poweredOf(term.base, term.exponent);
      case 'exp':
        return exponential(expand(term.x));
      case 'log':
        return [atomOf(build.log(canonical(term.x)))];
      case 'select':
        return selected(canonicalCondition(term.if), canonical(term.then), canonical(term.else));
    }
  }

  const selected = (condition: Condition, then: Term, otherwise: Term): readonly Monomial[] =>
    condition.op === 'boolean'
      ? expand(condition.value ? then : otherwise)
      : keyOf(then) === keyOf(otherwise)
        ? expand(then)
        : [atomOf({ op: 'select', if: condition, then, else: otherwise })];

  /** Equal factors that are sums become a power of an atom; all others are multiplied out. */
  function multiplied(factors: readonly (readonly [Term, number])[]): readonly Monomial[] {
    const byKey = new Map<string, { readonly summands: readonly Monomial[]; readonly count: number }>();
    for (const [factor, count] of factors) {
      const summands = expand(factor);
      const key = keyOf(termOf(summands));
      byKey.set(key, { summands, count: (byKey.get(key)?.count ?? 0) + count });
    }
    let result: readonly Monomial[] = [{ coefficient: ONE, powers: new Map() }];
    for (const { summands, count } of byKey.values()) {
      const [only] = summands;
      const isSum = summands.length > 1 && (count > 1 || summands.length * result.length > MOST);
      const factor = isSum
        ? [atomOf(termOf(summands), count)]
        : count === 1
          ? summands
          : only === undefined
            ? []
            : [monomialPower(only, count)];
      result = result.flatMap((left) => factor.map((right) => times2(left, right)));
    }
    return result;
  }

  function poweredOf(base: Term, exponent: Rational): readonly Monomial[] {
    const summands = expand(base);
    const [only] = summands;
    if (isWhole(exponent) && summands.length === 1 && only !== undefined)
      return [monomialPower(only, Number(exponent.n))];
    if (summands.length === 0 && isWhole(exponent) && signOf(exponent) > 0) return [];
    const canonicalBase = termOf(summands);
    if (!isWhole(exponent) || summands.length === 0) return [atomOf(build.power(canonicalBase, exponent))];
    return [atomOf(canonicalBase, Number(exponent.n))];
  }

  /** exp(Σ cᵢ·mᵢ) = Π exp(mᵢ)^cᵢ; exp(c·log T) = T^c where T is positive. */
  function exponential(exponents: readonly Monomial[]): readonly Monomial[] {
    const factors = exponents.map(({ coefficient, powers }): readonly Monomial[] => {
      const inner = termOf([{ coefficient: ONE, powers }]);
      if (inner.op === 'log' && isWhole(coefficient) && isPositive(keyOf(inner.x)))
        return poweredOf(inner.x, coefficient);
      return [atomOf({ op: 'exp', x: inner }, coefficient)];
    });
    return factors.reduce<readonly Monomial[]>(
      (all, factor) => all.flatMap((left) => factor.map((right) => times2(left, right))),
      [{ coefficient: ONE, powers: new Map() }],
    );
  }

  const canonical = (term: Term): Term => termOf(expand(term));

  function canonicalCondition(condition: Condition): Condition {
    switch (condition.op) {
      case 'boolean':
      case 'flag':
        return condition;
      case 'not':
        return build.not(canonicalCondition(condition.x));
      case 'and':
        return build.and(...inOrder(condition.all.map(canonicalCondition)));
      case 'or':
        return build.or(...inOrder(condition.any.map(canonicalCondition)));
      case '==':
      case '!=': {
        const term = expand(condition.x);
        const [first] = term;
        const isNegative = first !== undefined && signOf(first.coefficient) < 0;
        return build.literal(condition.op, isNegative ? build.negated(termOf(term)) : termOf(term));
      }
      default:
        return build.literal(condition.op, canonical(condition.x));
    }
  }
  return { expand, canonical, canonicalCondition };
}

/** Sorted, each once. */
function inOrder(conditions: readonly Condition[]): readonly Condition[] {
  const byKey = new Map(conditions.map((one) => [keyOf(one), one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const isExponential = (atom: Term): boolean => atom.op === 'exp';

/** Powers of an atom above and below the line are kept apart where the atom may be 0, since x/x is 1 only where it is not. */
function monomialsOver(isNonzero: IsNonzero): {
  readonly atomOf: (atom: Term, exponent?: number | Rational) => Monomial;
  readonly monomialPower: (monomial: Monomial, exponent: number) => Monomial;
  readonly times2: (left: Monomial, right: Monomial) => Monomial;
} {
  const placeOf = ({ atom, exponent }: Power): string => {
    const key = keyOf(atom);
    return isExponential(atom) || signOf(exponent) > 0 || isNonzero(key) ? key : `${key}^-`;
  };
  return {
    atomOf: (atom, exponent = 1) => {
      const power: Power = {
        atom,
        exponent: typeof exponent === 'number' ? { n: BigInt(exponent), d: 1n } : exponent,
      };
      return { coefficient: ONE, powers: new Map([[placeOf(power), power]]) };
    },
    monomialPower: ({ coefficient, powers }, exponent) => {
      const result = new Map<string, Power>();
      for (const { atom, exponent: own } of powers.values()) {
        const power = { atom, exponent: times(own, { n: BigInt(exponent), d: 1n }) };
        result.set(placeOf(power), power);
      }
      if (isZero(coefficient)) return { coefficient, powers };
      return { coefficient: raised(coefficient, exponent), powers: sorted(result) };
    },
    times2: (left, right) => {
      const powers = new Map(left.powers);
      for (const [place, { atom, exponent }] of right.powers) {
        const sum = plus(powers.get(place)?.exponent ?? { n: 0n, d: 1n }, exponent);
        if (isZero(sum)) powers.delete(place);
        else powers.set(place, { atom, exponent: sum });
      }
      return { coefficient: times(left.coefficient, right.coefficient), powers: sorted(powers) };
    },
  };
}

const sorted = (powers: ReadonlyMap<string, Power>): ReadonlyMap<string, Power> =>
  new Map([...powers].sort(([a], [b]) => (a < b ? -1 : 1)));

const monomialKey = ({ powers }: Monomial): string =>
  [...powers].map(([place, { exponent }]) => `${place}^${exponent.n}/${exponent.d}`).join('*');

function collected(monomials: readonly Monomial[]): readonly Monomial[] {
  const byKey = new Map<string, Monomial>();
  for (const one of monomials) {
    const key = monomialKey(one);
    const before = byKey.get(key);
    const coefficient = before === undefined ? one.coefficient : plus(before.coefficient, one.coefficient);
    byKey.set(key, { ...one, coefficient });
  }
  return [...byKey]
    .filter(([, { coefficient }]) => !isZero(coefficient))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
}

const powerTerm = ({ atom, exponent }: Power): Term => {
  if (atom.op === 'exp' && !equals(exponent, ONE))
    return build.exp(build.product(build.number(exponent), atom.x));
  return build.power(atom, exponent);
};

/** The product of the powers alone. */
export const productOf = (powers: Iterable<Power>): Term => build.product(...[...powers].map(powerTerm));

export const termOf = (monomials: readonly Monomial[]): Term =>
  build.sum(
    ...monomials.map(({ coefficient, powers }) =>
      build.product(build.number(coefficient), productOf(powers.values())),
    ),
  );
