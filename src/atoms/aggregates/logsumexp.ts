/** The smooth maximum of an index set. */
import { reduce } from '../../ir/build.js';
import { defineAggregate } from '../atom.js';

export const logsumexpAggregate = defineAggregate({
  name: 'logsumexp',
  doc: 'log Σ e^x over the index set and the anchor, evaluated with the maximum shifted out.',
  argument: 'real',
  result: 'real',
  overNothing: 'error unless anchor',
  acceptsAnchor: true,
  expand: (set, x, anchor) => reduce('logsumexp', set, x, anchor),
  examples: [
    { elements: [0, 0], value: Math.LN2 },
    { elements: [1000, 1000], value: 1000 + Math.LN2 },
    { elements: [Math.log(2)], anchor: 0, value: Math.log(3) },
    { elements: [], anchor: 0, value: 0 },
    { elements: [], anchor: -Infinity, value: -Infinity },
    { elements: [0, NaN], value: NaN },
  ],
});
