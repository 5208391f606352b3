/** The logarithm of one more. */
import { log1p } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const log1pAtom = defineAtom({
  name: 'log1p',
  doc: 'log(1 + x), with all its digits near x = 0.',
  params: [real('x')],
  expand: log1p,
  examples: [
    { args: [0], value: 0 },
    { args: [1e-20], value: 1e-20 },
    { args: [Math.E - 1], value: 1 },
    { args: [-1], value: -Infinity },
    { args: [NaN], value: NaN },
  ],
});
