/** Several mistakes in one file: each is reported once, in source order, and none only because of another. */
import { expect, test } from 'vitest';
import { checked, objective } from './checked.js';

test('every mistake of a file is reported', () => {
  const { codes, models } = checked(
    objective(
      'param eps in (0, 1) = 2',
      'model logp : token',
      'data reward : rollout in [1, 0]',
      'data mask : token',
      'let ratio = exp(log_p)',
      'let advantage = reward - mean[rollout](logp)',
      'let surrogate = clamp(ratio, 1 - eps, 1 + eps) * advantage',
      'let peak = max[token](logp)',
      'minimize mean(surrogate) + peak * inf',
      'metric share = mean[token in batch](logp > 0)',
      'metric share = advantage',
      'verify : 1 < ratio and ratio < 2',
      'let w = grad(logp, reward)',
    ),
  );
  expect(codes).toEqual([
    'E0403',
    'E0402',
    'E0205',
    'E0201',
    'E0303',
    'E0203',
    'E0306',
    'E0206',
    'E0311',
    'E0302',
    'E0202',
    'E0310',
    'E0504',
  ]);
  expect(models).toEqual([]);
});

test('what follows from a mistake is not reported', () => {
  const { codes } = checked(
    objective(
      'model logp : token',
      'data reward : rollout',
      'let a = exp(unknown)',
      'let b = a and (a + 1)',
      'let c = mean[rollout](b) + (if c2 then b else a)',
      'let c2 = 1',
      'minimize c',
      'let w = grad(c, a)',
      'verify : w is bounded in b',
    ),
  );
  expect(codes).toEqual(['E0201', 'E0204']);
});

test('a wrong objective leaves the others of its file alone', () => {
  const right = objective('model logp : token', 'minimize mean[token in batch](-logp)').replace(
    'example',
    'right',
  );
  const { codes, models } = checked(`${objective('model logp : token', 'minimize logp')}${right}`);
  expect(codes).toEqual(['E0301']);
  expect(models.map(({ name }) => name.text)).toEqual(['right']);
});

test('names of one objective are not seen in another', () => {
  const one = objective('model logp : token', 'let cost = -logp', 'minimize mean[token in batch](cost)');
  const two = one.replace('example', 'second').replace('  let cost = -logp\n', '');
  expect(checked(one + two).codes).toEqual(['E0201']);
});

test.each([
  'cumsum[token](logp)',
  'discounted[token](logp, 0.9)',
  'shift[token](logp, by: 1, fill: 0)',
  'quantile[token](logp, 0.5)',
])('%s is not in this edition yet', (text) => {
  expect(checked(objective('model logp : token', `minimize mean[token in batch](${text})`)).codes).toEqual([
    'E0180',
  ]);
});

test('a hole that the parser left is reported once', () => {
  const { codes, models } = checked(
    objective('model logp : token', 'let a =', 'minimize mean[token in batch](-logp * a)'),
  );
  expect(codes).toEqual(['E0108']);
  expect(models).toEqual([]);
});

test('expressions at the limits of the parser are no problem', () => {
  const long = `logp${' + logp'.repeat(499)}`;
  const deep = `${'exp('.repeat(95)}logp${')'.repeat(95)}`;
  expect(checked(objective('model logp : token', `minimize mean[token in batch](${long})`)).codes).toEqual(
    [],
  );
  expect(checked(objective('model logp : token', `minimize mean[token in batch](${deep})`)).codes).toEqual(
    [],
  );
});
