/** Terms as products of numbers, generators and sums, as reciprocals, roots and logarithms take them apart. */
import { inverse, ONE, opposite, power as numberPower, signOf, times } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { exponentOf, floorOf, isOdd, oppositeExponent, timesExponent, addExponents } from './exponent.js';
import type { Exponent } from './exponent.js';
import type { Knowledge } from './knowledge.js';
import { askedSigns } from './knowledge.js';
import { normalize } from './normalize.js';
import * as polynomials from './polynomial.js';
import { primePowers } from './primes.js';
import * as quotients from './quotient.js';
import type { Quotient } from './quotient.js';
import { contentOf } from './ring.js';
import type { Generator, Monomial, Polynomial, Ring } from './ring.js';
import { ANY, isSubset, NONNEGATIVE, NONZERO, POSITIVE, turned } from './signs.js';
import type { Signs } from './signs.js';
import { termOfPolynomial } from './written.js';

interface Factored {
  readonly number: Rational;
  /** Of generators that are known to be non-zero. */
  readonly monomial: Monomial;
  readonly sums: ReadonlyMap<string, { readonly polynomial: Polynomial; readonly to: number }>;
}
/** Each factor by itself is known to be positive, or non-negative where that was asked for. */
export interface Oriented {
  readonly number: Rational;
  readonly generators: readonly (readonly [Generator, Exponent])[];
  readonly sums: readonly (readonly [Polynomial, Exponent])[];
}

const mayDivide =
  (known: Knowledge) =>
  (generator: Generator): boolean =>
    isSubset(askedSigns(generator, known), NONZERO);

/** By the structure of the term as far as that goes; `undefined` for 0. */
function byStructure(term: Term, known: Knowledge): Factored | undefined {
  if (term.op === 'product') {
    let out: Factored | undefined = { number: ONE, monomial: known.ring.unit, sums: new Map() };
    for (const one of term.factors) out = product(known.ring, out, byStructure(one, known));
    return out;
  }
  if (term.op === 'power') {
    const [to, base] = [exponentOf(term.exponent), byStructure(term.base, known)];
    const isDefined = base !== undefined && (signOf(term.exponent) > 0 || areNonZero(base, known));
    if (isDefined && typeof to === 'number' && Math.abs(to) < 100) return raised(known.ring, base, to);
  }
  return byNormalForm(normalize(term, known), known);
}

function byNormalForm({ numerator, denominators }: Quotient, known: Knowledge): Factored | undefined {
  if (numerator.size === 0) return undefined;
  const { ring } = known;
  const { content, monomial, polynomial } = polynomials.primitive(ring, numerator, mayDivide(known));
  const sums = new Map([...denominators].map(([key, one]) => [key, { ...one, to: -one.to }]));
  if (polynomial.size > 1 || !polynomial.has(ring.unit)) {
    const key = ring.key(polynomial);
    sums.set(key, { polynomial, to: (sums.get(key)?.to ?? 0) + 1 });
  }
  return { number: content, monomial, sums };
}

function product(ring: Ring, a: Factored | undefined, b: Factored | undefined): Factored | undefined {
  if (a === undefined || b === undefined) return undefined;
  const sums = new Map(a.sums);
  for (const [key, { polynomial, to }] of b.sums) {
    const all = (sums.get(key)?.to ?? 0) + to;
    if (all === 0) sums.delete(key);
    else sums.set(key, { polynomial, to: all });
  }
  return { number: times(a.number, b.number), monomial: ring.times(a.monomial, b.monomial), sums };
}

const raised = (ring: Ring, a: Factored, to: number): Factored => ({
  number: numberPower(a.number, to),
  monomial: ring.raised(a.monomial, to),
  sums: new Map([...a.sums].map(([key, one]) => [key, { ...one, to: one.to * to }])),
});

const areNonZero = ({ sums }: Factored, known: Knowledge): boolean =>
  [...sums.values()].every(({ polynomial }) => isSubset(askedSigns(polynomial, known), NONZERO));

/** The reciprocal of the term's `to`-th power, where the term is known to be non-zero. */
export function reciprocal(term: Term, to: number, known: Knowledge): Quotient | undefined {
  const structure = byStructure(term, known);
  if (structure === undefined) return undefined;
  if (areNonZero(structure, known)) return multiplied(raised(known.ring, structure, -to), known.ring);
  const whole = byNormalForm(normalize(term, known), known);
  const isKnown =
    whole !== undefined && (areNonZero(whole, known) || isSubset(askedWhole(term, known), NONZERO));
  return isKnown ? multiplied(raised(known.ring, whole, -to), known.ring) : undefined;
}

/** What is known of a term's numerator in normal form, as one sum. */
function askedWhole(term: Term, known: Knowledge): Signs {
  const { numerator, denominators } = normalize(term, known);
  return denominators.size > 0 ? ANY : askedSigns(numerator, known);
}

function multiplied({ number, monomial, sums }: Factored, ring: Ring): Quotient {
  let out = quotients.ofMonomial(ring, monomial, number);
  for (const { polynomial, to } of sums.values())
    out = quotients.multiply(ring, out, quotients.powerOf(ring, polynomial, to));
  return out;
}

