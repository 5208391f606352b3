/** How far the model is from the policies that it is compared with: not at all, far, and so far that e^s overflows. */
import { drawBatch, mapped } from '../draft.js';
import type { Family } from '../family.js';
import type { Scene } from '../scene.js';
import { isLogProbability, modelsOf, referencesIn } from '../inputs.js';
import { regular } from '../shape.js';
import type { Batch } from '../vector.js';

const noReference = {
  why: 'no data input is a log-probability beside one of the model (`old_logp` beside `logp`)',
};

export const onPolicy: Family = {
  name: 'on-policy',
  title: 'every policy is the model: all log-ratios are 0',
  drafts: (scene) =>
    referencesIn(scene.program.inputs).length === 0
      ? noReference
      : [
          {
            name: 'on-policy',
            description: 'every reference log-probability equals that of the model',
            make: (random) => ({
              batch: drawBatch(scene, random, regular(scene, random, 2, 4, 5), { distance: 0 }),
            }),
          },
        ],
};

export const offPolicy: Family = {
  name: 'off-policy',
  title: 'large log-ratios, on both sides of every clip',
  drafts: (scene) =>
    referencesIn(scene.program.inputs).length === 0
      ? noReference
      : [1, 3].map((distance, at) => ({
          name: `off-policy-${at + 1}`,
          description: `log-ratios around ±${distance}`,
          make: (random) => ({
            batch: drawBatch(scene, random, regular(scene, random, 3, 4, 5), { distance }),
          }),
        })),
};

/** Log-ratios of exactly ±size at two entries of three, small ones at the rest. */
function stretched({ program: { inputs } }: Scene, batch: Batch, size: number): Batch {
  const references = referencesIn(inputs);
  const models = modelsOf(inputs).filter((one) => references.length === 0 || isLogProbability(one));
  const side = (at: number, row: number): number => ((at + row) % 3) - 1;
  const isModel = (name: string): boolean => models.some((one) => one.name === name);
  const apart = (value: number, at: number, row: number, name: string): number => {
    if (side(at, row) === 0) return value;
    // The likelier of the two is at −1: no log-probability is positive.
    return isModel(name) === side(at, row) > 0 ? -1 : -1 - size;
  };
  const away = (value: number, at: number, row: number, name: string): number => {
    const downOnly = models.some((one) => one.name === name && isLogProbability(one));
    return value + (downOnly ? -Math.abs(side(at, row)) : side(at, row)) * size;
  };
  const names = [...models, ...references].map(({ name }) => name);
  return mapped(batch, names, references.length > 0 ? apart : away);
}

export const extremeRatios: Family = {
  name: 'extreme',
  title: 'log-ratios at which exponentials overflow, or guards of frameworks set in',
  drafts: (scene) => {
    const { inputs } = scene.program;
    const withReference = referencesIn(inputs).length > 0;
    return [12, 20, 100, 1000].map((size) => ({
      name: `extreme-${size}`,
      description: withReference
        ? `log-ratios of exactly ±${size} at two entries of three`
        : `the model's outputs moved by ±${size} at two entries of three`,
      make: (random) => ({
        batch: stretched(scene, drawBatch(scene, random, regular(scene, random, 2, 4, 4)), size),
      }),
    }));
  },
};
