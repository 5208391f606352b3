/** The square root. */
import { sqrt } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const sqrtAtom = defineAtom({
  name: 'sqrt',
  doc: 'Square root, with derivative 0 at 0.',
  params: [real('x')],
  expand: sqrt,
  examples: [
    { args: [4], value: 2 },
    { args: [0], value: 0 },
    { args: [-1], value: NaN },
    { args: [NaN], value: NaN },
  ],
});
