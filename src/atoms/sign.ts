/** The sign of a number. */
import { sign } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const signAtom = defineAtom({
  name: 'sign',
  doc: '−1, 0 or 1 as x is negative, zero or positive, without a derivative.',
  params: [real('x')],
  expand: sign,
  examples: [
    { args: [-2], value: -1 },
    { args: [0], value: 0 },
    { args: [3], value: 1 },
    { args: [NaN], value: NaN },
  ],
});
