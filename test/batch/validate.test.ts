/** Batches that fit a declaration, and as many that do not. */
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/batch/dense.js';
import { validate } from '../../src/batch/validate.js';
import { open } from '../../src/base/interval.js';

const declarations: readonly Declaration[] = [
  { name: 'logp', level: 'token', role: 'model' },
  {
    name: 'old_logp',
    level: 'token',
    role: 'data',
    domain: {
      kind: 'interval',
      integer: false,
      interval: { low: -Infinity, high: 0, lowOpen: true, highOpen: false },
    },
  },
  { name: 'reward', level: 'rollout', role: 'data', domain: { kind: 'set', values: [0, 1] } },
  {
    name: 'difficulty',
    level: 'group',
    role: 'data',
    domain: { kind: 'interval', integer: false, interval: open(0, 1) },
  },
  {
    name: 'step',
    level: 'batch',
    role: 'data',
    domain: {
      kind: 'interval',
      integer: true,
      interval: { low: 1, high: Infinity, lowOpen: false, highOpen: true },
    },
  },
];

const right = {
  group: [7, -2, 7],
  mask: [
    [1, 1],
    [1, 0],
    [0, 0],
  ],
  logp: [
    [-0.3, -1.2],
    [-0.8, 0],
    [0, 0],
  ],
  old_logp: [
    [-0.3, -1],
    [-0.8, 0],
    [0, 0],
  ],
  reward: [1, 0, 1],
  difficulty: [0.25, 0.5],
  step: 3,
};

const accepted: readonly [string, Record<string, unknown>][] = [
  ['a whole batch', {}],
  ['names that are not declared', { extra: 'anything', __proto__x: null }],
  [
    'NaN and the infinities where there is no domain',
    {
      logp: [
        ['NaN', '-inf'],
        ['Infinity', 0],
        [0, 0],
      ],
    },
  ],
  [
    'anything at all at masked positions',
    {
      logp: [
        [1, 2],
        [3, null],
        [{}, 'x'],
      ],
      old_logp: [
        [0, 0],
        [0, 9],
        ['inf', 'NaN'],
      ],
    },
  ],
  ['a batch without any token', { mask: [[], [], []], logp: [[], [], []], old_logp: [[], [], []] }],
  ['ids of any size and order', { group: [9007199254740991, 0, 0] }],
  [
    'ends of a closed interval',
    {
      step: 1,
      old_logp: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    },
  ],
];

describe('validate accepts', () => {
  it.each(accepted)('%s', (_, change) => {
    const result = validate({ ...right, ...change }, declarations);
    expect(result).toHaveProperty('batch');
    expect(result).toHaveProperty('notes', []);
  });

  it('a batch without `group`, as one group, and says so', () => {
    const { group, ...rest } = right;
    const result = validate({ ...rest, difficulty: [0.5] }, declarations);
    expect(result).toMatchObject({
      batch: { group: group.map(() => 0) },
      notes: ['the batch has no `group`: its rollouts are taken as one group (3)'],
    });
  });

  it('an objective without tokens, with no mask', () => {
    expect(validate({ group: [0], reward: [1] }, declarations.slice(2, 3))).toMatchObject({
      batch: { group: [0], values: new Map([['reward', [1]]]) },
    });
  });

  it('and passes on what stands at masked positions', () => {
    const result = validate(
      {
        ...right,
        logp: [
          [1, 2],
          [3, null],
          ['inf', 5],
        ],
      },
      declarations,
    );
    expect('batch' in result && result.batch.values.get('logp')).toEqual([
      [1, 2],
      [3, NaN],
      [Infinity, 5],
    ]);
  });
});

