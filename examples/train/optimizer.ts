/** Adam on the host, over one Float32Array per weight: nothing of it is on a device, so a checkpoint is a copy of it. */

export interface AdamState {
  /** Running mean of the gradient, one array per weight. */
  readonly first: readonly Float32Array[];
  /** Running mean of its square. */
  readonly second: readonly Float32Array[];
  /** Steps taken so far. */
  readonly step: number;
}

const decayFirst = 0.9;
const decaySecond = 0.95;
const epsilon = 1e-8;

export function createAdam(weights: readonly Float32Array[]): AdamState {
  const zeros = (): Float32Array[] => weights.map((weight) => new Float32Array(weight.length));
  return { first: zeros(), second: zeros(), step: 0 };
}

/** Euclidean norm over all gradients together. */
export function gradientNorm(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) for (const value of gradient) sum += value * value;
  return Math.sqrt(sum);
}

/**
 * One step. Changes `weights` and the arrays of `state` in place and returns the state after it.
 * `scale` multiplies the gradients first: 1, or what brings their norm down to the clip.
 */
export function adamStep(
  weights: readonly Float32Array[],
  gradients: readonly Float32Array[],
  state: AdamState,
  { lr, scale }: { readonly lr: number; readonly scale: number },
): AdamState {
  const step = state.step + 1;
  const size = lr / (1 - decayFirst ** step);
  const correction = 1 - decaySecond ** step;
  weights.forEach((weight, index) => {
    const gradient = gradients[index] ?? new Float32Array(weight.length);
    const first = state.first[index] ?? new Float32Array(weight.length);
    const second = state.second[index] ?? new Float32Array(weight.length);
    for (let i = 0; i < weight.length; i++) {
      const g = (gradient[i] ?? 0) * scale;
      const m = decayFirst * (first[i] ?? 0) + (1 - decayFirst) * g;
      const v = decaySecond * (second[i] ?? 0) + (1 - decaySecond) * g * g;
      first[i] = m;
      second[i] = v;
      weight[i] = (weight[i] ?? 0) - (size * m) / (Math.sqrt(v / correction) + epsilon);
    }
  });
  return { ...state, step };
}
