/** One batch of a size that is asked for: what a measurement runs on. No test vector, whose batches are small. */
import type { Problem } from '../batch/dense.js';
import type { Program } from '../ir/program.js';
import { drawBatch } from './draft.js';
import { startingScene, type Contract } from './generate.js';
import { randomFrom, type Random } from './random.js';
import { padded } from './shape.js';
import type { Made, Params } from './vector.js';

export interface Size {
  /** B and T. */
  readonly rollouts: number;
  readonly positions: number;
  /** Rollouts of each group, the last of which may be smaller; by default what assumptions demand, else 8. */
  readonly groupSize?: number;
  /** The share of the positions that count, 1 for all of them: lengths are spread evenly around it. */
  readonly kept: number;
}

const USUAL_GROUP = 8;
/** How often a batch is drawn again that breaks an assumption. */
const ATTEMPTS = 10;

/** How many positions of a rollout count: one at least. */
function lengthIn(random: Random, { positions, kept }: Size): number {
  const most = Math.min(1, 2 * kept);
  const share = random.between(2 * kept - most, most);
  return Math.min(positions, Math.max(1, Math.round(share * positions)));
}

/** The batch, and a value for every parameter; or why no batch of this size keeps the contract. Same seed, same batch. */
export function sizedCase(
  program: Program,
  given: Params,
  seed: number,
  size: Size,
  contract: Contract,
): Required<Pick<Made, 'batch' | 'params'>> | { readonly problem: Problem } {
  const scene = startingScene(program, given, seed, contract);
  const groupSize = size.groupSize ?? scene.groupSize ?? USUAL_GROUP;
  const group = Array.from({ length: size.rollouts }, (_, row) => Math.floor(row / groupSize));
  let broken: Problem | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const random = randomFrom(seed, `sized ${attempt}`);
    const lengths = group.map(() => lengthIn(random, size));
    const batch = drawBatch(scene, random, padded(group, lengths, size.positions));
    broken = contract(batch, scene.params);
    if (broken === undefined) return { batch, params: scene.params };
  }
  return { problem: broken ?? { path: '', message: 'no batch was drawn' } };
}
