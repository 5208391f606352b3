/** What inequalities may be multiplied by: monomials and polynomials of known sign, and the facts that say so. */
import * as build from '../../proof/build.js';
import type { Factor } from '../../proof/derivation.js';
import { ONE, opposite } from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import type { Rational } from '../../proof/rational.js';
import { asRational, isEven, isOdd, signOfExponent } from './exponent.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator } from './knowledge.js';
import type { Monomial } from './ring.js';
import { isSubset, NEGATIVE, NONNEGATIVE, NONZERO, NULL, POSITIVE } from './signs.js';
import { termOfPower } from './written.js';

/** sign · monomial, which is not negative, as a product of factors. */
export interface Multiplier {
  readonly monomial: Monomial;
  /** 1 or −1. */
  readonly sign: Rational;
  readonly strict: boolean;
  readonly factors: readonly Factor[];
}

export const fact = (op: '>=' | '>', x: Term): Factor => ({ fact: { op, x } satisfies Literal });

/** The multiplier that ± the monomial is, if one of them is known not to be negative. */
export function multiplierOf(monomial: Monomial, known: Knowledge): Multiplier | undefined {
  const positive: Term[] = [];
  const nonnegative: Term[] = [];
  const squared: Term[] = [];
  let sign = ONE;
  for (const power of monomial.powers) {
    const { of, to } = power;
    const signs = signsOfGenerator(of, known);
    const isDefined = signOfExponent(to) > 0 || isSubset(signs, NONZERO);
    if (!isDefined) return undefined;
    if (signs === POSITIVE) positive.push(termOfPower(power));
    else if (isSubset(signs, NONNEGATIVE)) nonnegative.push(termOfPower(power));
    else if (isSubset(signs, NEGATIVE + NULL)) {
      if (typeof to !== 'number') return undefined;
      if (isOdd(to)) sign = opposite(sign);
      const turned = build.power(build.negated(of.term), asRational(to));
      (signs === NEGATIVE ? positive : nonnegative).push(turned);
    } else if (!isEven(to)) return undefined;
    else if (isSubset(signs, NONZERO)) positive.push(build.power(of.term, asRational(to)));
    else squared.push(build.power(of.term, Number(to) / 2));
  }
  const factors: Factor[] = [];
  if (positive.length > 0) factors.push(fact('>', build.product(...positive)));
  if (nonnegative.length > 0) factors.push(fact('>=', build.product(...nonnegative)));
  if (squared.length > 0) factors.push({ square: build.product(...squared) });
  return { monomial, sign, strict: nonnegative.length === 0 && squared.length === 0, factors };
}
