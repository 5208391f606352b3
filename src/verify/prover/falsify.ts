/** Looks for a point at which a sequent clearly fails, by a seeded walk that redraws what a broken condition speaks of. */
import { toNumber } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { boundOf, solution } from './linear.js';
import { evaluatorOf } from './evaluate.js';
import { substituteIn } from './substitute.js';
import { partsOf, sizeOf, subparts, variablesOf, type Part } from './walk.js';

export type Point = ReadonlyMap<string, number>;
type Equation = readonly [name: string, value: Term];

/** Points at which all conditions clearly hold, up to so many; `tries` is how many points are looked at. */
export function pointsOf(
  all: readonly Condition[],
  integers: ReadonlySet<string>,
  tries: number,
  spend: (steps: number) => boolean,
  most = 1,
): readonly Point[] {
  const size = all.reduce((total, one) => total + sizeOf(one), 0);
  if (!spend(Math.ceil((size * (10 + tries)) / 25))) return [];
  const { conditions, solved } = withoutEquations(all.flatMap(parted));
  if (conditions.some((one) => one.op === 'boolean' && !one.value)) return [];
  const found = walked(conditions, namesIn(conditions), integers, tries, most);
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

/** What literals of one variable and rationals say of each. */
function rangesIn(conditions: readonly Condition[]): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  for (const one of conditions) {
    const bound = one.op === '>=' || one.op === '>' ? boundOf(one) : undefined;
    if (bound === undefined) continue;
    const { low, high } = ranges.get(bound.name) ?? ALL;
    const at = toNumber(bound.at);
    ranges.set(
      bound.name,
      bound.above ? { low: Math.max(low, at), high } : { low, high: Math.min(high, at) },
    );
  }
  return ranges;
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

function walked(
  conditions: readonly Condition[],
  names: readonly string[],
  integers: ReadonlySet<string>,
  tries: number,
  most: number,
): readonly Point[] {
  const found: Point[] = [];
  const random = generator(0x5eed + names.length);
  const known = rangesIn(conditions);
  const ranges = names.map((name) => known.get(name) ?? ALL);
  const evaluator = evaluatorOf(conditions, names);
  const places = new Map(names.map((name, at) => [name, at]));
  const involved = conditions.map((one) => namesIn([one]).map((name) => places.get(name) ?? 0));
  const constants = constantsIn(conditions);
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)] ?? 0;
  const draw = (at: number): number => {
    const { low, high } = ranges[at] ?? ALL;
    const value = drawn(low, high, random, constants, pick);
    return integers.has(names[at] ?? '') ? Math.round(value) : value;
  };
  let point = names.map((_, at) => draw(at));
  evaluator.at(point);
  for (let step = 0; step < tries; step++) {
    const broken = evaluator.open();
    if (broken.length === 0) found.push(new Map(names.map((name, at) => [name, point[at] ?? 0])));
    if (found.length >= most) break;
    if (broken.length === 0 || step % 25 === 24) {
      point = names.map((_, at) => draw(at));
      evaluator.at(point);
      continue;
    }
    const moved = pick(involved[pick(broken)] ?? []);
    const before = point[moved];
    if (before === undefined) continue;
    point[moved] = nudged(before, moved);
    evaluator.move(moved, point[moved] ?? NaN);
  }
  return found;

  function nudged(value: number, at: number): number {
    const kind = random();
    if (kind < 0.5) return draw(at);
    const { low, high } = ranges[at] ?? ALL;
    if (kind < 0.65) return pick([...point, ...[low, high].filter(Number.isFinite)]);
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
