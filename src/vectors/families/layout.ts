/** Group ids and rows in orders that a reshape would get wrong, and one batch in two orders. */
import type { DenseValue } from '../../batch/dense.js';
import { drawBatch } from '../draft.js';
import type { Family } from '../family.js';
import type { DrawnInput } from '../scene.js';
import { shuffled } from '../random.js';
import { raggedSizes, scattered } from '../shape.js';
import type { Batch } from '../vector.js';

/** The same rollouts in another order; values per group and per batch stay where they are. */
function reordered(batch: Batch, inputs: readonly DrawnInput[], rows: readonly number[]): Batch {
  const perRollout = new Set([
    'group',
    'mask',
    ...inputs.filter(({ level }) => level === 'rollout' || level === 'token').map(({ name }) => name),
  ]);
  const moved = (value: DenseValue): DenseValue =>
    typeof value === 'number' ? value : (rows.map((row) => value[row] ?? 0) as DenseValue);
  return Object.fromEntries(
    Object.entries(batch).map(([name, value]) => [name, perRollout.has(name) ? moved(value) : value]),
  );
}

export const layout: Family = {
  name: 'layout',
  title: 'ragged and scattered groups, ids of any sign, rows in another order',
  drafts: (scene) => [
    {
      name: 'scattered',
      description: 'three groups of four, their rollouts mixed, ids in no order, holes in the rows',
      make: (random) => ({
        batch: drawBatch(scene, random, scattered(scene, random, [4, 4, 4], 5), { padding: 'drawn' }),
      }),
    },
    {
      name: 'ragged',
      description: 'groups of unequal size, their rollouts mixed',
      make: (random) => ({
        batch: drawBatch(scene, random, scattered(scene, random, raggedSizes(random), 5)),
      }),
    },
    {
      name: 'order-1',
      description: 'a batch for `order-2`, which has the same rollouts in another order',
      stream: 'order',
      make: (random) => ({ batch: drawBatch(scene, random, scattered(scene, random, [3, 3, 2], 5)) }),
    },
    {
      name: 'order-2',
      description: 'the rollouts of `order-1` in another order: the same loss, the gradient in that order',
      stream: 'order',
      reorders: 'order-1',
      make: (random) => {
        const batch = drawBatch(scene, random, scattered(scene, random, [3, 3, 2], 5));
        const rows = shuffled(random, [0, 1, 2, 3, 4, 5, 6, 7]);
        return { batch: reordered(batch, scene.program.inputs, rows), rows };
      },
    },
  ],
};
