/** Limits (§4): the variable is replaced by one that goes to ∞, selections are decided by signs in the end, and growths compared. */
import { emptyContext, extended, holdsPlainly, type Context } from './context.js';
import { definedness, postOrder } from './derivative.js';
import { decide } from './enclose.js';
import { growthOf, limitOf, occurs, type Setting } from './growth.js';
import * as i from './interval.js';
import { logOf, variableNamed } from './normal.js';
import * as poly from './polynomial.js';
import * as q from './rational.js';
import { Rejection, demand, reject } from './rejection.js';
import { partsOf, type Goal, type LimitValue } from './rules/rule.js';
import { NEGATIVE, POSITIVE, ZERO, signsOf, type Facts } from './signs.js';
import * as t from './term.js';
import type { Condition, Literal, Term } from './term.js';
import { mentions, substituted, substitutedIn } from './variables.js';

type Tends = Extract<Goal, { kind: 'tends' }>;

/** Where it is looked at numbers whose signs show by interval arithmetic only. */
const FAR = i.between(q.whole(1_000_000), 'inf');

/** Refuses unless the term tends to the value, and what has to hold on the way does. */
export function tendsTo(goal: Tends, context: Context, where: string): void {
  const { term, variable, toward, value, approach } = goal;
  if (typeof value !== 'string')
    demand(!mentions(value, variable), where, 'the limit depends on the variable');
  const said = partsOf(goal);
  const isContinuous = 'side' in toward && isContinuousAt(goal, toward.at, context);
  for (const x of ways(goal, where)) {
    const still = endOf(x, variable, context, false, said, where);
    for (const condition of approach)
      demand(
        still.truth(substitutedIn(condition, variable, x(still.y))),
        where,
        `on the way it does not hold that ${t.shown(condition)}`,
      );
    if (isContinuous) continue;
    const ending = endOf(x, variable, context, true, said, where);
    agree(ending, substituted(term, variable, x(ending.y)), value, where);
  }
}

/** What the variable is of a y that goes to ∞: one way, or two from both sides of a point. */
function ways({ toward, variable }: Tends, where: string): readonly ((y: Term) => Term)[] {
  if (!('side' in toward)) return [toward.at === 'inf' ? (y) => y : t.negated];
  const { at, side } = toward;
  demand(!mentions(at, variable), where, 'the point depends on the variable');
  const above = (y: Term): Term => t.sum(at, t.power(y, -1));
  const below = (y: Term): Term => t.difference(at, t.power(y, -1));
  return side === 'both' ? [below, above] : [side === 'below' ? below : above];
}

interface Ending {
  readonly y: Term;
  readonly context: Context;
  readonly truth: (condition: Condition) => boolean;
  readonly limit: (term: Term) => poly.Polynomial | 'inf' | '-inf';
}

function agree(ending: Ending, term: Term, value: LimitValue, where: string): void {
  const { context } = ending;
  const limit = ending.limit(term);
  if (typeof value === 'string' || typeof limit === 'string') {
    demand(
      value === limit,
      where,
      `the limit is ${typeof limit === 'string' ? limit : 'finite'}, not what is stated`,
    );
    return;
  }
  const difference = poly.subtract(limit, context.normal.of(value));
  const isSame = poly.isNothing(difference) || signsOf(difference, context.normal.facts) === ZERO;
  demand(isSame, where, 'the limit is another');
}

/**
 * What conditions and terms come to for y → ∞. What the context says of the variable may be used of a term, which is looked at
 * only where the context holds; but not to show that it does.
 */
