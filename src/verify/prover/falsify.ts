/** Looks for a point at which a sequent clearly fails, by a seeded walk that redraws what a broken condition speaks of. */
import * as build from '../../proof/build.js';
import { compare, opposite, over, toNumber, type Rational } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import { evaluatorOf } from './evaluate.js';
import { substituteIn } from './substitute.js';
import { mentions, partsOf, subparts, variablesOf, type Part } from './walk.js';

export type Point = ReadonlyMap<string, number>;
type Equation = readonly [name: string, value: Term];

/** Points at which all conditions clearly hold, up to so many; `tries` is how many points are looked at. */
export function pointsOf(
  all: readonly Condition[],
  integers: ReadonlySet<string>,
  tries: number,
  most = 1,
): readonly Point[] {
  const { conditions, solved } = withoutEquations(all.flatMap(parted));
  if (conditions.some((one) => one.op === 'boolean' && !one.value)) return [];
  const found = walk(conditions, namesIn(conditions), integers, tries, most);
  return found.map((point) => completed(point, solved, namesIn(all)));
}
const parted = (one: Condition): readonly Condition[] => (one.op === 'and' ? one.all : [one]);
const namesIn = (conditions: readonly Condition[]): readonly string[] => [
  ...new Set(
    subparts(...conditions).flatMap((part) =>
      part.op === 'variable' || part.op === 'flag' ? [part.name] : [],
    ),
  ),
];

