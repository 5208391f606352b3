/** Batches as training has them. */
import { drawBatch } from '../draft.js';
import type { Family } from '../family.js';
import { regular } from '../shape.js';

const SIZES = [
  { groups: 2, size: 4, longest: 6, distance: 0.1 },
  { groups: 3, size: 3, longest: 5, distance: 0.2 },
  { groups: 4, size: 4, longest: 9, distance: 0.3 },
] as const;

export const typical: Family = {
  name: 'typical',
  title: 'groups of one size, padded rollouts, the old policy close to the model',
  drafts: (scene) =>
    SIZES.map(({ groups, size, longest, distance }, at) => ({
      name: `typical-${at + 1}`,
      description: `${groups} groups of ${size} rollouts, up to ${longest} tokens, log-ratios around ±${distance}`,
      make: (random) => ({
        batch: drawBatch(scene, random, regular(scene, random, groups, size, longest), { distance }),
      }),
    })),
};
