/** Rollouts of one token, of none, and a batch without any. */
import { drawBatch, hasTokens } from '../draft.js';
import type { Family } from '../family.js';
import { padded } from '../shape.js';

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
  drafts: (scene) => {
    if (!hasTokens(scene.program.inputs)) return { why: 'no input has a value per token' };
    const group = Array.from({ length: 8 }, (_, row) => Math.floor(row / (scene.groupSize ?? 4)));
    return LENGTHS.map(({ name, description, lengths: of }) => ({
      name,
      description,
      make: (random) => ({ batch: drawBatch(scene, random, padded(group, of, Math.max(3, ...of))) }),
    }));
  },
};
