/** Tags at the boundary: integer ids of any level, and inputs whose domain names a parameter. */
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/batch/dense.js';
import { flatten } from '../../src/batch/layout.js';
import { validate } from '../../src/batch/validate.js';

const tags: readonly Declaration[] = [
  { name: 'action', level: 'token', role: 'tag' },
  { name: 'task', level: 'rollout', role: 'tag' },
  {
    name: 'topic',
    level: 'group',
    role: 'tag',
    domain: {
      kind: 'interval',
      integer: true,
      interval: { low: 0, high: 9, lowOpen: false, highOpen: false },
    },
  },
  { name: 'run', level: 'batch', role: 'tag', domain: { kind: 'set', values: [1, 2] } },
];
const LARGEST = Number.MAX_SAFE_INTEGER;
const right = {
  group: [7, -2],
  mask: [
    [1, 0],
    [1, 1],
  ],
  action: [
    [LARGEST, 'pad'],
    [-LARGEST, 16777217],
  ],
  task: [LARGEST - 1, 0],
  topic: [9, 0],
  run: 2,
};

describe('ids', () => {
  it('are read exactly, masked positions aside', () => {
    const result = validate(right, tags);
    if ('problem' in result) throw new Error(result.problem.message);
    const flat = flatten(result.batch, tags);
    expect([...flat].map(([name, values]) => [name, [...values]])).toEqual([
      ['action', [LARGEST, -LARGEST, 16777217]],
      ['task', [LARGEST - 1, 0]],
      ['topic', [9, 0]],
      ['run', [2]],
    ]);
  });

  it.each<[path: string, message: string, more: Record<string, unknown>, hint?: string]>([
    ['task[1]', '`task[1]` is 1.5, expected an integer id', { task: [1, 1.5] }],
    ['task[0]', '`task[0]` is the text "a", expected an integer id', { task: ['a', 1] }],
    ['task[0]', '`task[0]` is the text "NaN", expected an integer id', { task: ['NaN', 1] }],
    ['task[1]', '`task[1]` is null, expected an integer id', { task: [1, null] }],
    ['task[1]', '`task[1]` is true, expected an integer id', { task: [1, true] }],
    [
      'task[0]',
      '`task[0]` is 9007199254740992, expected an integer id',
      { task: [2 ** 53, 1] },
      'beyond 2^53 - 1, ids cannot be told apart',
    ],
    ['task', '`task` has 3 entries, expected 2, one per rollout', { task: [1, 2, 3] }],
    [
      'action[1][0]',
      '`action[1][0]` is 0.5, expected an integer id',
      {
        action: [
          [1, 1],
          [0.5, 1],
        ],
      },
    ],
    ['topic[0]', '`topic[0]` is 10, expected an integer in [0, 9]', { topic: [10, 0] }],
    ['topic', '`topic` has 1 entries, expected 2, one per group', { topic: [1] }],
    ['run', '`run` is 3, expected a value in {1, 2}', { run: 3 }],
    ['run', '`run` is a list of 1, expected an integer id', { run: [1] }],
  ])('%s: %s', (path, message, more, hint) => {
    expect(validate({ ...right, ...more }, tags)).toEqual({
      problem: { path, message, ...(hint === undefined ? {} : { hint }) },
    });
  });
});

const bounded: readonly Declaration[] = (['token', 'rollout', 'group', 'batch'] as const).map((level) => ({
  name: level,
  level,
  role: 'data',
  domain: {
    kind: 'dependent',
    integer: false,
    low: 0,
    high: { param: 'cap', negative: false },
    lowOpen: false,
    highOpen: false,
    hull: { low: 0, high: Infinity, lowOpen: false, highOpen: true },
  },
}));
const inside = {
  group: [3, 1],
  mask: [
    [1, 0],
    [1, 1],
  ],
  token: [
    [2, 9],
    [0, 1],
  ],
  rollout: [2, 0],
  group_: 0,
  batch: 2,
};

describe('a domain that names a parameter', () => {
  const batch = { ...inside, mask: inside.mask };
  const declarations = bounded.map((one) => (one.name === 'group' ? { ...one, name: 'per_group' } : one));
  const whole = { ...batch, per_group: [1, 2] };

  it('is that of the value it has', () => {
    expect(validate(whole, declarations, new Map([['cap', 2]]))).toHaveProperty('batch');
  });

  it.each([
    ['token[0][0]', 2],
    ['rollout[0]', 2],
    ['per_group[1]', 2],
    ['batch', 2],
  ])('%s', (path, value) => {
    const name = path.replace(/\[.*/, '');
    const others = declarations.filter((one) => one.name === name);
    expect(validate(whole, others, new Map([['cap', 1.5]]))).toEqual({
      problem: { path, message: `\`${path}\` is ${value}, expected a value in [0, cap] = [0, 1.5]` },
    });
  });
});
