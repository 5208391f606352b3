/** The smallest element of an index set; `../min.ts` is the elementwise function. */
import { min, reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const minAggregate = defineAggregate({
  name: 'min',
  doc: 'The smallest element; at a tie the first in order takes the derivative, the anchor last.',
  argument: 'real',
  result: 'real',
  overNothing: 'error unless anchor',
  acceptsAnchor: true,
  expand: (set, x, anchor) => {
    const extreme = reduce('min', set, x);
    return anchor === undefined ? extreme : min(extreme, anchor);
  },
  examples: [
    { elements: [2, 1, 3], value: 1 },
    { elements: [1, 3], anchor: -5, value: -5 },
    { elements: [1, 3], anchor: 5, value: 1 },
    { elements: [], anchor: 2, value: 2 },
    { elements: [], anchor: Infinity, value: Infinity },
    { elements: [1, NaN], value: NaN },
    { elements: [1], anchor: NaN, value: NaN },
  ],
});
