/** The running sum along a rollout. */
import { scan } from '../../ir/build.js';
import { defineScan } from '../atom.js';

export const cumsumScan = defineScan({
  name: 'cumsum',
  doc: 'Σ x over the tokens of the rollout up to the own one, that included.',
  params: [],
  expand: ({ x }) => scan('forward', x),
  examples: [
    { x: [1, 2, 4], value: [1, 3, 7] },
    { x: [1], value: [1] },
    { x: [], value: [] },
    { x: [1, NaN, 2], value: [1, NaN, NaN] },
    { x: [1, Infinity, -Infinity], value: [1, Infinity, NaN] },
  ],
});
