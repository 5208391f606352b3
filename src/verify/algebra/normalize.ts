/**
 * Terms in normal form: quotients of polynomials over generators, as `docs/certificates.md` §1 says. What an operation needs
 * is asked of the knowledge; an operation that lacks it becomes an opaque generator.
 */
import * as build from '../../proof/build.js';
import { isWhole, isZero, ONE, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { exponentOf } from './exponent.js';
import { positiveFactors, reciprocal, root } from './factored.js';
import type { Knowledge } from './knowledge.js';
import { logarithm, powerOfLogarithm } from './logarithm.js';
import * as polynomials from './polynomial.js';
import * as quotients from './quotient.js';
import type { Quotient } from './quotient.js';
import type { Generator, Monomial } from './ring.js';
import { termOfMonomial, termOfQuotient } from './written.js';

/** Above so many monomials a product is not multiplied out. */
const LARGE = 3000;

export function normalize(term: Term, known: Knowledge): Quotient {
  const before = known.quotients.get(term);
  if (before !== undefined) return before;
  const quotient = read(term, known);
  known.quotients.set(term, quotient);
  return quotient;
}

const ofGenerator = (generator: Generator, { ring }: Knowledge): Quotient =>
  quotients.ofPolynomial(polynomials.single(ring.power(generator, 1)));

function read(term: Term, known: Knowledge): Quotient {
  const { ring } = known;
  switch (term.op) {
    case 'number':
      return quotients.ofNumber(ring, term.value);
    case 'pi':
      return ofGenerator(
        ring.generator('pi', () => ({ term, kind: 'pi' })),
        known,
      );
    case 'variable':
      return ofGenerator(
        ring.generator(`variable ${term.name}`, () => ({ term, kind: 'variable' })),
        known,
      );
    case 'sum':
      return sumOf(
        term.terms.map((one) => normalize(one, known)),
        known,
      );
    case 'product':
      return term.factors
        .map((one) => normalize(one, known))
        .reduce((left, right) => productOf(left, right, known));
    case 'power':
      return powerOf(term.base, term.exponent, known);
    case 'exp':
      return exponential(normalize(term.x, known), known);
    case 'log':
      return logarithmOf(term.x, known);
    case 'select': {
      const parts = [normalize(term.then, known), normalize(term.else, known)];
      const keys = parts.map((one) => `(${quotients.keyOf(ring, one)})`).join(' ');
      return opaque(`if ${conditionKey(term.if, known)} ${keys}`, term, undefined, known);
    }
  }
}

function opaque(key: string, term: Term, wants: Condition | undefined, known: Knowledge): Quotient {
  const generator = known.ring.generator(key, () =>
    wants === undefined ? { term, kind: 'opaque' } : { term, kind: 'opaque', wants },
  );
  if (wants !== undefined) known.opaque.set(generator, true);
  return ofGenerator(generator, known);
}

/** What is too large to be multiplied out, as one generator. */
const large = (parts: readonly Quotient[], term: Term, known: Knowledge): Quotient =>
  opaque(
    `${term.op} ${parts.map((one) => quotients.keyOf(known.ring, one)).join('; ')}`,
    term,
    undefined,
    known,
  );

function productOf(left: Quotient, right: Quotient, known: Knowledge): Quotient {
  if (left.numerator.size * right.numerator.size <= LARGE) return quotients.multiply(known.ring, left, right);
  return large([left, right], build.product(termOfQuotient(left), termOfQuotient(right)), known);
}

function sumOf(terms: readonly Quotient[], known: Knowledge): Quotient {
  if (sizeOfSum(terms) <= LARGE) return quotients.sum(known.ring, terms);
  return large(terms, build.sum(...terms.map(termOfQuotient)), known);
}
function sizeOfSum(terms: readonly Quotient[]): number {
  let common = 1;
  const seen = new Set<string>();
  for (const { denominators } of terms)
    for (const [key, { polynomial, to }] of denominators)
      if (!seen.has(key)) {
        seen.add(key);
        common *= polynomial.size ** to;
      }
  return terms.reduce((size, { numerator }) => size + numerator.size, 0) * common;
}

function powerOf(base: Term, exponent: Rational, known: Knowledge): Quotient {
  if (isZero(exponent)) return quotients.ofNumber(known.ring, ONE);
  const quotient = normalize(base, known);
  const to = exponentOf(exponent);
  if (typeof to === 'number' && to > 0) {
    if (quotient.numerator.size ** to > LARGE || to > 1000)
      return large([quotient], build.power(termOfQuotient(quotient), exponent), known);
    let out = quotient;
    for (let times = 1; times < to; times += 1) out = quotients.multiply(known.ring, out, quotient);
    return out;
  }
  const value = quotient.numerator.size === 0 ? undefined : definedPower(base, exponent, known);
  if (value !== undefined) return value;
  const term = build.power(base, exponent);
  const wanted = isWhole(exponent) ? '!=' : signOf(exponent) > 0 ? '>=' : '>';
  const key = `(${quotients.keyOf(known.ring, quotient)})^${String(exponent.n)}/${String(exponent.d)}`;
  return opaque(key, term, build.literal(wanted, base), known);
}

function definedPower(base: Term, exponent: Rational, known: Knowledge): Quotient | undefined {
  const to = exponentOf(exponent);
  if (typeof to !== 'number') return root(base, exponent, known);
  return to >= -1000 ? reciprocal(base, -to, known) : undefined;
}

function logarithmOf(x: Term, known: Knowledge): Quotient {
  const quotient = normalize(x, known);
  const factors = quotient.numerator.size === 0 ? undefined : positiveFactors(x, known);
  if (factors !== undefined) return logarithm(factors, known);
  const key = `log (${quotients.keyOf(known.ring, quotient)})`;
  return opaque(key, build.log(x), build.literal('>', x), known);
}

function exponential(argument: Quotient, known: Knowledge): Quotient {
  const { ring } = known;
  if (argument.denominators.size > 0) {
    const [whole, factor] = quotients.upToFactor(argument);
    const generator = ring.generator(`exp (${quotients.keyOf(ring, whole)})`, () => ({
      term: build.exp(termOfQuotient(whole)),
      kind: 'exp',
      argument: whole,
    }));
    return quotients.ofPolynomial(polynomials.single(ring.power(generator, exponentOf(factor))));
  }
  let out = quotients.ofNumber(ring, ONE);
  for (const [monomial, coefficient] of argument.numerator) {
    const factor =
      powerOfLogarithm(monomial, coefficient, known) ??
      quotients.ofPolynomial(
        polynomials.single(ring.power(exponentialOf(monomial, known), exponentOf(coefficient))),
      );
    out = productOf(out, factor, known);
  }
  return out;
}
const exponentialOf = (exponent: Monomial, { ring }: Knowledge): Generator =>
  ring.generator(`exp #${String(exponent.id)}`, () => ({
    term: build.exp(termOfMonomial(exponent)),
    kind: 'exp',
    exponent,
  }));

function conditionKey(condition: Condition, known: Knowledge): string {
  switch (condition.op) {
    case 'boolean':
      return String(condition.value);
    case 'flag':
      return `flag ${condition.name}`;
    case 'not':
      return `not (${conditionKey(condition.x, known)})`;
    case 'and':
      return `(${condition.all.map((one) => conditionKey(one, known)).join(' and ')})`;
    case 'or':
      return `(${condition.any.map((one) => conditionKey(one, known)).join(' or ')})`;
    case '>=':
    case '>':
    case '==':
    case '!=': {
      const quotient = normalize(condition.x, known);
      if (quotient.numerator.size === 0) return `0 ${condition.op} 0`;
      const [whole, factor] = quotients.upToFactor(quotient);
      const isTurned = signOf(factor) < 0 && (condition.op === '>=' || condition.op === '>');
      return `${isTurned ? '-' : ''}${quotients.keyOf(known.ring, whole)} ${condition.op} 0`;
    }
  }
}

/** Whether the term is 0 for all values of its variables that the knowledge allows, as far as its normal form tells. */
export const isNothing = (term: Term, known: Knowledge): boolean =>
  normalize(term, known).numerator.size === 0;

/** Whether two terms have the same normal form. */
export const areEqual = (a: Term, b: Term, known: Knowledge): boolean =>
  isNothing(build.difference(a, b), known);

/** The term's value where it is a number in normal form. */
export const valueOf = (term: Term, known: Knowledge): Rational | undefined =>
  quotients.numberOf(known.ring, normalize(term, known));
