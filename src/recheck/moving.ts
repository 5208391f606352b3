/** Statements about a variable that moves: continuity, convexity, extremes, limits, and that a term is nowhere 0. */
import { isFiner } from '../base/level.js';
import {
  areWhole,
  demandFixed,
  domainsOf,
  givenOf,
  mustHold,
  next,
  sameFunction,
  variableName,
  type Case,
  type Obligation,
} from './case.js';
import { extended, type Context } from './context.js';
import { derivative } from './derivative.js';
import { checkDerivation } from './derivation.js';
import { areEqual, implies } from './implies.js';
import { fields, list, oneOf } from './json.js';
import { bordersOf, jointsOf } from './paths.js';
import * as poly from './polynomial.js';
import * as q from './rational.js';
import { demand, reject } from './rejection.js';
import { CONTRADICTION, type LimitValue, type Toward } from './rules/rule.js';
import { proveSequent } from './sequent.js';
import * as t from './term.js';
import { readSequent, readTerm, type Condition, type Term } from './term.js';
import { mentions, namesIn, substituted } from './variables.js';
import { demandsOf } from './reading/definedness.js';
import { contextWith, integersOf, unorderedFacts } from './reading/facts.js';
import { imageOf } from './reading/image.js';
import { bounds, type Declared } from './reading/objective.js';
import { type Reader } from './reading/reader.js';
import { postOrder, type Node, type Number_, type Truth } from './reading/tree.js';

/**
 * Where a literal of a condition turns, both branches are equal; and each operation is continuous up to the borders of what leads to it,
 * so that a branch comes close to its value there.
 */
export function checkContinuous(it: Case, obligation: Obligation, mine: Term): Term {
  const { json, where } = obligation;
  const term = sameFunction(it, obligation, mine);
  const name = variableName(it);
  const context = contextWith(it.reader, ...givenOf(it, obligation));
  const close = (named: string, negations: readonly (readonly Condition[])[]): void => {
    const proofs = list(json[named], `${where}.${named}`);
    demand(
      proofs.length === negations.length,
      `${where}.${named}`,
      `expected ${String(negations.length)} derivations, found ${String(proofs.length)}`,
    );
    negations.forEach((negation, index) => {
      const inside = extended(context, ...negation);
      checkDerivation(proofs[index], inside, CONTRADICTION, `${where}.${named}[${String(index)}]`);
    });
  };
  const joints = jointsOf(term, name).filter(({ at }) => mentions(at, name));
  close(
    'joined',
    joints.map(({ at, difference, path }) => [...path, t.literal('==', at), t.literal('!=', difference)]),
  );
  close(
    'defined',
    bordersOf(term, name).map(({ needed, path }) => [...path, t.not(needed)]),
  );
  obligation.isUsed = true;
  return term;
}

export function checkNowhereZero(it: Case, mine: Term): void {
  const obligation = next(it, 'nowhere zero', 'claim');
  const term = sameFunction(it, obligation, mine);
  const context = contextWith(it.reader, ...givenOf(it, obligation));
  const goal = { kind: 'nowhere zero', term, variable: variableName(it) } as const;
  checkDerivation(obligation.json['proof'], context, goal, `${obligation.where}.proof`);
  obligation.isUsed = true;
}

/** Three points on a chord; or a continuous term whose derivative never falls, on an interval without gaps. */
export function checkConvex(it: Case, of: Number_, read: (node: Number_, copy?: number) => Term): void {
  const x = it.reader.variable;
  if (it.reader.copies === 3) {
    const [left, right] = [t.difference(x(2), x(1)), t.difference(x(3), x(2))];
    const chord = t.sum(t.product(right, read(of, 1)), t.product(left, read(of, 3)));
    const middle = t.product(t.sum(left, right), read(of, 2));
    return mustHold(it, 'claim', t.literal('>=', t.difference(chord, middle)));
  }
  const [first, second] = [variableName(it), variableName(it, 2)];
  demandNoGaps(it, [first, second]);
  const term = checkContinuous(apart(it), next(it, 'continuous', 'continuous'), read(of, 1));
  const slope = derivative(term, first);
  const later = substituted(slope, first, x(2));
  mustHold(it, 'derivative', t.literal('>=', t.difference(later, slope)));
}
/** What is known of one value by itself: the last one of all comes before no other, and is one of which the claim speaks. */
function apart(it: Case): Case {
  const names = [1, 2].map((copy) => variableName(it, copy));
  const isFixed = (one: Condition): boolean =>
    ![...namesIn(one)].some((name) => names.includes(name) || it.moving.has(name));
  const known = it.context.conditions.filter(isFixed);
  return { ...it, context: contextWith(it.reader, ...known, ...unorderedFacts(it.reader)) };
}
function demandNoGaps({ reader, hypotheses, said }: Case, names: readonly string[]): void {
  const gap = hypotheses.find((one) => names.some((name) => mentions(one, name)));
  demand(gap === undefined, 'claim', 'a hypothesis may leave gaps between values of the variable');
  const declared = reader.objective.inputs.find(({ name }) => name === said.varied?.name);
  const isWhole = declared === undefined || (declared.domain.kind === 'interval' && !declared.isInteger);
  demand(isWhole, 'claim', 'the domain leaves gaps between values of the variable');
}

