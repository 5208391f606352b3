/**
 * Limits with proofs. Signs that a computation needs are proved, or split into cases, until the context knows them all; the
 * leaves of the derivation are then the computation itself.
 */
import * as b from '../../proof/build.js';
import type { Derivation, LimitValue, Toward } from '../../proof/derivation.js';
import { ONE, equals, isZero } from '../../proof/rational.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { contextOf, decide, type Context } from '../prover/context.js';
import { prove } from '../prover/prove.js';
import { resolver } from '../prover/substitute.js';
import { mentions } from '../prover/walk.js';
import { expansion, type Expansion, type Path } from './expand.js';
import { signsIn, type Asked, type Open } from './known.js';
import { limitOfSeries } from './series.js';

export interface LimitQuestion {
  readonly variables: readonly Variable[];
  /** Those that mention the variable have to hold from some place on. */
  readonly given: readonly Condition[];
  readonly term: Term;
  readonly variable: string;
  readonly toward: Toward;
}
export interface Limit {
  readonly value: LimitValue;
  readonly proof: Derivation;
}
/** Why there is none: a sign that nothing tells, or a term of which no growth is known. */
export interface NoLimit {
  readonly at: Term | Condition;
  readonly reason: string;
  /** Whether no more work would tell more. */
  readonly isFinal?: true;
}

/** The limit, where it is the same in all cases. */
export function limitOf(question: LimitQuestion, budget: Budget): Limit | undefined {
  const search: Search = { question, budget, cases: MOST_CASES, stuck: [] };
  const found = solved(search, question.given, undefined);
  return found === undefined || found.value === undefined ? undefined : { ...found, value: found.value };
}

/** That the limit is this value. */
export function tends(
  question: LimitQuestion,
  value: LimitValue,
  budget: Budget,
): { readonly proof: Derivation } | { readonly stuck: NoLimit } {
  const search: Search = { question, budget, cases: MOST_CASES, stuck: [] };
  const found = solved(search, question.given, value);
  if (found !== undefined) return { proof: found.proof };
  return { stuck: search.stuck[0] ?? { at: question.term, reason: 'no limit of it is known' } };
}

/** How many signs are split into cases, one inside the other. */
const MOST_CASES = 7;
/** Of the budget, for one sign. */
const SIGN_SHARE = 60_000;
const EXPANSION_STEP = 20;

interface Search {
  readonly question: LimitQuestion;
  readonly budget: Budget;
  readonly cases: number;
  readonly stuck: NoLimit[];
}
/** A value, which is open where the context is absurd. */
interface Found {
  readonly value: LimitValue | undefined;
  readonly proof: Derivation;
}
type Wanted = LimitValue | undefined;

function solved(search: Search, facts: readonly Condition[], wanted: Wanted): Found | undefined {
  const context = contextOf(facts);
  if (context.isAbsurd) return { value: wanted, proof: { rule: 'absurd' } };
  const outcome = computed(search, context);
  if ('open' in outcome) return asked(search, facts, outcome.open, wanted);
  if ('stuck' in outcome) {
    search.stuck.push(outcome.stuck);
    return undefined;
  }
  return agreed(search, facts, context, outcome.value, wanted);
}

/** The computed limit against the one that is wanted; they may be equal for a reason that has to be proved. */
function agreed(
  search: Search,
  facts: readonly Condition[],
  context: Context,
  value: LimitValue,
  wanted: Wanted,
): Found | undefined {
  const leaf: Derivation = { rule: 'limit' };
  if (wanted === undefined) return { value, proof: leaf };
  if (typeof value === 'string' || typeof wanted === 'string') {
    if (value === wanted) return { value, proof: leaf };
    search.stuck.push({
      at: search.question.term,
      reason: `tends to ${typeof value === 'string' ? value : 'a finite limit'}`,
    });
    return undefined;
  }
  const same = b.equal(wanted, value);
  if (decide(context, same) === true || signsIn(context, search.budget).isZero(b.difference(wanted, value)))
    return { value: wanted, proof: leaf };
  const by = proofOf(search, facts, same);
  if (by !== undefined) return { value: wanted, proof: { rule: 'have', fact: same, by, then: leaf } };
  search.stuck.push({ at: value, reason: 'the limit is another' });
  return undefined;
}

