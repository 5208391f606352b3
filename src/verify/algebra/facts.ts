/** Literals as polynomials that are known not to be negative, or to be 0: denominators and common factors cleared. */
import * as build from '../../proof/build.js';
import type { Factor } from '../../proof/derivation.js';

import type { Literal, Term } from '../../proof/term.js';
import { isOdd } from './exponent.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator, signsOfPolynomial } from './knowledge.js';
import { factorsOf, multiplierOf } from './multiplier.js';
import { normalize } from './normalize.js';
import * as polynomials from './polynomial.js';
import type { Generator, Monomial, Polynomial } from './ring.js';
import { isSubset, NEGATIVE, NONZERO, POSITIVE } from './signs.js';
import { termOfMonomial, termOfPolynomial } from './written.js';

/** A polynomial that is not negative, and the factors whose product it is. */
export interface Fact {
  readonly polynomial: Polynomial;
  readonly strict: boolean;
  readonly factors: readonly Factor[];
}
/** A polynomial that is 0: the literal's term times `by`. */
export interface Zero {
  readonly polynomial: Polynomial;
  readonly literal: Literal;
  readonly by: Term;
}

export const isInvertible = (generator: Generator, known: Knowledge): boolean =>
  isSubset(signsOfGenerator(generator, known), NONZERO);

/** Of t ≥ 0 or t > 0. */
export function factOf(literal: Literal, known: Knowledge): Fact {
  const { ring } = known;
  const { numerator, denominators } = normalize(literal.x, known);
  const own: Factor = { fact: literal };
  const strict = literal.op === '>';
  if (numerator.size === 0) return { polynomial: numerator, strict, factors: [own] };
  const cleared: Term[] = [];
  let polynomial = numerator;
  for (const { polynomial: below, to } of denominators.values()) {
    const signs = signsOfPolynomial(below, known);
    const term = termOfPolynomial(below);
    if (signs === POSITIVE) cleared.push(build.power(term, to));
    else if (signs === NEGATIVE) {
      cleared.push(build.power(build.negated(term), to));
      if (isOdd(to)) polynomial = polynomials.opposite(polynomial);
    } else {
      cleared.push(build.power(term, to + (to % 2)));
      if (isOdd(to)) polynomial = polynomials.times(ring, polynomial, below);
    }
  }
  const { monomial } = polynomials.primitive(ring, polynomial, (one) => isInvertible(one, known));
  const removable = ring.raised(clearable(monomial, known), -1);
  const multiplier = multiplierOf(removable, known);
  const factors = cleared.length > 0 ? [{ fact: { op: '>' as const, x: build.product(...cleared) } }] : [];
  if (multiplier === undefined) return { polynomial, strict, factors: [own, ...factors] };
  polynomial = polynomials.scaled(polynomials.timesMonomial(ring, polynomial, removable), multiplier.sign);
  return { polynomial, strict, factors: [own, ...factors, ...factorsOf(multiplier, known)] };
}

/** The part of a monomial of non-zero generators whose sign is known, or that is a square. */
function clearable(monomial: Monomial, known: Knowledge): Monomial {
  const { ring } = known;
  return monomial.powers.reduce((out, { of, to }) => {
    const signs = signsOfGenerator(of, known);
    if (signs === POSITIVE || (signs === NEGATIVE && typeof to === 'number'))
      return ring.times(out, ring.power(of, to));
    return typeof to === 'number' ? ring.times(out, ring.power(of, to - Math.abs(to % 2))) : out;
  }, ring.unit);
}

/** Of t = 0. */
export function zeroOf(literal: Literal, known: Knowledge): Zero {
  const { ring } = known;
  const { numerator, denominators } = normalize(literal.x, known);
  const below = [...denominators.values()].map(({ polynomial, to }) =>
    build.power(termOfPolynomial(polynomial), to),
  );
  if (numerator.size === 0) return { polynomial: numerator, literal, by: build.one };
  const { monomial } = polynomials.primitive(ring, numerator, (one) => isInvertible(one, known));
  const inverse = ring.raised(monomial, -1);
  return {
    polynomial: polynomials.timesMonomial(ring, numerator, inverse),
    literal,
    by: build.product(...below, termOfMonomial(inverse)),
  };
}
