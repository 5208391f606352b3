/** The natural logarithm. */
import { log } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const logAtom = defineAtom({
  name: 'log',
  doc: 'Natural logarithm of a positive number.',
  params: [real('x')],
  expand: log,
  examples: [
    { args: [1], value: 0 },
    { args: [Math.E], value: 1 },
    { args: [0], value: -Infinity },
    { args: [-1], value: NaN },
    { args: [NaN], value: NaN },
  ],
});