/** Proves one answer to an open question, or goes through all of them. */
function asked(search: Search, facts: readonly Condition[], open: Open, wanted: Wanted): Found | undefined {
  const answers = answersTo(open);
  for (const fact of answers) {
    const by = proofOf(search, facts, fact);
    if (by === undefined) continue;
    const then = solved(search, [...facts, fact], wanted);
    return then && { ...then, proof: { rule: 'have', fact, by, then: then.proof } };
  }
  const context = contextOf(facts);
  const first = answers.find((one) => decide(context, one) === undefined);
  if (search.cases === 0 || first === undefined || !search.budget.spend(EXPANSION_STEP)) {
    search.stuck.push({ at: 'sign' in open ? open.sign : open.condition, reason: 'nothing tells its sign' });
    return undefined;
  }
  const inner = { ...search, cases: search.cases - 1 };
  const then = solved(inner, [...facts, first], wanted);
  const rest = then && solved(inner, [...facts, b.not(first)], wanted ?? then.value);
  if (then === undefined || rest === undefined) return undefined;
  return {
    value: then.value ?? rest.value,
    proof: { rule: 'cases', on: first, then: then.proof, else: rest.proof },
  };
}

const answersTo = (open: Open): readonly Condition[] =>
  'sign' in open
    ? [b.literal('>', open.sign), b.literal('>', b.negated(open.sign)), b.literal('==', open.sign)]
    : [open.condition, b.not(open.condition)];

function proofOf(
  { question, budget }: Search,
  given: readonly Condition[],
  goal: Condition,
): Derivation | undefined {
  const outcome = prove({ variables: question.variables, given, goal }, budget.share(SIGN_SHARE));
  return 'proof' in outcome ? outcome.proof : undefined;
}

type Outcome = { readonly value: LimitValue } | { readonly open: Open } | { readonly stuck: NoLimit };

/** What this context alone computes, from each side of the point. */
function computed({ question, budget }: Search, context: Context): Outcome {
  const paths = pathsOf(question.toward);
  const outcomes = paths.map((path) => onPath(question, context, path, budget));
  const unknown = outcomes.find((one) => !('value' in one));
  if (unknown !== undefined) return unknown;
  const values = outcomes.flatMap((one) => ('value' in one ? [one.value] : []));
  const [first, second] = values;
  if (first === undefined) return { stuck: { at: question.term, reason: 'it runs nowhere' } };
  if (second === undefined || first === second) return { value: first };
  const isSame =
    typeof first === 'object' &&
    typeof second === 'object' &&
    signsIn(context, budget).isZero(b.difference(first, second));
  return isSame
    ? { value: first }
    : { stuck: { at: question.term, reason: 'the limits from both sides differ' } };
}

export function pathsOf(toward: Toward): readonly Path[] {
  if (!('side' in toward)) return [{ to: toward.at }];
  const sides = toward.side === 'both' ? (['below', 'above'] as const) : [toward.side];
  return sides.map((side) => ({ to: toward.at, side }));
}

/** Series are written out further as long as nothing is known of what they leave. */
const LASTS = [0, 1, 2, 4];

function onPath(question: LimitQuestion, context: Context, path: Path, budget: Budget): Outcome {
  let outcome: Outcome = { stuck: { at: question.term, reason: 'too much work' } };
  for (const last of LASTS) {
    const first = attempt(question, context, path, last, budget);
    const by = 'rate' in first ? first.rate : undefined;
    // Growing exponentials have a positive rate in u, whatever the direction.
    const isRated = by !== undefined && !('side' in path);
    outcome = isRated ? attempt(question, context, { ...path, by }, last, budget) : first;
    if (!('stuck' in outcome) || outcome.stuck.isFinal === true || !budget.spend(0)) return outcome;
  }
  return outcome;
}

function attempt(
  { variable, term, given }: LimitQuestion,
  context: Context,
  path: Path,
  last: number,
  budget: Budget,
): Outcome & { readonly rate?: Term } {
  const signs = signsIn(context, budget, last);
  const expanded = expansion(variable, path, signs, () => budget.spend(EXPANSION_STEP));
  const resolve = resolver((one) => decide(context, one));
  for (const condition of given) {
    if (!mentions(condition, variable)) continue;
    const holds = expanded.eventually(resolve.condition(condition));
    if (holds === true) continue;
    if (holds === undefined) return unknown(condition, signs, expanded);
    return { stuck: { at: condition, reason: 'it does not hold on the way', isFinal: true } };
  }
  const series = expanded.series(resolve.term(term));
  const value = series && limitOfSeries(series, signs);
  return value === undefined ? unknown(term, signs, expanded) : { value };
}

function unknown(
  at: Term | Condition,
  signs: Asked,
  expanded: Expansion,
): Outcome & { readonly rate?: Term } {
  const [exponent] = expanded.outgrown() ?? [];
  const isRate = exponent !== undefined && equals(exponent.of.power, ONE) && isZero(exponent.of.logs);
  const open = signs.open();
  const outcome: Outcome =
    open === undefined ? { stuck: { at, reason: 'no limit of it is known' } } : { open };
  return isRate ? { ...outcome, rate: exponent.coefficient } : outcome;
}
