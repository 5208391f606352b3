/** A smooth `relu`. */
import { softplus } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const softplusAtom = defineAtom({
  name: 'softplus',
  doc: 'log(1 + e^x), without overflow.',
  params: [real('x')],
  expand: softplus,
  examples: [
    { args: [0], value: Math.LN2 },
    { args: [1000], value: 1000 },
    { args: [-1000], value: 0 },
    { args: [NaN], value: NaN },
  ],
});
