/** The largest of its arguments, elementwise; `aggregates/max.ts` is the reduction. */
import { max } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const maxAtom = defineAtom({
  name: 'max',
  doc: 'The largest of two or more; at a tie the first takes the derivative.',
  variadic: true,
  params: [real('x'), real('y')],
  expand: max,
  examples: [
    { args: [1, 2], value: 2 },
    { args: [2, 1], value: 2 },
    { args: [1, 3, 2], value: 3 },
    { args: [1, NaN], value: NaN },
    { args: [NaN, 1], value: NaN },
  ],
});
