/**
 * Which values inputs can give to a let: the exact interval, where the definition's structure shows it. Operands that read no
 * input in common take their values independently of each other, and the elements of an index set may all be alike.
 */
import * as b from '../../proof/build.js';
import {
  ONE,
  ZERO,
  equals,
  inverse,
  isZero,
  parseRational,
  plus,
  ratio,
  signOf,
  times,
  type Rational,
} from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Expr, Input, Reduce } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { DerivedProgram } from '../../ir/program.js';

/** Infinite where it is absent. */
type End = Rational | undefined;
interface Image {
  readonly low: End;
  readonly high: End;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}
/** What is known of a value that surely exists. */
interface Reach {
  /** The inputs that are read, parameters aside: those have one value each. */
  readonly reads: ReadonlySet<string>;
  readonly image?: Image;
  readonly isPositive: boolean;
}

const REALS: Image = { low: undefined, high: undefined, lowOpen: true, highOpen: true };
const SHARES: Image = { low: ZERO, high: ONE, lowOpen: true, highOpen: true };
const isAll = ({ low, high }: Image): boolean => low === undefined && high === undefined;
const isAbove = ({ low, lowOpen }: Image): boolean =>
  low !== undefined && (signOf(low) > 0 || (isZero(low) && lowOpen));
/** Whether each positive multiple of a value is a value too. */
const isCone = ({ low, high }: Image): boolean =>
  (low === undefined || isZero(low)) &&
  (high === undefined || isZero(high)) &&
  (low === undefined || high === undefined);

/** What a value of the definition satisfies exactly if inputs can give it; nothing where that is not known. */
export function imageOf(
  program: DerivedProgram,
  definition: Expr,
): ((x: Term) => readonly Condition[]) | undefined {
  const image = reachesOf(program)(definition)?.image;
  if (image === undefined) return undefined;
  const { low, high, lowOpen, highOpen } = image;
  return (x) => [
    ...(low === undefined ? [] : [b.literal(lowOpen ? '>' : '>=', b.difference(x, b.number(low)))]),
    ...(high === undefined ? [] : [b.literal(highOpen ? '>' : '>=', b.difference(b.number(high), x))]),
  ];
}

type Reaching = (expr: Expr) => Reach | undefined;

function reachesOf(program: DerivedProgram): Reaching {
  const known = new Map<Expr, Reach | undefined>();
  const reach: Reaching = (expr) => {
    if (known.has(expr)) return known.get(expr);
    const found = reachOf(program, expr, reach);
    known.set(expr, found);
    return found;
  };
  return reach;
}

function reachOf(program: DerivedProgram, expr: Expr, reach: Reaching): Reach | undefined {
  if (expr.op === 'input') return inputReach(program, expr);
  const parts = operandsOf(expr).map(reach);
  const exist = parts.filter((one) => one !== undefined);
  if (exist.length < parts.length) return undefined;
  const reads = new Set(exist.flatMap((one) => [...one.reads]));
  const something = (isPositive = false): Reach => ({ reads, isPositive });
  const within = (image: Image | undefined, isPositive = false): Reach =>
    image === undefined ? something(isPositive) : { reads, image, isPositive: isAbove(image) };
  const [first, second] = exist;
  switch (expr.op) {
    case 'const': {
      const at = parseRational(expr.value.toFraction());
      return at && within({ low: at, high: at, lowOpen: false, highOpen: false });
    }
    case 'pi':
      return something(true);
    case 'named':
    case 'stop':
      return first;
    case 'neg':
      return within(first?.image && scaled(first.image, ratio(-1n)));
    case 'add':
      return within(added(exist));
    case 'sub': {
      const turned = second?.image && scaled(second.image, ratio(-1n));
      const other = second && { reads: second.reads, isPositive: false, ...(turned && { image: turned }) };
      return within(first && other && added([first, other]));
    }
    case 'mul':
      return within(
        multiplied(exist),
        exist.every((one) => one.isPositive),
      );
    case 'div': {
      if (second?.isPositive !== true || first === undefined) return undefined;
      const under = second.image && inverted(second.image);
      const other = { reads: second.reads, isPositive: true, ...(under && { image: under }) };
      return within(multiplied([first, other]), first.isPositive);
    }
    case 'exp':
      return within(first?.image && mapped(first.image, exponential, { low: ZERO }), true);
    case 'log':
      if (first?.isPositive !== true) return undefined;
      return within(first.image && mapped(first.image, logarithm, {}));
    case 'sigmoid':
      return within(first?.image && isAll(first.image) ? SHARES : undefined, true);
    case 'reduce':
      return reduced(expr, reach, within);
    case 'bool':
    case 'not':
    case 'and':
    case 'or':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'eq':
    case 'ne':
    case 'select':
    case 'clip':
    case 'min':
    case 'max':
    case 'abs':
    case 'sign':
    case 'tanh':
    case 'softplus':
    case 'expm1':
      return something();
    default:
      return undefined;
  }
}

