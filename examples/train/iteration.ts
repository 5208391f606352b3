/** One iteration of reinforcement learning: rollouts for fresh prompts, then a gradient step per minibatch of whole groups. */
import * as tf from '@tensorflow/tfjs';
import { type RunConfig } from './config.js';
import { minibatchesOf, type Minibatch } from './minibatch.js';
import { rolloutLogp, type Policy } from './model.js';
import { type Batch, type Layout, type ObjectiveModule } from './objective-module.js';
import { createRng, shuffled, type Rng } from './rng.js';
import { sampleRollouts, type Rollouts } from './sample.js';
import { gradientStep, type Learner, type StepReport } from './step.js';
import { dataOf, reads } from './supply.js';
import { drawPrompt, promptLength } from './task.js';
import { usageError } from './usage-error.js';

export interface IterationReport {
  /** Mean reward of the rollouts, which is Pass@1 on this iteration's training prompts. */
  readonly reward: number;
  /** Share of groups whose rollouts all have the same reward. */
  readonly uniformGroups: number;
  /** Mean tokens per rollout. */
  readonly length: number;
  /** Mean entropy per token, in nats. */
  readonly entropy: number;
  /** Means over the gradient steps; the norm is taken before the clip. */
  readonly loss: number;
  readonly gradientNorm: number;
  /** The objective's own metrics on the last minibatch, before its step. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface IterationInputs {
  readonly objective: ObjectiveModule;
  readonly config: RunConfig;
  /** The policy as the warm start left it. */
  readonly reference: Policy;
  /** Counts from 0. */
  readonly iteration: number;
  readonly rngs: RolloutRngs;
}

/** Prompts have a generator of their own, so that runs of one seed see the same prompts whatever their objective. */
export interface RolloutRngs {
  readonly prompts: Rng;
  readonly sampling: Rng;
}

/** Runs one iteration; changes the learner's policy and returns the learner after it. */
export async function rlIteration(
  learner: Learner,
  { objective, config, reference, iteration, rngs }: IterationInputs,
): Promise<{ readonly learner: Learner; readonly report: IterationReport }> {
  const { groupSize } = config;
  const rollouts = await drawRollouts(learner.policy, config, rngs);
  const minibatches = minibatchesOf(rollouts, await referenceLogp(objective, reference, rollouts), {
    order: shuffled(config.prompts, rngs.sampling),
    parts: config.minibatches,
    groupSize,
  });
  const lr = config.lr * Math.min(1, (iteration + 1) / config.lrWarmUp);
  const steps: StepReport[] = [];
  let metrics: Readonly<Record<string, number>> = {};
  let current = learner;
  for (const minibatch of minibatches) {
    const last = minibatch === minibatches.at(-1);
    const tensors = tensorsOf(objective, minibatch);
    const { policy } = current;
    let scalars: Readonly<Record<string, tf.Scalar>> = {};
    const keep = (reported: typeof scalars): void => {
      for (const scalar of Object.values(reported)) tf.keep(scalar);
      scalars = reported;
    };
    const loss = (): tf.Scalar => {
      const logp = rolloutLogp(policy, tensors.tokens, promptLength);
      const batch = { ...tensors.data, logp };
      return objective.loss(batch, tensors.layout, config.parameters, last ? keep : undefined);
    };
    const after = await gradientStep(current, loss, { lr, clipNorm: config.clipNorm });
    if (last) metrics = await read(scalars);
    freeTensors(tensors);
    current = after.learner;
    steps.push(after.report);
  }
  const report = {
    reward: mean(rollouts.reward),
    uniformGroups: uniformShare(rollouts.reward, groupSize),
    length: mean(rollouts.lengths),
    entropy: rollouts.entropy,
    loss: mean(steps.map((step) => step.loss)),
    gradientNorm: mean(steps.map((step) => step.gradientNorm)),
    metrics,
  };
  return { learner: current, report };
}

/**
 * Checks on one small batch of real rollouts that the objective accepts what this trainer gives it, before time is spent on
 * training. Rejects with a usage error that holds the module's own message otherwise.
 */
export async function rehearse(policy: Policy, objective: ObjectiveModule, config: RunConfig): Promise<void> {
  const rngs = { prompts: createRng(0, 0), sampling: createRng(0, 1) };
  const rollouts = await drawRollouts(policy, { ...config, prompts: 2 }, rngs);
  const options = { order: [0, 1], parts: 1, groupSize: config.groupSize };
  for (const minibatch of minibatchesOf(
    rollouts,
    await referenceLogp(objective, policy, rollouts),
    options,
  )) {
    const tensors = tensorsOf(objective, minibatch);
    const logp = tf.tidy(() => rolloutLogp(policy, tensors.tokens, promptLength));
    try {
      await objective.validate({ ...tensors.data, logp }, config.parameters);
    } catch (error) {
      const place = error instanceof Error && 'path' in error ? `${String(error.path)}: ` : '';
      const reason = error instanceof Error ? `${place}${error.message}` : String(error);
      throw usageError(`objective \`${objective.name}\` does not accept what it is given: ${reason}`);
    } finally {
      logp.dispose();
      freeTensors(tensors);
    }
  }
}

function drawRollouts(policy: Policy, config: RunConfig, rngs: RolloutRngs): Promise<Rollouts> {
  const prompts = Array.from({ length: config.prompts }, () => drawPrompt('train', rngs.prompts));
  const rows = prompts.flatMap((prompt) => Array<string>(config.groupSize).fill(prompt));
  return sampleRollouts(policy, rows, rngs.sampling);
}

interface MinibatchTensors {
  readonly tokens: tf.Tensor2D;
  readonly data: Batch;
  readonly layout: Layout;
}

function tensorsOf(objective: ObjectiveModule, minibatch: Minibatch): MinibatchTensors {
  const { rollouts, tokens } = minibatch;
  const data = dataOf(objective, minibatch);
  return {
    tokens: tf.tensor2d(tokens, [rollouts, tokens.length / rollouts], 'int32'),
    data,
    layout: objective.prepare(data),
  };
}

function freeTensors({ tokens, data, layout }: MinibatchTensors): void {
  tokens.dispose();
  for (const value of Object.values(data)) if (value instanceof tf.Tensor) value.dispose();
  layout.dispose();
}

/** Log-probabilities under the reference policy, [B, T]; zeros when the objective does not read them. */
async function referenceLogp(
  objective: ObjectiveModule,
  reference: Policy,
  rollouts: Rollouts,
): Promise<Float32Array> {
  if (!reads(objective, 'ref_logp')) return new Float32Array(rollouts.logp.length);
  const { count, tokens } = rollouts;
  const logp = tf.tidy(() =>
    rolloutLogp(reference, tf.tensor2d(tokens, [count, tokens.length / count], 'int32'), promptLength),
  );
  const values = Float32Array.from(await logp.data());
  logp.dispose();
  return values;
}

/** Numbers in place of scalars, which are freed. */
async function read(scalars: Readonly<Record<string, tf.Scalar>>): Promise<Readonly<Record<string, number>>> {
  const values: Record<string, number> = {};
  for (const [name, scalar] of Object.entries(scalars)) {
    values[name] = (await scalar.data())[0] ?? Number.NaN;
    scalar.dispose();
  }
  return values;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function uniformShare(reward: Float32Array, groupSize: number): number {
  const groups = reward.length / groupSize;
  let uniform = 0;
  for (let group = 0; group < groups; group++) {
    const rewards = reward.subarray(group * groupSize, (group + 1) * groupSize);
    if (rewards.every((value) => value === rewards[0])) uniform += 1;
  }
  return uniform / groups;
}