function endOf(
  x: (y: Term) => Term,
  variable: string,
  context: Context,
  usesAll: boolean,
  said: readonly (Term | Condition)[],
  where: string,
): Ending {
  const name = `${variable} in the end`;
  const y = t.variable(name);
  const isTaken = context.declared.has(name) || said.some((part) => mentions(part, name));
  demand(!isTaken, where, `${name} is taken`);
  const fresh = emptyContext([...context.integers], [...context.declared, name]);
  const kept = context.conditions.filter((one) => usesAll || !mentions(one, variable));
  const inner = extended(fresh, ...kept.map((one) => substitutedIn(one, variable, x(y))), t.literal('>', y));
  const { normal } = inner;
  const setting = { key: variableNamed(name).key, facts: normal.facts, where };

  function signInTheEnd({ op, x: of }: Literal): boolean {
    const form = normal.of(settled(of));
    for (const one of [form, withoutExp(form, normal.facts), besideExp(form, setting)]) {
      if (poly.isNothing(one)) return t.standsSo(op, 0);
      const found = signsOf(occurs(one, setting.key) ? growthOf(one, setting).factor : one, normal.facts);
      if (found === POSITIVE || found === NEGATIVE) return t.standsSo(op, found === POSITIVE ? 1 : -1);
    }
    const beyond = decide({ op, x: settled(of) }, new Map([[name, FAR]]));
    if (beyond !== undefined) return beyond;
    return reject(where, `the context does not say how it ends: ${t.shown({ op, x: of })}`);
  }
  function truth(condition: Condition): boolean {
    const known = normal.truthOf(condition);
    if (known !== undefined) return known;
    switch (condition.op) {
      case 'not':
        return !truth(condition.x);
      case 'and':
      case 'or':
        return joint(condition.of, condition.op === 'or');
      case 'flag':
      case 'boolean':
        return reject(where, 'the context does not say whether a flag is set');
      default:
        return signInTheEnd(condition);
    }
  }
  /** One part can decide, whatever becomes of the others. */
  function joint(parts: readonly Condition[], decisive: boolean): boolean {
    const open: Rejection[] = [];
    for (const part of parts)
      try {
        if (truth(part) === decisive) return decisive;
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        open.push(error);
      }
    const [first] = open;
    if (first !== undefined) throw first;
    return !decisive;
  }
  function settled(one: Term): Term {
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
  }
  const limit = (term: Term): poly.Polynomial | 'inf' | '-inf' =>
    limitOf(growthOf(normal.of(settled(term)), setting), setting);
  return { y, context: inner, truth, limit };
}

/** c·e^v − d has the sign of v − log(d/c) for numbers c, d > 0, and d − c·e^v the opposite one. */
function withoutExp(form: poly.Polynomial, facts: Facts): poly.Polynomial {
  const parts = poly.summands(form);
  const free = parts.find(({ monomial }) => monomial.factors.length === 0);
  const moving = parts.find(({ monomial }) => monomial.factors.length > 0);
  if (parts.length !== 2 || free === undefined || moving === undefined) return form;
  const ratio = q.opposite(q.over(free.coefficient, moving.coefficient));
  const { factors } = moving.monomial;
  if (q.sign(ratio) <= 0 || !factors.every(({ generator }) => generator.kind === 'exp')) return form;
  const exponents = factors.flatMap(({ generator, exponent }) =>
    generator.kind === 'exp' ? [poly.scale(generator.of, exponent)] : [],
  );
  const above = poly.subtract(
    poly.add(poly.NOTHING, ...exponents),
    logOf(poly.constant(ratio), POSITIVE, facts),
  );
  return q.sign(moving.coefficient) > 0 ? above : poly.negate(above);
}

/** B·e^v − r·B has the sign of v − log r, or the opposite one where B is negative, for a number r > 0 and B without y. */
function besideExp(form: poly.Polynomial, { key, facts }: Pick<Setting, 'key' | 'facts'>): poly.Polynomial {
  const all = poly.summands(form).map(({ monomial, coefficient }) => {
    const moving = monomial.factors.filter((factor) => occurs(poly.ofMonomial([factor]), key));
    const still = monomial.factors.filter((factor) => !moving.includes(factor));
    return { moving, still: poly.ofMonomial(still, coefficient) };
  });
  const together = (some: typeof all): poly.Polynomial =>
    poly.add(poly.NOTHING, ...some.map(({ still }) => still));
  const first = all.find(({ moving }) => moving.length > 0);
  if (first === undefined) return form;
  const { moving } = first;
  const keyOf = (factors: readonly poly.Factor[]): string => [...poly.ofMonomial(factors).keys()].join('');
  const [free, rest] = [
    all.filter((one) => one.moving.length === 0),
    all.filter((one) => one.moving.length > 0),
  ];
  if (rest.some((one) => keyOf(one.moving) !== keyOf(moving))) return form;
  const [a, b] = [together(free), together(rest)];
  const top = poly.leading(b);
  const beside = top && a.get(top.monomial.key);
  if (top === undefined || beside === undefined) return form;
  const ratio = q.opposite(q.over(beside.coefficient, top.coefficient));
  const found = signsOf(b, facts);
  const isSuch = q.sign(ratio) > 0 && poly.isNothing(poly.add(a, poly.scale(b, ratio)));
  const exponents = moving.flatMap(({ generator, exponent }) =>
    generator.kind === 'exp' ? [poly.scale(generator.of, exponent)] : [],
  );
  if (!isSuch || exponents.length < moving.length || (found !== POSITIVE && found !== NEGATIVE)) return form;
  const above = poly.subtract(
    poly.add(poly.NOTHING, ...exponents),
    logOf(poly.constant(ratio), POSITIVE, facts),
  );
  return found === POSITIVE ? above : poly.negate(above);
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
