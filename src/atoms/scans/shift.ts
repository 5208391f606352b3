/** The value of another token of the rollout. */
import { shift } from '../../ir/build.js';
import { defineScan, given } from '../atom.js';

export const shiftScan = defineScan({
  name: 'shift',
  doc: 'x of the token `by` places earlier in the rollout, and `fill` where it has none; a negative `by` looks ahead.',
  params: [
    { name: 'by', kind: 'integer literal', labelled: true },
    { name: 'fill', kind: 'number', labelled: true },
  ],
  expand: ({ x, numbers: [fill], integers: [by] }) => shift(given(by, 'shift'), x, given(fill, 'shift')),
  examples: [
    { x: [1, 2, 4], integers: [1], numbers: [0], value: [0, 1, 2] },
    { x: [1, 2, 4], integers: [-1], numbers: [9], value: [2, 4, 9] },
    { x: [1, 2, 4], integers: [0], numbers: [9], value: [1, 2, 4] },
    { x: [1, 2, 4], integers: [3], numbers: [9], value: [9, 9, 9] },
    { x: [NaN, 2], integers: [-1], numbers: [0], value: [2, 0] },
    { x: [], integers: [1], numbers: [0], value: [] },
  ],
});
