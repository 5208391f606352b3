/** Reductions on enclosures, over members of which some may be left out: what `src/ir/ops/reduce` evaluates. */
import { intersection, maximum, minimum } from '../../base/interval.js';
import type { ReduceOp } from '../../ir/expr.js';
import {
  ANYTHING,
  NOTHING,
  difference,
  hull,
  isNothing,
  isPoint,
  point,
  product,
  quotient,
  sum,
  type Enclosure,
} from './enclosure.js';
import { expAt, type Bounds } from './exp.js';
import { logAt } from './log.js';
import type { Numbered } from './numbered.js';
import { either } from './ops.js';
import { addDown, addUp } from './rounding.js';
import { FALSE, TRUE } from './truth.js';

export interface Member extends Numbered {
  /** Whether it is known to be one; otherwise it may be. */
  readonly isSure: boolean;
}
interface Reduction {
  /** Of members in order; `q` is a quantile's share. */
  readonly enclose: (members: readonly Member[], q: Enclosure) => Enclosure;
  /** The member that is known to be the result. */
  readonly chosen?: (members: readonly Member[]) => Numbered | undefined;
  /** Reads members that are no numbers only where it chooses them. */
  readonly isSelective?: true;
}

const ZERO = point(0);
const valuesOf = (members: readonly Member[]): readonly Enclosure[] => members.map(({ value }) => value);
/** A member, or what takes its place where it may be none. */
const orElse = (instead: Enclosure, members: readonly Member[]): readonly Enclosure[] =>
  members.map(({ value, isSure }) => (isSure ? value : hull(value, instead)));
const sumOf = (values: readonly Enclosure[]): Enclosure => values.reduce(sum, ZERO);
const allSure = (members: readonly Member[]): boolean => members.every(({ isSure }) => isSure);
const noneSure = (members: readonly Member[]): boolean => !members.some(({ isSure }) => isSure);
/** The first of members of which all are one value. */
const onlyOne = (members: readonly Member[]): Numbered | undefined => {
  const [first, ...rest] = members;
  return first?.isSure && rest.every(({ id }) => id === first.id) ? first : undefined;
};

/** The one of sure members beside which all are exactly 0. */
const onlyNonZero = (members: readonly Member[]): Numbered | undefined => {
  const others = members.filter(({ value }) => !(isPoint(value) && value.low === 0));
  return others.length === 1 && others[0]?.isSure ? others[0] : undefined;
};

/** Three enclosures of a mean, each the narrowest for other members: plain, shifted by the first, and between all. */
function mean(members: readonly Member[]): Enclosure {
  const values = valuesOf(members);
  const [first, ...rest] = values;
  if (first === undefined) return ZERO;
  const around = rest.reduce(hull, noneSure(members) ? hull(ZERO, first) : first);
  if (!allSure(members)) return around;
  const count = point(values.length);
  const plain = intersection(around, quotient(sumOf(values), count));
  if (!isPoint(first) || !Number.isFinite(first.low)) return plain;
  const shifted = sum(first, quotient(sumOf(values.map((value) => difference(value, first))), count));
  return intersection(plain, shifted);
}

const extreme =
  (pick: (a: Enclosure, b: Enclosure) => Enclosure, ofNone: number) =>
  (members: readonly Member[]): Enclosure =>
    members.reduce((best, { value, isSure }) => {
      const next = pick(best, value);
      return isSure ? next : hull(best, next);
    }, point(ofNone));

/** The member that is beyond all others, or among those that are, the first. */
const beyond =
  (isBeyond: (a: Enclosure, b: Enclosure) => boolean) =>
  (members: readonly Member[]): Numbered | undefined =>
    members.find(
      (one) =>
        one.isSure && members.every((other) => other.id === one.id || isBeyond(one.value, other.value)),
    );

