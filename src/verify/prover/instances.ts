/** Which instances of lemmas may bear on a goal: orders of what is exponentiated, tangents, gaps between whole numbers. */
import * as build from '../../proof/build.js';
import type { Literal, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { decide } from './context.js';
import { having, near, order } from './facts.js';
import { boundOf } from './linear.js';
import { instance, type Instance } from './lemmas.js';
import { keyOf } from '../../proof/key.js';
import { distinct } from './keys.js';
import { aimLiterals, type Task } from './task.js';
import { hasSelect, sizeOf, subparts, variablesOf } from './walk.js';

/** Arguments of an operation, in the goal first. */
interface Arguments {
  readonly aimed: readonly Term[];
  readonly all: readonly Term[];
}
const MOST = 7;

function argumentsOf(op: 'exp' | 'log', task: Task): Arguments {
  const inside = (literals: readonly Literal[]): readonly Term[] =>
    distinct(subparts(...literals).flatMap((part) => (part.op === op && !hasSelect(part) ? [part.x] : [])));
  const aims = aimLiterals(task);
  const aimed = inside(aims).slice(0, MOST);
  return { aimed, all: distinct([...aimed, ...inside(near(task.context, aims, 12))]).slice(0, 2 * MOST) };
}

/** Orders between exponentials whose arguments are compared already: worth knowing before anything is split. */
export function plainOrders(task: Task, budget: Budget): readonly Instance[] {
  const inside = subparts(...task.aims).flatMap((part) =>
    part.op === 'exp' && !hasSelect(part) ? [part.x] : [],
  );
  const args = distinct(inside).slice(0, MOST);
  return pairs(args, args).flatMap(([a, b]) => compared('exp-increasing', task, a, b, budget));
}

/** Orders between exponentials and between logarithms, and what whole variables gain by being whole. */
export function orderInstances(task: Task, budget: Budget): readonly Instance[] {
  return [...gaps(task), ...exponentials(task, budget), ...logarithms(task, budget)];
}

function exponentials(task: Task, budget: Budget): readonly Instance[] {
  const exps = argumentsOf('exp', task);
  const logs = argumentsOf('log', task);
  const others = [build.zero, ...exps.all, ...logs.all.map(build.log)];
  const joint = jointArguments(task);
  const plain = pairs(exps.aimed, others).flatMap(([a, b]) => compared('exp-increasing', task, a, b, budget));
  const composed = pairs(joint, [...exps.aimed, ...joint]).flatMap(([a, b]) =>
    compared('exp-increasing', task, a, b, budget, JOINT_STEPS),
  );
  return [...plain, ...composed];
}

/** Of the budget, for one comparison. */
const ORDER_STEPS = 400;
const JOINT_STEPS = 4000;

/** Products of exponentials in the goal are exponentials of sums. */
function jointArguments(task: Task): readonly Term[] {
  const sums = subparts(...aimLiterals(task)).flatMap((part): Term[] => {
    if (part.op !== 'product' || hasSelect(part)) return [];
    const inside = part.factors.flatMap((one) => (one.op === 'exp' ? [one.x] : []));
    return inside.length > 1 ? [build.sum(...inside)] : [];
  });
  return distinct(sums).slice(0, 2);
}

function compared(
  lemma: 'exp-increasing' | 'log-increasing',
  task: Task,
  a: Term,
  b: Term,
  budget: Budget,
  steps = ORDER_STEPS,
): readonly Instance[] {
  if (!areRelated(task, a, b)) return [];
  const found = order(task, build.difference(b, a), budget.share(steps));
  if (found === undefined) return [];
  const [low, high] = found.isUp ? [a, b] : [b, a];
  return [instance(lemma, [low, high], found.had.fact.op === '>', found.had.steps)];
}
/** By a variable that is in both, or a literal that mentions both. */
function areRelated(task: Task, a: Term, b: Term): boolean {
  const [inA, inB] = [variablesOf(a), variablesOf(b)];
  if (inA.size === 0 || inB.size === 0 || [...inA].some((name) => inB.has(name))) return true;
  return task.context.literals.some((one) => {
    const names = variablesOf(one);
    return [...inA].some((name) => names.has(name)) && [...inB].some((name) => names.has(name));
  });
}

/** Each of the first with each of the others, once. */
function pairs(first: readonly Term[], others: readonly Term[]): readonly (readonly [Term, Term])[] {
  const seen = new Set<string>();
  return first.flatMap((a) =>
    others.flatMap((b): (readonly [Term, Term])[] => {
      const [x, y] = [keyOf(a), keyOf(b)];
      const key = x < y ? `${x} ${y}` : `${y} ${x}`;
      if (x === y || seen.has(key)) return [];
      seen.add(key);
      return [[a, b]];
    }),
  );
}

function logarithms(task: Task, budget: Budget): readonly Instance[] {
  const logs = argumentsOf('log', task);
  const exps = argumentsOf('exp', task);
  const others = [build.one, ...logs.all, ...logs.aimed.flatMap(summandsOf), ...exps.all.map(build.exp)];
  return pairs(logs.aimed, others).flatMap(([a, b]) => {
    if (!areRelated(task, a, b)) return [];
    const found = order(task, build.difference(b, a), budget.share(ORDER_STEPS));
    if (found === undefined) return [];
    const [low, high] = found.isUp ? [a, b] : [b, a];
    const positive = having(task, build.literal('>', low), budget.share(300));
    if (positive === undefined) return [];
    const steps = [...found.had.steps, ...positive.steps];
    return [instance('log-increasing', [low, high], found.had.fact.op === '>', steps)];
  });
}
const summandsOf = (term: Term): readonly Term[] => (term.op === 'sum' ? term.terms : []);

function gaps(task: Task): readonly Instance[] {
  return task.context.literals.flatMap((literal) => {
    const bound = literal.op === '>' ? boundOf(literal) : undefined;
    if (bound === undefined || bound.at.d !== 1n || !task.search.integers.has(bound.name)) return [];
    const from = build.difference(build.variable(bound.name), build.number(bound.at));
    return [instance('integer-gap', [bound.above ? from : build.negated(from)])];
  });
}

/** Tangents of exponentials where what is exponentiated, or a logarithm, stands beside them. */
export function tangentInstances(task: Task, budget: Budget): readonly Instance[] {
  const exps = argumentsOf('exp', task).aimed;
  const logs = argumentsOf('log', task).aimed.map(build.log);
  const plain = [...exps, ...logs];
  const shifts = [...logs, ...pairs(logs, logs).map(([a, b]) => build.difference(a, b))].slice(0, 4);
  const shifted = exps.flatMap((m) => shifts.flatMap((log) => [build.sum(m, log), build.difference(m, log)]));
  const candidates = distinct([
    ...plain,
    ...plain.map(build.negated),
    ...shifts,
    ...shifts.map(build.negated),
    ...shifted,
  ]);
  const chosen = [...candidates].sort((a, b) => sizeOf(a) - sizeOf(b)).slice(0, 14);
  return distinct([...chosen, ...sumsOfLogs(task)]).flatMap((t) => {
    if (!budget.spend(5)) return [];
    const isApart = decide(task.context, build.literal('!=', t)) === true;
    return [isApart ? instance('exp-tangent-strict', [t]) : instance('exp-taylor', [t, build.one])];
  });
}

/** Sums of several logarithms, as they stand in the goal, and their negatives: of a product of what is in them. */
function sumsOfLogs(task: Task): readonly Term[] {
  const isLog = (one: Term): boolean =>
    one.op === 'log' ||
    (one.op === 'product' && one.factors.every(({ op }) => op === 'log' || op === 'number'));
  const sums = subparts(...aimLiterals(task)).flatMap((part) =>
    part.op === 'sum' && part.terms.length < 4 && part.terms.every(isLog) && !hasSelect(part) ? [part] : [],
  );
  return distinct(sums)
    .slice(0, 3)
    .flatMap((one) => [one, build.negated(one)]);
}

/** What a comparison with an exponential says of what is exponentiated: m > log c where e^m > c. */
export function inverseInstances(task: Task, budget: Budget): readonly Instance[] {
  return near(task.context, aimLiterals(task), 12).flatMap((literal) => {
    const sides = literal.op === '>' || literal.op === '>=' ? sidesOf(literal.x) : undefined;
    if (sides === undefined) return [];
    const positive = [sides.low, sides.high].map((one) =>
      having(task, build.literal('>', one), budget.share(300)),
    );
    const steps = positive.flatMap((had) => had?.steps ?? []);
    if (positive.includes(undefined)) return [];
    return [instance('log-increasing', [sides.low, sides.high], literal.op === '>', steps)];
  });
}

/** A difference of two products of which one is an exponential's. */
function sidesOf(term: Term): { readonly low: Term; readonly high: Term } | undefined {
  if (term.op !== 'sum') return undefined;
  const down = term.terms.filter(isNegative);
  const up = term.terms.filter((one) => !isNegative(one));
  const hasExp = subparts(term).some(({ op }) => op === 'exp');
  if (!hasExp || up.length === 0 || down.length === 0) return undefined;
  if (up.length > 1 && down.length > 1) return undefined;
  return { low: build.sum(...down.map(build.negated)), high: build.sum(...up) };
}
function isNegative(term: Term): boolean {
  const factors = term.op === 'product' ? term.factors : [term];
  return factors.some((one) => one.op === 'number' && one.value.n < 0n);
}