function withoutEquations(all: readonly Condition[]): {
  readonly conditions: readonly Condition[];
  readonly solved: readonly Equation[];
} {
  let conditions = all;
  const solved: Equation[] = [];
  for (;;) {
    const found = first(conditions, (one) => (one.op === '==' ? solution(one.x) : undefined));
    if (found === undefined) return { conditions, solved };
    const [name, value] = found;
    solved.push(found);
    conditions = conditions.map((one) => substituteIn(one, new Map([[name, value]]))).flatMap(parted);
    conditions = conditions.filter((one) => one.op !== 'boolean' || !one.value);
  }
}
function first<T, U>(all: readonly T[], of: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A variable that a sum's being 0 determines: a summand of its own that no other mentions. */
export function solution(term: Term, except: ReadonlySet<string> = new Set()): Equation | undefined {
  const summands = term.op === 'sum' ? term.terms : [term];
  return first(summands, (one) => {
    const factors = one.op === 'product' ? one.factors : [one];
    const numbers = factors.filter(({ op }) => op === 'number');
    const [alone, more] = factors.filter(({ op }) => op !== 'number');
    if (alone?.op !== 'variable' || more !== undefined || except.has(alone.name)) return undefined;
    const rest = summands.filter((other) => other !== one);
    if (rest.some((other) => mentions(other, alone.name))) return undefined;
    const scale = build.power(build.product(...numbers), -1);
    return [alone.name, build.product(build.number(-1), scale, build.sum(...rest))];
  });
}

function completed(point: Point, solved: readonly Equation[], names: readonly string[]): Point {
  const values = new Map(point);
  for (const [name, value] of [...solved].reverse()) {
    const inside = [...variablesOf(value)];
    const evaluator = evaluatorOf([value], inside);
    evaluator.at(inside.map((one) => values.get(one) ?? 1));
    values.set(name, evaluator.value(value));
  }
  for (const name of names) if (!values.has(name)) values.set(name, 1);
  return values;
}

interface Range {
  readonly low: number;
  readonly high: number;
}
const ALL: Range = { low: -Infinity, high: Infinity };

/** What literals of one variable and rationals say of it. */
function rangeOf(name: string, conditions: readonly Condition[]): Range {
  return conditions.reduce<Range>(({ low, high }, one) => {
    const end = one.op === '>=' || one.op === '>' ? endOf(one, name) : undefined;
    if (end === undefined) return { low, high };
    return end.above ? { low: Math.max(low, end.at), high } : { low, high: Math.min(high, end.at) };
  }, ALL);
}
/** `at ≤ name` or `name ≤ at`, where a literal says so and no more. */
export function endOf(
  literal: Literal,
  name: string,
): { readonly at: number; readonly above: boolean } | undefined {
  const found = boundOf(literal);
  return found?.name === name ? { at: toNumber(found.at), above: found.above } : undefined;
}
export function boundOf(
  literal: Literal,
): { readonly name: string; readonly at: Rational; readonly above: boolean } | undefined {
  const { x } = literal;
  const summands = x.op === 'sum' ? x.terms : [x];
  const [moved, more] = summands.filter(({ op }) => op !== 'number');
  if (moved === undefined || more !== undefined) return undefined;
  const [constant] = summands.filter(({ op }) => op === 'number');
  const factors = moved.op === 'product' ? moved.factors : [moved];
  const variable = factors.find(({ op }) => op === 'variable');
  const scale = factors.find(({ op }) => op === 'number');
  if (variable?.op !== 'variable' || factors.length > (scale === undefined ? 1 : 2)) return undefined;
  const factor = scale?.op === 'number' ? scale.value : { n: 1n, d: 1n };
  const shift = constant?.op === 'number' ? constant.value : { n: 0n, d: 1n };
  const at = over(opposite(shift), factor);
  return { name: variable.name, at, above: compare(factor, { n: 0n, d: 1n }) > 0 };
}

const NICE = [0, 1, -1, 0.5, 2, -0.5, 0.1, -2, 3, 0.01, 10, -5, 0.9, 1.1, -0.1, 5, 0.25, 1e-3, 30, -20];

/** A small generator of its own: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function walk(
  conditions: readonly Condition[],
  names: readonly string[],
  integers: ReadonlySet<string>,
  tries: number,
  most: number,
): readonly Point[] {
  const found: Point[] = [];
  const random = generator(0x5eed + names.length);
  const ranges = names.map((name) => rangeOf(name, conditions));
  const evaluator = evaluatorOf(conditions, names);
  const involved = conditions.map((one) => namesIn([one]).map((name) => names.indexOf(name)));
  const constants = constantsIn(conditions);
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)] ?? 0;
  const draw = (at: number): number => {
    const { low, high } = ranges[at] ?? ALL;
    const value = drawn(low, high, random, constants, pick);
    return integers.has(names[at] ?? '') ? Math.round(value) : value;
  };
  let point = names.map((_, at) => draw(at));
  for (let step = 0; step < tries; step++) {
    evaluator.at(point);
    const broken = conditions.flatMap((one, at) => (evaluator.decided(one) === true ? [] : [at]));
    if (broken.length === 0) found.push(new Map(names.map((name, at) => [name, point[at] ?? 0])));
    if (found.length >= most) break;
    if (broken.length === 0 || step % 25 === 24) {
      point = names.map((_, at) => draw(at));
      continue;
    }
    const moved = pick(involved[pick(broken)] ?? []);
    point = point.map((value, at) => (at === moved ? nudged(value, at) : value));
  }
  return found;

  function nudged(value: number, at: number): number {
    if (random() < 0.6) return draw(at);
    const { low, high } = ranges[at] ?? ALL;
    const step = (random() - 0.5) * (random() < 0.5 ? 0.2 : 2) * (Math.abs(value) + 0.1);
    const moved = Math.min(high, Math.max(low, value + step));
    return integers.has(names[at] ?? '') ? Math.round(moved) : moved;
  }
}

function drawn(
  low: number,
  high: number,
  random: () => number,
  constants: readonly number[],
  pick: (from: readonly number[]) => number,
): number {
  const kind = random();
  if (kind < 0.2 && constants.length > 0) {
    const near = pick(constants) + (random() < 0.5 ? 0 : (random() - 0.5) * 0.1);
    if (near > low && near < high) return near;
  }
  if (low > -Infinity && high < Infinity) return low + (high - low) * (kind < 0.5 ? random() : random() ** 4);
  const size = kind < 0.6 ? Math.abs(pick(NICE)) : Math.exp((random() - 0.5) * (kind < 0.9 ? 6 : 14));
  if (low > -Infinity) return low + size;
  if (high < Infinity) return high - size;
  return random() < 0.5 ? size : -size;
}

function constantsIn(conditions: readonly Condition[]): readonly number[] {
  const found = new Set<number>();
  const visit = (part: Part): void => {
    if (part.op === 'number') found.add(Math.abs(toNumber(part.value)));
    partsOf(part).forEach(visit);
  };
  conditions.forEach(visit);
  return [...found].slice(0, 12);
}
