/** Bounded: a bound is found over what it may mention, and proved; the best one that is found is told. */
import * as b from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { termText } from '../../proof/text.js';
import type { Finding } from '../../proof/verdict.js';
import type { Budget } from '../budget.js';
import { limitOf } from '../limits/limit.js';
import { contextOf, decide } from '../prover/context.js';
import { resolver, substitute } from '../prover/substitute.js';
import { variablesOf } from '../prover/walk.js';
import type { Viewed } from '../view/view.js';
import { enclosing, magnitude } from '../prover/enclosing.js';
import { reaching } from './extreme.js';
import { kinksOf } from './kinks.js';
import { allHold, extremesOf, fixing, type Attempt, type Property, nameOf } from './property.js';
import { shorter } from './shorter.js';
import { peaksOf } from './stationary.js';
import { separated } from './separated.js';
import { endsOf } from './toward.js';

export const bounded: Property<'bounded'> = {
  kind: 'bounded',
  ways: [
    {
      copies: 1,
      show: ({ of, variable }, viewed, budget) => {
        const term = viewed.read(of);
        const varied = variable === undefined ? undefined : nameOf(viewed);
        const extremes = extremesOf(viewed);
        const allowed = (name: string): boolean =>
          varied === undefined
            ? viewed.ownData.has(name)
            : name !== varied && !viewed.moving.has(name) && !extremes.has(name);
        return bestBound(term, viewed, allowed, varied, budget);
      },
    },
  ],
};

/** Of the budget, for one candidate. */
const CANDIDATE_SHARE = 600_000;

function bestBound(
  term: Term,
  viewed: Viewed,
  allowed: (name: string) => boolean,
  varied: string | undefined,
  budget: Budget,
): Attempt {
  let trouble: Attempt | undefined;
  for (const { bound, facts } of candidates(term, viewed, allowed, varied, budget)) {
    const goals = [b.difference(bound, term), b.sum(bound, term)].map((side) => ({
      what: 'claim',
      goal: b.literal('>=', side),
    }));
    const attempt = allHold(goals, viewed, budget.share(CANDIDATE_SHARE), facts);
    if ('trouble' in attempt) {
      trouble ??= attempt;
      continue;
    }
    const findings = [bestFinding(term, bound, viewed, varied, budget)];
    return { shown: { ...attempt.shown, bound, findings } };
  }
  return (
    trouble ?? { trouble: { at: term, reason: 'no bound of it was found', help: 'claim a bound: `<= ...`' } }
  );
}

function bestFinding(
  term: Term,
  bound: Term,
  viewed: Viewed,
  varied: string | undefined,
  budget: Budget,
): Finding {
  const fixed = fixing(viewed, term);
  const isAlong = varied !== undefined && 'given' in fixed;
  const reached = isAlong
    ? reaching(term, bound, viewed, fixed.given, budget.share(CANDIDATE_SHARE))
    : undefined;
  const where = reached === undefined ? {} : { where: reached.where };
  return { what: reached === undefined ? 'bound' : 'best bound', value: termText(bound), ...where };
}

/** What may be a bound, and facts to be shown first, from which it follows that it is. */
interface Candidate {
  readonly bound: Term;
  readonly facts: readonly Condition[];
}

/** The smallest first, as far as the structure tells; last what takes facts. */
function* candidates(
  term: Term,
  viewed: Viewed,
  allowed: (name: string) => boolean,
  varied: string | undefined,
  budget: Budget,
): Iterable<Candidate> {
  const context = contextOf(viewed.given);
  const resolved = resolver((one) => decide(context, one)).term(term);
  const seen = new Set<string>();
  const fresh = (bound: Term): boolean => {
    const text = termText(bound);
    const isFresh = !seen.has(text) && [...variablesOf(bound)].every(allowed);
    seen.add(text);
    return isFresh;
  };
  const sizesOf = (one: Term): readonly Term[] => {
    const size = magnitude(enclosing(one, context, allowed));
    return size === undefined ? [] : shorter(size, context);
  };
  for (const bound of sizesOf(resolved)) if (fresh(bound)) yield { bound, facts: [] };
  const places = varied === undefined ? [] : valuesAt(term, resolved, varied, viewed, budget);
  for (const value of places) {
    const bound = b.select(b.literal('>=', value), value, b.negated(value));
    if (fresh(bound)) yield { bound, facts: [] };
  }
  for (const bound of turning(resolved, allowed).flatMap(sizesOf))
    if (fresh(bound)) yield { bound, facts: [] };
  const apart = separated(resolved, context, allowed, budget.share(CANDIDATE_SHARE));
  if (apart !== undefined && fresh(apart.bound)) yield apart;
}

/** What a term is where its conditions turn in what a bound may not mention. */
const turning = (term: Term, allowed: (name: string) => boolean): readonly Term[] =>
  [...variablesOf(term)]
    .filter((name) => !allowed(name))
    .flatMap((name) => kinksOf(term, name).map((at) => substitute(term, new Map([[name, at]]))))
    .slice(0, MOST_TURNS);
const MOST_TURNS = 6;

/** Limits of the term, and its values where it turns or is stationary. */
function valuesAt(
  term: Term,
  resolved: Term,
  varied: string,
  viewed: Viewed,
  budget: Budget,
): readonly Term[] {
  const fixed = fixing(viewed, term);
  if ('trouble' in fixed) return [];
  const limits = endsOf(viewed).flatMap((toward) => {
    const question = { variables: viewed.variables, given: fixed.given, term, variable: varied, toward };
    const found = limitOf(question, budget.share(CANDIDATE_SHARE));
    return found === undefined || typeof found.value === 'string' ? [] : [found.value];
  });
  const turns = kinksOf(resolved, varied).map((at) => substitute(term, new Map([[varied, at]])));
  return [...limits, ...turns, ...peaksOf(resolved, varied, viewed.given).map(({ value }) => value)];
}
