/** The exponential. */
import { exp } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const expAtom = defineAtom({
  name: 'exp',
  doc: 'e to the power x.',
  params: [real('x')],
  expand: exp,
  examples: [
    { args: [0], value: 1 },
    { args: [1], value: Math.E },
    { args: [-Infinity], value: 0 },
    { args: [NaN], value: NaN },
  ],
});
