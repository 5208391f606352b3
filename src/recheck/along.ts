/**
 * Refutations along a line (§5): bounds, limits, jumps, dead zones and extremes that are not reached. The line is a batch of the
 * witness in which one variable is left free. The claim's terms on it, and what has to hold on it, are read from the source here; of
 * the certificate there are only the derivation, the point that is approached and the value that is found there. That what is varied
 * takes the values of the line is checked, too: it is an input, or inputs of its definition, all shifted by the same, move it by that.
 */
import { emptyContext, extended, type Context } from './context.js';
import { checkDerivation } from './derivation.js';
import { sizeOf } from '../base/ragged.js';
import { decide, enclose, type Ranges } from './enclose.js';
import { areEqual, implies } from './implies.js';
import * as i from './interval.js';
import type { Interval } from './interval.js';
import { each, fields, oneOf, string, type Fields } from './json.js';
import { encloseForm } from './logarithmic.js';
import * as poly from './polynomial.js';
import * as q from './rational.js';
import { demand, reject } from './rejection.js';
import type { LimitValue, Toward } from './rules/rule.js';
import { outcomeOf, proveSequent } from './sequent.js';
import * as t from './term.js';
import { readSequent, readTerm, type Condition, type Term } from './term.js';
import { mentions, namesIn, substitutedIn } from './variables.js';
import type { Element } from './reading/batch.js';
import { evaluate, isNumber, type Batch, type Value } from './reading/evaluate.js';
import { imageOf } from './reading/image.js';
import { lineOf, type Line } from './reading/line.js';
import { bounds, type Bound, type Declared, type Objective } from './reading/objective.js';
import { postOrder, type Node, type Number_, type Truth } from './reading/tree.js';

/** What the witness and the certificate give of a line. */
export interface Scene {
  readonly objective: Objective;
  readonly hypotheses: readonly Truth[];
  readonly element: Element;
  readonly batch: Batch;
  readonly obligations: unknown;
}
export interface Along {
  readonly name: string;
  readonly term: (node: Number_) => Term;
  /** What has to hold where the variable is. */
  readonly conditions: readonly Condition[];
}
type Slots = readonly { readonly input: Declared; readonly at: number }[];

interface Obligation {
  readonly json: Fields;
  readonly where: string;
}
export const obligationsOf = ({ obligations }: Scene, kind: string, what: string): readonly Obligation[] =>
  each(obligations, 'obligations', (json, where) => ({ json: fields(json, where), where })).filter(
    ({ json }) => json['kind'] === kind && json['what'] === what,
  );
export const obligationOf = (scene: Scene, kind: string, what: string): Obligation =>
  obligationsOf(scene, kind, what)[0] ?? reject('obligations', `there is no obligation "${what}"`);

const exactInputs = ({ inputs }: Batch): Map<string, Term[]> =>
  new Map([...inputs].map(([name, all]) => [name, all.map((one) => t.number(exact(one)))]));
const exact = (value: Value | undefined): q.Rational =>
  isNumber(value) && i.isPoint(value) && typeof value.low !== 'string'
    ? value.low
    : reject('witness', 'a number is not known exactly');

/** The inputs of a batch with some numbers shifted by the same, and what keeps those in their domains. */
function shifted(
  { objective, batch }: Scene,
  slots: Slots,
  by: Term,
): { readonly inputs: ReadonlyMap<string, readonly Term[]>; readonly domains: readonly Condition[] } {
  const inputs = exactInputs(batch);
  const domains: Condition[] = [];
  for (const { input, at } of slots) {
    const all = inputs.get(input.name) ?? [];
    const moved = t.sum(all[at] ?? reject('witness', 'there is no such number'), by);
    all[at] = moved;
    domains.push(...domainOf(objective, batch, input, moved));
  }
  return { inputs, domains };
}
function domainOf({ inputs }: Objective, batch: Batch, of: Declared, x: Term): readonly Condition[] {
  const { domain, isInteger } = of;
  if (domain.kind === 'set' || isInteger)
    return reject('witness', `the domain of ${of.name} leaves gaps between its values`);
  const end = (bound: Bound): Term | undefined => {
    if (typeof bound === 'string') return undefined;
    if (!('param' in bound)) return t.number(bound);
    demand(
      bound.param !== of.name && inputs.some(({ name }) => name === bound.param),
      'witness',
      'no domain',
    );
    const value = t.number(exact(batch.inputs.get(bound.param)?.[0]));
    return bound.isNegative ? t.negated(value) : value;
  };
  const [low, high] = [end(domain.low), end(domain.high)];
  return [
    ...(low === undefined ? [] : [t.literal(domain.lowOpen ? '>' : '>=', t.difference(x, low))]),
    ...(high === undefined ? [] : [t.literal(domain.highOpen ? '>' : '>=', t.difference(high, x))]),
  ];
}

