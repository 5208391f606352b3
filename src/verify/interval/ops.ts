/**
 * Every elementwise op on enclosures: what `src/ir/ops` evaluates, over sets of numbers. A new op lacks its entry here, and
 * does not compile.
 */
import { closed, magnitude, maximum, minimum } from '../../base/interval.js';
import type { BinaryOp, TernaryOp, UnaryOp } from '../../ir/expr.js';
import {
  ANYTHING,
  NOTHING,
  difference,
  holdsZero,
  hull,
  isAtMost,
  isBelow,
  isNothing,
  isPoint,
  negate,
  point,
  product,
  quotient,
  reachesInfinity,
  sum,
  type Enclosure,
} from './enclosure.js';
import { exp, expm1, sigmoid, tanh } from './exp.js';
import { log, log1p, softplus } from './log.js';
import type { Numbered, Numbering } from './numbered.js';
import { realPower, root, wholePower } from './power.js';
import { FALSE, TRUE, atMost, complement, equal, lessThan, truthOf } from './truth.js';

interface UnaryEnclosure {
  /** Of an operand that is a number. */
  readonly enclose: (x: Enclosure) => Enclosure;
  /** Gives its operand. */
  readonly passes?: true;
}
interface BinaryEnclosure {
  readonly enclose: (x: Enclosure, y: Enclosure) => Enclosure;
  /** Where both operands are one finite number; narrower than `enclose`. */
  readonly same?: (x: Enclosure) => Enclosure;
  /** Whether the first operand is the result, or the second; where it is known to be one of them. */
  readonly isFirst?: (x: Enclosure, y: Enclosure) => boolean | undefined;
  /** Of one and the same operand twice it gives that. */
  readonly isIdempotent?: true;
  /** A condition, which even operands that are no numbers have. */
  readonly isCondition?: true;
  readonly commutes?: true;
}

const plain = (enclose: UnaryEnclosure['enclose']): UnaryEnclosure => ({ enclose });

function sign(x: Enclosure): Enclosure {
  const low = x.low > 0 || (x.low === 0 && x.lowOpen) ? 1 : x.low === 0 ? 0 : -1;
  const high = x.high < 0 || (x.high === 0 && x.highOpen) ? -1 : x.high === 0 ? 0 : 1;
  return closed(low, high);
}

export const UNARY: Readonly<Record<UnaryOp, UnaryEnclosure>> = {
  neg: plain(negate),
  exp: plain(exp),
  expm1: plain(expm1),
  log: plain(log),
  log1p: plain(log1p),
  sqrt: plain((x) => root(x, 2)),
  abs: plain(magnitude),
  sign: plain(sign),
  sigmoid: plain(sigmoid),
  softplus: plain(softplus),
  tanh: plain(tanh),
  stop: { enclose: (x) => x, passes: true },
  not: plain(complement),
};

const condition = (
  enclose: BinaryEnclosure['enclose'],
  same: Enclosure,
  commutes = false,
): BinaryEnclosure => ({
  enclose,
  same: () => same,
  isCondition: true,
  ...(commutes && { commutes }),
});

const is = (value: number, x: Enclosure): true | undefined => (isPoint(x) && x.low === value) || undefined;
/** Beside a neutral number, the other operand is the result. */
const neutral = (value: number, x: Enclosure, y: Enclosure): boolean | undefined =>
  is(value, y) ?? (is(value, x) ? false : undefined);

export const BINARY: Readonly<Record<BinaryOp, BinaryEnclosure>> = {
  add: {
    enclose: sum,
    same: (x) => product(point(2), x),
    isFirst: (x, y) => neutral(0, x, y),
    commutes: true,
  },
  sub: { enclose: difference, same: () => point(0), isFirst: (_, y) => is(0, y) },
  mul: {
    enclose: product,
    same: (x) => wholePower(x, 2),
    isFirst: (x, y) => neutral(1, x, y),
    commutes: true,
  },
  div: {
    enclose: quotient,
    same: (x) => (holdsZero(x) ? quotient(x, x) : point(1)),
    isFirst: (_, y) => is(1, y),
  },
  pow: { enclose: realPower },
  min: {
    enclose: minimum,
    isFirst: (x, y) => (isAtMost(x, y) ? true : isAtMost(y, x) ? false : undefined),
    isIdempotent: true,
    commutes: true,
  },
  max: {
    enclose: maximum,
    isFirst: (x, y) => (isAtMost(y, x) ? true : isAtMost(x, y) ? false : undefined),
    isIdempotent: true,
    commutes: true,
  },
  lt: condition(lessThan, FALSE),
  le: condition(atMost, TRUE),
  gt: condition((x, y) => lessThan(y, x), FALSE),
  ge: condition((x, y) => atMost(y, x), TRUE),
  eq: condition(equal, TRUE, true),
  ne: condition((x, y) => complement(equal(x, y)), FALSE, true),
  and: { enclose: minimum, isCondition: true, isIdempotent: true, commutes: true },
  or: { enclose: maximum, isCondition: true, isIdempotent: true, commutes: true },
};