function inputReach({ inputs, params }: DerivedProgram, { name, role }: Input): Reach {
  const domain = [...params, ...inputs].find((one) => one.name === name)?.domain;
  const reads = new Set(role === 'param' ? [] : [name]);
  if (domain === undefined)
    return role === 'tag' || role === 'param'
      ? { reads, isPositive: false }
      : { reads, image: REALS, isPositive: false };
  if (domain.kind !== 'interval') return { reads, isPositive: false };
  const { low, high, lowOpen, highOpen } = domain.interval;
  const end = (one: number): End => (Number.isFinite(one) ? parseRational(String(one)) : undefined);
  const image = { low: end(low), high: end(high), lowOpen, highOpen };
  const isPositive = isAbove(image);
  return role === 'param' || role === 'tag' || domain.integer
    ? { reads, isPositive }
    : { reads, image, isPositive };
}

function reduced(
  { reduce, from, where, x }: Reduce,
  reach: Reaching,
  within: (image: Image | undefined, isPositive?: boolean) => Reach,
): Reach | undefined {
  if (from === 'peer') return undefined;
  const body = reach(x);
  const image = where === undefined ? body?.image : undefined;
  // Of members that are all alike, a mean is one of them and a sum is a multiple of one.
  if (reduce === 'mean') return within(image, where === undefined && body?.isPositive === true);
  if (reduce === 'sum')
    return within(
      image && isCone(image) ? image : undefined,
      where === undefined && body?.isPositive === true,
    );
  return undefined;
}

/** Whether no two of the values read the same input. */
function areApart(parts: readonly Reach[]): boolean {
  const all = parts.flatMap(({ reads }) => [...reads]);
  return new Set(all).size === all.length;
}

function added(parts: readonly Reach[]): Image | undefined {
  const images = parts.flatMap(({ image }) => (image === undefined ? [] : [image]));
  if (!areApart(parts)) return undefined;
  if (images.some(isAll)) return REALS;
  if (images.length < parts.length) return undefined;
  const end = (x: End, y: End): End => (x === undefined || y === undefined ? undefined : plus(x, y));
  return images.reduce((one, other) => ({
    low: end(one.low, other.low),
    high: end(one.high, other.high),
    lowOpen: one.lowOpen || other.lowOpen,
    highOpen: one.highOpen || other.highOpen,
  }));
}

/** A number times a value, or positive values times one whose values are a cone. */
function multiplied(parts: readonly Reach[]): Image | undefined {
  if (!areApart(parts)) return undefined;
  const [x, y] = parts;
  if (x === undefined || y === undefined) return undefined;
  for (const [factor, other] of [
    [x, y],
    [y, x],
  ] as const) {
    const number = pointOf(factor.image);
    if (other.image === undefined) continue;
    if (number !== undefined && !isZero(number)) return scaled(other.image, number);
    if (factor.isPositive && isCone(other.image)) return other.image;
  }
  return undefined;
}
function pointOf(image: Image | undefined): Rational | undefined {
  const { low, high } = image ?? {};
  return low !== undefined && high !== undefined && equals(low, high) ? low : undefined;
}

function scaled({ low, high, lowOpen, highOpen }: Image, by: Rational): Image {
  const end = (one: End): End => one && times(one, by);
  return signOf(by) < 0
    ? { low: end(high), high: end(low), lowOpen: highOpen, highOpen: lowOpen }
    : { low: end(low), high: end(high), lowOpen, highOpen };
}
/** By an increasing function; `infinite` is what an infinite lower end becomes. */
function mapped(
  { low, high, ...open }: Image,
  of: (end: Rational) => Rational | 'none' | undefined,
  infinite: { readonly low?: Rational },
): Image | undefined {
  const [from, to] = [
    low === undefined ? (infinite.low ?? 'none') : of(low),
    high === undefined ? 'none' : of(high),
  ];
  if (from === undefined || to === undefined) return undefined;
  return { low: from === 'none' ? undefined : from, high: to === 'none' ? undefined : to, ...open };
}
const exponential = (end: Rational): Rational | undefined => (isZero(end) ? ONE : undefined);
const logarithm = (end: Rational): Rational | 'none' | undefined =>
  isZero(end) ? 'none' : equals(end, ONE) ? ZERO : undefined;
/** One over values that are positive. */
function inverted({ low, high, lowOpen, highOpen }: Image): Image | undefined {
  if (low === undefined) return undefined;
  return {
    low: high === undefined ? ZERO : inverse(high),
    high: isZero(low) ? undefined : inverse(low),
    lowOpen: highOpen,
    highOpen: lowOpen,
  };
}
