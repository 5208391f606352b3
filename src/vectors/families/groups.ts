/** Groups in which nothing, or nearly nothing, tells the rollouts apart. */
import { drawBatch, mapped } from '../draft.js';
import type { Family } from '../family.js';
import { isOutcome } from '../inputs.js';
import type { DrawnInput, Scene } from '../scene.js';
import { padded, regular, type Shape } from '../shape.js';
import type { Random } from '../random.js';
import type { Draft } from '../vector.js';

/** The best and the worst value of an outcome. */
function extremes({ name, domain }: DrawnInput): { readonly right: number; readonly wrong: number } {
  if (domain?.kind === 'set') return { right: Math.max(...domain.values), wrong: Math.min(...domain.values) };
  const wrong = /advantage/i.test(name) ? -1 : 0;
  if (domain === undefined) return { right: 1, wrong };
  const { low, high, lowOpen, highOpen } = domain.interval;
  return {
    right: Number.isFinite(high) && !highOpen ? high : Math.max(1, Number.isFinite(low) ? low + 1 : 1),
    wrong: Number.isFinite(low) && !lowOpen ? low : wrong,
  };
}

type Shaping = (scene: Scene, random: Random) => Shape;
const EIGHT: Shaping = (scene, random) => regular(scene, random, 2, 8, 5);
const FOUR: Shaping = (scene, random) => regular(scene, random, 3, 4, 5);
const SINGLES: Shaping = (_, random) =>
  padded(
    [3, 1, 2, 0, 4],
    Array.from({ length: 5 }, () => 1 + random.below(4)),
    4,
  );
const ONE: Shaping = (_, random) => padded([0], [3 + random.below(3)], 6);

interface Outcomes {
  readonly name: string;
  readonly description: string;
  readonly shape: Shaping;
  /** Which rollouts are right, by their place in the group. */
  readonly isRight: (place: number, group: number) => boolean;
}
const OUTCOMES: readonly Outcomes[] = [
  {
    name: 'all-right',
    description: 'every rollout of every group is right',
    shape: FOUR,
    isRight: () => true,
  },
  { name: 'all-wrong', description: 'every rollout is wrong', shape: FOUR, isRight: () => false },
  {
    name: 'one-right',
    description: 'groups of eight with one right rollout',
    shape: EIGHT,
    isRight: (place, group) => place === 2 + group,
  },
  {
    name: 'one-wrong',
    description: 'groups of eight with one wrong rollout',
    shape: EIGHT,
    isRight: (place, group) => place !== 3 + group,
  },
  {
    name: 'some-mixed',
    description: 'one group all right, one all wrong, one mixed',
    shape: FOUR,
    isRight: (place, group) => (group === 2 ? place % 2 === 0 : group === 0),
  },
];

export const degenerateGroups: Family = {
  name: 'groups',
  title: 'all right, all wrong, one among many, groups of one',
  drafts: (scene) => {
    const { inputs } = scene.program;
    const outcomes = inputs.filter(isOutcome);
    const alone: readonly Draft[] = [
      { name: 'groups-of-one', description: 'five groups of one rollout each', shape: SINGLES },
      { name: 'single-rollout', description: 'one group of one rollout', shape: ONE },
    ].map(({ name, description, shape }) => ({
      name,
      description,
      make: (random) => ({ batch: drawBatch(scene, random, shape(scene, random)) }),
    }));
    if (outcomes.length === 0) return alone;
    const names = outcomes.map(({ name }) => name);
    const decided = OUTCOMES.map(({ name, description, shape, isRight }): Draft => ({
      name,
      description,
      make: (random) => {
        const made = shape(scene, random);
        const size = made.group.filter((id) => id === 0).length;
        const batch = drawBatch(scene, random, made);
        return {
          batch: mapped(batch, names, (_, __, row, name) => {
            const ends = outcomes.find((one) => one.name === name);
            const { right, wrong } = ends === undefined ? { right: 1, wrong: 0 } : extremes(ends);
            return isRight(row % size, Math.floor(row / size)) ? right : wrong;
          }),
        };
      },
    }));
    return [...decided, ...alone];
  },
};
