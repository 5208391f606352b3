/** Limits by series: what tends to what, and the values, signs and conditions that are nearly right. */
import { describe, expect, test } from 'vitest';
import { emptyContext, extended } from '../../src/recheck/context.js';
import { tendsTo } from '../../src/recheck/limit.js';
import type { LimitValue } from '../../src/recheck/rules/rule.js';
import { outcomeOf } from '../../src/recheck/sequent.js';
import { readCondition, readTerm } from '../../src/recheck/term.js';

const [x, a, b] = ['x', 'a', 'b'].map((name) => ['var', name]);
const minus = (...[left, right]: readonly unknown[]): unknown => ['+', left, ['*', '-1', right]];
const over = (...[left, right]: readonly unknown[]): unknown => ['*', left, ['^', right, '-1']];
const exp = (of: unknown): unknown => ['exp', of];
const log = (of: unknown): unknown => ['log', of];
const sigmoid = (of: unknown): unknown => over('1', ['+', '1', exp(['*', '-1', of])]);

interface Asked {
  readonly term: unknown;
  readonly to: unknown;
  readonly side?: 'below' | 'above' | 'both';
  readonly value: unknown;
  readonly given?: readonly unknown[];
  readonly approach?: readonly unknown[];
}
function isAccepted({ term, to, side, value, given = [], approach = [] }: Asked): boolean {
  const limit = (json: unknown): LimitValue =>
    json === 'inf' || json === '-inf' ? json : readTerm(json, '');
  const at = limit(to);
  const context = extended(emptyContext([], ['x', 'a', 'b']), ...given.map((one) => readCondition(one, '')));
  const toward = typeof at === 'string' ? { at } : { at, side: side ?? 'both' };
  return outcomeOf(() => {
    tendsTo(
      {
        kind: 'tends',
        term: readTerm(term, ''),
        variable: 'x',
        toward,
        value: limit(value),
        approach: approach.map((one) => readCondition(one, '')),
      },
      context,
      '',
    );
  }).accepted;
}

const POSITIVE = [
  ['>', a],
  ['>', b],
];
/** Each with a value that it does not tend to. */
const LIMITS: readonly (readonly [string, Asked, unknown])[] = [
  ['an exponential wins', { term: over(exp(x), ['^', x, '5']), to: 'inf', value: 'inf' }, '0'],
  ['a power wins over a logarithm', { term: over(log(x), ['^', x, '1/9']), to: 'inf', value: '0' }, 'inf'],
  ['the next summand', { term: minus(log(['+', '1', exp(x)]), x), to: 'inf', value: '0' }, '1'],
  [
    'an expansion of two powers',
    { term: over(minus(exp(x), ['+', '1', x]), ['^', x, '2']), to: '0', value: '1/2' },
    '1',
  ],
  [
    'a root that cancels',
    { term: minus(['^', ['+', ['^', x, '2'], x], '1/2'], x), to: 'inf', value: '1/2' },
    '0',
  ],
  ['x·log x', { term: ['*', x, log(x)], to: '0', side: 'above', value: '0' }, '-inf'],
  ['x^x', { term: exp(['*', x, log(x)]), to: '0', side: 'above', value: '1' }, '0'],
  [
    'odds',
    { term: ['*', sigmoid(log(over(exp(x), minus('1', exp(x))))), '2'], to: '0', side: 'below', value: '2' },
    '1',
  ],
  [
    'an exponential of one, whatever its rate',
    { term: ['*', exp(x), exp(['*', '-1', a, exp(['*', b, x])])], to: 'inf', value: '0', given: POSITIVE },
    'inf',
  ],
  [
    'rates that are compared',
    { term: exp(minus(['*', a, x], ['*', b, x])), to: 'inf', value: '0', given: [['>', minus(b, a)]] },
    'inf',
  ],
  [
    'what is equal leaves nothing',
    { term: minus(exp(['+', x, '1']), ['*', exp('1'), exp(x)]), to: 'inf', value: '0' },
    '1',
  ],
  ['a coefficient', { term: over(['+', ['*', a, x], '1'], ['+', x, b]), to: 'inf', value: a }, b],
];

test.each(LIMITS)('%s', (_, asked, other) => {
  expect(isAccepted(asked)).toBe(true);
  expect(isAccepted({ ...asked, value: other })).toBe(false);
});

describe('is refused', () => {
  test.each<readonly [string, Asked]>([
    ['where no sign is known', { term: exp(['*', a, x]), to: 'inf', value: 'inf' }],
    [
      'where rates may be equal',
      { term: exp(minus(['*', a, x], ['*', b, x])), to: 'inf', value: '0', given: [['>=', minus(b, a)]] },
    ],
    [
      'where a leading coefficient may be 0',
      { term: ['*', a, x], to: 'inf', value: 'inf', given: [['>=', a]] },
    ],
    ['from the other side', { term: over('1', x), to: '0', side: 'below', value: 'inf' }],
    ['where the sides differ', { term: over(x, ['^', ['^', x, '2'], '1/2']), to: '0', value: '1' }],
    ['where a logarithm has no value', { term: log(['*', '-1', x]), to: 'inf', value: 'inf' }],
    ['where a root has none', { term: ['^', minus('1', x), '1/2'], to: 'inf', value: 'inf' }],
    ['where nothing is divided by', { term: over('1', minus(x, x)), to: 'inf', value: '0' }],
    ['where nothing has a logarithm', { term: log(minus(x, x)), to: 'inf', value: '-inf' }],
    ['where a rate may be negative', { term: exp(['*', '-1', exp(['*', a, x])]), to: 'inf', value: '0' }],
    [
      'where a hypothesis ends',
      { term: over('1', x), to: 'inf', value: '0', approach: [['>', minus('5', x)]] },
    ],
    [
      'where a hypothesis holds on one side alone',
      { term: x, to: '0', value: '0', approach: [['>=', ['*', '-1', x]]] },
    ],
    [
      'where what is given of the variable is its own reason',
      {
        term: over('1', x),
        to: 'inf',
        value: '0',
        given: [['>', minus(a, x)]],
        approach: [['>', minus(a, x)]],
      },
    ],
    ['of a limit that moves', { term: x, to: 'inf', value: x }],
    ['toward a point that moves', { term: x, to: x, value: '0' }],
  ])('%s', (_, asked) => {
    expect(isAccepted(asked)).toBe(false);
  });
});