export function checkExtreme(it: Case, e: Term, f: Term, isSup: boolean): void {
  const name = variableName(it);
  demand(!mentions(f, name), 'claim', 'the extreme depends on what is varied');
  demandFixed(it, 'claim', e, f, ...it.hypotheses);
  demandOneNumber(it, 'claim', f);
  mustHold(it, 'bound', t.literal('>=', isSup ? t.difference(f, e) : t.difference(e, f)));
  const approached = it.obligations.find((one) => one.kind === 'tends' && one.what === 'approached');
  if (approached !== undefined) checkTends(it, approached, { term: e, value: f });
  else checkAttained(it, next(it, 'holds', 'attained'), e, f);
}

/**
 * An extreme over others is one number, and of no others any that is far enough inside: that is none on the whole line, nor
 * where what is claimed depends on which one it is.
 */
export function demandOneNumber(
  { reader }: Case,
  where: string,
  ...parts: readonly (Term | Condition)[]
): void {
  const extremes = reader.extremes();
  for (const name of parts.flatMap((one) => [...namesIn(one)]))
    demand(!extremes.has(name), where, `${name} is no one number where there are no others`);
}

/** At x = t, t free of x, every hypothesis that speaks of x holds, and e is f. */
function checkAttained(it: Case, obligation: Obligation, e: Term, f: Term): void {
  const { json, where } = obligation;
  const name = variableName(it);
  const sequent = readSequent(json['sequent'], `${where}.sequent`);
  const isFixed = (one: Condition): boolean =>
    ![...namesIn(one)].some((each_) => each_ === name || it.moving.has(each_));
  const fixed = contextWith(it.reader, ...it.context.conditions.filter(isFixed));
  const sums = it.reader.sums().map(({ condition }) => condition);
  const points = sequent.given.filter((one) => !implies(fixed, one));
  const [point, second] = points;
  const at = point === undefined || second !== undefined ? undefined : pointIn(point, name);
  if (point === undefined || at === undefined)
    return reject(`${where}.sequent.given`, 'expected what is free of the variable, and one value for it');
  demandFixed(it, `${where}.sequent.given`, at);
  demandOneNumber(it, `${where}.sequent.given`, at);
  demand(!isWholeNumber(it) || isWhole(at, it), `${where}.sequent.given`, 'inputs give whole numbers alone');
  demand(
    areWhole(sequent, it.reader),
    `${where}.sequent.variables`,
    'a variable is declared a whole number that need not be one',
  );
  const there = extended(fixed, point, ...sums, sequent.goal);
  const asked = [
    ...domainsOf(it, name),
    ...reachable(it),
    ...it.hypotheses.filter((one) => mentions(one, name)),
    t.literal('==', t.difference(e, f)),
  ];
  for (const one of asked)
    demand(implies(there, one), `${where}.sequent.goal`, `the goal does not say that ${t.shown(one)}`);
  proveSequent(sequent, json['proof'], `${where}.proof`);
  obligation.isUsed = true;
}
/** What a value of a varied let satisfies only if inputs can give it: nothing is said to exist that may not. */
function reachable({ reader, said: { varied }, assuming }: Case): readonly Condition[] {
  for (const one of assuming.filter(reader.moves)) demandValue(reader, one);
  const isHeldBack = (one: Declared): boolean => one.role !== 'param' && bounds(varied?.name ?? '', one);
  demand(!reader.objective.inputs.some(isHeldBack), 'claim', 'elements of an input leave it fewer values');
  const isFree = reader.objective.assumptions.every((one) => isOwnAlone(reader, one));
  demand(isFree, 'claim', 'what is assumed of other elements leaves it fewer values');
  if (varied?.node.op !== 'let') return [];
  const image = imageOf(reader.objective, varied.node.x);
  if (image === undefined)
    return reject('claim', `it is not known which values inputs can give to ${varied.name}`);
  return image(reader.variable(1));
}

/** A hypothesis without a value does not hold: whatever what is varied is in its domain, it has one. */
function demandValue(reader: Reader, hypothesis: Truth): void {
  for (const { set, path, condition } of demandsOf(reader, [hypothesis])) {
    const there = extended(reader.domainsAt(set), ...path);
    demand(implies(there, condition), 'claim', `a hypothesis may have no value: ${t.shown(condition)}`);
  }
}
/** Whether what is varied enters an assumption at one element at most, which is one of the claim's own. */
function isOwnAlone({ own, moves }: Reader, assumption: Truth): boolean {
  if (!moves(assumption)) return true;
  const { level } = assumption;
  const leavesIt = (node: Node): boolean => ELSEWHERE.includes(node.op) || isFiner(level, node.level);
  const isHere = level !== 'peer' && own.elements.has(level);
  return isHere && !postOrder(assumption).some((node) => moves(node) && leavesIt(node));
}
/** What reads other elements than the one at which it stands. */
const ELSEWHERE: readonly Node['op'][] = ['swap', 'swapped', 'scan', 'shift', 'shifted'];

