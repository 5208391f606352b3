/** GRPO and REAL as one writes them by hand: operations in the order of the paper, gradients by tfjs. The baseline. */
import * as tf from '@tensorflow/tfjs';
import type { Data } from './data.js';

/** Loss, []; a function of the differentiated tensor, so that `tf.valueAndGrad` can be called on it. */
export type NaiveLoss = (logp: tf.Tensor, data: Data) => tf.Scalar;

const tokenMean = (x: tf.Tensor, mask: tf.Tensor): tf.Tensor =>
  x.mul(mask).sum(1).div(mask.sum(1).maximum(1));

export const naiveGrpo: NaiveLoss = (logp, { old_logp, ref_logp, mask, reward, groupSize }) => {
  const [eps, beta, stdEps] = [0.2, 0.04, 1e-6];
  const groups = reward.reshape([-1, groupSize]);
  const mean = groups.mean(1, true);
  const std = groups
    .sub(mean)
    .square()
    .sum(1, true)
    .div(groupSize - 1)
    .sqrt();
  const advantage = groups.sub(mean).div(std.add(stdEps)).reshape([-1, 1]);
  const ratio = logp.sub(old_logp).exp();
  const surrogate = ratio.mul(advantage).minimum(ratio.clipByValue(1 - eps, 1 + eps).mul(advantage));
  const difference = ref_logp.sub(logp);
  const kl = difference.exp().sub(difference).sub(1);
  return tokenMean(kl.mul(beta).sub(surrogate), mask).mean() as tf.Scalar;
};

export const naiveReal: NaiveLoss = (logp, { old_logp, mask, reward, groupSize }) => {
  const tau = 0.5;
  const s = tokenMean(logp.sub(old_logp), mask).div(tau).reshape([-1, groupSize]);
  const positive = reward.reshape([-1, groupSize]);
  const negative = tf.sub(1, positive);
  const positives = s.neg().exp().mul(positive).sum(1).add(1).log();
  const negatives = s.exp().mul(negative).sum(1).add(1).log();
  const mixed = positive.max(1).mul(negative.max(1));
  return positives.add(negatives).mul(mixed).mean() as tf.Scalar;
};
