/** Every number of a run: what the command line may change, and the sizes that it leaves alone. */
import { type ModelSize } from './model.js';
import { promptLength, rolloutLength, vocabularySize } from './task.js';

export interface RunConfig {
  readonly seed: number;
  /** Reinforcement-learning iterations in all, those of an interrupted run included. */
  readonly iterations: number;
  readonly lr: number;
  /** Values for the objective's parameters; those not named keep their defaults. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly model: Pick<ModelSize, 'layers' | 'width' | 'heads'>;
  /** Prompts per iteration, and rollouts per prompt. */
  readonly prompts: number;
  readonly groupSize: number;
  /** Gradient steps per iteration, each on its share of the groups. Groups stay whole. */
  readonly minibatches: number;
  /** The learning rate rises over so many iterations. */
  readonly lrWarmUp: number;
  /** Largest gradient norm that reaches the optimizer. */
  readonly clipNorm: number;
  readonly warmStart: WarmStartConfig;
  /** Held-out prompts on which Pass@1 is measured before and after, one rollout each. */
  readonly evaluationPrompts: number;
  readonly checkpointEvery: number;
}

/** The supervised start: right answers are shown until the policy solves a fair share of the prompts by itself. */
export interface WarmStartConfig {
  readonly batch: number;
  readonly lr: number;
  readonly maxSteps: number;
  /** Stop at this Pass@1, measured every `checkEvery` steps on `checkPrompts` training prompts. */
  readonly targetPass: number;
  readonly checkEvery: number;
  readonly checkPrompts: number;
}

export const defaultConfig: RunConfig = {
  seed: 1,
  iterations: 300,
  lr: 3e-4,
  parameters: {},
  model: { layers: 2, width: 32, heads: 2 },
  prompts: 32,
  groupSize: 8,
  minibatches: 4,
  lrWarmUp: 5,
  clipNorm: 1,
  warmStart: { batch: 128, lr: 3e-3, maxSteps: 300, targetPass: 0.3, checkEvery: 10, checkPrompts: 256 },
  evaluationPrompts: 1024,
  checkpointEvery: 25,
};

export function modelSize(config: RunConfig): ModelSize {
  return { ...config.model, vocabulary: vocabularySize, positions: promptLength + rolloutLength };
}
