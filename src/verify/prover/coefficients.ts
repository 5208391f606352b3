/** A term as a polynomial in one of its variables, up to a positive factor. */
import { compareExponents, oppositeExponent, type Exponent } from '../algebra/exponent.js';
import { accumulate } from '../algebra/polynomial.js';
import { normalize } from '../algebra/normalize.js';
import { signsOfPolynomial, type Knowledge } from '../algebra/knowledge.js';
import { exponentIn, type Monomial, type Polynomial } from '../algebra/ring.js';
import { POSITIVE } from '../algebra/signs.js';
import { termOfPolynomial } from '../algebra/written.js';
import type { Rational } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { mentions } from './walk.js';

/** Coefficients of the numerator by rising powers; nothing where the variable is inside an operation or the denominator has no sign. */
export function coefficientsIn(term: Term, name: string, known: Knowledge): readonly Term[] | undefined {
  const numerator = positiveNumerator(term, known);
  if (numerator === undefined) return undefined;
  const { ring } = known;
  const variable = ring.generator(`variable ${name}`, () => ({
    term: { op: 'variable', name },
    kind: 'variable',
  }));
  const byPower = new Map<Exponent, Map<Monomial, Rational>>();
  for (const [monomial, coefficient] of numerator) {
    if (monomial.powers.some(({ of }) => of !== variable && mentions(of.term, name))) return undefined;
    const to = exponentIn(monomial, variable);
    if (typeof to !== 'number') return undefined;
    const rest: Monomial = ring.times(monomial, ring.power(variable, oppositeExponent(to)));
    const part = byPower.get(to) ?? new Map<Monomial, Rational>();
    accumulate(part, rest, coefficient);
    byPower.set(to, part);
  }
  const powers = [...byPower].sort(([a], [b]) => compareExponents(a, b));
  return powers.map(([, part]) => termOfPolynomial(part));
}
/** The numerator, multiplied by what is positive. */
export function positiveNumerator(term: Term, known: Knowledge): Polynomial | undefined {
  const { numerator, denominators } = normalize(term, known);
  for (const { polynomial, to } of denominators.values())
    if (to % 2 === 1 && signsOfPolynomial(polynomial, known) !== POSITIVE) return undefined;
  return numerator;
}
