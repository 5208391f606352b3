/**
 * Values over one batch in interval arithmetic: for witnesses and examples. `nothing` is what has no value (1/0, the logarithm
 * of what is not positive); a condition that the enclosures leave open is `undefined`.
 */
import type { IndexLevel } from '../../base/level.js';
import { ancestors, peersOf, sizeOf, type Ragged } from '../../base/ragged.js';
import * as elementary from '../elementary.js';
import * as i from '../interval.js';
import type { Interval } from '../interval.js';
import * as q from '../rational.js';
import { reject } from '../rejection.js';
import { standsSo, type Relation } from '../term.js';
import { isTruth, postOrder, type IndexSet, type Node, type Number_, type Truth } from './tree.js';

export type Value = Interval | 'nothing';
export interface Batch {
  readonly ragged: Ragged;
  /** One list per input and parameter, an entry per element of its level. */
  readonly inputs: ReadonlyMap<string, readonly Value[]>;
  /** What stands for a value at one element: of a let or an input that a claim varies. */
  readonly override?: { readonly node: Node; readonly element: number; readonly value: Value };
}
export interface Evaluation {
  readonly values: (node: Number_) => readonly Value[];
  readonly truths: (node: Truth) => readonly (boolean | undefined)[];
}

const HALF = q.fraction(1n, 2n);

