/** A quantile of an index set. */
import { reduce } from '../../ir/build.js';
import { defineAggregate, given, real } from '../atom.js';

export const quantileAggregate = defineAggregate({
  name: 'quantile',
  doc: 'The value below which a share q of the elements lies, by linear interpolation; it carries no derivative.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  beside: real('q'),
  expand: (set, x, q) => reduce('quantile', set, x, given(q, 'quantile')),
  examples: [
    { elements: [3, 1, 2], beside: 0.5, value: 2 },
    { elements: [4, 1, 2, 3], beside: 0.5, value: 2.5 },
    { elements: [1, 3], beside: 0.25, value: 1.5 },
    { elements: [3, 1, 2], beside: 0, value: 1 },
    { elements: [3, 1, 2], beside: 1, value: 3 },
    { elements: [-Infinity, 1, Infinity], beside: 0.5, value: 1 },
    { elements: [1, Infinity], beside: 0.5, value: Infinity },
    { elements: [5], beside: 0.3, value: 5 },
    { elements: [], beside: 0.5, value: 0 },
    { elements: [1, NaN], beside: 0, value: NaN },
    { elements: [1, 2], beside: 1.5, value: NaN },
    { elements: [1, 2], beside: NaN, value: NaN },
  ],
});