/** log Σ e^x of doubles, with the largest shifted out. */
function logSumExpAt(ends: readonly number[]): Bounds {
  const top = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(top)) return { down: top, up: top };
  let [down, up] = [0, 0];
  for (const end of ends) {
    down = addDown(down, expAt(addDown(end, -top)).down);
    up = addUp(up, expAt(Math.min(0, addUp(end, -top))).up);
  }
  return { down: addDown(top, logAt(down).down), up: addUp(top, logAt(up).up) };
}
/** Increases with every member; what may be none counts as −∞ below. */
function logSumExp(members: readonly Member[]): Enclosure {
  const sure = members.filter(({ isSure }) => isSure);
  const low = logSumExpAt(sure.map(({ value }) => value.low));
  const high = logSumExpAt(members.map(({ value }) => value.high));
  const reachesBottom = sure.every(({ value }) => value.low === -Infinity && !value.lowOpen);
  const reachesTop = members.some(({ value }) => value.high === Infinity && !value.highOpen);
  const isLowOpen = low.down !== low.up || sure.some(({ value }) => value.lowOpen);
  const isHighOpen = high.down !== high.up || members.some(({ value }) => value.highOpen);
  return {
    low: low.down,
    high: high.up,
    lowOpen: low.down === -Infinity ? !reachesBottom : isLowOpen,
    highOpen: high.up === Infinity ? !reachesTop : isHighOpen,
  };
}

/** The first that is sure, or any before it. */
function first(members: readonly Member[]): Enclosure {
  const sureAt = members.findIndex(({ isSure }) => isSure);
  const possible = valuesOf(sureAt < 0 ? members : members.slice(0, sureAt + 1));
  const [one = ZERO, ...rest] = sureAt < 0 ? [ZERO, ...possible] : possible;
  return rest.reduce(either, one);
}

/** At a place among sorted numbers, between two of which it is interpolated. */
function interpolated(sorted: readonly number[], place: number): Enclosure {
  const at = Math.min(sorted.length - 1, Math.max(0, Math.floor(place)));
  const [below = 0, above = below] = [sorted[at], sorted[at + 1]];
  const part = place - at;
  if (part <= 0 || below === above) return point(below);
  return sum(point(below), product(point(part), difference(point(above), point(below))));
}
/** Increases with every member and with q. */
function quantile(members: readonly Member[], q: Enclosure): Enclosure {
  const values = valuesOf(members);
  const [one, ...rest] = values;
  if (one === undefined) return ZERO;
  if (!(q.low >= 0 && q.high <= 1)) return ANYTHING;
  const around = rest.reduce(hull, noneSure(members) ? hull(ZERO, one) : one);
  if (!allSure(members)) return around;
  const place = product(q, point(values.length - 1));
  const sorted = (ends: readonly number[]): readonly number[] =>
    [...ends].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const low = interpolated(sorted(values.map((value) => value.low)), place.low);
  const high = interpolated(sorted(values.map((value) => value.high)), place.high);
  return intersection(around, { low: low.low, high: high.high, lowOpen: false, highOpen: false });
}

export const REDUCTIONS: Readonly<Record<ReduceOp, Reduction>> = {
  sum: { enclose: (members) => sumOf(orElse(ZERO, members)), chosen: onlyNonZero },
  mean: { enclose: mean, chosen: onlyOne },
  max: {
    enclose: extreme(maximum, -Infinity),
    chosen: beyond((one, other) => other.high <= one.low),
  },
  min: {
    enclose: extreme(minimum, Infinity),
    chosen: beyond((one, other) => one.high <= other.low),
  },
  logsumexp: {
    enclose: logSumExp,
    chosen: (members) => (members.length === 1 ? onlyOne(members) : undefined),
  },
  any: { enclose: (members) => orElse(FALSE, members).reduce(maximum, FALSE) },
  all: { enclose: (members) => orElse(TRUE, members).reduce(minimum, TRUE) },
  first: {
    enclose: first,
    chosen: ([one]) => (one?.isSure ? one : undefined),
    isSelective: true,
  },
  quantile: { enclose: quantile },
};

/** No number where a sure member has none, anything where another one has none. */
export function reduced(op: ReduceOp, members: readonly Member[], q: Enclosure): Enclosure {
  const { enclose, isSelective } = REDUCTIONS[op];
  const nameless = isSelective ? [] : members.filter(({ value }) => isNothing(value));
  if (nameless.some(({ isSure }) => isSure) || isNothing(q)) return NOTHING;
  return nameless.length > 0 ? ANYTHING : enclose(members, q);
}
