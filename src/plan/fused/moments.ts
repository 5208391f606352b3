/**
 * Sums of deviations, and of their squares, from what only a later walk knows, such as the mean of the batch. A rollout
 * sums the deviations of its tokens `x` from its own first one `c` and its own mean `c + k` while they are near; what
 * they have in common is added when `m` is known. So the variance of all tokens takes one walk, not three. In the first
 * sum `c` is 0 where the tokens are nearer to that.
 *
 *     Σ (x − m)  = Σ (x − c) + n (c − m)
 *     Σ (x − m)² = Σ (x − c − k)² + n (c − m + k)²,  k = Σ (x − c) / n
 *
 * The second is how Chan, Golub and LeVeque combine variances ("Algorithms for Computing the Sample Variance", The
 * American Statistician 37(3), 1983). Both hold for any `m` and `c`, and come to exactly 0 where all tokens are equal and
 * `m` is their value.
 */
import {
  ONE,
  TRUE,
  ZERO,
  abs,
  add,
  and,
  count,
  div,
  gt,
  infinity,
  le,
  lt,
  max,
  mul,
  neg,
  reduce,
  select,
  sub,
  type IndexSet,
} from '../../ir/build.js';
import type { Expr, Reduce } from '../../ir/expr.js';
import { intern, operandsOf, partsOf, rebuild, withOperands } from '../../ir/graph.js';
import { expanded, isPlainCount } from './expand.js';
import { timer } from './times.js';

/** The same values in the forms that `fuse` schedules, with sums over tokens that wait for no more than tokens do. */
export const expandedEarly = (roots: readonly Expr[]): readonly Expr[] =>
  summedEarly(expanded(rebuild(roots, shiftedMeans(roots)).roots));

/**
 * Means of tokens whose first one is known anyway, as that of `x − first(x)` needs it: shifted by it, like the means of
 * rollouts, so that equal values have exactly their value for a mean.
 */
function shiftedMeans(roots: readonly Expr[]): (expr: Expr) => Expr {
  const firsts = intern(roots)
    .nodes.filter(isBeyondRollouts)
    .filter((node) => node.reduce === 'first');
  return (expr) => {
    if (!isBeyondRollouts(expr) || expr.reduce !== 'mean') return expr;
    const known = firsts.find((first) => isSameSet(first, expr) && first.x === expr.x);
    if (known === undefined) return expr;
    const origin = finite(known);
    const shift = reduce('mean', expr, sub(expr.x, origin));
    const shifted = add(origin, shift);
    // An origin that is far from the others would leave them no digits.
    return select(le(abs(shift), abs(shifted)), shifted, expr);
  };
}
const isBeyondRollouts = (expr: Expr): expr is Reduce =>
  expr.op === 'reduce' && expr.from === 'token' && expr.to !== 'rollout';

function summedEarly(roots: readonly Expr[]): readonly Expr[] {
  const timeOf = timer();
  const phaseOf: PhaseOf = (expr) => timeOf(expr).phase;
  return rebuild(roots, (expr) => {
    if (!isOfOwn(expr)) return expr;
    if (expr.reduce === 'any') return anyEarly(expr, phaseOf);
    return expr.reduce === 'sum' && !isPlainCount(expr) ? sumEarly(expr, phaseOf) : expr;
  }).roots;
}
type PhaseOf = (expr: Expr) => number;

const isOfOwn = (expr: Expr): expr is Reduce =>
  expr.op === 'reduce' && expr.from === 'token' && expr.to === 'rollout';

/** Whether there is any, where all tokens have a part of the condition in common. */
function anyEarly({ from, to, where, x }: Reduce, phaseOf: PhaseOf): Expr {
  const [own, set] = [lateParts(x, phaseOf), lateParts(where ?? TRUE, phaseOf)];
  const any = reduce('any', { from, to, where: where && set.rest }, own.rest);
  return [...own.late, ...set.late].reduce((found, late) => and(late, found), any as Expr);
}

/** The sum of what is known before the deviation is, and of what all tokens have in common. */
function sumEarly({ from, to, where, x: summed }: Reduce, phaseOf: PhaseOf): Expr {
  const { late, rest } = lateParts(where ?? TRUE, phaseOf);
  const set = { from, to, where: where && rest };
  const sum = partsOfSum(set, summed, phaseOf) ?? reduce('sum', set, summed);
  return late.reduce((found, condition) => select(condition, found, ZERO), sum);
}

/** A condition without its parts that are the same for all tokens and that are known later than the others. */
function lateParts(
  condition: Expr,
  phaseOf: PhaseOf,
): { readonly rest: Expr; readonly late: readonly Expr[] } {
  const parts = partsOf(condition, 'and');
  const first = Math.min(...parts.map(phaseOf));
  const isLate = (part: Expr): boolean => !isToken(part) && phaseOf(part) > first;
  const late = parts.filter(isLate);
  if (late.length === 0) return { rest: condition, late };
  return { rest: parts.filter((part) => !isLate(part)).reduce((all, part) => and(all, part)), late };
}

function partsOfSum(set: IndexSet, summed: Expr, phaseOf: PhaseOf): Expr | undefined {
  const { value, times } = factorsOf(summed);
  const isSquare = value.op === 'mul' && value.x === value.y;
  const deviation = deviationIn(isSquare ? value.x : value, phaseOf);
  if (deviation === undefined) return undefined;
  const total = (isSquare ? sumOfSquares : sumOf)(set, deviation);
  // The tokens of no rollout have nothing in common, whatever that would be.
  return select(gt(count(set), ZERO), times(total), ZERO);
}

