/** The logistic function. */
import { sigmoid } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const sigmoidAtom = defineAtom({
  name: 'sigmoid',
  doc: '1/(1 + e^−x), without overflow on either side.',
  params: [real('x')],
  expand: sigmoid,
  examples: [
    { args: [0], value: 0.5 },
    { args: [Math.log(3)], value: 0.75 },
    { args: [1000], value: 1 },
    { args: [-1000], value: 0 },
    { args: [NaN], value: NaN },
  ],
});
