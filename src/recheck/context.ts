/**
 * Contexts (§2): a list of conditions, broken up, with what they say of signs and flags. A context is closed when they
 * contradict each other by sign alone. Facts only grow: all of them are true in every model of the conditions.
 */
import {
  isPositiveFactor,
  isWithin,
  opposite,
  ANY,
  NEGATIVE,
  POSITIVE,
  SIGNS_OF,
  type Facts,
} from './signs.js';
import type { Normalizer } from './normal.js';
import { emptyNormalizer, grownNormalizer, isTouched, namesInKey, type Change } from './normalizer.js';
import { content, keyOfPolynomial, single, summands, type Polynomial } from './polynomial.js';
import { ONE, equal, sign } from './rational.js';
import { isLiteral, not, type Condition, type Literal, type Relation } from './term.js';

export interface Context {
  /** Literals, flags, and disjunctions of which no member is known to hold. */
  readonly conditions: readonly Condition[];
  readonly normal: Normalizer;
  readonly isClosed: boolean;
  /** What became known after the conditions were read. */
  readonly changes: readonly Change[];
  /** Names that are whole numbers. */
  readonly integers: ReadonlySet<string>;
  /** Names that cannot be taken for something new. */
  readonly declared: ReadonlySet<string>;
}

export const emptyContext = (integers: readonly string[], declared: readonly string[]): Context => ({
  conditions: [],
  normal: emptyNormalizer(),
  isClosed: false,
  changes: [],
  integers: new Set(integers),
  declared: new Set([...integers, ...declared]),
});

/** The context with more conditions: read, and read again where what became known since can enter. */
export function extended(context: Context, ...more: readonly Condition[]): Context {
  const read = context.conditions.length;
  let next: Context = { ...context, conditions: [...context.conditions, ...more.flatMap(parts)] };
  let isStale = (one: Condition, at: number): boolean => at >= read || isTouched(one, context.changes);
  for (let round = 0; round < MOST_ROUNDS && !next.isClosed; round += 1) {
    const settled = settle(next, isStale);
    if (settled === next) return { ...next, changes: [] };
    next = settled;
    isStale = (one) => isTouched(one, settled.changes);
  }
  return next;
}
/** Each round resolves at least one selection or disjunction; what is not resolved then stays as it is. */
const MOST_ROUNDS = 12;

/** The same names in a context of fewer conditions. */
export const restricted = (context: Context, keeps: (condition: Condition) => boolean): Context =>
  extended(
    { ...context, conditions: [], normal: emptyNormalizer(), isClosed: false, changes: [] },
    ...context.conditions.filter(keeps),
  );

const parts = (condition: Condition): readonly Condition[] =>
  condition.op === 'and'
    ? condition.of.flatMap(parts)
    : condition.op === 'not'
      ? [pushed(condition)]
      : [condition];
const pushed = ({ x }: Extract<Condition, { op: 'not' }>): Condition =>
  x.op === 'flag' ? { op: 'not', x } : not(x);

/** One round: what is stale read with what is known so far; the context itself where nothing came of it. */
function settle(context: Context, isStale: (condition: Condition, at: number) => boolean): Context {
  const { normal } = context;
  const found: Growing = {
    signs: new Map(normal.facts.signs),
    flags: new Map(normal.facts.flags),
    changes: [],
  };
  let isClosed = false;
  let isChanged = false;
  const kept: Condition[] = [];
  const note = (condition: Condition): void => {
    const outcome = learn(condition, normal, found);
    if (outcome === 'contradiction') isClosed = true;
    if (outcome !== 'nothing') isChanged = true;
  };
  for (const [at, condition] of context.conditions.entries()) {
    if (!isStale(condition, at)) {
      kept.push(condition);
      continue;
    }
    if (condition.op !== 'or') {
      kept.push(condition);
      note(condition);
      continue;
    }
    const open = condition.of.filter((one) => normal.truthOf(one) !== false);
    if (open.some((one) => normal.truthOf(one) === true)) continue;
    const [only] = open;
    if (only === undefined) isClosed = true;
    else if (open.length > 1)
      kept.push(open.length === condition.of.length ? condition : { op: 'or', of: open });
    else {
      kept.push(...parts(only));
      parts(only).forEach(note);
      isChanged = true;
    }
  }
  if (!isClosed && !isChanged) return context;
  const { changes } = found;
  return { ...context, conditions: kept, isClosed, changes, normal: grownNormalizer(normal, found, changes) };
}

