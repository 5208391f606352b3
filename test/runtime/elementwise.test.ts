/** The runtime's elementwise functions keep their digits and their NaN on every backend. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  clip,
  exp,
  sigmoid,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  pow,
  select,
  sign,
  softplus,
  tanh,
} from '../../src/runtime/index.js';
import { openOrSkip, requestedBackends } from '../backends/backend.js';

const spaced = (low: number, high: number, count = 2001): number[] =>
  Array.from({ length: count }, (_, at) => Math.fround(low + ((high - low) * at) / (count - 1)));
const small = [...spaced(-12, 0)].map((power) => Math.fround(10 ** power));
const bothSigns = [...small, ...small.map((one) => -one)];

/** Name, function, reference, arguments. */
const FUNCTIONS: readonly (readonly [
  string,
  (x: tf.Tensor) => tf.Tensor,
  (x: number) => number,
  readonly number[],
])[] = [
  ['expm1', expm1, Math.expm1, [...bothSigns, ...spaced(-20, 20)]],
  ['log1p', log1p, Math.log1p, [...bothSigns.map((one) => Math.fround(one * 0.999)), ...spaced(0, 1e6)]],
  ['log', log, Math.log, [...spaced(0.9, 1.1), ...spaced(0.001, 1000)]],
  ['softplus', softplus, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), spaced(-20, 60)],
  ['tanh', tanh, Math.tanh, [...bothSigns, ...spaced(-12, 12)]],
  ['pow', (x) => pow(x, 0.75), (x) => x ** 0.75, spaced(0.001, 1000)],
];
const EDGES: readonly (readonly [string, () => tf.Tensor, readonly number[]])[] = [
  [
    'minimum',
    () => minimum(tf.tensor1d([NaN, 1, 2, Infinity]), tf.tensor1d([1, NaN, 3, -Infinity])),
    [NaN, NaN, 2, -Infinity],
  ],
  [
    'maximum',
    () => maximum(tf.tensor1d([NaN, 1, 2, Infinity]), tf.tensor1d([1, NaN, 3, -Infinity])),
    [NaN, NaN, 3, Infinity],
  ],
  ['minimum of a number', () => minimum(1, tf.tensor1d([NaN, 0, 2])), [NaN, 0, 1]],
  ['clip', () => clip(tf.tensor1d([NaN, -5, 0, 5, Infinity]), -1, 1), [NaN, -1, 0, 1, 1]],
  ['clip with crossed ends', () => clip(tf.tensor1d([0, 2, 5]), 3, 1), [3, 3, 1]],
  [
    'clip with tensors',
    () => clip(tf.tensor1d([0, 2, 5, 1]), tf.tensor1d([1, NaN, 1, 0]), tf.tensor1d([3, 3, 3, NaN])),
    [1, NaN, 3, NaN],
  ],
  ['exp', () => exp(tf.tensor1d([NaN, -Infinity, Infinity, 0])), [NaN, 0, Infinity, 1]],
  ['log', () => log(tf.tensor1d([NaN, -1, 0, Infinity, 1])), [NaN, NaN, -Infinity, Infinity, 0]],
  ['sigmoid', () => sigmoid(tf.tensor1d([NaN, -Infinity, Infinity, 0])), [NaN, 0, 1, 0.5]],
  ['tanh', () => tanh(tf.tensor1d([NaN, -Infinity, Infinity, 0])), [NaN, -1, 1, 0]],
  ['sign', () => sign(tf.tensor1d([NaN, -2, 0, 3])), [NaN, -1, 0, 1]],
  ['pow', () => pow(tf.tensor1d([-8, 0, NaN, 4]), 0.5), [NaN, NaN, NaN, 2]],
  ['expm1', () => expm1(tf.tensor1d([NaN, -Infinity, Infinity, 0])), [NaN, -1, Infinity, 0]],
  ['log1p', () => log1p(tf.tensor1d([NaN, -1, Infinity, 0])), [NaN, -Infinity, Infinity, 0]],
  ['softplus', () => softplus(tf.tensor1d([NaN, -Infinity, Infinity])), [NaN, 0, Infinity]],
  ['select', () => select(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([1, NaN]), tf.tensor1d([NaN, 2])), [1, 2]],
];

describe.each(requestedBackends())('%s', (backend) => {
  test.each(FUNCTIONS)('%s keeps its digits', async (_name, f, expected, xs) => {
    await opened(backend);
    const values = await f(tf.tensor1d([...xs])).data();
    // Exponentials on WebGPU are allowed 3 + 2|x| units in the last place.
    const allowed = backend === 'webgpu' ? 4e-6 : 1e-6;
    const wrong = xs.filter(
      (x, at) => Math.abs((values[at] ?? NaN) - expected(x)) > allowed * Math.abs(expected(x)) + 1e-37,
    );
    expect(wrong).toEqual([]);
  });

  test.each(EDGES)('%s at the edges', async (_name, make, expected) => {
    await opened(backend);
    expect([...(await make().data())].map((one) => one + 0)).toEqual(expected);
  });
});

async function opened(backend: Parameters<typeof openOrSkip>[0]): Promise<void> {
  await openOrSkip(backend, { skip: (why: string) => expect.fail(why) } as never);
  // Small tensors are else computed on the host, which proves nothing.
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
}
