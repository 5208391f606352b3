/** Reductions over one index set. A condition on the set becomes a guard in the derivative engine. */
import { REALS, closed, hull, point, product } from '../../base/interval.js';
import { attains, count, div, exp, mul, sub } from '../build.js';
import type { Reduce } from '../expr.js';
import type { IndexSet } from '../build.js';
import type { ReduceRecord } from '../op.js';
import { largest, smallest } from './order.js';

const setOf = ({ from, to, where }: Reduce): IndexSet => ({ from, to, where });
const total = (elements: readonly number[]): number => elements.reduce((sum, one) => sum + one, 0);

export const summation: ReduceRecord = {
  notation: 'sum',
  eval: total,
  range: (x, canBeEmpty) => product(canBeEmpty ? closed(0, Infinity) : closed(1, Infinity), x),
  vjp: (adjoint, { x }) => [{ to: x, value: adjoint }],
};

/** Shifted by the first element, so that the mean of equal values is that value exactly. */
export const average: ReduceRecord = {
  notation: 'mean',
  eval: (elements) => {
    const first = elements[0];
    if (first === undefined) return 0;
    if (!Number.isFinite(first)) return total(elements) / elements.length;
    return first + total(elements.map((one) => one - first)) / elements.length;
  },
  range: (x, canBeEmpty) => (canBeEmpty ? hull(point(0), x) : x),
  vjp: (adjoint, node) => [{ to: node.x, value: div(adjoint, count(setOf(node))) }],
};

/** At a tie the first in order takes the derivative. */
export const maximal: ReduceRecord = {
  notation: 'max',
  eval: largest,
  range: (x, canBeEmpty) => (canBeEmpty ? { ...x, low: -Infinity, lowOpen: false } : x),
  vjp: (adjoint, node) => [{ to: node.x, value: adjoint, guard: attains('max', setOf(node), node.x) }],
};
export const minimal: ReduceRecord = {
  notation: 'min',
  eval: smallest,
  range: (x, canBeEmpty) => (canBeEmpty ? { ...x, high: Infinity, highOpen: false } : x),
  vjp: (adjoint, node) => [{ to: node.x, value: adjoint, guard: attains('min', setOf(node), node.x) }],
};

/** log Σ e^x with the maximum shifted out; the engine appends the anchor to the elements. */
export const logSumExp: ReduceRecord = {
  notation: 'logsumexp',
  eval: (elements) => {
    const top = largest(elements);
    if (!Number.isFinite(top)) return top;
    return top + Math.log(total(elements.map((one) => Math.exp(one - top))));
  },
  range: (x, canBeEmpty) => (canBeEmpty ? REALS : { ...x, high: Infinity, highOpen: true }),
  vjp: (adjoint, node) => [
    { to: node.x, value: mul(adjoint, exp(sub(node.x, node))) },
    ...(node.anchor === undefined
      ? []
      : [{ to: node.anchor, value: mul(adjoint, exp(sub(node.anchor, node))), asAnchor: true as const }]),
  ],
};

const truth = (value: boolean): number => (value ? 1 : 0);
export const anyOf: ReduceRecord = {
  notation: 'any',
  eval: (elements) => truth(elements.includes(1)),
  range: () => closed(0, 1),
  vjp: () => [],
};
export const allOf: ReduceRecord = {
  notation: 'all',
  eval: (elements) => truth(!elements.includes(0)),
  range: () => closed(0, 1),
  vjp: () => [],
};

/**
 * Linear interpolation between the two elements around place q · (n − 1) of the sorted ones, exactly one of them where
 * it falls on one; NaN where an element is, or q lies outside [0, 1]. No derivative.
 */
export const quantileOf: ReduceRecord = {
  notation: 'quantile',
  eval: (elements, q) => {
    if (elements.length === 0) return 0;
    if (!(q >= 0 && q <= 1) || elements.some(Number.isNaN)) return NaN;
    const sorted = [...elements].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const place = q * (sorted.length - 1);
    const [low, high] = [Math.floor(place), Math.ceil(place)];
    const [below = NaN, above = NaN] = [sorted[low], sorted[high]];
    return low === high ? below : below * (1 - (place - low)) + above * (place - low);
  },
  range: (x, canBeEmpty) => (canBeEmpty ? hull(point(0), x) : x),
  vjp: () => [],
};

/** The first element in order: a shift that makes deviations of equal values exactly 0. No derivative. */
export const firstOf: ReduceRecord = {
  notation: 'first',
  eval: (elements) => elements[0] ?? 0,
  range: (x, canBeEmpty) => (canBeEmpty ? hull(point(0), x) : x),
  vjp: () => [],
};