/**
 * What a product of tokens is without its coarser factors, and how a sum of that has them again. The value is the same but
 * for an infinite factor, whose products with 0 or with numbers of both signs would sum to NaN.
 */
function factorsOf(product: Expr): { readonly value: Expr; readonly times: (total: Expr) => Expr } {
  let value = product;
  let times = (total: Expr): Expr => total;
  for (let found = factorIn(value); found !== undefined; found = factorIn(value)) {
    const [inner, outer] = [found.times, times];
    times = (total) => outer(inner(total));
    value = found.value;
  }
  return { value, times };
}
function factorIn(expr: Expr): ReturnType<typeof factorsOf> | undefined {
  if (expr.op === 'neg') return { value: expr.x, times: neg };
  // The derivative of a square has its base twice.
  if (expr.op === 'add' && expr.x === expr.y) return { value: expr.x, times: (total) => add(total, total) };
  if (expr.op !== 'mul' && expr.op !== 'div') return undefined;
  const { x, y } = expr;
  if (isToken(x) === isToken(y)) return undefined;
  if (expr.op === 'div') return isToken(x) ? { value: x, times: (total) => div(total, y) } : undefined;
  const [value, factor] = isToken(x) ? [x, y] : [y, x];
  return { value, times: (total) => mul(total, factor) };
}

interface Deviation {
  /** The tokens. */
  readonly x: Expr;
  /** How much another value deviates. */
  readonly of: (other: Expr) => Expr;
  /** The difference that so much more of the value makes: the same, or its negative. */
  readonly by: (more: Expr) => Expr;
}

/** Tokens, and what is added to all of a rollout: as much of it as makes the difference between an earlier and a later walk. */
function deviationIn(expr: Expr, phaseOf: PhaseOf): Deviation | undefined {
  const chain = [expr];
  for (let inner = termIn(expr); inner !== undefined; inner = termIn(inner)) chain.push(inner);
  const earliest = Math.min(...chain.map(phaseOf));
  const at = chain.findIndex((one) => phaseOf(one) === earliest);
  const x = chain[at];
  if (x === undefined || x === expr) return undefined;
  const of = (other: Expr): Expr =>
    chain.slice(0, at).reduceRight((inner, outer, place) => {
      const own = chain[place + 1];
      return withOperands(
        outer,
        operandsOf(outer).map((operand) => (operand === own ? inner : operand)),
      );
    }, other);
  const turns = chain.slice(0, at).filter((outer, place) => isNegated(outer, chain[place + 1])).length;
  return { x, of, by: turns % 2 === 0 ? (more) => more : neg };
}
const isNegated = (expr: Expr, term: Expr | undefined): boolean =>
  expr.op === 'neg' || (expr.op === 'sub' && expr.y === term);
/** The part of a sum, a difference or a negative that varies by token, where only one does. */
function termIn(expr: Expr): Expr | undefined {
  if (expr.op === 'neg') return expr.x;
  if (expr.op !== 'add' && expr.op !== 'sub') return undefined;
  const [term, other] = isToken(expr.x) ? [expr.x, expr.y] : [expr.y, expr.x];
  return isToken(term) && !isToken(other) ? term : undefined;
}
const isToken = (expr: Expr): boolean => expr.type.level === 'token';

/** The tokens' distances from the rollout's first one: `c`, and `Σ (x − c)`. */
function shifted(set: IndexSet, x: Expr): { readonly c: Expr; readonly distance: Expr; readonly sum: Expr } {
  const c = finite(reduce('first', set, x));
  const distance = sub(x, c);
  return { c, distance, sum: reduce('sum', set, distance) };
}
/** The value, or 0 where it is infinite or NaN: so an origin leaves what is infinite as it is. */
const finite = (expr: Expr): Expr => select(lt(abs(expr), infinity()), expr, ZERO);

/** From the first token, or from 0 where the tokens are nearer to that: from far away, they would have no digits left. */
function sumOf(set: IndexSet, { x, of, by }: Deviation): Expr {
  const { c, sum } = shifted(set, x);
  const plain = reduce('sum', set, x);
  const total = (origin: Expr, distances: Expr): Expr => add(by(distances), mul(count(set), of(origin)));
  return select(le(abs(sum), abs(plain)), total(c, sum), total(ZERO, plain));
}

function sumOfSquares(set: IndexSet, deviation: Deviation): Expr {
  const { x, of, by } = deviation;
  const { c, distance, sum } = shifted(set, x);
  const k = finite(div(sum, max(count(set), ONE)));
  const spread = sub(distance, k);
  const common = add(of(c), by(k));
  const total = add(reduce('sum', set, mul(spread, spread)), mul(count(set), mul(common, common)));
  // From an infinity, tokens deviate infinitely, or by NaN where they are the same infinity: as their sum does.
  const infinite = sumOf(set, deviation);
  return select(lt(abs(common), infinity()), total, mul(infinite, infinite));
}

const isSameSet = (a: Reduce, b: Reduce): boolean =>
  a.from === b.from && a.to === b.to && a.where === b.where;
