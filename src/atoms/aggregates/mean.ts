/** The mean of an index set. */
import { reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const meanAggregate = defineAggregate({
  name: 'mean',
  doc: 'Σ x over the index set, divided by its size.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: (set, x) => reduce('mean', set, x),
  examples: [
    { elements: [1, 2, 6], value: 3 },
    { elements: [0.1, 0.1, 0.1], value: 0.1 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
