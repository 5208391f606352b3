/** Limits (§4): the variable is replaced by one that goes to ∞, selections are decided by signs in the end, and growths compared. */
import { emptyContext, extended, holdsPlainly, type Context } from './context.js';
import { definedness, postOrder } from './derivative.js';
import { growthOf, limitOf, occurs } from './growth.js';
import { variableNamed } from './normal.js';
import * as poly from './polynomial.js';
import { demand, reject } from './rejection.js';
import type { Goal, LimitValue } from './rules/rule.js';
import { NEGATIVE, POSITIVE, ZERO, signsOf } from './signs.js';
import * as t from './term.js';
import type { Condition, Literal, Term } from './term.js';
import { mentions, substituted, substitutedIn } from './variables.js';

type Tends = Extract<Goal, { kind: 'tends' }>;

/** Refuses unless the term tends to the value. */
export function tendsTo(goal: Tends, context: Context, where: string): void {
  const { term, variable, toward, value } = goal;
  if (typeof value !== 'string')
    demand(!mentions(value, variable), where, 'the limit depends on the variable');
  if (!('side' in toward)) {
    const x = toward.at === 'inf' ? (y: Term): Term => y : t.negated;
    agree(growing(term, variable, x, context, where), value, where);
    return;
  }
  const { at, side } = toward;
  demand(!mentions(at, variable), where, 'the point depends on the variable');
  if (isContinuousAt(goal, at, context)) return;
  const step = (y: Term): Term => t.power(y, -1);
  if (side !== 'below')
    agree(
      growing(term, variable, (y) => t.sum(at, step(y)), context, where),
      value,
      where,
    );
  if (side !== 'above')
    agree(
      growing(term, variable, (y) => t.difference(at, step(y)), context, where),
      value,
      where,
    );
}

interface Found {
  readonly limit: poly.Polynomial | 'inf' | '-inf';
  readonly context: Context;
}

function agree({ limit, context }: Found, value: LimitValue, where: string): void {
  if (typeof value === 'string' || typeof limit === 'string') {
    demand(
      value === limit,
      where,
      `the limit is ${typeof limit === 'string' ? limit : 'finite'}, not what is stated`,
    );
    return;
  }
  const difference = poly.subtract(limit, context.normal.of(value));
  demand(
    poly.isNothing(difference) || signsOf(difference, context.normal.facts) === ZERO,
    where,
    'the limit is another',
  );
}

/** The limit for y → ∞ of the term with the variable replaced by `x` of y. */
function growing(term: Term, variable: string, x: (y: Term) => Term, context: Context, where: string): Found {
  const name = `${variable} in the end`;
  const y = t.variable(name);
  demand(!context.declared.has(name) && !mentions(term, name), where, `${name} is taken`);
  const fresh = emptyContext([...context.integers], [...context.declared, name]);
  const moved = context.conditions.map((one) => substitutedIn(one, variable, x(y)));
  const inner = extended(fresh, ...moved, t.literal('>', y));
  const setting = { key: variableNamed(name).key, facts: inner.normal.facts, where };
  const signInTheEnd = ({ op, x: of }: Literal): boolean => {
    const form = inner.normal.of(settled(of));
    const { factor } = growthOf(form, setting);
    const found = signsOf(occurs(form, setting.key) ? factor : form, inner.normal.facts);
    const isZero = poly.isNothing(form) || (found === ZERO && !occurs(form, setting.key));
    if (isZero) return t.standsSo(op, 0);
    if (found === POSITIVE || found === NEGATIVE) return t.standsSo(op, found === POSITIVE ? 1 : -1);
    return reject(where, 'the context does not say how a condition ends');
  };
  const truth = (condition: Condition): boolean => {
    const known = inner.normal.truthOf(condition);
    if (known !== undefined) return known;
    switch (condition.op) {
      case 'not':
        return !truth(condition.x);
      case 'and':
        return condition.of.every(truth);
      case 'or':
        return condition.of.some(truth);
      case 'flag':
      case 'boolean':
        return reject(where, 'the context does not say whether a flag is set');
      default:
        return signInTheEnd(condition);
    }
  };
  const settled = (one: Term): Term => {
    switch (one.op) {
      case 'number':
      case 'pi':
      case 'variable':
        return one;
      case 'sum':
      case 'product':
        return { ...one, of: one.of.map(settled) };
      case 'power':
        return { ...one, base: settled(one.base) };
      case 'exp':
      case 'log':
        return { ...one, x: settled(one.x) };
      case 'select':
        return settled(truth(one.if) ? one.then : one.else);
    }
  };
  const form = inner.normal.of(settled(substituted(term, variable, x(y))));
  return { limit: limitOf(growthOf(form, setting), setting), context: inner };
}

/** At a finite point: one formula near it, defined at it, with the stated value there. */
function isContinuousAt({ term, variable, value }: Tends, at: Term, context: Context): boolean {
  if (typeof value === 'string') return false;
  const free = context.conditions.filter((condition) => !mentions(condition, variable));
  const fixed = extended(emptyContext([...context.integers], [...context.declared]), ...free);
  for (const one of postOrder(term)) {
    if (one.op === 'select' && mentions(one.if, variable)) return false;
    const needed = definedness(one);
    if (needed === undefined || !mentions(needed.x, variable)) continue;
    if (!holdsPlainly(fixed, { op: needed.op, x: substituted(needed.x, variable, at) })) return false;
  }
  const reached = t.difference(substituted(term, variable, at), value);
  return poly.isNothing(fixed.normal.of(reached));
}
