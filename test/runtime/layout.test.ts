/** What a layout refuses: ids and masks that are none, and values that are gone. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { prepare, type Placement } from '../../src/runtime/layout.js';
import { openOrSkip } from '../backends/backend.js';
import { compileWithKernels, programOf } from '../emit/compiled.js';

const GROUP = [7, 7, 3];

test.for([
  ['no group', {}, '`group` is missing or no array'],
  ['what is no list of ids', { group: { size: 3 } }, '`group` is missing or no array'],
  ['no ids', { group: [] }, 'the batch has no rollout'],
  ['an id that is no integer', { group: [7, 0.5] }, '`group[1]` is 0.5'],
  ['an array as a mask', { group: GROUP, mask: [1, 1, 1] }, '`mask` is no tensor'],
] as const)('%s is an error', async ([, given, message], context) => {
  await openOrSkip('cpu', context);
  expect(() => prepare(given as unknown as Placement)).toThrow(message);
});

test.for(['float32', 'int32', 'bool'] as const)(
  'a mask of %s has weights of float32',
  async (dtype, context) => {
    await openOrSkip('cpu', context);
    const mask = tf.tensor2d([1, 0, 1, 1, 0, 0], [3, 2], dtype);
    const layout = prepare({ group: GROUP, mask });
    expect(layout.weights.dtype).toBe('float32');
    expect(Array.from(layout.weights.dataSync())).toEqual([1, 0, 1, 1, 0, 0]);
    expect(Array.from(layout.lengths.dataSync())).toEqual([1, 2, 0]);
    layout.dispose();
    mask.dispose();
  },
);

test('a mask that was disposed is an error where it is read', async (context) => {
  await openOrSkip('cpu', context);
  for (const read of ['rows', 'mask', 'weights', 'lengths'] as const) {
    const mask = tf.ones([3, 2]);
    const layout = prepare({ group: GROUP, mask });
    mask.dispose();
    expect(() => layout[read]).toThrow('`mask` was disposed before this call');
  }
});

describe('a backend that was removed takes the values of its tensors with it', () => {
  const text = 'objective o {\n  model logp : token\n  minimize mean[token in batch](logp)\n}';
  const batchNow = (): { group: number[]; mask: tf.Tensor; logp: tf.Tensor } => ({
    group: GROUP,
    mask: tf.tensor2d([
      [1, 0],
      [1, 1],
      [1, 1],
    ]),
    logp: tf.fill([3, 2], -2),
  });

  afterEach(() => {
    delete process.env['VERILOSS_PATH'];
  });

  test.for(['wasm', 'ops'])('steps by %s say what is gone, and new ones are right', async (way, context) => {
    await openOrSkip('wasm', context);
    process.env['VERILOSS_PATH'] = way;
    const module = await compileWithKernels(programOf(text));
    const batch = batchNow();
    const layout = module.prepare(batch);
    tf.dispose(module.loss(batch, layout));
    const start = tf.findBackendFactory('wasm');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', start, 2);
    await openOrSkip('wasm', context);

    const other = batchNow();
    const fresh = module.prepare(other);
    expect(() => module.loss(batch, fresh)).toThrow('`logp` is of a backend that was removed from tfjs');
    expect(() => module.loss(other, layout)).toThrow('layout is of a backend that was removed from tfjs');
    expect(() => module.prepare({ ...other, mask: batch.mask }).lengths).toThrow(
      '`mask` is of a backend that was removed from tfjs',
    );
    layout.dispose();
    const loss = module.loss(other, fresh);
    expect((await loss.data())[0]).toBe(-2);
    fresh.dispose();
    tf.dispose([loss, other.mask, other.logp]);
  });
});