function along(scene: Scene, line: Line, name: string, domains: readonly Condition[]): Along {
  const { objective, hypotheses, element, batch } = scene;
  const own = (level: Node['level']): number => line.holder(element.level, level, element.at);
  const assumed = objective.assumptions.flatMap((one) =>
    Array.from(evaluate([one], batch).truths(one), (_, at) => line.truth(one, at)),
  );
  const all = [...hypotheses.map((one) => line.truth(one, own(one.level))), ...assumed, ...domains];
  const conditions = all.filter((one) => one.op !== 'boolean' || !one.value);
  // Those that the variable does not move hold at the witness's points, which is looked at there.
  for (const one of conditions)
    demand(one.op !== 'boolean', 'batch', 'a hypothesis of the claim fails along the variable');
  return {
    name,
    term: (node) => line.number(node, own(node.level)),
    conditions: [...conditions, ...valued(scene, line, [...hypotheses, ...objective.assumptions])].filter(
      (one) => mentions(one, name),
    ),
  };
}
/** A hypothesis holds nowhere where it has no value: what gives one to its operations, at each element. */
const valued = (
  { batch: { ragged } }: Scene,
  line: Line,
  hypotheses: readonly Truth[],
): readonly Condition[] =>
  postOrder(...hypotheses).flatMap((node) => {
    if (node.op !== 'inverse' && node.op !== 'log' && node.op !== 'root') return [];
    const relation = ({ inverse: '!=', log: '>', root: '>=' } as const)[node.op];
    const { x } = node;
    return Array.from({ length: sizeOf(ragged, node.level) }, (_, at) =>
      t.literal(relation, line.number(x, line.holder(node.level, x.level, at))),
    );
  });

/** The line on which what a claim varies is set over its own value. */
export function overVaried(scene: Scene, node: Number_, at: number, name: string): Along {
  const { objective, batch } = scene;
  const x = t.variable(name);
  const line = lineOf(batch.ragged, exactInputs(batch), { node, element: at, term: x });
  return along(scene, line, name, reachOf(scene, objective, node, at, x));
}

/**
 * The values that inputs permit of what is varied: those of its image (§3), where that is known; refuses where it is not, and no input
 * is seen to move it alone, and evenly.
 */
function reachOf(
  scene: Scene,
  objective: Objective,
  node: Number_,
  at: number,
  x: Term,
): readonly Condition[] {
  const { batch } = scene;
  if (node.op === 'input') {
    demand(
      !objective.inputs.some((one) => bounds(node.name, one)),
      'witness',
      `other domains end at ${node.name}`,
    );
    const declared = objective.inputs.find(({ name }) => name === node.name);
    return declared === undefined
      ? reject('claim', `there is no input ${node.name}`)
      : domainOf(objective, batch, declared, x);
  }
  const image = node.op === 'let' ? imageOf(objective, node.x) : undefined;
  if (image !== undefined) return image(x);
  const start = exact(evaluate([node], batch).values(node)[at]);
  const line = lineOf(batch.ragged, new Map());
  const read = new Set(postOrder(node).flatMap((one) => (one.op === 'input' ? [one.name] : [])));
  for (const input of objective.inputs) {
    if (!read.has(input.name) || input.domain.kind === 'set' || input.isInteger) continue;
    const slots = (batch.inputs.get(input.name) ?? []).flatMap((_, place) => {
      const isFiner = input.level !== node.level && line.holder(input.level, node.level, place) === at;
      const isHeld = isFiner || line.holder(node.level, input.level, at) === place;
      return isHeld ? [{ input, at: place }] : [];
    });
    const { inputs, domains } = shifted(scene, slots, t.difference(x, t.number(start)));
    const moved = lineOf(batch.ragged, inputs).number(node, at);
    if (areEqual(emptyContext([], []), moved, x)) return domains.filter((one) => one.op !== 'boolean');
  }
  return reject('witness', 'it is not seen that inputs alone move what is varied along its line');
}

/** The line from the first batch through another one: model outputs that differ, all shifted by the same. */
export function throughBatches(scene: Scene, other: Batch, start: q.Rational, name: string): Along {
  const { objective, batch } = scene;
  const slots = objective.inputs.flatMap((input) => {
    const values = other.inputs.get(input.name) ?? [];
    return (batch.inputs.get(input.name) ?? []).flatMap((one, at) =>
      q.equal(exact(one), exact(values[at])) ? [] : [{ input, at }],
    );
  });
  demand(slots.length > 0, 'witness.points', 'the batches are the same');
  for (const { input } of slots)
    demand(input.role === 'model', 'witness.points', `the batches differ in ${input.name}`);
  const { inputs, domains } = shifted(scene, slots, t.difference(t.variable(name), t.number(start)));
  return along(scene, lineOf(batch.ragged, inputs), name, domains);
}

