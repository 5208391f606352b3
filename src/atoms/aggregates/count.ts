/** The size of an index set. */
import { count } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const countAggregate = defineAggregate({
  name: 'count',
  doc: 'The number of elements of the index set; it takes no argument.',
  argument: 'none',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: (set) => count(set),
  examples: [
    { elements: [5, 5, 5], value: 3 },
    { elements: [], value: 0 },
    { elements: [NaN], value: 1 },
  ],
});
