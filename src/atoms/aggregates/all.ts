/** Whether a condition holds at every element. */
import { reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const allAggregate = defineAggregate({
  name: 'all',
  doc: 'Whether the condition holds at every element.',
  argument: 'bool',
  result: 'bool',
  overNothing: true,
  acceptsAnchor: false,
  expand: (set, x) => reduce('all', set, x),
  examples: [
    { elements: [0, 1], value: 0 },
    { elements: [1, 1], value: 1 },
    { elements: [], value: 1 },
  ],
});