export function evaluate(roots: readonly Node[], batch: Batch): Evaluation {
  const { ragged, inputs, override } = batch;
  const known = new Map<Number_, readonly Value[]>();
  const decided = new Map<Truth, readonly (boolean | undefined)[]>();

  /** At an element of a level, the position of what holds it at a coarser one. */
  const holders = new Map<string, Int32Array>();
  function holder(from: IndexLevel, to: IndexLevel, at: number): number {
    const key = `${from} ${to}`;
    const found = holders.get(key) ?? ancestors(ragged, from, to);
    holders.set(key, found);
    return found[at] ?? 0;
  }
  const lost = (): never => reject('', 'an operand was evaluated after its use');
  const value = (node: Number_, level: IndexLevel, at: number): Value =>
    (known.get(node) ?? lost())[holder(level, node.level, at)] ?? 'nothing';
  const isTrue = (node: Truth, level: IndexLevel, at: number): boolean | undefined =>
    (decided.get(node) ?? lost())[holder(level, node.level, at)];

  const sizes = new Map<IndexLevel, number>();
  const size = (level: IndexLevel): number => {
    const found = sizes.get(level) ?? sizeOf(ragged, level);
    sizes.set(level, found);
    return found;
  };
  const each = <Result>(level: IndexLevel, of: (at: number) => Result): readonly Result[] =>
    Array.from({ length: size(level) }, (_, at) => of(at));

  /** For each element of `to`, the elements of the set, and whether they surely belong to it. */
  function members({ from, to, where }: IndexSet): readonly (readonly { at: number; isSure: boolean }[])[] {
    const found = each(to, (): { at: number; isSure: boolean }[] => []);
    for (let at = 0; at < size(from); at += 1) {
      const belongs = isTrue(where, from, at);
      if (belongs !== false) found[holder(from, to, at)]?.push({ at, isSure: belongs === true });
    }
    return found;
  }

  function numbers(node: Number_): readonly Value[] {
    switch (node.op) {
      case 'number':
        return [i.point(node.value)];
      case 'pi':
        return [elementary.PI];
      case 'infinity':
        return ['nothing'];
      case 'input':
        return inputs.get(node.name) ?? reject('batch', `the batch has no ${node.name}`);
      case 'total':
        return members(node).map((all) =>
          all
            .map(({ at, isSure }) => optional(value(node.x, node.from, at), isSure))
            .reduce(lifted(i.add), i.ORIGIN),
        );
      case 'extreme':
        return members(node).map((all) =>
          extreme(
            node.which,
            all.map(({ at, isSure }) => ({ x: value(node.x, node.from, at), isSure })),
          ),
        );
      case 'quantile':
        return members(node).map((all, outer) =>
          quantile(
            all.map(({ at, isSure }) => (isSure ? value(node.x, node.from, at) : i.REALS)),
            value(node.q, node.to, outer),
          ),
        );
      case 'swap': {
        const { opposite } = peersOf(ragged);
        return each('peer', (at) => value(node.x, 'peer', opposite[at] ?? 0));
      }
      case 'scan':
        return scanned(node);
      case 'shift':
        return each('token', (at) => {
          const other = at - node.by;
          const isInside = ragged.rolloutOfToken[other] === ragged.rolloutOfToken[at];
          return value(isInside ? node.x : node.fill, 'token', isInside ? other : at);
        });
      default:
        return each(node.level, (at) => elementwise(node, at));
    }
  }

  function elementwise(node: Number_, at: number): Value {
    const of = (x: Number_): Value => value(x, node.level, at);
    switch (node.op) {
      case 'let':
      case 'stop':
        return of(node.x);
      case 'sum':
        return node.of.map(of).reduce(lifted(i.add), i.ORIGIN);
      case 'product':
        return node.of.map(of).reduce(lifted(i.multiply), i.UNIT);
      case 'inverse':
        return operation(of(node.x), (x) => (isZero(x) ? 'nothing' : i.reciprocal(x)));
      case 'exp':
        return operation(of(node.x), elementary.exp);
      case 'log':
        return operation(of(node.x), (x) => {
          if (i.isNonpositive(x)) return 'nothing';
          const parts = exponentials(node.x, node.level, at);
          const ofParts = parts && logOfSum(parts);
          return ofParts === undefined ? elementary.log(x) : (i.meet(elementary.log(x), ofParts) ?? i.REALS);
        });
      case 'root':
        return operation(of(node.x), (x) => (i.isNegative(x) ? 'nothing' : elementary.power(x, HALF)));
      case 'select': {
        const truth = isTrue(node.if, node.level, at);
        if (truth !== undefined) return of(truth ? node.then : node.else);
        return lifted(i.hull)(of(node.then), of(node.else));
      }
      default:
        return 'nothing';
    }
  }

  /** Logarithms of the summands, of which there is one at least; nothing where one is not surely positive, or not surely there. */
  function exponentials(node: Number_, level: IndexLevel, at: number): readonly Interval[] | undefined {
    const own = value(node, level, at);
    switch (node.op) {
      case 'let':
      case 'stop':
        return override?.node === node
          ? undefined
          : exponentials(node.x, node.level, holder(level, node.level, at));
      case 'sum':
        return joined(node.of.map((one) => exponentials(one, node.level, holder(level, node.level, at))));
      case 'total': {
        const outer = holder(level, node.level, at);
        const set = members(node)[outer] ?? [];
        if (set.some(({ isSure }) => !isSure)) return undefined;
        return joined(set.map((one) => exponentials(node.x, node.from, one.at)));
      }
      case 'exp': {
        const x = value(node.x, level, at);
        return x === 'nothing' ? undefined : [x];
      }
      default:
        return own !== 'nothing' && i.isPositive(own) ? [elementary.log(own)] : undefined;
    }
  }

  function scanned({ isForward, x, gamma }: Extract<Number_, { op: 'scan' }>): readonly Value[] {
    const result: Value[] = Array.from({ length: size('token') }, () => i.ORIGIN);
    const step = isForward ? 1 : -1;
    for (let count = 0; count < result.length; count += 1) {
      const at = isForward ? count : result.length - 1 - count;
      const own = value(x, 'token', at);
      const isFirst = ragged.rolloutOfToken[at - step] !== ragged.rolloutOfToken[at];
      const before = result[at - step] ?? 'nothing';
      result[at] = isFirst ? own : lifted(i.add)(own, lifted(i.multiply)(value(gamma, 'token', at), before));
    }
    return result;
  }

  function conditions(node: Truth): readonly (boolean | undefined)[] {
    switch (node.op) {
      case 'attains':
        return attained(node);
      case 'swapped': {
        const { opposite } = peersOf(ragged);
        return each('peer', (at) => isTrue(node.x, 'peer', opposite[at] ?? 0));
      }
      case 'shifted':
        return each('token', (at) => {
          const other = at - node.by;
          return ragged.rolloutOfToken[other] === ragged.rolloutOfToken[at] && isTrue(node.x, 'token', other);
        });
      default:
        return each(node.level, (at) => condition(node, at));
    }
  }

  function condition(node: Truth, at: number): boolean | undefined {
    switch (node.op) {
      case 'boolean':
        return node.value;
      case 'named':
        return isTrue(node.x, node.level, at);
      case 'not': {
        const inner = isTrue(node.x, node.level, at);
        return inner === undefined ? undefined : !inner;
      }
      case 'and':
      case 'or': {
        const decisive = node.op === 'or';
        const parts = node.of.map((one) => isTrue(one, node.level, at));
        return parts.includes(decisive) ? decisive : parts.includes(undefined) ? undefined : !decisive;
      }
      case '>=':
      case '>':
      case '==':
      case '!=': {
        const x = value(node.x, node.level, at);
        return x === 'nothing' ? undefined : stands(node.op, x);
      }
      default:
        return undefined;
    }
  }

  function attained(node: Extract<Truth, { op: 'attains' }>): readonly (boolean | undefined)[] {
    const result = each(node.from, (): boolean | undefined => false);
    const all = [...result];
    for (const set of members(node)) {
      const xs = set.map(({ at }) => value(node.x, node.from, at));
      const isAhead = (a: Value, b: Value, strictly: boolean): boolean | undefined => {
        if (a === 'nothing' || b === 'nothing') return undefined;
        const ahead = node.which === 'max' ? i.subtract(a, b) : i.subtract(b, a);
        return stands(strictly ? '>' : '>=', ahead);
      };
      set.forEach(({ at, isSure }, place) => {
        const own = xs[place] ?? 'nothing';
        const duels = xs.flatMap((other, index) =>
          index === place ? [] : [isAhead(own, other, index < place)],
        );
        all[at] = duels.includes(false) ? false : duels.includes(undefined) || !isSure ? undefined : true;
      });
    }
    return all;
  }

  for (const node of postOrder(...roots)) {
    if (isTruth(node)) decided.set(node, conditions(node));
    else {
      const found = numbers(node);
      const isVaried = override?.node === node;
      known.set(
        node,
        isVaried ? found.map((one, at) => (at === override.element ? override.value : one)) : found,
      );
    }
  }
  return { values: (node) => known.get(node) ?? lost(), truths: (node) => decided.get(node) ?? lost() };
}

