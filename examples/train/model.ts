/**
 * The policy: a small pre-RMSNorm GPT (no gains, no biases, learned positions, ReLU MLP) written with tfjs. It knows
 * nothing of objectives; what it offers them is the log-probability of each token of a rollout.
 */
import * as tf from '@tensorflow/tfjs';
import { matmul } from './matmul.js';
import { type Rng } from './rng.js';

export interface ModelSize {
  readonly layers: number;
  /** D, the width of the residual stream. */
  readonly width: number;
  readonly heads: number;
  readonly vocabulary: number;
  /** Most positions, prompt and rollout together. */
  readonly positions: number;
}

interface Block {
  readonly qkv: tf.Variable<tf.Rank.R2>; // [D, 3D]
  readonly out: tf.Variable<tf.Rank.R2>; // [D, D]
  readonly up: tf.Variable<tf.Rank.R2>; // [D, 4D]
  readonly down: tf.Variable<tf.Rank.R2>; // [4D, D]
}

export interface Policy {
  readonly size: ModelSize;
  readonly embedding: tf.Variable<tf.Rank.R2>; // [V, D]
  readonly position: tf.Variable<tf.Rank.R2>; // [positions, D]
  readonly blocks: readonly Block[];
  readonly head: tf.Variable<tf.Rank.R2>; // [D, V]
  /** All of the above, in a fixed order. */
  readonly variables: readonly tf.Variable[];
}

/** Keys and values of one layer for the positions seen so far, each [n, heads, seen, D / heads]. */
export interface LayerCache extends tf.NamedTensorMap {
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

/** A policy with random weights. The caller owns its variables. */
export function createPolicy(size: ModelSize, rng: Rng): Policy {
  const { width, vocabulary } = size;
  const matrix = (rows: number, columns: number, scale: number): tf.Variable<tf.Rank.R2> => {
    const values = Float32Array.from({ length: rows * columns }, () => scale * rng.normal());
    return tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, columns])));
  };
  const dense = (rows: number, columns: number): tf.Variable<tf.Rank.R2> =>
    matrix(rows, columns, 1 / Math.sqrt(rows));
  const embedding = matrix(vocabulary, width, 0.5);
  const position = matrix(size.positions, width, 0.5);
  const blocks = Array.from({ length: size.layers }, () => ({
    qkv: dense(width, 3 * width),
    out: dense(width, width),
    up: dense(width, 4 * width),
    down: dense(4 * width, width),
  }));
  const head = dense(width, vocabulary);
  const inner = blocks.flatMap((block) => [block.qkv, block.out, block.up, block.down]);
  return { size, embedding, position, blocks, head, variables: [embedding, position, ...inner, head] };
}

/** A copy of every weight, in the order of `variables`. */
export function readWeights(policy: Policy): Promise<Float32Array[]> {
  return Promise.all(policy.variables.map(async (variable) => Float32Array.from(await variable.data())));
}

/** Sets every weight, in the order of `variables`; the arrays stay the caller's. */
export function writeWeights(policy: Policy, weights: readonly Float32Array[]): void {
  tf.tidy(() => {
    policy.variables.forEach((variable, index) => {
      variable.assign(tf.tensor(Float32Array.from(weights[index] ?? []), variable.shape));
    });
  });
}

export function disposePolicy(policy: Policy): void {
  for (const variable of policy.variables) variable.dispose();
}

/**
 * Tokens [n, t] int32 at the positions after `past` → hidden states [n·t, D] and the cache with them in it.
 * With a `past`, one position at a time (t = 1).
 */
