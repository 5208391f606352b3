/** The square, a product and no power: any base will do. */
import { mul } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const squareAtom = defineAtom({
  name: 'square',
  doc: 'x times x.',
  params: [real('x')],
  expand: (x) => mul(x, x),
  examples: [
    { args: [3], value: 9 },
    { args: [-3], value: 9 },
    { args: [0], value: 0 },
    { args: [NaN], value: NaN },
  ],
});
