/** What goes along a rollout means, by hand: values, derivatives, and what reads nothing. Quantiles too. */
import { describe, expect, test } from 'vitest';
import { gradientOf, letValue, lossOf, lowered, numbers, onlyLoss, valueOf, type Batch } from './lowered.js';

const total = (expression: string, ...declarations: readonly string[]): string =>
  `objective example {\n model logp : token\n ${declarations.join('\n ')}\n minimize sum[token in batch](${expression})\n}\n`;

/** A rollout of three tokens, one of none and one of one. */
const BATCH: Batch = {
  group: [1, 0, 1],
  lengths: [3, 0, 1],
  inputs: { logp: [1, 2, 4, 5], reward: [2, 9, 3], keep: [1, 0, 1, 1], share: [0.5, 0.5] },
  params: { g: 0.5 },
};
const DECLARED = ['param g in real', 'data reward : rollout', 'data keep : token', 'data share : group'];

const close = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 12));
};

describe('at each token', () => {
  test.each<[string, readonly number[], readonly number[]]>([
    ['cumsum[token](logp)', [1, 3, 7, 5], [3, 2, 1, 1]],
    ['cumsum[token](reward) + 0 * logp', [2, 4, 6, 3], [0, 0, 0, 0]],
    ['cumsum[token](1) * logp', [1, 4, 12, 5], [1, 2, 3, 1]],
    ['discounted[token](logp, 0.5)', [3, 4, 4, 5], [1, 1.5, 1.75, 1]],
    ['discounted[token](logp, gamma: g)', [3, 4, 4, 5], [1, 1.5, 1.75, 1]],
    ['discounted[token](logp, 0)', [1, 2, 4, 5], [1, 1, 1, 1]],
    ['discounted[token](logp, 1)', [7, 6, 4, 5], [1, 2, 3, 1]],
    ['discounted[token](logp, 2)', [21, 10, 4, 5], [1, 3, 7, 1]],
    ['discounted[token](logp, -1)', [3, -2, 4, 5], [1, 0, 1, 1]],
    ['discounted[token](reward, reward - 1) * logp', [6, 8, 8, 15], [6, 4, 2, 3]],
    ['shift[token](logp, by: 1, fill: 0)', [0, 1, 2, 0], [1, 1, 0, 0]],
    ['shift[token](logp, by: -1, fill: 7)', [2, 4, 7, 7], [0, 1, 1, 0]],
    ['shift[token](logp, by: 0, fill: 7)', [1, 2, 4, 5], [1, 1, 1, 1]],
    ['shift[token](logp, by: 2, fill: reward)', [2, 2, 1, 3], [1, 0, 0, 0]],
    ['shift[token](logp, by: -100, fill: reward) + logp', [3, 4, 6, 8], [1, 1, 1, 1]],
    ['shift[token](reward, by: 1, fill: 0) * logp', [0, 4, 8, 0], [0, 2, 2, 0]],
    ['shift[token](logp, by: -1, fill: mean[token](logp))', [2, 4, 7 / 3, 5], [1 / 3, 4 / 3, 4 / 3, 1]],
    // What is not chosen is not read: neither the overflow nor what it is made of receives anything.
    ['clip(exp(discounted[token](500 * logp, 1)), 0, 2) + 0 * logp', [2, 2, 2, 2], [0, 0, 0, 0]],
    ['min(exp(cumsum[token](logp) - 1), 2)', [1, 2, 2, 2], [1, 0, 0, 0]],
    ['if keep == 1 then shift[token](1 / (logp - 2), by: 2, fill: 0) else 0', [0, 0, -1, 0], [-1, 0, 0, 0]],
    [
      'if keep == 1 and cumsum[token](1) < 2 then cumsum[token](1 / (logp - 2)) else 0',
      [-1, 0, 0, 1 / 3],
      [-1, 0, 0, -1 / 9],
    ],
    // A temporal difference and its advantage: γ = 0.5, λ = 0.5.
    ['reward + 0.5 * shift[token](logp, by: -1, fill: 0) - logp', [2, 2, -2, -2], [-1, -0.5, -0.5, -1]],
    [
      'discounted[token](reward + 0.5 * shift[token](logp, by: -1, fill: 0) - logp, 0.25)',
      [2.375, 1.5, -2, -2],
      [-1, -0.75, -0.6875, -1],
    ],
  ])('%s', (expression, values, slopes) => {
    const used = DECLARED.filter((line) => expression.includes(line.split(' ')[1] ?? ''));
    const text = total(expression, ...used).replace('minimize', `let v = ${expression}\n minimize`);
    const program = lowered(text.replace(`sum[token in batch](${expression})`, 'sum[token in batch](v)'));
    close(letValue(program, 'v', BATCH), values);
    close(gradientOf(program, BATCH), slopes);
  });
});

test('a discount that depends on the model has its derivative', () => {
  // Σ_t Σ_{u≥t} γ^{u−t} with γ = mean(logp) = 2: 7 + 3 + 1; its derivative by γ is 5 + 1, a third of it for each token.
  const batch: Batch = { group: [0], lengths: [3], inputs: { logp: [1, 2, 3] } };
  const program = lowered(total('discounted[token](1, mean[token](logp))'));
  expect(lossOf(program, batch)).toBe(11);
  close(gradientOf(program, batch), [2, 2, 2]);
});

