/** Where the slope of a value is 0: places at which it may be largest, looked for and no more than a guess. */
import * as b from '../../proof/build.js';
import { compare, equals, minus, type Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { exponentOf } from '../algebra/exponent.js';
import { normalize } from '../algebra/normalize.js';
import { commonPowers, divided, timesMonomial } from '../algebra/polynomial.js';
import type { Quotient } from '../algebra/quotient.js';
import type { Polynomial, Ring } from '../algebra/ring.js';
import { termOfPower } from '../algebra/written.js';
import { contextOf, decide } from '../prover/context.js';
import { derivative } from '../prover/derivative.js';
import { resolver, substitute } from '../prover/substitute.js';
import { branchesOf, powersIn, solution } from './kinks.js';

/** A place where a term may be largest, and what its branch is there. */
export interface Peak {
  readonly at: Term;
  readonly value: Term;
}

/**
 * Of each branch of a term: its slope in normal form, without what all of it has in common, is A·gᵖ + B·gᑫ in one g that holds the
 * variable, and so is 0 where g is (−A/B)^(1/(q−p)).
 */
export function peaksOf(term: Term, name: string, given: readonly Condition[]): readonly Peak[] {
  const context = contextOf(given);
  const { knowledge } = context;
  const { ring } = knowledge;
  return branchesOf(resolver((one) => decide(context, one)).term(term)).flatMap((branch) => {
    const numerator = reduced(normalize(derivative(branch, name), knowledge), ring);
    const common = ring.raised(commonPowers(ring, numerator), -1);
    const found = powersIn(timesMonomial(ring, numerator, common), name);
    if (found === undefined) return [];
    const { moving, coefficients } = found;
    const exponents = coefficients.map(({ to }) => to).sort(compare);
    const [low, high] = [exponents[0], exponents.at(-1)];
    if (low === undefined || high === undefined || equals(low, high)) return [];
    if (!exponents.every((one) => equals(one, low) || equals(one, high))) return [];
    const at = (exponent: Rational): Term =>
      b.sum(...coefficients.filter(({ to }) => equals(to, exponent)).map(({ of }) => of));
    const power = termOfPower({ of: moving, to: exponentOf(minus(high, low)) });
    const place = solution(power, b.quotient(b.negated(at(low)), at(high)), name);
    return place === undefined ? [] : [{ at: place, value: substitute(branch, new Map([[name, place]])) }];
  });
}

/** The numerator without the factors that it shares with the denominator. */
function reduced({ numerator, denominators }: Quotient, ring: Ring): Polynomial {
  let left = numerator;
  for (const { polynomial, to } of denominators.values())
    for (let times = 0; times < to; times += 1) left = divided(ring, left, polynomial) ?? left;
  return left;
}
