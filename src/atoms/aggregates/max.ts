/** The largest element of an index set; `../max.ts` is the elementwise function. */
import { max, reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const maxAggregate = defineAggregate({
  name: 'max',
  doc: 'The largest element; at a tie the first in order takes the derivative, the anchor last.',
  argument: 'real',
  result: 'real',
  overNothing: 'error unless anchor',
  acceptsAnchor: true,
  expand: (set, x, anchor) => {
    const extreme = reduce('max', set, x);
    return anchor === undefined ? extreme : max(extreme, anchor);
  },
  examples: [
    { elements: [1, 3, 2], value: 3 },
    { elements: [1, 3], anchor: 5, value: 5 },
    { elements: [1, 3], anchor: -5, value: 3 },
    { elements: [], anchor: -2, value: -2 },
    { elements: [], anchor: -Infinity, value: -Infinity },
    { elements: [1, NaN], value: NaN },
    { elements: [1], anchor: NaN, value: NaN },
  ],
});
