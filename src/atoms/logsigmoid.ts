/** The logarithm of the logistic function. */
import { neg, softplus } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const logsigmoidAtom = defineAtom({
  name: 'logsigmoid',
  doc: 'log sigmoid(x), without overflow on either side.',
  params: [real('x')],
  expand: (x) => neg(softplus(neg(x))),
  examples: [
    { args: [0], value: -Math.LN2 },
    { args: [-1000], value: -1000 },
    { args: [1000], value: 0 },
    { args: [NaN], value: NaN },
  ],
});
