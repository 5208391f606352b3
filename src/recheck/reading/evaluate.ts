/**
 * Values over one batch in interval arithmetic: for witnesses and examples. `nothing` is what surely has no value (1/0, the
 * logarithm of what is not positive), `unclear` what may have none; a condition that the enclosures leave open is `undefined`.
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

export type Value = Interval | 'nothing' | 'unclear';
/** As far as it is known. */
type Truthful = boolean | 'unclear' | undefined;
export const isNumber = (value: Value | undefined): value is Interval => typeof value === 'object';
export interface Batch {
  readonly ragged: Ragged;
  /** A claim is about rollouts of one token at least, so that nothing of tokens is said of it. */
  readonly isWithoutMask?: true;
  /** One list per input and parameter, an entry per element of its level. */
  readonly inputs: ReadonlyMap<string, readonly Value[]>;
  /** What stands for a value at one element: of a let or an input that a claim varies. */
  readonly override?: { readonly node: Node; readonly element: number; readonly value: Value };
}
export interface Evaluation {
  readonly values: (node: Number_) => readonly Value[];
  readonly truths: (node: Truth) => readonly Truthful[];
}

const HALF = q.fraction(1n, 2n);

export function evaluate(roots: readonly Node[], batch: Batch): Evaluation {
  const { ragged, inputs, override } = batch;
  const known = new Map<Number_, readonly Value[]>();
  const decided = new Map<Truth, readonly Truthful[]>();

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
  const isTrue = (node: Truth, level: IndexLevel, at: number): Truthful =>
    (decided.get(node) ?? lost())[holder(level, node.level, at)];

  const sizes = new Map<IndexLevel, number>();
  const size = (level: IndexLevel): number => {
    const found = sizes.get(level) ?? sizeOf(ragged, level);
    sizes.set(level, found);
    return found;
  };
  const each = <Result>(level: IndexLevel, of: (at: number) => Result): readonly Result[] =>
    Array.from({ length: size(level) }, (_, at) => of(at));

  /** For each element of `to`, the elements that may be of the set, and what is known of that. */
  function members({ from, to, where }: IndexSet): readonly (readonly { at: number; belongs: Truthful }[])[] {
    const found = each(to, (): { at: number; belongs: Truthful }[] => []);
    for (let at = 0; at < size(from); at += 1) {
      const belongs = isTrue(where, from, at);
      if (belongs !== false) found[holder(from, to, at)]?.push({ at, belongs });
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
            .map(({ at, belongs }) => optional(value(node.x, node.from, at), belongs))
            .reduce(lifted(i.add), i.ORIGIN),
        );
      case 'extreme':
        return members(node).map((all) =>
          extreme(
            node.which,
            all.map(({ at, belongs }) => ({ x: value(node.x, node.from, at), belongs })),
          ),
        );
      case 'quantile':
        return members(node).map((all, outer) =>
          quantile(
            all.map(({ at, belongs }) => ({ x: value(node.x, node.from, at), belongs })),
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
        return operation(of(node.x), (x) =>
          isZero(x) ? 'nothing' : i.excludesZero(x) ? i.reciprocal(x) : 'unclear',
        );
      case 'exp':
        return operation(of(node.x), elementary.exp);
      case 'log':
        return operation(of(node.x), (x) => {
          if (i.isNonpositive(x)) return 'nothing';
          // Of a sum of exponentials, which is positive however little its enclosure shows of that.
          const parts = exponentials(node.x, node.level, at);
          if (parts === undefined) return i.isPositive(x) ? elementary.log(x) : 'unclear';
          return i.meet(elementary.log(x), logOfSum(parts)) ?? i.REALS;
        });
      case 'root':
        return operation(of(node.x), (x) =>
          i.isNegative(x) ? 'nothing' : i.isNonnegative(x) ? elementary.power(x, HALF) : 'unclear',
        );
      case 'select': {
        const truth = isTrue(node.if, node.level, at);
        if (typeof truth === 'boolean') return of(truth ? node.then : node.else);
        const [then, otherwise] = [of(node.then), of(node.else)];
        if (then === 'nothing' && otherwise === 'nothing') return 'nothing';
        // One that is not taken need not have a value.
        const isClear = truth === undefined && isNumber(then) && isNumber(otherwise);
        return isClear ? i.hull(then, otherwise) : 'unclear';
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
        if (set.some(({ belongs }) => belongs !== true)) return undefined;
        return joined(set.map((one) => exponentials(node.x, node.from, one.at)));
      }
      case 'exp': {
        const x = value(node.x, level, at);
        return isNumber(x) ? [x] : undefined;
      }
      default:
        return isNumber(own) && i.isPositive(own) ? [elementary.log(own)] : undefined;
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

  function conditions(node: Truth): readonly Truthful[] {
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

  function condition(node: Truth, at: number): Truthful {
    switch (node.op) {
      case 'boolean':
        return node.value;
      case 'named':
        return isTrue(node.x, node.level, at);
      case 'not': {
        const inner = isTrue(node.x, node.level, at);
        return typeof inner === 'boolean' ? !inner : inner;
      }
      case 'and':
      case 'or': {
        const decisive = node.op === 'or';
        const parts = node.of.map((one) => isTrue(one, node.level, at));
        if (parts.includes(decisive)) return decisive;
        return parts.includes('unclear') ? 'unclear' : parts.includes(undefined) ? undefined : !decisive;
      }
      case '>=':
      case '>':
      case '==':
      case '!=': {
        const x = value(node.x, node.level, at);
        return isNumber(x) ? stands(node.op, x) : 'unclear';
      }
      default:
        return undefined;
    }
  }

  function attained(node: Extract<Truth, { op: 'attains' }>): readonly Truthful[] {
    const result = each(node.from, (): Truthful => false);
    const all = [...result];
    for (const set of members(node)) {
      const xs = set.map(({ at }) => value(node.x, node.from, at));
      const isAhead = (a: Value, b: Value, strictly: boolean): Truthful => {
        if (!isNumber(a) || !isNumber(b)) return 'unclear';
        const ahead = node.which === 'max' ? i.subtract(a, b) : i.subtract(b, a);
        return stands(strictly ? '>' : '>=', ahead);
      };
      set.forEach(({ at, belongs }, place) => {
        const own = xs[place] ?? 'nothing';
        const duels = set.flatMap((rival, index) =>
          index === place
            ? []
            : [
                {
                  isWon: isAhead(own, xs[index] ?? 'nothing', index < place),
                  isSure: rival.belongs === true,
                },
              ],
        );
        const known = [...duels.map(({ isWon }) => isWon), belongs];
        // A rival that may not be there decides nothing by being ahead.
        const isBeaten = duels.some(({ isWon, isSure }) => isSure && isWon === false);
        const isOpen = known.some((one) => one !== true);
        all[at] = known.includes('unclear') ? 'unclear' : isBeaten ? false : isOpen ? undefined : true;
      });
    }
    return all;
  }

  for (const node of postOrder(...roots)) {
    const reads = 'from' in node ? node.from : node.level;
    if (reads === 'token' && batch.isWithoutMask === true)
      reject('batch', 'a batch without a mask has no tokens');
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
const operation = (x: Value, of: (x: Interval) => Value): Value => (isNumber(x) ? of(x) : x);
const lifted =
  (of: (a: Interval, b: Interval) => Interval) =>
  (a: Value, b: Value): Value => {
    if (isNumber(a) && isNumber(b)) return of(a, b);
    return a === 'nothing' || b === 'nothing' ? 'nothing' : 'unclear';
  };
const optional = (x: Value, belongs: Truthful): Value => {
  if (belongs === true) return x;
  return belongs === undefined && isNumber(x) ? i.hull(i.ORIGIN, x) : 'unclear';
};
/** What may be of a set. */
interface Member {
  readonly x: Value;
  readonly belongs: Truthful;
}
/** Of what is made of them all: nothing where one that surely belongs has no value, unclear where one may have none. */
const missingOf = (all: readonly Member[]): 'nothing' | 'unclear' | undefined => {
  if (all.some(({ x, belongs }) => x === 'nothing' && belongs === true)) return 'nothing';
  return all.some(({ x, belongs }) => !isNumber(x) || belongs === 'unclear') ? 'unclear' : undefined;
};

function extreme(which: 'max' | 'min', all: readonly Member[]): Value {
  const missing = all.length === 0 ? 'nothing' : missingOf(all);
  if (missing !== undefined) return missing;
  const turned = ({ x }: Member): Interval => (!isNumber(x) ? i.REALS : which === 'max' ? x : i.negate(x));
  const best = (xs: readonly Interval[]): Interval | undefined =>
    xs.reduce<Interval | undefined>(
      (a, b) => (a === undefined ? b : i.between(larger(a.low, b.low), larger(a.high, b.high))),
      undefined,
    );
  const everything = best(all.map(turned)) ?? i.REALS;
  const sure = best(all.filter(({ belongs }) => belongs === true).map(turned));
  // It may be the extreme of nothing.
  if (sure === undefined) return 'unclear';
  const found = i.between(sure.low, everything.high);
  return which === 'max' ? found : i.negate(found);
}
const larger = (a: i.End, b: i.End): i.End => (i.compareEnds(a, b) >= 0 ? a : b);

/** Ends of the sorted elements are the sorted ends. */
function quantile(all: readonly Member[], share: Value): Value {
  if (all.length === 0) return i.ORIGIN;
  const missing = isNumber(share) ? missingOf(all) : share;
  if (missing !== undefined || !isNumber(share)) return missing ?? 'unclear';
  // Its place among them depends on how many there are.
  if (all.some(({ belongs }) => belongs !== true)) return i.REALS;
  if (!i.isPoint(share) || typeof share.low === 'string') return i.REALS;
  if (q.sign(share.low) < 0 || q.compare(share.low, q.ONE) > 0) return 'nothing';
  const xs = all.map(({ x }) => x).filter(isNumber);
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