test('the derivative of a discounted sum by its discount is the discounted sum of its shift', () => {
  const text = total('d').replace(
    'minimize',
    'let m = mean[token](logp)\n let d = discounted[token](logp - 1, m)\n let e = discounted[token](shift[token](d, by: -1, fill: 0), m)\n let w = grad(sum[token](d), m)\n let v = sum[token](e)\n metric used = sum[rollout in batch](w + v)\n minimize',
  );
  const program = lowered(text);
  const batch: Batch = { group: [0, 0], lengths: [4, 2], inputs: { logp: [0.5, 1, -1, 2, 3, 1] } };
  close(letValue(program, 'w', batch), letValue(program, 'v', batch));
});

describe('NaN and infinities', () => {
  const values = (expression: string, logp: readonly number[]): readonly number[] => {
    const batch: Batch = { group: [0], lengths: [logp.length], inputs: { logp } };
    const program = lowered(total('v').replace('minimize', `let v = ${expression}\n minimize`));
    return letValue(program, 'v', batch);
  };
  test.each<[string, readonly number[], readonly number[]]>([
    ['cumsum[token](logp)', [1, 2, NaN, 3], [1, 3, NaN, NaN]],
    ['cumsum[token](logp)', [1, Infinity, 3, -Infinity], [1, Infinity, Infinity, NaN]],
    ['discounted[token](logp, 0.5)', [NaN, 1, Infinity, 2], [NaN, Infinity, Infinity, 2]],
    ['shift[token](logp, by: 1, fill: 0)', [NaN, 1], [0, NaN]],
    ['discounted[token](logp, 0)', [1, Infinity, 2], [NaN, Infinity, 2]],
  ])('of %s: %j', (expression, logp, expected) => expect(values(expression, logp)).toEqual(expected));

  test('what no selected token reads gives no derivative', () => {
    const batch: Batch = { group: [0], lengths: [3], inputs: { logp: [3, 0, 2], keep: [1, 0, 0] } };
    const text = (x: string): string =>
      total('0 * v', 'data keep : token').replace(
        'minimize sum[token in batch](0 * v)',
        `let v = ${x}\n minimize sum[token in batch where keep == 1](v)`,
      );
    close(gradientOf(lowered(text('cumsum[token](1 / logp)')), batch), [-1 / 9, 0, 0]);
    close(gradientOf(lowered(text('shift[token](1 / logp, by: -2, fill: 0)')), batch), [0, 0, -1 / 4]);
  });
});

describe('quantiles', () => {
  test.each([
    ['quantile[token in batch](logp, 0.5)', 3],
    ['quantile[token in batch](logp, q: 1)', 5],
    ['quantile[rollout in batch](quantile[token](logp, 0.5), 1)', 5],
    ['sum[rollout in batch](quantile[token](logp, 0.25))', 6.5],
    ['quantile[token in batch where keep == 1](logp, 0.5)', 4],
    ['quantile[token in batch where logp > 9](logp, 0.5)', 0],
    ['sum[group in batch](quantile[token in group](logp, share))', 3],
    ['sum[group in batch](quantile[rollout](reward, share))', 11.5],
    ['quantile[group in batch](mean[rollout](reward), 0.1)', 3.15],
    ['quantile[token in batch](reward, 0.5)', 2],
  ])('%s is %d', (expression, expected) => {
    const used = DECLARED.filter((line) => expression.includes(line.split(' ')[1] ?? ''));
    expect(
      valueOf(
        expression,
        BATCH,
        used.filter((line) => !line.startsWith('param')),
      ),
    ).toBeCloseTo(expected, 12);
  });

  test('carry no derivative', () => {
    const program = lowered(total('logp * quantile[token](logp, 0.5)'));
    close(gradientOf(program, BATCH), [2, 2, 2, 5]);
  });

  test('are NaN where their share lies outside [0, 1]', () => {
    for (const share of [-0.1, 1.1, NaN])
      expect(
        valueOf(
          'quantile[group in batch](share, max[group in batch](share))',
          { ...BATCH, inputs: { share: [share, share] } },
          ['data share : group'],
        ),
      ).toBeNaN();
  });
});

test('the tokens of one rollout do not see those of the next', () => {
  const program = lowered(
    total('v').replace(
      'minimize',
      'let v = cumsum[token](logp) + shift[token](logp, by: 1, fill: 0)\n minimize',
    ),
  );
  const alone = numbers([program.lets[0]?.value ?? onlyLoss(program).loss], {
    group: [0],
    lengths: [2],
    inputs: { logp: [7, 8] },
  });
  const beside = numbers([program.lets[0]?.value ?? onlyLoss(program).loss], {
    group: [0, 0, 0],
    lengths: [2, 2, 1],
    inputs: { logp: [NaN, NaN, 7, 8, NaN] },
  });
  expect(beside[0]?.slice(2, 4)).toEqual(alone[0]);
});
