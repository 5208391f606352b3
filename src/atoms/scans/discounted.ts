/** The return-to-go along a rollout. */
import { scan } from '../../ir/build.js';
import { defineScan, given } from '../atom.js';

export const discountedScan = defineScan({
  name: 'discounted',
  doc: 'Σ γ^(u − t) x_u over the tokens u of the rollout from the own one, t, on: the return-to-go.',
  params: [{ name: 'gamma', kind: 'number', labelled: false }],
  expand: ({ x, numbers: [gamma] }) => scan('backward', x, given(gamma, 'discounted')),
  examples: [
    { x: [1, 2, 4], numbers: [0.5], value: [3, 4, 4] },
    { x: [1, 2, 4], numbers: [0], value: [1, 2, 4] },
    { x: [1, 2, 4], numbers: [1], value: [7, 6, 4] },
    { x: [1, 2, 4], numbers: [-2], value: [13, -6, 4] },
    { x: [5], numbers: [NaN], value: [5] },
    { x: [], numbers: [0.5], value: [] },
    { x: [1, NaN, 2], numbers: [0.5], value: [NaN, NaN, 2] },
  ],
});