export interface Found {
  readonly toward: Toward;
  readonly value: LimitValue;
}
/** What a `tends` obligation shows: that the term of the line, not the certificate's, tends to its value. */
export function limitAlong({ name, conditions }: Along, term: Term, { json, where }: Obligation): Found {
  const value = limitValue(json['value'], `${where}.value`);
  const { at, side } = fields(json['toward'], `${where}.toward`);
  const toward: Toward =
    at === 'inf' || at === '-inf'
      ? { at }
      : {
          at: readTerm(at, `${where}.toward.at`),
          side: oneOf(side, ['below', 'above', 'both'], `${where}.toward.side`),
        };
  // At the numbers of a batch both are numbers.
  for (const part of [value, toward.at])
    demand(typeof part === 'string' || namesIn(part).size === 0, where, 'it is no number');
  const goal = { kind: 'tends', term, variable: name, toward, value, approach: conditions } as const;
  checkDerivation(json['proof'], emptyContext([], [name]), goal, `${where}.proof`);
  return { toward, value };
}
const limitValue = (json: unknown, where: string): LimitValue =>
  json === 'inf' || json === '-inf' ? json : readTerm(json, where);
export const nameOf = ({ json, where }: Obligation): string => string(json['variable'], `${where}.variable`);

/**
 * Enclosures of values as terms, which know equal numbers when they meet them: what lies on the border of a condition is decided.
 * Nothing where something is no exact number, or no term.
 */
export function valuesAt(batch: Batch): (node: Number_, at: number) => Interval | undefined {
  const { override } = batch;
  let line: Line | undefined;
  return (node, at) => {
    let found: Interval | undefined;
    const outcome = outcomeOf(() => {
      line ??= lineOf(
        batch.ragged,
        exactInputs(batch),
        override && { ...override, term: t.number(exact(override.value)) },
      );
      const term = line.number(node, at);
      const form = emptyContext([], []).normal.of(term);
      const value = poly.constantOf(form);
      found = value === undefined ? i.meet(rangeOf(term), encloseForm(form)) : i.point(value);
    });
    return outcome.accepted ? found : undefined;
  };
}
const rangeOf = (term: Term): Interval => enclose(term, new Map());
/** Whether two limits are surely not the same: a term is a finite number. */
export function differ(a: LimitValue, b: LimitValue): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a !== b;
  return i.excludesZero(rangeOf(t.difference(a, b)));
}

/** A limit at the claim's point that is another one: from one side is enough. */
export function refutesLimit(
  line: Along,
  term: Term,
  it: Obligation,
  point: LimitValue,
  claimed: LimitValue,
): void {
  const { toward, value } = limitAlong(line, term, it);
  const isThere =
    typeof point === 'string' || typeof toward.at === 'string'
      ? toward.at === point
      : areEqual(emptyContext([], []), toward.at, point);
  demand(isThere, `${it.where}.toward`, 'the claim speaks of another point');
  demand(differ(value, claimed), `${it.where}.value`, 'it does not surely differ from what is claimed');
}

/** Two limits at a point at which the hypotheses hold. */
export function refutesContinuous(line: Along, term: Term, below: Obligation, above: Obligation): void {
  const [left, right] = [limitAlong(line, term, below), limitAlong(line, term, above)];
  const { toward: from } = left;
  const { toward: to } = right;
  if (!('side' in from) || !('side' in to)) return reject(below.where, 'nothing jumps at infinity');
  demand(from.side === 'below' && to.side === 'above', below.where, 'the two limits are not from both sides');
  demand(areEqual(emptyContext([], []), from.at, to.at), above.where, 'the limits are at two places');
  demand(!mentions(from.at, line.name), below.where, 'the point depends on the variable');
  for (const one of line.conditions)
    demand(
      holds(substitutedIn(one, line.name, from.at)),
      below.where,
      'the hypotheses do not surely hold where the jump is',
    );
  demand(differ(left.value, right.value), below.where, 'the two limits do not surely differ');
}
const holds = (one: Condition): boolean =>
  decide(one, new Map()) === true || implies(emptyContext([], []), one);

