/** Limits (§4): the variable is replaced by one that goes to ∞, selections are decided by signs in the end, and terms are series in it. */
import { emptyContext, extended, type Context } from './context.js';
import { decide } from './enclose.js';
import * as i from './interval.js';
import { reduced } from './normal.js';
import * as poly from './polynomial.js';
import * as q from './rational.js';
import { Rejection, demand, reject } from './rejection.js';
import { partsOf, type Goal, type LimitValue } from './rules/rule.js';
import { powers, type Product } from './scale.js';
import * as series from './series.js';
import type { Series } from './series.js';
import { POSITIVE, ZERO, signsOf } from './signs.js';
import * as t from './term.js';
import type { Condition, Literal, Term } from './term.js';
import { mentions, substituted, substitutedIn } from './variables.js';
import { termOf } from './written.js';

type Tends = Extract<Goal, { kind: 'tends' }>;

/** Where it is looked at numbers whose signs show by interval arithmetic only. */
const FAR = i.between(q.whole(1_000_000), 'inf');

/** How far expansions are written out, one after the other until nothing is open. */
const LASTS = [0, 1, 2, 4];

/** Refuses unless the term tends to the value, and what has to hold on the way does. */
export function tendsTo(goal: Tends, context: Context, where: string): void {
  const { variable, toward, value } = goal;
  if (typeof value !== 'string')
    demand(!mentions(value, variable), where, 'the limit depends on the variable');
  for (const x of ways(goal, where)) {
    const rates: Product[] = [];
    try {
      tendsOn(x, goal, context, where, rates);
    } catch (error) {
      // What runs to infinity may run as slowly as a logarithm.
      const [rate] = rates[0] ?? [];
      const isRate = rate !== undefined && q.equal(rate.of.power, q.ONE) && q.sign(rate.of.logs) === 0;
      if (!(error instanceof Rejection) || 'side' in toward || !isRate) throw error;
      tendsOn((y) => x(t.product(t.power(termOf(rate.by), -1), t.log(y))), goal, context, where, [], rate.by);
    }
  }
}

/** On one way; `rates` is told what grows in an exponent beyond the scale. `rate` has to be positive. */
function tendsOn(
  x: (y: Term) => Term,
  goal: Tends,
  context: Context,
  where: string,
  rates: Product[],
  rate?: poly.Polynomial,
): void {
  const { term, variable, value, approach } = goal;
  const said = partsOf(goal);
  const still = endOf(x, variable, context, false, said, where, rates);
  const isRated = rate === undefined || signsOf(rate, still.context.normal.facts) === POSITIVE;
  demand(isRated, where, 'the context does not say that an exponential grows');
  for (const condition of approach)
    demand(
      still.truth(substitutedIn(condition, variable, x(still.y))),
      where,
      `on the way it does not hold that ${t.shown(condition)}`,
    );
  const ending = endOf(x, variable, context, true, said, where, rates);
  agree(ending, substituted(term, variable, x(ending.y)), value, where);
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
  const difference = reduced(poly.subtract(limit, context.normal.of(value)));
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
  rates: Product[],
): Ending {
  const name = `${variable} in the end`;
  const y = t.variable(name);
  const isTaken = context.declared.has(name) || said.some((part) => mentions(part, name));
  demand(!isTaken, where, `${name} is taken`);
  const fresh = emptyContext([...context.integers], [...context.declared, name]);
  const kept = context.conditions.filter((one) => usesAll || !mentions(one, variable));
  const inner = extended(fresh, ...kept.map((one) => substitutedIn(one, variable, x(y))), t.literal('>', y));
  const { normal } = inner;
  const setting = { facts: normal.facts, where };
  const found = LASTS.map(() => new Map<Term, Series>());

  /** The series of a term, written out so far. */
  function seriesOf(term: Term, at: number): Series {
    const known = found[at]?.get(term);
    if (known !== undefined) return known;
    const result = mentions(term, name) ? moving(term, at) : series.constant(normal.of(term), setting);
    found[at]?.set(term, result);
    return result;
  }
  function moving(term: Term, at: number): Series {
    const [most = 0, of] = [LASTS[at], (one: Term): Series => seriesOf(one, at)];
    switch (term.op) {
      case 'number':
      case 'pi':
        return series.constant(normal.of(term), setting);
      case 'variable':
        return series.single(poly.UNITY, powers({ power: q.ONE, logs: q.ZERO }));
      case 'sum':
        return series.add(term.of.map(of), setting);
      case 'product':
        return term.of.map(of).reduce((x_, one) => series.multiply(x_, one, setting));
      case 'power':
        return series.raise(of(term.base), term.exponent, most, setting);
      case 'exp':
        return series.exponential(of(term.x), most, setting, (product) => rates.push(product));
      case 'log':
        return series.logarithm(of(term.x), most, setting);
      case 'select':
        return of(truth(term.if) ? term.then : term.else);
    }
  }
  /** What the first expansion that is written out far enough says. */
  function written<Result>(read: (at: number) => Result): Result {
    let first: Rejection | undefined;
    for (const at of LASTS.keys())
      try {
        return read(at);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        first ??= error;
      }
    throw first ?? new Rejection(where, 'there is no limit');
  }
  function signInTheEnd({ op, x: of }: Literal): boolean {
    const form = simplified(of);
    try {
      return t.standsSo(
        op,
        written((at) => series.signInTheEnd(seriesOf(form, at), setting)),
      );
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const beyond = decide({ op, x: form }, new Map([[name, FAR]]));
      return beyond ?? reject(where, `the context does not say how it ends: ${t.shown({ op, x: of })}`);
    }
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
    if (!mentions(one, name)) return one;
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
  /** Without selections, and in normal form: what cancels leaves no error. */
  const simplified = (term: Term): Term => termOf(normal.of(settled(term)));
  const limit = (term: Term): poly.Polynomial | 'inf' | '-inf' => {
    const form = simplified(term);
    return written((at) => series.limitOf(seriesOf(form, at), setting));
  };
  return { y, context: inner, truth, limit };
}
