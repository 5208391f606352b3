/** One gradient step on any differentiable loss: gradients, norm clip, Adam, new weights into the policy. */
import * as tf from '@tensorflow/tfjs';
import { writeWeights, type Policy } from './model.js';
import { adamStep, gradientNorm, type AdamState } from './optimizer.js';

/** A policy with the host copy of its weights and what the optimizer remembers. */
export interface Learner {
  readonly policy: Policy;
  /** One array per variable; always equal to what the policy holds. */
  readonly weights: readonly Float32Array[];
  readonly adam: AdamState;
}

export interface StepReport {
  readonly loss: number;
  /** Before the clip. */
  readonly gradientNorm: number;
}

/**
 * Minimises `loss`, which may read the policy's variables, by one step. A step whose gradient is exactly 0 is left out: there is
 * nothing to learn from it, and Adam would go on in its old direction.
 */
export async function gradientStep(
  learner: Learner,
  loss: () => tf.Scalar,
  { lr, clipNorm }: { readonly lr: number; readonly clipNorm: number },
): Promise<{ readonly learner: Learner; readonly report: StepReport }> {
  const { policy, weights } = learner;
  const { value, grads } = tf.variableGrads(loss, [...policy.variables]);
  const gradients = await Promise.all(policy.variables.map((variable) => read(grads[variable.name])));
  const lossValue = (await read(value))[0] ?? Number.NaN;
  tf.dispose([value, grads]);
  const norm = gradientNorm(gradients);
  if (!Number.isFinite(norm)) throw new Error(`the gradient norm is ${norm} (the loss is ${lossValue})`);
  const report = { loss: lossValue, gradientNorm: norm };
  if (norm === 0) return { learner, report };
  const adam = adamStep(weights, gradients, learner.adam, {
    lr,
    scale: norm > clipNorm ? clipNorm / norm : 1,
  });
  writeWeights(policy, weights);
  return { learner: { ...learner, adam }, report };
}

async function read(tensor: tf.Tensor | undefined): Promise<Float32Array> {
  return tensor === undefined ? new Float32Array(0) : Float32Array.from(await tensor.data());
}