const GONE = Symbol('gone');
const rejected: readonly [path: string, message: string, change: Record<string, unknown>, hint?: string][] = [
  ['reward', '`reward` is missing', { reward: GONE, rewards: [1, 0, 1] }, 'rename `rewards` to `reward`'],
  ['logp', '`logp` is missing', { logp: GONE }, 'add it: one list per rollout, with one number per token'],
  ['step', '`step` is missing', { step: GONE }, 'add it: one number for the batch'],
  [
    'mask',
    '`mask` is missing, and `logp` has one number per token',
    { mask: GONE, masks: 1 },
    'rename `masks` to `mask`',
  ],
  ['group', '`group` is 3, expected one integer id per rollout', { group: 3 }],
  ['group[1]', '`group[1]` is 0.5, expected an integer id', { group: [0, 0.5, 1] }],
  ['group[2]', '`group[2]` is the text "a", expected an integer id', { group: [0, 0, 'a'] }],
  ['group[0]', '`group[0]` is the text "NaN", expected an integer id', { group: ['NaN', 0, 0] }],
  [
    'group',
    'the batch has no rollout, expected one at least',
    { group: [], mask: [], logp: [], old_logp: [], reward: [] },
  ],
  [
    'mask',
    '`mask` has 2 entries, expected 3, one per rollout',
    {
      mask: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  [
    'mask[2]',
    '`mask[2]` has 1 entries, expected 2, as many as `mask[0]`',
    { mask: [[1, 1], [1, 0], [1]] },
    'pad every row to the same width, with 0 in `mask`',
  ],
  [
    'mask[0][1]',
    '`mask[0][1]` is 2, expected 0 or 1',
    {
      mask: [
        [1, 2],
        [1, 0],
        [1, 0],
      ],
    },
  ],
  [
    'mask[0][0]',
    '`mask[0][0]` is true, expected 0 or 1',
    {
      mask: [
        [true, 1],
        [1, 0],
        [1, 0],
      ],
    },
  ],
  ['mask[1]', '`mask[1]` is 1, expected a list with 0 or 1 per token', { mask: [[1, 1], 1, 1] }],
  [
    'logp',
    '`logp` has 2 entries, expected 3, one per rollout',
    {
      logp: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    'logp[1]',
    '`logp[1]` has 3 entries, expected 2, as many as `mask[1]`',
    {
      logp: [
        [0, 0],
        [0, 0, 0],
        [0, 0],
      ],
    },
  ],
  ['logp[0]', '`logp[0]` is -1, expected a list with one number per token', { logp: [-1, -2, -3] }],
  ['logp', '`logp` is the text "x", expected one list per rollout, with one number per token', { logp: 'x' }],
  [
    'logp[0][1]',
    '`logp[0][1]` is null, expected a number',
    {
      logp: [
        [0, null],
        [0, 0],
        [0, 0],
      ],
    },
    'write "NaN", in quotes, if that is meant',
  ],
  [
    'logp[0][0]',
    '`logp[0][0]` is the text "0.5", expected a number',
    {
      logp: [
        ['0.5', 0],
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    'logp[1][0]',
    '`logp[1][0]` is a list of 1, expected a number',
    {
      logp: [
        [0, 0],
        [[0], 0],
        [0, 0],
      ],
    },
  ],
  [
    'old_logp[1][0]',
    '`old_logp[1][0]` is 0.1, expected a value in (-inf, 0]',
    {
      old_logp: [
        [0, 0],
        [0.1, 5],
        [0, 0],
      ],
    },
  ],
  [
    'old_logp[0][1]',
    '`old_logp[0][1]` is NaN, expected a value in (-inf, 0]',
    {
      old_logp: [
        [0, 'NaN'],
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    'old_logp[0][0]',
    '`old_logp[0][0]` is -inf, expected a value in (-inf, 0]',
    {
      old_logp: [
        ['-inf', 0],
        [0, 0],
        [0, 0],
      ],
    },
  ],
  ['reward[2]', '`reward[2]` is 2, expected a value in {0, 1}', { reward: [1, 0, 2] }],
  ['reward[0]', '`reward[0]` is NaN, expected a value in {0, 1}', { reward: ['NaN', 0, 1] }],
  ['reward[0]', '`reward[0]` is true, expected a number', { reward: [true, false, true] }],
  [
    'reward[0]',
    '`reward[0]` is a list of 2, but `reward` has one number per rollout',
    {
      reward: [
        [1, 1],
        [0, 0],
        [1, 1],
      ],
    },
  ],
  ['reward', '`reward` is 1, expected one number per rollout', { reward: 1 }],
  ['difficulty', '`difficulty` has 3 entries, expected 2, one per group', { difficulty: [0.5, 0.5, 0.5] }],
  ['difficulty[1]', '`difficulty[1]` is 1, expected a value in (0, 1)', { difficulty: [0.5, 1] }],
  ['step', '`step` is 1.5, expected an integer in [1, inf)', { step: 1.5 }],
  ['step', '`step` is a list of 1, expected a number', { step: [3] }],
  ['step', '`step` is inf, expected an integer in [1, inf)', { step: 'inf' }],
  [
    'logp',
    '`logp` has 2 entries, expected 3, one per rollout',
    {
      logp: [
        [0, 0],
        [0, 0],
      ],
      reward: [5],
    },
  ],
];

describe('validate names the first thing wrong', () => {
  it.each(rejected)('%s: %s', (path, message, change, hint) => {
    const members: Record<string, unknown> = { ...right, ...change };
    const raw = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== GONE));
    expect(validate(raw, declarations)).toEqual({
      problem: { path, message, ...(hint === undefined ? {} : { hint }) },
    });
  });

  it('when nothing tells the number of rollouts', () => {
    expect(validate({ step: 1, Group: [0] }, declarations.slice(4))).toEqual({
      problem: { path: 'group', message: '`group` is missing', hint: 'rename `Group` to `group`' },
    });
  });

  it('when a batch without `group` is empty', () => {
    expect(validate({ reward: [] }, declarations.slice(2, 3))).toEqual({
      problem: { path: '', message: 'the batch has no rollout, expected one at least' },
    });
  });
});