/** What lies in one of two: no number where neither has one, and anything where one of them has none. */
export function either(x: Enclosure, y: Enclosure): Enclosure {
  if (isNothing(x) && isNothing(y)) return NOTHING;
  return isNothing(x) || isNothing(y) ? ANYTHING : hull(x, y);
}

/** `low` where x < low, otherwise `high` where x > high, otherwise x. */
function clip(x: Enclosure, low: Enclosure, high: Enclosure): Enclosure {
  const inOrder = maximum(low, minimum(high, x));
  // Where the bounds may cross, each form gives the bound that the other hides.
  return isAtMost(low, high) ? inOrder : hull(inOrder, minimum(high, maximum(low, x)));
}

interface TernaryEnclosure {
  readonly enclose: (x: Enclosure, y: Enclosure, z: Enclosure) => Enclosure;
  /** The operand that is known to be the result. */
  readonly chosen: (x: Numbered, y: Numbered, z: Numbered) => Numbered | undefined;
  /** Reads operands that are no numbers only where it chooses them. */
  readonly isSelective?: true;
}
export const TERNARY: Readonly<Record<TernaryOp, TernaryEnclosure>> = {
  select: {
    enclose: (_, y, z) => either(y, z),
    chosen: (x, y, z) => {
      const truth = truthOf(x.value);
      return y.id === z.id || truth === true ? y : truth === false ? z : undefined;
    },
    isSelective: true,
  },
  clip: {
    enclose: clip,
    chosen: (x, low, high) => {
      if (x.id !== low.id && isBelow(x.value, low.value)) return low;
      const isNotBelow = x.id === low.id || isAtMost(low.value, x.value);
      if (isNotBelow && isBelow(high.value, x.value)) return high;
      return isNotBelow && (x.id === high.id || isAtMost(x.value, high.value)) ? x : undefined;
    },
  },
};

export function unary(op: UnaryOp, x: Numbered, numbers: Numbering): Numbered {
  const { enclose, passes } = UNARY[op];
  if (passes || isNothing(x.value)) return x;
  return numbers.of(`${op} ${x.id}`, () => enclose(x.value));
}

export function binary(op: BinaryOp, x: Numbered, y: Numbered, numbers: Numbering): Numbered {
  const { enclose, same, isFirst, isCondition, isIdempotent, commutes } = BINARY[op];
  if (!isCondition && (isNothing(x.value) || isNothing(y.value))) return numbers.fresh(NOTHING);
  const isOne = x.id === y.id && !isNothing(x.value) && !reachesInfinity(x.value);
  const first = (isIdempotent && x.id === y.id) || isFirst?.(x.value, y.value);
  if (first !== undefined) return first ? x : y;
  const [a, b] = commutes && x.id > y.id ? [y, x] : [x, y];
  return numbers.of(`${op} ${a.id} ${b.id}`, () =>
    isOne && same !== undefined ? same(x.value) : enclose(x.value, y.value),
  );
}

export function ternary(
  op: TernaryOp,
  operands: readonly [Numbered, Numbered, Numbered],
  numbers: Numbering,
): Numbered {
  const [x, y, z] = operands;
  const { enclose, chosen, isSelective } = TERNARY[op];
  if (!isSelective && operands.some(({ value }) => isNothing(value))) return numbers.fresh(NOTHING);
  const one = chosen(x, y, z);
  if (one !== undefined) return one;
  return numbers.of(`${op} ${x.id} ${y.id} ${z.id}`, () => enclose(x.value, y.value, z.value));
}
