/** The population standard deviation of an index set. */
import { sqrt } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';
import { populationVariance } from './pvar.js';

export const pstdAggregate = defineAggregate({
  name: 'pstd',
  doc: 'Population standard deviation, with n; 0 over nothing, with derivative 0 at 0.',
  argument: 'real',
  result: 'real',
  overNothing: 0,
  acceptsAnchor: false,
  expand: (set, x) => sqrt(populationVariance(set, x)),
  examples: [
    { elements: [1, 5], value: 2 },
    { elements: [0.1, 0.1, 0.1], value: 0 },
    { elements: [5], value: 0 },
    { elements: [], value: 0 },
    { elements: [1, NaN], value: NaN },
  ],
});
