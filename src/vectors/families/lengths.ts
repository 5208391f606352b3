/** Rollouts of one token, of none, and a batch without any. */
import { drawBatch, hasTokens } from '../draft.js';
import type { Family } from '../family.js';
import { padded } from '../shape.js';

const GROUP = [0, 0, 0, 0, 1, 1, 1, 1];
const LENGTHS = [
  { name: 'length-one', description: 'every rollout has one token', lengths: [1, 1, 1, 1, 1, 1, 1, 1] },
  {
    name: 'very-unequal',
    description: 'rollouts of 1 and of 12 tokens side by side',
    lengths: [1, 12, 1, 12, 12, 1, 1, 1],
  },
  {
    name: 'empty-rollouts',
    description: 'some rollouts have no token; each counts as a rollout',
    lengths: [3, 0, 2, 4, 0, 5, 1, 0],
  },
  {
    name: 'empty-group',
    description: 'no rollout of one group has a token',
    lengths: [0, 0, 0, 0, 2, 3, 1, 2],
  },
  { name: 'no-tokens', description: 'no rollout has a token', lengths: [0, 0, 0, 0, 0, 0, 0, 0] },
];

export const lengths: Family = {
  name: 'lengths',
  title: 'one token, very unequal lengths, no token at all',
  drafts: ({ program: { inputs } }) => {
    if (!hasTokens(inputs)) return { why: 'no input has a value per token' };
    return LENGTHS.map(({ name, description, lengths: of }) => ({
      name,
      description,
      make: (random) => ({ batch: drawBatch(inputs, random, padded(GROUP, of, Math.max(3, ...of))) }),
    }));
  },
};
