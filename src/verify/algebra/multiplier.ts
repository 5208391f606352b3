/** What inequalities may be multiplied by: monomials and polynomials of known sign, and the facts that say so. */
import * as build from '../../proof/build.js';
import type { Factor } from '../../proof/derivation.js';
import { ONE, opposite } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import type { Rational } from '../../proof/rational.js';
import { asRational, isEven, isOdd, signOfExponent } from './exponent.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator } from './knowledge.js';
import type { Monomial } from './ring.js';
import { isSubset, NEGATIVE, NONNEGATIVE, NONZERO, NULL, POSITIVE } from './signs.js';
import { termOfPower } from './written.js';

/** sign · monomial, which is not negative. */
export interface Multiplier {
  readonly monomial: Monomial;
  /** 1 or −1. */
  readonly sign: Rational;
  readonly strict: boolean;
}

/** The multiplier that ± the monomial is, if one of them is known not to be negative. */
export function multiplierOf(monomial: Monomial, known: Knowledge): Multiplier | undefined {
  const before = known.multipliers.get(monomial);
  if (before !== undefined) return before === 'none' ? undefined : before;
  const made = read(monomial, known);
  known.multipliers.set(monomial, made ?? 'none');
  return made;
}

function read(monomial: Monomial, known: Knowledge): Multiplier | undefined {
  let [sign, strict] = [ONE, true];
  for (const { of, to } of monomial.powers) {
    const signs = signsOfGenerator(of, known);
    const isNonZero = isSubset(signs, NONZERO);
    if (signOfExponent(to) < 0 && !isNonZero) return undefined;
    strict &&= isNonZero;
    if (isSubset(signs, NONNEGATIVE)) continue;
    if (isSubset(signs, NEGATIVE + NULL)) {
      if (typeof to !== 'number') return undefined;
      if (isOdd(to)) sign = opposite(sign);
    } else if (!isEven(to)) return undefined;
  }
  return { monomial, sign, strict };
}

/** The facts and squares whose product it is. */
export function factorsOf({ monomial }: Multiplier, known: Knowledge): readonly Factor[] {
  const positive: Term[] = [];
  const nonnegative: Term[] = [];
  const squared: Term[] = [];
  for (const power of monomial.powers) {
    const { of, to } = power;
    const signs = signsOfGenerator(of, known);
    if (isSubset(signs, NONNEGATIVE)) (signs === POSITIVE ? positive : nonnegative).push(termOfPower(power));
    else if (isSubset(signs, NEGATIVE + NULL)) {
      const turned = build.power(build.negated(of.term), asRational(to));
      (signs === NEGATIVE ? positive : nonnegative).push(turned);
    } else if (isSubset(signs, NONZERO)) positive.push(build.power(of.term, asRational(to)));
    else squared.push(build.power(of.term, Number(to) / 2));
  }
  const factors: Factor[] = [];
  if (positive.length > 0) factors.push({ fact: { op: '>', x: build.product(...positive) } });
  if (nonnegative.length > 0) factors.push({ fact: { op: '>=', x: build.product(...nonnegative) } });
  if (squared.length > 0) factors.push({ square: build.product(...squared) });
  return factors;
}
