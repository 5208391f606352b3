/** The positive part. Zero comes first, so that it takes the derivative at the kink. */
import { ZERO, max } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const reluAtom = defineAtom({
  name: 'relu',
  doc: 'The larger of 0 and x, with derivative 0 at 0.',
  params: [real('x')],
  expand: (x) => max(ZERO, x),
  examples: [
    { args: [-2], value: 0 },
    { args: [0], value: 0 },
    { args: [3], value: 3 },
    { args: [NaN], value: NaN },
  ],
});
