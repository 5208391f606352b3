/** Whether a condition holds at some element. */
import { reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const anyAggregate = defineAggregate({
  name: 'any',
  doc: 'Whether the condition holds at one element or more.',
  argument: 'bool',
  result: 'bool',
  overNothing: false,
  acceptsAnchor: false,
  expand: (set, x) => reduce('any', set, x),
  examples: [
    { elements: [0, 1], value: 1 },
    { elements: [0, 0], value: 0 },
    { elements: [], value: 0 },
  ],
});
