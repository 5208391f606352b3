/** The smallest of its arguments, elementwise; `aggregates/min.ts` is the reduction. */
import { min } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const minAtom = defineAtom({
  name: 'min',
  doc: 'The smallest of two or more; at a tie the first takes the derivative.',
  variadic: true,
  params: [real('x'), real('y')],
  expand: min,
  examples: [
    { args: [1, 2], value: 1 },
    { args: [2, 1], value: 1 },
    { args: [3, 1, 2], value: 1 },
    { args: [1, NaN], value: NaN },
    { args: [NaN, 1], value: NaN },
  ],
});
