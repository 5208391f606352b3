/** GRPO and REAL for jax-js, jitted with their gradients. Its arrays are counted: `ref` keeps one that is used again. */
import { pathToFileURL } from 'node:url';
import type { Data } from './data.js';
import { jaxJs } from './environments.mjs';

type Operand = JaxArray | number;
interface JaxArray {
  readonly ref: JaxArray;
  readonly add: (other: Operand) => JaxArray;
  readonly sub: (other: Operand) => JaxArray;
  readonly mul: (other: Operand) => JaxArray;
  readonly div: (other: Operand) => JaxArray;
  readonly neg: () => JaxArray;
  readonly sum: (axis?: number, options?: { readonly keepdims: boolean }) => JaxArray;
  readonly mean: (axis?: number, options?: { readonly keepdims: boolean }) => JaxArray;
  readonly max: (axis: number) => JaxArray;
  readonly reshape: (shape: readonly number[]) => JaxArray;
  readonly data: () => Promise<Float32Array>;
  readonly dispose: () => void;
}
type Loss = (...given: readonly JaxArray[]) => JaxArray;

/** What is used of the module. */
interface Jax {
  readonly init: (device: 'wasm') => Promise<readonly string[]>;
  readonly defaultDevice: (device: 'wasm') => void;
  readonly jit: <Call>(of: Call) => Call;
  readonly valueAndGrad: (of: Loss) => (...given: readonly JaxArray[]) => readonly [JaxArray, JaxArray];
  readonly blockUntilReady: (arrays: readonly JaxArray[]) => Promise<unknown>;
  readonly numpy: {
    readonly array: (values: Float32Array) => JaxArray;
    readonly exp: (x: JaxArray) => JaxArray;
    readonly log: (x: JaxArray) => JaxArray;
    readonly sqrt: (x: JaxArray) => JaxArray;
    readonly minimum: (x: JaxArray, y: Operand) => JaxArray;
    readonly maximum: (x: JaxArray, y: Operand) => JaxArray;
    readonly clip: (x: JaxArray, low: number, high: number) => JaxArray;
  };
}

/** A step of each objective: loss and gradient by `logp`, both there when it is over; the gradient is its answer. */
export interface JaxSteps {
  readonly grpo: () => Promise<JaxArray>;
  readonly real: () => Promise<JaxArray>;
}

const GROUP = 8;

export async function jaxSteps(data: Data): Promise<JaxSteps> {
  const jax = (await import(pathToFileURL(await jaxJs()).href)) as Jax;
  const { numpy: np } = jax;
  if (!(await jax.init('wasm')).includes('wasm')) throw new Error('jax-js has no wasm backend here');
  jax.defaultDevice('wasm');
  const tokenMean = (x: JaxArray, mask: JaxArray): JaxArray =>
    x
      .mul(mask.ref)
      .sum(1)
      .div(np.maximum(mask.sum(1), 1));

  const grpo: Loss = (...given) => {
    const [logp, old, ref, mask, reward] = five(given);
    const groups = reward.reshape([-1, GROUP]);
    const centred = groups.ref.sub(groups.mean(1, { keepdims: true }));
    const squares = centred.ref.mul(centred.ref).sum(1, { keepdims: true });
    const advantage = centred.div(np.sqrt(squares.div(GROUP - 1)).add(1e-6)).reshape([-1, 1]);
    const ratio = np.exp(logp.ref.sub(old));
    const surrogate = np.minimum(
      ratio.ref.mul(advantage.ref),
      np.clip(ratio, 1 - 0.2, 1 + 0.2).mul(advantage),
    );
    const difference = ref.sub(logp);
    const kl = np.exp(difference.ref).sub(difference).sub(1);
    return tokenMean(kl.mul(0.04).sub(surrogate), mask).mean();
  };
  const real: Loss = (...given) => {
    const [logp, old, ref, mask, reward] = five(given);
    ref.dispose();
    const s = tokenMean(logp.sub(old), mask).div(0.5).reshape([-1, GROUP]);
    const positive = reward.reshape([-1, GROUP]);
    const negative = positive.ref.mul(-1).add(1);
    const positives = np.log(np.exp(s.ref.neg()).mul(positive.ref).sum(1).add(1));
    const negatives = np.log(np.exp(s).mul(negative.ref).sum(1).add(1));
    return positives
      .add(negatives)
      .mul(positive.max(1).mul(negative.max(1)))
      .mean();
  };

  const array = async (of: { readonly data: () => Promise<ArrayLike<number>> }): Promise<JaxArray> =>
    np.array(Float32Array.from(await of.data()));
  const { logp, old_logp, ref_logp, mask, reward } = data;
  const tokens = await Promise.all([logp, old_logp, ref_logp, mask].map(array));
  const given = [...tokens.map((one) => one.reshape(logp.shape)), await array(reward)];
  const step = (loss: Loss): (() => Promise<JaxArray>) => {
    const compiled = jax.jit(jax.valueAndGrad(loss));
    return async () => {
      const [value, gradient] = compiled(...given.map((one) => one.ref));
      await jax.blockUntilReady([value, gradient]);
      value.dispose();
      return gradient;
    };
  };
  return { grpo: step(grpo), real: step(real) };
}

function five(given: readonly JaxArray[]): readonly [JaxArray, JaxArray, JaxArray, JaxArray, JaxArray] {
  const [logp, old, ref, mask, reward] = given;
  if (!logp || !old || !ref || !mask || !reward) throw new Error('five arrays');
  return [logp, old, ref, mask, reward];
}