/** Values between which the hypotheses hold, and on which the value is none of those between two numbers. */
export function refutesByGap(
  line: Along,
  term: Term,
  all: readonly Obligation[],
  [a, b]: readonly Ends[],
): void {
  if (a === undefined || b === undefined) return reject('witness.points', 'a gap is between two points');
  const x = t.variable(line.name);
  const [from, to] = [t.number(finite(a.x.low)), t.number(finite(b.x.high))];
  const inside = contextOf(t.literal('>=', t.difference(x, from)), t.literal('>=', t.difference(to, x)));
  const goals = all.map((one) => proven(one, inside, new Map([[line.name, i.hull(a.x, b.x)]])));
  const context = extended(inside, ...goals);
  for (const one of line.conditions)
    demand(
      decide(one, new Map([[line.name, i.hull(a.x, b.x)]])) === true || implies(context, one),
      'obligations',
      `between the points it is not given that ${t.shown(one)}`,
    );
  const isLeftOut = numbersIn(goals).some((low) =>
    numbersIn(goals).some((high) => {
      const [least, most] = [i.point(low), i.point(high)];
      const isAcross = (p: Interval, r: Interval): boolean =>
        i.isPositive(i.subtract(least, p)) && i.isPositive(i.subtract(r, most));
      if (q.compare(low, high) >= 0 || !(isAcross(a.e, b.e) || isAcross(b.e, a.e))) return false;
      const outside = [t.difference(t.number(low), term), t.difference(term, t.number(high))];
      return implies(context, t.or(...outside.map((one) => t.literal('>=', one))));
    }),
  );
  demand(isLeftOut, 'obligations', 'no statement says which values are left out');
}
interface Ends {
  readonly x: Interval;
  readonly e: Interval;
}
const finite = (end: i.End): q.Rational =>
  typeof end === 'string' ? reject('witness.points', 'a point lies nowhere') : end;
const contextOf = (...conditions: readonly Condition[]): Context =>
  extended(emptyContext([], []), ...conditions);
function proven({ json, where }: Obligation, known: Context, ranges: Ranges): Condition {
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  demand(sequent.integers.length === 0, `${where}.sequent`, 'the variable need not be a whole number');
  for (const one of sequent.given)
    demand(
      decide(one, ranges) === true || implies(known, one),
      `${where}.sequent.given`,
      `this is not given: ${t.shown(one)}`,
    );
  proveSequent(sequent, json['proof'], `${where}.proof`);
  return sequent.goal;
}
/** The rational numbers that a statement may be about: those of its sums. */
function numbersIn(of: readonly Condition[]): readonly q.Rational[] {
  const summands = (term: Term, sign: 1 | -1): readonly q.Rational[] => {
    if (term.op === 'number') return [sign > 0 ? term.value : q.opposite(term.value)];
    if (term.op === 'sum') return term.of.flatMap((one) => summands(one, sign));
    const [first, second] = term.op === 'product' && term.of.length === 2 ? term.of : [];
    const isTurned = first?.op === 'number' && q.equal(first.value, q.whole(-1));
    return isTurned && second !== undefined ? summands(second, sign > 0 ? -1 : 1) : [];
  };
  const here = (one: Condition): readonly q.Rational[] =>
    one.op === 'or' || one.op === 'and'
      ? one.of.flatMap(here)
      : t.isLiteral(one)
        ? summands(one.x, 1).flatMap((value) => [value, q.opposite(value)])
        : [];
  return of.flatMap(here);
}

/** A bound of e on the whole line that the claimed extreme lies beyond. */
export function refutesExtreme(
  line: Along,
  e: Term,
  it: Obligation,
  isSup: boolean,
  claimed: Interval,
): void {
  const known = contextOf(...line.conditions);
  const context = extended(emptyContext([], []), proven(it, known, new Map()));
  // What is one number on the whole line is its own bound.
  const fixed = poly.constantOf(context.normal.of(e));
  const bounds = [...numbersIn(context.conditions), ...(fixed === undefined ? [] : [fixed])];
  const isShort = bounds.some((bound) => {
    const gap = i.subtract(claimed, i.point(bound));
    const below = t.difference(t.number(bound), e);
    return (
      i.isPositive(isSup ? gap : i.negate(gap)) &&
      implies(context, t.literal('>=', isSup ? below : t.negated(below)))
    );
  });
  demand(isShort, it.where, 'it gives no bound that the claimed extreme lies beyond');
}

/** That hypotheses, and the domains of what moves, hold for all values of the variable in an interval. */
export function demandThroughout({ name, conditions }: Along, range: Interval): void {
  for (const one of conditions)
    demand(
      decide(one, new Map([[name, range]])) === true,
      'batch',
      `it does not surely hold throughout that ${t.shown(one)}`,
    );
}
