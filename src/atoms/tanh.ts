/** The hyperbolic tangent. */
import { tanh } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const tanhAtom = defineAtom({
  name: 'tanh',
  doc: 'Hyperbolic tangent.',
  params: [real('x')],
  expand: tanh,
  examples: [
    { args: [0], value: 0 },
    { args: [Math.atanh(0.5)], value: 0.5 },
    { args: [1000], value: 1 },
    { args: [-1000], value: -1 },
    { args: [NaN], value: NaN },
  ],
});