export function forward(
  policy: Policy,
  tokens: tf.Tensor2D,
  past: readonly LayerCache[] = [],
): { readonly hidden: tf.Tensor2D; readonly cache: LayerCache[] } {
  const [n, t] = tokens.shape;
  const { width, vocabulary } = policy.size;
  const start = past[0]?.keys.shape[2] ?? 0;
  const oneHot = oneHotRows(tf.reshape(tokens, [n * t]), vocabulary);
  const embedded = tf.reshape(matmul(oneHot, policy.embedding), [n, t, width]);
  const placed = tf.add(embedded, tf.slice(policy.position, [start, 0], [t, width]));
  let hidden = tf.reshape(placed, [n * t, width]) as tf.Tensor2D;
  const cache: LayerCache[] = [];
  policy.blocks.forEach((block, layer) => {
    const attended = attend(policy.size, matmul(normalise(hidden), block.qkv), [n, t], past[layer]);
    cache.push(attended.cache);
    hidden = tf.add(hidden, matmul(attended.mixed, block.out));
    hidden = tf.add(hidden, matmul(tf.relu(matmul(normalise(hidden), block.up)), block.down));
  });
  return { hidden, cache };
}

/** Hidden states [m, D] → logits [m, V]. */
export function logits(policy: Policy, hidden: tf.Tensor2D): tf.Tensor2D {
  return matmul(normalise(hidden), policy.head);
}

/**
 * Prompt and rollout, tokens [B, prompt + T] int32 → log-probability of each token of the rollout, [B, T].
 * Positions after a rollout's end hold finite numbers that mean nothing.
 */
export function rolloutLogp(policy: Policy, tokens: tf.Tensor2D, promptLength: number): tf.Tensor2D {
  const { width, vocabulary } = policy.size;
  const [B, all] = tokens.shape;
  const T = all - promptLength;
  const { hidden } = forward(policy, tf.slice(tokens, [0, 0], [B, all - 1]));
  const before = tf.slice(tf.reshape(hidden, [B, all - 1, width]), [0, promptLength - 1, 0], [B, T, width]);
  const everyLogp = tf.logSoftmax(logits(policy, tf.reshape(before, [B * T, width])));
  const taken: tf.Tensor1D = tf.reshape(tf.slice(tokens, [0, promptLength], [B, T]), [B * T]);
  const picked = tf.mul(everyLogp, oneHotRows(taken, vocabulary));
  return tf.reshape(tf.sum(picked, 1), [B, T]);
}

/**
 * Token ids [m] → [m, V] with a 1 in each row. The cast is needed: asked for floats, the wasm backend's `oneHot` writes the
 * bits of an integer 1. (And a one-hot product it is, because `gather` has no gradient on wasm.)
 */
function oneHotRows(ids: tf.Tensor1D, vocabulary: number): tf.Tensor2D {
  return tf.cast(tf.oneHot(ids, vocabulary), 'float32') as tf.Tensor2D;
}

/** Causal attention over qkv [n·t, 3D], `past` included. */
function attend(
  size: ModelSize,
  qkv: tf.Tensor2D,
  [n, t]: readonly [number, number],
  past: LayerCache | undefined,
): { readonly mixed: tf.Tensor2D; readonly cache: LayerCache } {
  const { width, heads } = size;
  const part = (index: number): tf.Tensor4D => {
    const columns = tf.slice(qkv, [0, index * width], [n * t, width]);
    return tf.transpose(tf.reshape(columns, [n, t, heads, width / heads]), [0, 2, 1, 3]);
  };
  const queries = part(0);
  const keys = past ? tf.concat([past.keys, part(1)], 2) : part(1);
  const values = past ? tf.concat([past.values, part(2)], 2) : part(2);
  const scaled = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(width / heads));
  const weights = tf.softmax(t > 1 ? tf.add(scaled, causalMask(t)) : scaled);
  const mixed = tf.transpose(tf.matMul(weights, values), [0, 2, 1, 3]);
  return { mixed: tf.reshape(mixed, [n * t, width]), cache: { keys, values } };
}

/** 0 where a position may look, a large negative number where it may not: [1, 1, t, t]. */
function causalMask(t: number): tf.Tensor4D {
  const mask = Float32Array.from({ length: t * t }, (_, index) =>
    index % t > Math.floor(index / t) ? -1e9 : 0,
  );
  return tf.tensor4d(mask, [1, 1, t, t]);
}

/** Root-mean-square normalisation along the last axis. */
function normalise(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), 1, true), 1e-5)));
}