export function stands(op: Relation, x: Interval): boolean | undefined {
  const signs = [
    i.isPositive(x) || !i.isNonpositive(x),
    !i.excludesZero(x),
    i.isNegative(x) || !i.isNonnegative(x),
  ];
  const outcomes = ([1, 0, -1] as const).filter((_, at) => signs[at]).map((sign) => standsSo(op, sign));
  return outcomes.every((one) => one === outcomes[0]) ? outcomes[0] : undefined;
}

const joined = (all: readonly (readonly Interval[] | undefined)[]): readonly Interval[] | undefined => {
  const known = all.flatMap((one) => one ?? []);
  return all.includes(undefined) || known.length === 0 ? undefined : known;
};
/** log Σ exp x lies between the greatest x and that plus the logarithm of their number. */
function logOfSum(xs: readonly Interval[]): Interval {
  const greatest = (end: 'low' | 'high'): i.End => xs.map((x) => x[end]).reduce(larger);
  const above = i.add(i.between('-inf', greatest('high')), elementary.log(i.point(q.whole(xs.length))));
  return i.between(greatest('low'), above.high);
}

const isZero = (x: Interval): boolean => i.isPoint(x) && i.isNonnegative(x) && i.isNonpositive(x);
const operation = (x: Value, of: (x: Interval) => Value): Value => (x === 'nothing' ? x : of(x));
const lifted =
  (of: (a: Interval, b: Interval) => Interval) =>
  (a: Value, b: Value): Value =>
    a === 'nothing' || b === 'nothing' ? 'nothing' : of(a, b);
const optional = (x: Value, isSure: boolean): Value =>
  isSure ? x : x === 'nothing' ? i.REALS : i.hull(i.ORIGIN, x);

function extreme(
  which: 'max' | 'min',
  all: readonly { readonly x: Value; readonly isSure: boolean }[],
): Value {
  if (all.length === 0 || all.some(({ x }) => x === 'nothing')) return 'nothing';
  const turned = (x: Value): Interval => (x === 'nothing' ? i.REALS : which === 'max' ? x : i.negate(x));
  const best = (xs: readonly Interval[]): Interval | undefined =>
    xs.reduce<Interval | undefined>(
      (a, b) => (a === undefined ? b : i.between(larger(a.low, b.low), larger(a.high, b.high))),
      undefined,
    );
  const everything = best(all.map(({ x }) => turned(x))) ?? i.REALS;
  const sure = best(all.filter(({ isSure }) => isSure).map(({ x }) => turned(x)));
  const found = i.between(sure?.low ?? '-inf', everything.high);
  return which === 'max' ? found : i.negate(found);
}
const larger = (a: i.End, b: i.End): i.End => (i.compareEnds(a, b) >= 0 ? a : b);

/** Ends of the sorted elements are the sorted ends. */
function quantile(all: readonly Value[], share: Value): Value {
  if (all.length === 0) return i.ORIGIN;
  if (share === 'nothing' || all.some((x) => x === 'nothing')) return 'nothing';
  if (!i.isPoint(share) || typeof share.low === 'string') return i.REALS;
  if (q.sign(share.low) < 0 || q.compare(share.low, q.ONE) > 0) return 'nothing';
  const xs = all.flatMap((x) => (x === 'nothing' ? [] : [x]));
  const sorted = (end: 'low' | 'high'): readonly i.End[] => xs.map((x) => x[end]).sort(i.compareEnds);
  const [lows, highs] = [sorted('low'), sorted('high')];
  const place = q.times(share.low, q.whole(xs.length - 1));
  const below = Number(q.floor(place));
  const part = q.minus(place, q.whole(below));
  const at = (index: number): Interval => i.between(lows[index] ?? '-inf', highs[index] ?? 'inf');
  if (q.sign(part) === 0) return at(below);
  return i.add(
    i.multiply(at(below), i.point(q.minus(q.ONE, part))),
    i.multiply(at(below + 1), i.point(part)),
  );
}