interface Growing {
  readonly signs: Map<string, number>;
  readonly flags: Map<string, boolean>;
  readonly changes: Change[];
}

function learn(
  condition: Condition,
  normal: Normalizer,
  found: Growing,
): 'nothing' | 'something' | 'contradiction' {
  if (condition.op === 'boolean') return condition.value ? 'nothing' : 'contradiction';
  if (condition.op === 'flag') return learnFlag(condition.name, true, found);
  if (condition.op === 'not' && condition.x.op === 'flag') return learnFlag(condition.x.name, false, found);
  if (!isLiteral(condition)) return 'nothing';
  const form = normal.of(condition.x);
  const asked = SIGNS_OF[condition.op];
  if ((normal.signsOf(condition.x) & asked) === 0) return 'contradiction';
  const { key, isFlipped } = normal.matchOf(condition.x);
  const bounded = boundedSign(form, condition.op);
  const byBound = bounded === undefined ? 'nothing' : narrow(bounded.key, bounded.signs, found);
  const bySign = narrow(key, isFlipped ? opposite(asked) : asked, found);
  return bySign === 'nothing' ? byBound : byBound === 'contradiction' ? byBound : bySign;
}
function narrow(key: string, signs: number, found: Growing): 'nothing' | 'something' | 'contradiction' {
  const before = found.signs.get(key) ?? ANY;
  const after = before & signs;
  if (after === before) return 'nothing';
  found.signs.set(key, after);
  found.changes.push(namesInKey(key));
  return after === 0 ? 'contradiction' : 'something';
}
/** a·x + c ≥ 0 for a number c < 0 says that a·x is positive, and a·x + c = 0 for c ≠ 0 that it has the other sign. */
function boundedSign(
  form: Polynomial,
  op: Relation,
): { readonly key: string; readonly signs: number } | undefined {
  const all = summands(form);
  const constant = all.find(({ monomial }) => monomial.factors.length === 0);
  const other = all.find((one) => one !== constant);
  if (all.length !== 2 || constant === undefined || other === undefined || op === '!=') return undefined;
  const [only, more] = other.monomial.factors;
  if (only?.generator.kind !== 'variable' || more !== undefined || !equal(only.exponent, ONE))
    return undefined;
  const [slope, offset] = [sign(other.coefficient), sign(constant.coefficient)];
  if (offset > 0 && op !== '==') return undefined;
  return { key: keyOfPolynomial(single(only.generator)), signs: slope === offset ? NEGATIVE : POSITIVE };
}
function learnFlag(name: string, value: boolean, found: Growing): 'nothing' | 'something' | 'contradiction' {
  const known = found.flags.get(name);
  if (known !== undefined) return known === value ? 'nothing' : 'contradiction';
  found.flags.set(name, value);
  found.changes.push([name]);
  return 'something';
}

/** Whether a literal follows from a matching one by sign, or is plain to see. */
export const holdsPlainly = ({ normal }: Context, { op, x }: Literal): boolean =>
  isWithin(normal.signsOf(x), SIGNS_OF[op]);

/** The strongest relation of a term to 0 among these that is known. */
export const knownRelation = (
  context: Context,
  x: Literal['x'],
  among: readonly Relation[],
): Relation | undefined => among.find((op) => holdsPlainly(context, { op, x }));

/** The literals of a context with the normal forms of their terms. */
export const literals = (context: Context): readonly { readonly op: Relation; readonly form: Polynomial }[] =>
  context.conditions.filter(isLiteral).map(({ op, x }) => ({ op, form: context.normal.of(x) }));

/** A sum with the positive factors that all its summands share left out. */
export function withoutPositiveFactors(p: Polynomial, facts: Facts): Polynomial {
  const { shared, rest } = content(p);
  return shared.every((factor) => isPositiveFactor(factor, facts)) && summands(rest).length > 0 ? rest : p;
}
