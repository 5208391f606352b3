/** Logarithms of products that are known to be positive, factor by factor, and what undoes them. */
import * as build from '../../proof/build.js';
import type { Rational } from '../../proof/rational.js';
import { asRational, exponentOf, floorOf } from './exponent.js';
import type { Exponent } from './exponent.js';
import { powerOfSum } from './factored.js';
import type { Oriented } from './factored.js';
import type { Knowledge } from './knowledge.js';
import * as polynomials from './polynomial.js';
import { primePowers } from './primes.js';
import * as quotients from './quotient.js';
import type { Quotient } from './quotient.js';
import type { Generator, Monomial, Polynomial, Ring } from './ring.js';
import { termOfPolynomial } from './written.js';

/** The sum of the factors' logarithms. */
export function logarithm({ number, generators, sums }: Oriented, { ring }: Knowledge): Quotient {
  const ofNumber = primePowers(number).map(([prime, times]) =>
    logarithmOf(polynomials.constant(ring, { n: prime, d: 1n }), times, ring),
  );
  return quotients.sum(ring, [
    ...ofNumber,
    ...generators.map(([generator, to]) => logarithmOfGenerator(generator, to, ring)),
    ...sums.map(([polynomial, to]) => logarithmOf(polynomial, to, ring)),
  ]);
}

function logarithmOf(of: Polynomial, times: Exponent, ring: Ring): Quotient {
  const generator = ring.generator(`log of (${ring.key(of)})`, () => ({
    term: build.log(termOfPolynomial(of)),
    kind: 'log',
    base: of,
  }));
  return quotients.ofPolynomial(polynomials.single(ring.power(generator, 1), asRational(times)));
}

function logarithmOfGenerator(generator: Generator, to: Exponent, ring: Ring): Quotient {
  if (generator.exponent !== undefined) return quotients.ofMonomial(ring, generator.exponent, asRational(to));
  if (generator.argument !== undefined) return quotients.scaled(generator.argument, asRational(to));
  const of = generator.kind === 'root' ? generator.base : undefined;
  return logarithmOf(of ?? polynomials.single(ring.power(generator, 1)), to, ring);
}

/** exp(coefficient·monomial) where the monomial is a logarithm: a power of what it is the logarithm of. */
export function powerOfLogarithm(
  monomial: Monomial,
  coefficient: Rational,
  { ring }: Knowledge,
): Quotient | undefined {
  const [power] = monomial.powers;
  if (monomial.powers.length !== 1 || power?.to !== 1 || power.of.kind !== 'log') return undefined;
  const { base } = power.of;
  if (base === undefined) return undefined;
  const to = exponentOf(coefficient);
  return base.size > 1 && Math.abs(floorOf(to)) > 20 ? undefined : powerOfSum(base, to, ring);
}
