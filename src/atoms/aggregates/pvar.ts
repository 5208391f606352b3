/** The population variance of an index set. */
import { mul, reduce, type IndexSet } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { defineAggregate } from '../atom.js';
import { deviations } from './deviations.js';

export function populationVariance(set: IndexSet, x: Expr): Expr {
  const deviation = deviations(set, x);
  return reduce('mean', set, mul(deviation, deviation));
}

export const pvarAggregate = defineAggregate({
  name: 'pvar',
  doc: 'Population variance, divided by n; 0 over nothing.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: populationVariance,
  examples: [
    { elements: [1, 3], value: 1 },
    { elements: [0.1, 0.1, 0.1], value: 0 },
    { elements: [5], value: 0 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
