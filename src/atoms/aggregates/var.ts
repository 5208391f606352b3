/** The sample variance of an index set. */
import { ONE, ZERO, count, div, gt, mul, reduce, select, sub, type IndexSet } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { defineAggregate } from '../atom.js';
import { deviations } from './deviations.js';

export function sampleVariance(set: IndexSet, x: Expr): Expr {
  const size = count(set);
  const deviation = deviations(set, x);
  const total = reduce('sum', set, mul(deviation, deviation));
  return select(gt(size, ONE), div(total, sub(size, ONE)), ZERO);
}

export const varAggregate = defineAggregate({
  name: 'var',
  doc: 'Sample variance, divided by n − 1; 0 for fewer than two elements.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: sampleVariance,
  examples: [
    { elements: [1, 2, 3], value: 1 },
    { elements: [0.1, 0.1, 0.1], value: 0 },
    { elements: [5], value: 0 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
