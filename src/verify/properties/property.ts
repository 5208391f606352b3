/** What a claim form is: the statements that it comes down to, in a view of the claim, and how they are proved. */
import type { Statement } from '../../ir/claim.js';
import * as b from '../../proof/build.js';
import { isLiteral } from '../../proof/build.js';
import type { Obligation } from '../../proof/certificate.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Finding } from '../../proof/verdict.js';
import type { Budget } from '../budget.js';
import { prove, type Stuck } from '../prover/prove.js';
import { variablesOf } from '../prover/walk.js';
import type { Viewed } from '../view/view.js';
import { namesIn } from '../view/names.js';
import { relevantTo } from './relevant.js';

/** Why a view does not prove the claim. */
export interface Trouble {
  readonly at: Term | Condition;
  /** One sentence, lower case, no full stop. */
  readonly reason: string;
  readonly help?: string;
}
export interface Shown {
  readonly obligations: readonly Obligation[];
  /** Of a claim that says "bounded". */
  readonly bound?: Term;
  readonly findings?: readonly Finding[];
}
export type Attempt = { readonly shown: Shown } | { readonly trouble: Trouble };

/** One way to show a claim, in views that read its expressions so many times. */
export interface Way<S extends Statement> {
  readonly copies: 1 | 2 | 3;
  readonly show: (statement: S, viewed: Viewed, budget: Budget) => Attempt;
}
type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;

export interface Property<K extends Statement['kind']> {
  readonly kind: K;
  /** In the order in which they are tried. */
  readonly ways: readonly Way<Of<K>>[];
}

export const troubleOf = ({ at, reason, help }: Stuck): Trouble => ({
  at,
  reason,
  ...(help !== undefined && { help }),
});

/** The obligation that a goal holds wherever the view's hypotheses do; `known` are facts that have been shown of them. */
export function holds(
  what: string,
  viewed: Viewed,
  goal: Condition,
  budget: Budget,
  given: readonly Condition[] = viewed.given,
  known: readonly Known[] = [],
): { readonly obligation: Obligation } | { readonly trouble: Trouble } {
  const facts = known.map(({ fact }) => fact);
  const { variables } = viewed;
  const relevant = relevantTo(given, goal, ...facts);
  const outcome = prove({ variables, given: [...relevant, ...facts], goal }, budget);
  if ('stuck' in outcome) return { trouble: troubleOf(outcome.stuck) };
  const proof = known.reduceRight<Derivation>((then, one) => ({ rule: 'have', ...one, then }), outcome.proof);
  return { obligation: { kind: 'holds', what, sequent: { variables, given: relevant, goal }, proof } };
}

/** A fact, and how it follows from the view's hypotheses. */
interface Known {
  readonly fact: Condition;
  readonly by: Derivation;
}
function shownFirst(
  facts: readonly Condition[],
  { variables, given }: Viewed,
  budget: Budget,
): { readonly known: readonly Known[] } | { readonly trouble: Trouble } {
  const known: Known[] = [];
  for (const fact of facts) {
    const outcome = prove({ variables, given: relevantTo(given, fact), goal: fact }, budget);
    if ('stuck' in outcome) return { trouble: troubleOf(outcome.stuck) };
    known.push({ fact, by: outcome.proof });
  }
  return { known };
}

/** All of them, or the first that fails, by way of facts that are shown first. */
export function allHold(
  goals: readonly { readonly what: string; readonly goal: Condition }[],
  viewed: Viewed,
  budget: Budget,
  facts: readonly Condition[] = [],
): Attempt {
  const first = shownFirst(facts, viewed, budget);
  if ('trouble' in first) return first;
  const obligations: Obligation[] = [];
  for (const { what, goal } of goals) {
    const one = holds(what, viewed, goal, budget, viewed.given, first.known);
    if ('trouble' in one) return one;
    obligations.push(one.obligation);
  }
  return { shown: { obligations } };
}

/** Way of showing that a goal about several copies of the value holds. */
export const comparing = <S extends Statement>(
  copies: 1 | 2 | 3,
  goalsOf: (statement: S, viewed: Viewed) => readonly Condition[],
): Way<S> => ({
  copies,
  show: (statement, viewed, budget) =>
    allHold(
      goalsOf(statement, viewed).map((goal) => ({ what: 'claim', goal })),
      viewed,
      budget,
    ),
});

/** The varied value of a copy, as a term. */
export const variedAt = (viewed: Viewed, copy?: number): Term => viewed.variable(copy);
/** Its name. */
export function nameOf(viewed: Viewed, copy?: number): string {
  const term = viewed.variable(copy);
  if (term.op !== 'variable') throw new Error('internal: what a claim varies is no variable');
  return term.name;
}

/** Whether inputs give it whole numbers alone. */
export const isWholeNumber = (viewed: Viewed): boolean =>
  viewed.variables.some(({ name, integer }) => name === nameOf(viewed) && integer === true);

/** Why values may lie between those that inputs give to it; nothing where they give all between two. */
export function gapsIn(viewed: Viewed): Trouble | undefined {
  const at = viewed.permitted.find((one) => !isLiteral(one)) ?? variedAt(viewed);
  const isGapless = viewed.permitted.every(isLiteral) && !isWholeNumber(viewed);
  return isGapless ? undefined : { at, reason: 'it leaves gaps between values of the variable' };
}

/**
 * Extremes over others. Where there are no others, one is any number far enough inside: at each value of what is varied, or
 * around it, there is such a number, but none for all of them.
 */
export const extremesOf = ({ view }: Viewed): ReadonlySet<string> =>
  new Set(view.rests.flatMap(({ name, reduce }) => (reduce === 'sum' ? [] : [name])));

/** Why nothing follows from these parts along the whole line, if one of them speaks of an extreme over others. */
export function notOneNumber(
  viewed: Viewed,
  ...parts: readonly (Term | Condition)[]
): { readonly trouble: Trouble } | undefined {
  const extremes = extremesOf(viewed);
  const name = parts.flatMap((one) => [...namesIn(one)]).find((one) => extremes.has(one));
  if (name === undefined) return undefined;
  const reason = 'it is no one number where there are no others';
  return { trouble: { at: b.variable(name), reason, help: 'a group may have one rollout' } };
}

/** Of what is given, what speaks of no extreme over others. */
export const ofOneNumber = (viewed: Viewed, given: readonly Condition[]): readonly Condition[] =>
  given.filter((one) => notOneNumber(viewed, one) === undefined);

/**
 * What is given where everything but the variable is fixed: all but derived facts about what moves with the variable. Nothing
 * can be said so of a term, or within a hypothesis, that holds something that moves.
 */
export function fixing(
  viewed: Viewed,
  ...parts: readonly (Term | Condition)[]
): { readonly given: readonly Condition[] } | { readonly trouble: Trouble } {
  const own = [1, 2, 3].map((copy) => viewed.variable(copy));
  const owned = new Set(own.flatMap((one) => [...variablesOf(one)]));
  const movesIn = (part: Term | Condition): string | undefined =>
    [...namesIn(part)].find((name) => viewed.moving.has(name) && !owned.has(name));
  const name = [...parts, ...viewed.hypotheses].map(movesIn).find((one) => one !== undefined);
  if (name === undefined) {
    const given = viewed.given.filter((one) => movesIn(one) === undefined);
    return { given: relevantTo(given, ...parts, ...own) };
  }
  return {
    trouble: { at: b.variable(name), reason: 'it moves with the variable in a way that is not followed' },
  };
}
