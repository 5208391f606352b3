/** Draws rollouts from a policy at temperature 1, one token at a time with a key/value cache, and rewards them. */
import * as tf from '@tensorflow/tfjs';
import { forward, logits, type LayerCache, type Policy } from './model.js';
import { type Rng } from './rng.js';
import { encode, endToken, promptLength, rolloutLength, verify } from './task.js';

/** B rollouts; rows of one prompt stand together. Row-major arrays, T = `rolloutLength`. */
export interface Rollouts {
  readonly count: number;
  /** Prompt and rollout, [B, promptLength + T]; the end token fills what comes after the end. */
  readonly tokens: Int32Array;
  /** Tokens of each rollout, its end token included, [B]. */
  readonly lengths: Int32Array;
  /** Log-probability that the sampler gave each token, [B, T]; 0 after the end. */
  readonly logp: Float32Array;
  readonly reward: Float32Array;
  /** Mean entropy of the next-token distribution over all sampled tokens, in nats. */
  readonly entropy: number;
}

/** One rollout for each prompt, in order; repeat a prompt to get a group. */
export async function sampleRollouts(
  policy: Policy,
  prompts: readonly string[],
  rng: Rng,
): Promise<Rollouts> {
  const count = prompts.length;
  const width = promptLength + rolloutLength;
  const tokens = new Int32Array(count * width).fill(endToken);
  prompts.forEach((prompt, row) => tokens.set(encode(prompt), row * width));
  const lengths = new Int32Array(count);
  const logp = new Float32Array(count * rolloutLength);
  const ended = new Uint8Array(count);
  let entropySum = 0;
  let drawn = 0;

  let newest = Int32Array.from(prompts.flatMap((prompt) => encode(prompt)));
  let cache: readonly LayerCache[] = [];
  for (let t = 0; t < rolloutLength && ended.includes(0); t++) {
    const next = advance(policy, newest, count, cache);
    disposeCache(cache);
    cache = next.cache;
    const nextLogits = await next.logits.data();
    next.logits.dispose();
    newest = new Int32Array(count).fill(endToken);
    for (let row = 0; row < count; row++) {
      if (ended[row]) continue;
      const choice = draw(
        nextLogits.subarray(row * policy.size.vocabulary, (row + 1) * policy.size.vocabulary),
        rng,
      );
      newest[row] = choice.token;
      tokens[row * width + promptLength + t] = choice.token;
      logp[row * rolloutLength + t] = choice.logp;
      lengths[row] = t + 1;
      entropySum += choice.entropy;
      drawn += 1;
      if (choice.token === endToken) ended[row] = 1;
    }
  }
  disposeCache(cache);
  const reward = Float32Array.from(prompts, (prompt, row) => {
    const start = row * width + promptLength;
    return verify(prompt, tokens.subarray(start, start + (lengths[row] ?? 0)));
  });
  return { count, tokens, lengths, logp, reward, entropy: entropySum / drawn };
}

/** Feeds tokens [count, t] and returns the logits [count, V] after the last of them, with the new cache. */
function advance(policy: Policy, tokens: Int32Array, count: number, cache: readonly LayerCache[]): Advanced {
  return tf.tidy(() => {
    const t = tokens.length / count;
    const next = forward(policy, tf.tensor2d(tokens, [count, t], 'int32'), cache);
    const { width } = policy.size;
    const last = tf.slice(tf.reshape(next.hidden, [count, t, width]), [0, t - 1, 0], [count, 1, width]);
    return { logits: logits(policy, tf.reshape(last, [count, width])), cache: next.cache };
  });
}

interface Advanced extends tf.TensorContainerObject {
  readonly logits: tf.Tensor2D;
  readonly cache: LayerCache[];
}

function disposeCache(cache: readonly LayerCache[]): void {
  for (const layer of cache) tf.dispose(layer);
}

/** One token from softmax(row), its log-probability and the entropy of the distribution, in nats. */
function draw(
  row: ArrayLike<number>,
  rng: Rng,
): { readonly token: number; readonly logp: number; readonly entropy: number } {
  const size = row.length;
  let largest = -Infinity;
  for (let v = 0; v < size; v++) largest = Math.max(largest, row[v] ?? 0);
  let total = 0;
  let weighted = 0;
  for (let v = 0; v < size; v++) {
    const shifted = (row[v] ?? 0) - largest;
    const mass = Math.exp(shifted);
    total += mass;
    weighted += mass * shifted;
  }
  let rest = rng.uniform() * total;
  let token = 0;
  while (token < size - 1) {
    rest -= Math.exp((row[token] ?? 0) - largest);
    if (rest < 0) break;
    token += 1;
  }
  const logTotal = Math.log(total);
  return { token, logp: (row[token] ?? 0) - largest - logTotal, entropy: logTotal - weighted / total };
}
