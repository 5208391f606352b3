/** Polynomials and quotients as terms again. */
import * as build from '../../proof/build.js';
import { ONE, equals } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { asRational } from './exponent.js';
import type { Quotient } from './quotient.js';
import type { Monomial, Polynomial, Power } from './ring.js';

export function termOfPower({ of, to }: Power): Term {
  const exponent = asRational(to);
  if (of.exponent !== undefined)
    return build.exp(build.product(build.number(exponent), termOfMonomial(of.exponent)));
  return build.power(of.term, exponent);
}
export const termOfMonomial = (monomial: Monomial): Term =>
  build.product(...monomial.powers.map(termOfPower));

export const termOfPolynomial = (polynomial: Polynomial): Term =>
  build.sum(
    ...[...polynomial].map(([monomial, coefficient]) =>
      equals(coefficient, ONE)
        ? termOfMonomial(monomial)
        : build.product(build.number(coefficient), termOfMonomial(monomial)),
    ),
  );

export const termOfQuotient = ({ numerator, denominators }: Quotient): Term =>
  build.product(
    termOfPolynomial(numerator),
    ...[...denominators.values()].map(({ polynomial, to }) => build.power(termOfPolynomial(polynomial), -to)),
  );
