/** The exponential less one. */
import { expm1 } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const expm1Atom = defineAtom({
  name: 'expm1',
  doc: 'e^x − 1, with all its digits near x = 0.',
  params: [real('x')],
  expand: expm1,
  examples: [
    { args: [0], value: 0 },
    { args: [1e-20], value: 1e-20 },
    { args: [1], value: Math.E - 1 },
    { args: [NaN], value: NaN },
  ],
});
