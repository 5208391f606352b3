/** A value held between two bounds. */
import { clip } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const clipAtom = defineAtom({
  name: 'clip',
  doc: '`low` below `low`, else `high` above `high`, else x; the derivative passes at both ends.',
  params: [real('x'), real('low'), real('high')],
  expand: clip,
  examples: [
    { args: [-1, 0, 2], value: 0 },
    { args: [1, 0, 2], value: 1 },
    { args: [3, 0, 2], value: 2 },
    { args: [3, -Infinity, Infinity], value: 3 },
    { args: [1, 4, 2], value: 4 },
    { args: [NaN, 0, 2], value: NaN },
    { args: [1, NaN, 2], value: NaN },
    { args: [1, 0, NaN], value: NaN },
  ],
});
