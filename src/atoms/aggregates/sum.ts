/** The sum of an index set. */
import { reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const sumAggregate = defineAggregate({
  name: 'sum',
  doc: 'Σ x over the index set.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: (set, x) => reduce('sum', set, x),
  examples: [
    { elements: [1, 2, 4], value: 7 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