/** The factors of a term that is known to be positive, each of which is; or the whole, where no denominator is in the way. */
export const positiveFactors = (term: Term, known: Knowledge): Oriented | undefined =>
  factorsThat(term, known, false);

function factorsThat(term: Term, known: Knowledge, orZero: boolean): Oriented | undefined {
  const quotient = normalize(term, known);
  const factors = oriented(byNormalForm(quotient, known), known, orZero);
  if (factors !== undefined) return factors;
  const isAllowed = isSubset(askedWhole(term, known), orZero ? NONNEGATIVE : POSITIVE);
  if (!isAllowed || quotient.denominators.size > 0 || quotient.numerator.size === 0) return undefined;
  const content = contentOf(quotient.numerator);
  const number = signOf(content) < 0 ? opposite(content) : content;
  return { number, generators: [], sums: [[polynomials.scaled(quotient.numerator, inverse(number)), 1]] };
}

function oriented(factors: Factored | undefined, known: Knowledge, orZero: boolean): Oriented | undefined {
  if (factors === undefined) return undefined;
  let { number } = factors;
  const generators: (readonly [Generator, Exponent])[] = [];
  const sums: (readonly [Polynomial, Exponent])[] = [];
  for (const { of, to } of factors.monomial.powers) {
    if (askedSigns(of, known) !== POSITIVE) return undefined;
    generators.push([of, to]);
  }
  for (const { polynomial, to } of factors.sums.values()) {
    const wanted = orZero && to > 0 ? NONNEGATIVE : POSITIVE;
    const signs = askedSigns(polynomial, known);
    if (isSubset(signs, wanted) && polynomial.size > 1) sums.push([polynomial, to]);
    else if (isSubset(turned(signs), wanted) && polynomial.size > 1) {
      if (isOdd(to)) number = opposite(number);
      sums.push([polynomials.opposite(polynomial), to]);
    } else if (!areGenerators(polynomial, to, wanted, generators, known)) return undefined;
  }
  return signOf(number) > 0 ? { number, generators, sums } : undefined;
}

/** Adds the generators of a product of such as are not known to be non-zero, if each has the wanted signs. */
function areGenerators(
  polynomial: Polynomial,
  times: number,
  wanted: Signs,
  into: (readonly [Generator, Exponent])[],
  known: Knowledge,
): boolean {
  const [entry] = polynomial;
  if (polynomial.size !== 1 || entry === undefined) return false;
  return entry[0].powers.every(({ of, to }) => {
    into.push([of, timesExponent(to, times)]);
    return isSubset(askedSigns(of, known), wanted);
  });
}

/** The broken power `to` of a term, where its factors are known to be what that needs. */
export function root(term: Term, to: Rational, known: Knowledge): Quotient | undefined {
  const factors = factorsThat(term, known, signOf(to) > 0);
  if (factors === undefined) return undefined;
  const { ring } = known;
  let out = powerOfNumber(factors.number, to, ring);
  for (const [generator, power] of factors.generators) {
    const raised = ring.power(generator, timesExponent(power, to));
    out = quotients.multiply(ring, out, quotients.ofMonomial(ring, raised));
  }
  for (const [polynomial, power] of factors.sums)
    out = quotients.multiply(ring, out, powerOfSum(polynomial, timesExponent(power, to), ring));
  return out;
}

/** A real power of a positive number: whole powers of its prime factors, and roots of them. */
export function powerOfNumber(number: Rational, to: Rational, ring: Ring): Quotient {
  let out = quotients.ofNumber(ring, ONE);
  for (const [prime, times] of primePowers(number)) {
    const polynomial = polynomials.constant(ring, { n: prime, d: 1n });
    out = quotients.multiply(ring, out, powerOfSum(polynomial, timesExponent(exponentOf(to), times), ring));
  }
  return out;
}

/** A power of a sum, or of a generator that stands like one: whole powers are multiplied out, the rest is of its root. */
export function powerOfSum(polynomial: Polynomial, to: Exponent, ring: Ring): Quotient {
  const generator = polynomials.generatorOf(polynomial);
  if (generator !== undefined) return quotients.ofMonomial(ring, ring.power(generator, to));
  const whole = floorOf(to);
  const rest = addExponents(to, oppositeExponent(whole));
  const out = wholePower(polynomial, whole, ring);
  if (rest === 0) return out;
  const made = ring.generator(`root (${ring.key(polynomial)})`, () => ({
    term: termOfPolynomial(polynomial),
    kind: 'root',
    base: polynomial,
  }));
  return quotients.multiply(ring, out, quotients.ofMonomial(ring, ring.power(made, rest)));
}

function wholePower(polynomial: Polynomial, to: number, ring: Ring): Quotient {
  const [entry] = polynomial;
  if (polynomial.size !== 1 || entry === undefined || to >= 0) return quotients.powerOf(ring, polynomial, to);
  return quotients.ofMonomial(ring, ring.raised(entry[0], to), numberPower(entry[1], to));
}
