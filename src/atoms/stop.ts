/** The stop-gradient. */
import { stop } from '../ir/build.js';
import { defineAtom, real } from './atom.js';

export const stopAtom = defineAtom({
  name: 'stop',
  doc: 'x itself, with derivative 0: the stop-gradient.',
  params: [real('x')],
  expand: stop,
  examples: [
    { args: [-2], value: -2 },
    { args: [Infinity], value: Infinity },
    { args: [NaN], value: NaN },
  ],
});
