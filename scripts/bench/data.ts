/** The batch that is measured on: B rollouts in groups of eight, T positions, some of each rollout masked. */
import * as tf from '@tensorflow/tfjs';

export interface Data {
  readonly group: readonly number[];
  readonly groupSize: number;
  readonly mask: tf.Tensor2D;
  readonly logp: tf.Tensor2D;
  readonly old_logp: tf.Tensor2D;
  readonly ref_logp: tf.Tensor2D;
  readonly reward: tf.Tensor1D;
}

export function dataOf(rollouts: number, positions: number): Data {
  const groupSize = 8;
  const wave = (phase: number): tf.Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: rollouts * positions }, (_, at) => -1 + 0.6 * Math.sin(at * 0.37 + phase)),
      [rollouts, positions],
    );
  const counts = Float32Array.from({ length: rollouts * positions }, (_, at) => {
    const [row, position] = [Math.floor(at / positions), at % positions];
    return position < positions * (0.4 + 0.6 * ((row * 7) % 10) * 0.1) ? 1 : 0;
  });
  return {
    group: Array.from({ length: rollouts }, (_, row) => Math.floor(row / groupSize)),
    groupSize,
    mask: tf.tensor2d(counts, [rollouts, positions]),
    logp: wave(0),
    old_logp: wave(0.3),
    ref_logp: wave(0.9),
    reward: tf.tensor1d(Float32Array.from({ length: rollouts }, (_, row) => (row % 3 === 0 ? 1 : 0))),
  };
}
