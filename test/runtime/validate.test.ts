/** `checkBatch` names the first thing wrong. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { BatchError, checkBatch, prepare, type InputSpec, type ParamSpec } from '../../src/runtime/index.js';
import { openBackend } from '../backends/backend.js';

beforeAll(async () => {
  await openBackend('cpu');
});

const positive = { low: 0, high: Infinity, lowOpen: true, highOpen: true };
const INPUTS: readonly InputSpec[] = [
  {
    name: 'logp',
    role: 'model',
    level: 'token',
    domain: {
      kind: 'interval',
      integer: false,
      interval: { low: -Infinity, high: 0, lowOpen: true, highOpen: false },
    },
  },
  { name: 'reward', role: 'data', level: 'rollout', domain: { kind: 'set', values: [0, 0.1] } },
  {
    name: 'turns',
    role: 'data',
    level: 'group',
    domain: { kind: 'interval', integer: true, interval: positive },
  },
];
const PARAMS: readonly ParamSpec[] = [
  { name: 'tau', domain: { kind: 'interval', integer: false, interval: positive } },
  { name: 'eps', domain: { kind: 'set', values: [1] }, default: 1 },
];
const good = (): Record<string, unknown> => ({
  group: [5, -1, 5],
  mask: tf.tensor2d([
    [1, 0],
    [0, 0],
    [1, 1],
  ]),
  logp: tf.tensor2d([
    [-1, NaN],
    [NaN, 7],
    [0, -2],
  ]),
  reward: tf.tensor1d([0, 0.1, 0.1]),
  turns: tf.tensor1d([1, 2]),
});

test('a good batch passes, whatever stands at masked positions', async () => {
  await checkBatch(INPUTS, PARAMS, good(), { tau: 1 });
});

const CASES: readonly (readonly [
  string,
  Record<string, unknown>,
  Record<string, unknown>,
  string,
  RegExp,
])[] = [
  ['a parameter without value', {}, { tau: undefined }, 'tau', /has no default/],
  ['a parameter outside its domain', {}, { tau: 0 }, 'tau', /is 0, expected a value in \(0, inf\)/],
  ['an unknown parameter', {}, { tao: 1 }, 'tao', /no parameter `tao`/],
  ['no group', { group: undefined }, {}, 'group', /missing/],
  ['a fraction in group', { group: [1, 0.5, 1] }, {}, 'group[1]', /is 0.5, expected an integer id/],
  ['no rollouts', { group: [] }, {}, 'group', /no rollout/],
  ['no mask', { mask: undefined }, {}, 'mask', /missing/],
  ['a mask with other rows', { mask: 'wrong shape' }, {}, 'mask', /has shape \[\], expected \[3, T\]/],
  ['a missing input', { reward: undefined }, {}, 'reward', /missing/],
  ['an array in place of a tensor', { reward: [1, 2, 3] }, {}, 'reward', /no tensor/],
  ['a group input with a value per rollout', { turns: 3 }, {}, 'turns', /no tensor/],
];
test.each(CASES)('%s', async (_name, change, params, path, message) => {
  const failure = checkBatch(
    INPUTS,
    PARAMS,
    { ...good(), ...change, ...(change.mask === 'wrong shape' ? { mask: tf.scalar(1) } : {}) },
    { tau: 1, ...params },
  );
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toBeInstanceOf(BatchError);
  await expect(failure).rejects.toMatchObject({ path, name: 'BatchError' });
});

test.each([
  [
    'mask',
    () =>
      tf.tensor2d([
        [1, 0],
        [0, 2],
        [1, 1],
      ]),
    'mask[1][1]',
    /is 2, expected 0 or 1/,
  ],
  [
    'mask',
    () =>
      tf.tensor2d([
        [1, 0],
        [0, NaN],
        [1, 1],
      ]),
    'mask[1][1]',
    /is NaN, expected 0 or 1/,
  ],
  [
    'logp',
    () =>
      tf.tensor2d([
        [-1, 0],
        [0, 0],
        [-1, 0.5],
      ]),
    'logp[2][1]',
    /is 0.5, expected a value in \(-inf, 0\]/,
  ],
  [
    'logp',
    () =>
      tf.tensor2d([
        [NaN, 0],
        [0, 0],
        [-1, -1],
      ]),
    'logp[0][0]',
    /is NaN/,
  ],
  ['logp', () => tf.tensor2d([[-1], [-1], [-1]]), 'logp', /has shape \[3, 1\], expected \[3, 2\]/],
  [
    'logp',
    () =>
      tf.tensor2d(
        [
          [-1, 0],
          [0, 0],
          [-1, 0],
        ],
        undefined,
        'int32',
      ),
    'logp',
    /holds int32, expected float32/,
  ],
  ['reward', () => tf.tensor1d([0, 1, 0]), 'reward[1]', /is 1, expected a value in \{0, 0.1\}/],
  ['turns', () => tf.tensor1d([1, 1.5]), 'turns[1]', /is 1.5, expected an integer in \(0, inf\)/],
  ['turns', () => tf.tensor1d([1, 1, 1]), 'turns', /has shape \[3\], expected \[2\]/],
] as const)('a wrong %s is named', async (name, make, path, message) => {
  const failure = checkBatch(INPUTS, PARAMS, { ...good(), [name]: make() }, { tau: 1 });
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toMatchObject({ path });
});

test('a layout knows its groups, and frees what it made', async () => {
  const before = tf.memory().numTensors;
  const layout = prepare({ group: [5, -1, 5] });
  expect([layout.rollouts, layout.groups, layout.groupSize]).toEqual([3, 2, undefined]);
  expect([...(await layout.groupSizes.data())]).toEqual([1, 2]);
  expect([...(await layout.groupOfRollout.data())]).toEqual([1, 0, 1]);
  expect([...(await layout.lengths.data())]).toEqual([0, 0, 0]);
  layout.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(prepare({ group: [0, 0, 4, 4] }).groupSize).toBe(2);
});
