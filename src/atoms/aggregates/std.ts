/** The sample standard deviation of an index set. */
import { sqrt } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';
import { sampleVariance } from './var.js';

export const stdAggregate = defineAggregate({
  name: 'std',
  doc: 'Sample standard deviation, with n − 1; 0 for fewer than two elements, with derivative 0 at 0.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: (set, x) => sqrt(sampleVariance(set, x)),
  examples: [
    { elements: [1, 3, 5], value: 2 },
    { elements: [0.1, 0.1, 0.1], value: 0 },
    { elements: [5], value: 0 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
