/** The supervised start: shows right answers (cross-entropy) until the policy solves the wanted share of prompts itself. */
import * as tf from '@tensorflow/tfjs';
import { type WarmStartConfig } from './config.js';
import { passAt1 } from './evaluate.js';
import { rolloutLogp, type Policy } from './model.js';
import { createRng, type Rng } from './rng.js';
import { gradientStep, type Learner } from './step.js';
import { drawPrompt, encode, promptLength, solve } from './task.js';

const lrWarmUp = 10;

export interface WarmStartStep {
  readonly learner: Learner;
  readonly loss: number;
  /** Pass@1 when this step measured it. */
  readonly pass: number | undefined;
  readonly done: boolean;
}

/** Step number `step` (from 0), on fresh prompts from `rng`. */
export async function warmStartStep(
  learner: Learner,
  config: WarmStartConfig,
  step: number,
  rng: Rng,
): Promise<WarmStartStep> {
  const prompts = Array.from({ length: config.batch }, () => drawPrompt('train', rng));
  const rows = prompts.map((prompt) => encode(`${prompt}${solve(prompt)}$`));
  const tokens = tf.tensor2d(rows, undefined, 'int32');
  const lr = config.lr * Math.min(1, (step + 1) / lrWarmUp);
  const after = await gradientStep(learner, () => crossEntropy(learner.policy, tokens), { lr, clipNorm: 1 });
  tokens.dispose();
  const taken = step + 1;
  const pass =
    taken % config.checkEvery === 0
      ? await passAt1(learner.policy, 'train', config.checkPrompts, createRng(taken, 1))
      : undefined;
  const done = taken >= config.maxSteps || (pass !== undefined && pass >= config.targetPass);
  return { learner: after.learner, loss: after.report.loss, pass, done };
}

/** Mean over all tokens of −log-probability of the right one; every answer here has the full length. */
function crossEntropy(policy: Policy, tokens: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.mean(rolloutLogp(policy, tokens, promptLength)));
}
