/** Where a claim's variable can run to, as its hypotheses let it. */
import { isLiteral } from '../../proof/build.js';
import * as b from '../../proof/build.js';
import type { Toward } from '../../proof/derivation.js';
import type { Expr } from '../../ir/expr.js';
import type { Term } from '../../proof/term.js';
import { contextOf, decide } from '../prover/context.js';
import { prove } from '../prover/prove.js';
import { substitute } from '../prover/substitute.js';
import { mentions } from '../prover/walk.js';
import type { Budget } from '../budget.js';
import { MINUS_ONE, ONE, signOf, type Rational } from '../../proof/rational.js';
import { isWholeNumber, nameOf, type Trouble } from './property.js';
import { relevantTo } from './relevant.js';
import type { Viewed } from '../view/view.js';

/** ∞ or −∞, where the expression is that. */
export function infinityOf(expr: Expr): 'inf' | '-inf' | undefined {
  if (expr.op === 'inf') return expr.negative ? '-inf' : 'inf';
  if (expr.op !== 'neg') return undefined;
  const inner = infinityOf(expr.x);
  return inner === undefined ? undefined : inner === 'inf' ? '-inf' : 'inf';
}

/** A point, from the sides that the hypotheses leave: from one alone where they say x ≤ a, or x ≥ a. */
export function towardPoint(at: Term, viewed: Viewed): Toward {
  const x = b.variable(nameOf(viewed));
  const context = contextOf(viewed.given);
  if (decide(context, b.atLeast(at, x)) === true) return { at, side: 'below' };
  if (decide(context, b.atLeast(x, at)) === true) return { at, side: 'above' };
  return { at, side: 'both' };
}

/** All that the variable may run to: both infinities, and the ends that the hypotheses give it. */
export function endsOf(viewed: Viewed): readonly Toward[] {
  const ends = viewed.given.flatMap((one): Toward[] => {
    if (!isLiteral(one) || (one.op !== '>=' && one.op !== '>')) return [];
    const end = solvedFor(one.x, nameOf(viewed));
    return end === undefined ? [] : [{ at: end.at, side: end.sign > 0 ? 'above' : 'below' }];
  });
  return [...ends, { at: 'inf' }, { at: '-inf' }];
}

/** Where q·x + rest is 0, for a rational q and an x that is in no other place. */
export function solvedFor(
  term: Term,
  name: string,
): { readonly at: Term; readonly sign: -1 | 0 | 1 } | undefined {
  const terms = term.op === 'sum' ? term.terms : [term];
  const [own, ...others] = terms.filter((one) => mentions(one, name));
  if (own === undefined || others.length > 0) return undefined;
  const slope = slopeOf(own, name);
  if (slope === undefined) return undefined;
  const rest = b.sum(...terms.filter((one) => one !== own));
  const at = b.product(b.number(MINUS_ONE), b.power(b.number(slope), -1), rest);
  return { at, sign: signOf(slope) };
}
function slopeOf(term: Term, name: string): Rational | undefined {
  if (term.op === 'variable' && term.name === name) return ONE;
  if (term.op !== 'product' || term.factors.length !== 2) return undefined;
  const [first, second] = term.factors;
  return first?.op === 'number' && second?.op === 'variable' && second.name === name
    ? first.value
    : undefined;
}

/** Why a place where the variable runs to may not be one that inputs let it come close to; nothing where they do. */
export function beyondInputs(toward: Toward, viewed: Viewed, budget: Budget): Trouble | undefined {
  const { attainable, variables, variable, given } = viewed;
  const x = variable();
  const name = x.op === 'variable' ? x.name : '';
  if ('side' in toward && isWholeNumber(viewed))
    return { at: x, reason: 'a whole number comes close to no other' };
  if (attainable === undefined)
    return { at: x, reason: 'it is not known which values inputs can give to it' };
  const fixed = given.filter((one) => !mentions(one, name));
  for (const one of attainable) {
    if (!isLiteral(one)) continue;
    const isLower = (solvedFor(one.x, name)?.sign ?? 0) > 0;
    if (!('side' in toward)) {
      if ((toward.at === 'inf') === isLower) continue;
      return { at: one, reason: 'inputs give it no values beyond that' };
    }
    const isBeside = toward.side === (isLower ? 'above' : 'below');
    const there = substitute(one.x, new Map([[name, toward.at]]));
    const goal = b.literal(isBeside ? '>=' : '>', there);
    const outcome = prove({ variables, given: relevantTo(fixed, goal), goal }, budget);
    if ('stuck' in outcome) return { at: one, reason: 'inputs may give it no values there' };
  }
  return undefined;
}
