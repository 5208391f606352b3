/** Whether a derivation closes a context, as far as the algebra tells: what shrinking asks before it leaves something out. */
import * as build from '../../proof/build.js';
import type { Derivation, Factor, Summand } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import { isNothing } from '../algebra/normalize.js';
import { decide, extended, replaced, type Context } from './context.js';
import { lemmaFacts } from './lemmas.js';
import { standing } from './along.js';
import { substitute } from './substitute.js';

/** Parts that speak of other statements (slopes, boxes, limits) are taken as they are. */
export function closes(context: Context, derivation: Derivation): boolean {
  if (context.isAbsurd) return true;
  switch (derivation.rule) {
    case 'cases':
      return (
        closes(extended(context, derivation.on), derivation.then) &&
        closes(extended(context, build.not(derivation.on)), derivation.else)
      );
    case 'contradiction':
      return contradicts(context, derivation.sum);
    case 'enclosure':
    case 'limit':
    case 'analytic':
      return true;
    case 'absurd':
      return false;
    default: {
      const next = nextContext(context, derivation);
      return next !== undefined && closes(next, derivation.then);
    }
  }
}

type Going = Extract<Derivation, { readonly then: Derivation; readonly rule: unknown }>;

/** The context after a step; nothing where the step is not allowed. */
export function nextContext(
  context: Context,
  step: Exclude<Going, { readonly rule: 'cases' }>,
): Context | undefined {
  switch (step.rule) {
    case 'have':
      return closes(extended(context, build.not(step.fact)), step.by)
        ? extended(context, step.fact)
        : undefined;
    case 'lemma': {
      const strict = premises(step.lemma, step.terms, '>').every((one) => decide(context, one) === true);
      const isMet =
        strict || premises(step.lemma, step.terms, '>=').every((one) => decide(context, one) === true);
      return isMet ? extended(context, ...lemmaFacts(step.lemma, step.terms, strict)) : undefined;
    }
    case 'define':
      return extended(context, build.equal(build.variable(step.name), step.term));
    case 'substitute':
      return decide(context, build.equal(build.variable(step.name), step.term)) === true
        ? replaced(context, step.name, step.term)
        : undefined;
    case 'mean-value': {
      const { f, variable } = step.along;
      const at = (x: Term): Term => substitute(f, new Map([[variable, x]]));
      return extended(context, standing(step.sign, build.difference(at(step.to), at(step.from))));
    }
    case 'limit-bound': {
      const { f, variable } = step.along;
      const at = substitute(f, new Map([[variable, step.from]]));
      return extended(context, standing(step.sign, build.difference(at, step.value)));
    }
  }
}

/** What a lemma asks for, strictly or weakly where it may be either. */
export function premises(
  lemma: Extract<Derivation, { readonly rule: 'lemma' }>['lemma'],
  terms: readonly Term[],
  order: '>' | '>=',
): readonly Condition[] {
  const [a = build.zero, b = build.zero] = terms;
  switch (lemma) {
    case 'exp-taylor':
      return b.op === 'number' && b.value.n % 2n === 0n ? [build.literal('>=', a)] : [];
    case 'exp-tangent-strict':
      return [build.literal('!=', a)];
    case 'exp-increasing':
      return [build.literal(order, build.difference(b, a))];
    case 'log-increasing':
      return [build.literal('>', a), build.literal(order, build.difference(b, a))];
    case 'root':
      return [build.literal('>=', a)];
    case 'integer-gap':
      return [build.literal('>', a)];
    case 'pi':
      return [];
  }
}

function contradicts(context: Context, sum: readonly Summand[]): boolean {
  const known = sum.every(({ of }) => of.every((factor) => isGiven(context, factor)));
  const terms = sum.map(({ times, of }) => build.product(build.number(times), ...of.map(valueOf)));
  return known && isNothing(build.sum(...terms), context.knowledge);
}
const isGiven = (context: Context, factor: Factor): boolean =>
  'square' in factor || decide(context, 'fact' in factor ? factor.fact : factor.zero) === true;
function valueOf(factor: Factor): Term {
  if ('fact' in factor) return factor.fact.x;
  return 'square' in factor ? build.power(factor.square, 2) : build.product(factor.zero.x, factor.times);
}
