/** The absolute value. */
import { abs } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const absAtom = defineAtom({
  name: 'abs',
  doc: 'Absolute value, with derivative 0 at 0.',
  params: [real('x')],
  expand: abs,
  examples: [
    { args: [-2], value: 2 },
    { args: [0], value: 0 },
    { args: [3], value: 3 },
    { args: [NaN], value: NaN },
  ],
});