const isWholeNumber = ({ reader, said }: Case): boolean =>
  reader.objective.inputs.some(({ name, isInteger }) => isInteger && name === said.varied?.name);
/** Whether a term is a whole number, as far as its normal form tells. */
function isWhole(term: Term, { context, reader }: Case): boolean {
  const whole = new Set(integersOf(reader));
  return poly
    .summands(context.normal.of(term))
    .every(
      ({ monomial, coefficient }) =>
        q.isWhole(coefficient) &&
        monomial.factors.every(
          ({ generator, exponent }) =>
            generator.kind === 'variable' &&
            whole.has(generator.name) &&
            q.isWhole(exponent) &&
            q.sign(exponent) > 0,
        ),
    );
}

/** The t of x − t = 0, as the certificate writes it: x on its own in a sum. */
function pointIn(condition: Condition, name: string): Term | undefined {
  if (condition.op !== '==') return undefined;
  const parts = condition.x.op === 'sum' ? condition.x.of : [condition.x];
  const own = parts.find((one) => one.op === 'variable' && one.name === name);
  const rest = t.sum(...parts.filter((one) => one !== own));
  return own === undefined || mentions(rest, name) ? undefined : t.negated(rest);
}
interface Tending {
  readonly term: Term;
  readonly value: LimitValue;
  /** Where the claim says so; a supremum may be approached anywhere. */
  readonly point?: LimitValue;
}
export function checkTends(it: Case, obligation: Obligation, { term: mine, value, point }: Tending): void {
  const { json, where } = obligation;
  const name = variableName(it);
  const term = readTerm(json['term'], `${where}.term`);
  const stated: LimitValue =
    json['value'] === 'inf' || json['value'] === '-inf'
      ? json['value']
      : readTerm(json['value'], `${where}.value`);
  demand(json['variable'] === name, `${where}.variable`, 'the statement is about another variable');
  demandFixed(it, where, term, ...(typeof stated === 'string' ? [] : [stated]), ...it.hypotheses);
  demand(areEqual(it.context, term, mine), `${where}.term`, 'the claim speaks of another term');
  demand(sameLimit(it.context, stated, value), `${where}.value`, 'the claim speaks of another limit');
  const toward = readToward(json['toward'], `${where}.toward`);
  if ('side' in toward) {
    demandFixed(it, `${where}.toward`, toward.at);
    demandOneNumber(it, `${where}.toward`, toward.at);
  }
  const isNear = !('side' in toward) || !isWholeNumber(it);
  demand(isNear, `${where}.toward`, 'a whole number comes close to no other');
  demandToward(it, toward, point, `${where}.toward`);
  const given = givenOf(it, obligation);
  if (!('side' in toward)) {
    const parts = typeof stated === 'string' ? [term] : [term, stated];
    demandOneNumber(it, where, ...parts, ...it.hypotheses, ...given);
  }
  const context = contextWith(it.reader, ...given);
  const approach = [...domainsOf(it, name), ...reachable(it), ...it.hypotheses].filter((one) =>
    mentions(one, name),
  );
  const goal = { kind: 'tends', term, variable: name, toward, value: stated, approach } as const;
  checkDerivation(json['proof'], context, goal, `${where}.proof`);
  obligation.isUsed = true;
}
const sameLimit = (context: Context, a: LimitValue, b: LimitValue): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : areEqual(context, a, b);

function readToward(json: unknown, where: string): Toward {
  const { at, side } = fields(json, where);
  if (at === 'inf' || at === '-inf') return { at };
  return { at: readTerm(at, `${where}.at`), side: oneOf(side, ['below', 'above', 'both'], `${where}.side`) };
}

/** From one side alone only where the hypotheses leave no other. */
function demandToward(it: Case, toward: Toward, point: LimitValue | undefined, where: string): void {
  if (point === undefined) return;
  if (!('side' in toward) || typeof point === 'string') {
    demand(!('side' in toward) && toward.at === point, where, 'the claim speaks of another point');
    return;
  }
  demand(areEqual(it.context, toward.at, point), where, 'the claim speaks of another point');
  const x = it.reader.variable(1);
  const above = t.difference(x, toward.at);
  if (toward.side === 'below')
    demand(
      implies(it.context, t.literal('>=', t.negated(above))),
      where,
      'the point can be reached from above, too',
    );
  if (toward.side === 'above')
    demand(implies(it.context, t.literal('>=', above)), where, 'the point can be reached from below, too');
}
