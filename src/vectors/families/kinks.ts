/**
 * Just before and just behind every kink that the model can reach, and exact ties. A kink that only rounding would
 * hit is approached from both sides instead: at the kink itself, one unit in the last place decides.
 */
import type { DenseValue } from '../../batch/dense.js';
import { toRagged, flatten } from '../../batch/layout.js';
import { validate } from '../../batch/validate.js';
import { contains } from '../../base/interval.js';
import type { Ragged } from '../../base/ragged.js';
import type { Values } from '../../ir/eval.js';
import type { DrawnInput, Scene } from '../scene.js';
import { drawBatch } from '../draft.js';
import type { Family } from '../family.js';
import { isLogProbability, modelsOf } from '../inputs.js';
import { crossings, elementFor, kinksOf, withElement, type Kink } from '../kinks.js';
import { padded, regular } from '../shape.js';
import type { Batch, Draft } from '../vector.js';

/** Far enough that single precision is on the same side, near enough to be beside the kink. */
const BESIDE = 2 ** -13;
const FINE = 2 ** 20;
const MOST_KINKS = 8;
const PLACES = 6;

interface Ready {
  readonly ragged: Ragged;
  readonly values: Values;
}
function readied({ program, params }: Scene, batch: Batch): Ready | undefined {
  const checked = validate(batch, program.inputs);
  if ('problem' in checked) return undefined;
  const values = { params: new Map(Object.entries(params)), inputs: flatten(checked.batch, program.inputs) };
  return { ragged: toRagged(checked.batch), values };
}

const allowed = (input: DrawnInput, value: number): boolean =>
  (!isLogProbability(input) || value <= 0) &&
  (input.domain === undefined ||
    (input.domain.kind === 'interval' && contains(input.domain.interval, value)));

/** The batch with elements put beside the kink, on one side and the other in turn. */
function placed(scene: Scene, kink: Kink, start: Batch): Batch {
  const inputs = modelsOf(scene.program.inputs);
  let batch = start;
  let side = 1;
  const size = readied(scene, start)?.ragged.sizes[kink.level] ?? 0;
  for (let at = 0; at < Math.min(size, PLACES); at += 1) {
    for (const input of inputs) {
      const ready = readied(scene, batch);
      const value = batch[input.name];
      const element = ready && elementFor(ready.ragged, kink.level, at, input);
      if (ready === undefined || element === undefined || value === undefined) continue;
      const found = crossings(kink, at, input.name, element, ready.ragged, ready.values);
      const target = found
        .map((one) => Math.round((one + side * BESIDE) * FINE) / FINE)
        .find((one) => allowed(input, one));
      if (target === undefined) continue;
      batch = { ...batch, [input.name]: withElement(value, batch['mask'], element, target) };
      side = -side;
      break;
    }
  }
  return batch;
}

/** Every rollout of a group says the same of the model and of every other policy. */
function tied(inputs: readonly DrawnInput[], batch: Batch): Batch {
  const group = batch['group'] as readonly number[];
  const policies = inputs.filter((one) => one.role === 'model' || isLogProbability(one));
  const first = (row: number): number => group.indexOf(group[row] ?? 0);
  const members = policies.flatMap(({ name, level }) => {
    const value = batch[name];
    if (value === undefined || typeof value === 'number' || (level !== 'rollout' && level !== 'token'))
      return [];
    return [[name, value.map((_, row) => value[first(row)] ?? 0) as DenseValue] as const];
  });
  return { ...batch, ...Object.fromEntries(members) };
}

export const kinks: Family = {
  name: 'kinks',
  title: 'both sides of every bend that the model can reach, and exact ties',
  drafts: (scene) => {
    const { losses, inputs } = scene.program;
    const threes = Array.from({ length: 6 }, (_, row) => Math.floor(row / (scene.groupSize ?? 3)));
    const ties: Draft = {
      name: 'ties',
      description:
        'the rollouts of a group are alike: an extreme is attained by all of them, the first takes the derivative',
      make: (random) => ({
        batch: tied(inputs, drawBatch(scene, random, padded(threes, [3, 3, 3, 3, 3, 3]))),
      }),
    };
    const found = kinksOf(losses.map(({ loss }) => loss)).slice(0, MOST_KINKS);
    return [
      ...found.map((kink, at): Draft => ({
        name: `kink-${at + 1}`,
        description: `both sides of \`${kink.text}\`, near the bend`,
        stream: 'kinks',
        make: (random) => ({
          batch: placed(
            scene,
            kink,
            drawBatch(scene, random, regular(scene, random, 2, 4, 4), { distance: 0.1 }),
          ),
        }),
      })),
      ties,
    ];
  },
};
