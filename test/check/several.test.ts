/** Several mistakes in one file: each is reported once, in source order, and none only because of another. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checked, objective } from './checked.js';

const CORPUS = fileURLToPath(new URL('../corpus/invalid/', import.meta.url));
const syntaxCorpus = readdirSync(CORPUS).filter((name) => /^E01.*\.obj$/.test(name));

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

describe('one mistake is one diagnostic', () => {
  test.each([
    ['let x = 1 < logp < 2', 'E0115'],
    ['let x = 1 == 1 == true', 'E0115'],
    ['let x = clip(logp, high: 1, low: 0)', 'E0209', 'E0209'],
    ['let x = grad(logp, length)', 'E0506'],
    ['let x = count[token where logp > 0](1)', 'E0208'],
    ['verify : sup(logp, long) == 0', 'E0302'],
    ['let group = 2', 'E0112'],
    ['param a in {} = 1', 'E0114'],
    ['param a in integer {1, 2}', 'E0110'],
    ['let x = exp(', 'E0104'],
    ['let x = mean[rollout where logp > 0', 'E0104'],
    ['let x = clip(logp 0, 1)', 'E0109'],
    ['verify : logp bounded', 'E0110'],
  ])('%s', (item, ...expected) => {
    const { codes } = checked(
      objective(
        'model logp : token',
        'let length = count[token]',
        'let long = length > 10',
        item,
        'minimize mean[token in batch](-logp)',
      ),
    );
    expect(codes.filter((code) => !code.startsWith('W'))).toEqual(expected);
  });

  test('a function that is wrong or cannot be imported is reported there, and not where it is called', () => {
    const text = objective('model logp : token', 'minimize mean[token in batch](k9(twice(none(logp))))');
    const head = 'import { k9 } from "std"\nimport { none } from "none.obj"\ndef twice(x) = 2 * y\n';
    expect(checked(`${head}${text}`).codes).toEqual(['E0215', 'E0213', 'E0201']);
  });

  test.each(syntaxCorpus)('what cannot be read in %s has no further consequences', (name) => {
    const { codes } = checked(readFileSync(`${CORPUS}${name}`, 'utf8'), name);
    expect(codes.filter((code) => !/^(E01|W)/.test(code))).toEqual([]);
  });

  test('an unknown name is reported also in an item that is not read to its end', () => {
    expect(
      checked(objective('model logp : token', 'let a = exp(unknown', 'minimize mean[token in batch](-logp)'))
        .codes,
    ).toEqual(['E0201', 'E0104']);
  });
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
