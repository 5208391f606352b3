/** What a derivation knows at a node: conditions broken up, and selections resolved that the literals decide. */
import * as build from '../../proof/build.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import * as algebra from '../algebra/knowledge.js';
import type { Knowledge } from '../algebra/knowledge.js';
import { isNothing } from '../algebra/normalize.js';
import { resolver, substituteIn } from './substitute.js';
import { hasSelect } from './walk.js';

export interface Context {
  readonly literals: readonly Literal[];
  /** Flags, negations of flags, and disjunctions that are open. */
  readonly others: readonly Condition[];
  readonly knowledge: Knowledge;
  readonly isAbsurd: boolean;
}

export const contextOf = (conditions: readonly Condition[]): Context => settled(NOTHING, conditions);
export const extended = (context: Context, ...more: readonly Condition[]): Context =>
  more.length === 0 ? context : settled(context, more);

/** The context with a variable replaced by what it is known to be equal to. */
export function replaced(context: Context, name: string, term: Term): Context {
  const values = new Map([[name, term]]);
  return settled(
    NOTHING,
    [...context.literals, ...context.others].map((one) => substituteIn(one, values)),
  );
}

const NOTHING: Context = {
  literals: [],
  others: [],
  knowledge: algebra.knowledgeOf([]),
  isAbsurd: false,
};

function settled(before: Context, more: readonly Condition[]): Context {
  let context = gathered(before, brokenUp(more));
  while (!context.isAbsurd) {
    const next = resolvedAll(context);
    if (next === undefined) return context;
    context = gathered(NOTHING, brokenUp(next));
  }
  return context;
}

function brokenUp(conditions: readonly Condition[]): readonly Condition[] {
  const seen = new Set<Condition>();
  const visit = (one: Condition): void => {
    if (one.op === 'and') one.all.forEach(visit);
    else if (one.op !== 'boolean' || !one.value) seen.add(one.op === 'not' ? build.not(one.x) : one);
  };
  conditions.forEach(visit);
  return [...seen];
}

function gathered(before: Context, parts: readonly Condition[]): Context {
  const more = parts.filter(build.isLiteral);
  const known = before === NOTHING ? algebra.knowledgeOf(more) : algebra.extended(before.knowledge, more);
  // An equation that is plain, such as x = y·x/y, tells nothing, and no point satisfies it as far as doubles tell.
  const isPlain = (one: Literal): boolean => one.op === '==' && isNothing(one.x, known);
  const literals = [...before.literals, ...more.filter((one) => !isPlain(one))];
  const others = [...before.others, ...parts.filter((one) => !build.isLiteral(one))];
  const context = { literals, others, knowledge: known, isAbsurd: false };
  const isFalse = (one: Condition): boolean =>
    one.op === 'boolean' ? !one.value : one.op !== 'flag' && decide(context, one) === false;
  return { ...context, isAbsurd: others.some(isFalse) || algebra.isAbsurd(known) || clash(others) };
}
const clash = (others: readonly Condition[]): boolean => {
  const flags = new Set(others.flatMap((one) => (one.op === 'flag' ? [one.name] : [])));
  return others.some((one) => one.op === 'not' && one.x.op === 'flag' && flags.has(one.x.name));
};

/** The conditions with what is decided put in its place; nothing where all stays as it is. */
function resolvedAll(context: Context): readonly Condition[] | undefined {
  const resolve = resolver((one) => decide(context, one));
  const literals = context.literals.map(resolve.condition);
  const others = context.others.map((one) => unit(context, resolve.condition(one)));
  const isSame =
    literals.every((one, at) => one === context.literals[at]) &&
    others.every((one, at) => one === context.others[at]);
  return isSame ? undefined : [...literals, ...others];
}

/** A disjunction of which one member is open is that member. */
function unit(context: Context, condition: Condition): Condition {
  if (condition.op !== 'or') return condition;
  const open = condition.any.filter((one) => decide(context, one) !== false);
  const [first = build.truth(false)] = open;
  return open.length <= 1 ? first : condition;
}

/** Whether the context's literals and flags settle a condition. */
export function decide(context: Context, condition: Condition): boolean | undefined {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return flagIn(context, condition.name);
    case 'not': {
      const inside = decide(context, condition.x);
      return inside === undefined ? undefined : !inside;
    }
    case 'and':
      return junction(context, condition.all, false);
    case 'or':
      return junction(context, condition.any, true);
    case '>=':
    case '>':
    case '==':
    case '!=':
      return algebra.decide(condition, context.knowledge);
  }
}
function junction(context: Context, parts: readonly Condition[], decisive: boolean): boolean | undefined {
  let isOpen = false;
  for (const one of parts) {
    const truth = decide(context, one);
    if (truth === decisive) return decisive;
    isOpen ||= truth === undefined;
  }
  return isOpen ? undefined : !decisive;
}
function flagIn(context: Context, name: string): boolean | undefined {
  for (const one of context.others) {
    if (one.op === 'flag' && one.name === name) return true;
    if (one.op === 'not' && one.x.op === 'flag' && one.x.name === name) return false;
  }
  return undefined;
}

/** A condition as this context has it. */
export const resolvedIn = (context: Context, condition: Condition): Condition =>
  hasSelect(condition) ? resolver((one) => decide(context, one)).condition(condition) : condition;
export const isKnown = (context: Context, literal: Condition): boolean => decide(context, literal) === true;
