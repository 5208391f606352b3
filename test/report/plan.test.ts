/** How plans are worded: what has no name, what is too long, what tokens wait for, and sorts of every level. */
import { describe, expect, test } from 'vitest';
import { analyze, explainPlan } from '../../src/compile.js';
import { planText } from '../../src/report/plan-text.js';

/** What is said of the loss, without spaces at the ends of lines. */
function lines(...lets: readonly string[]): readonly string[] {
  const text = `objective example {
  param tau in (0, inf) = 1
  model logp : token
  data x : token
  data r : rollout
  ${lets.join('\n  ')}
  minimize sum[token in batch](logp * weight)
}`;
  const { units, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join(', '));
  return planText(explainPlan(unit))
    .split('\n')
    .map((line) => line.trim());
}

describe('tokens wait for', () => {
  test.each<readonly [lets: readonly string[], waits: readonly string[]]>([
    [['let weight = sum[token in group](x)'], ['weight of its group']],
    [['let weight = r * sum[token in group](x)'], ['Σ[token in group](x) of its group']],
    [
      ['let bar = sum[token in group](x) / tau', 'let weight = if x > bar then 1 else 0'],
      ['bar of its group'],
    ],
    [['let s = sum[token](x)', 'let weight = logsumexp[rollout](s / tau)'], ['weight of its group']],
    [
      ['let weight = mean[rollout in batch](sum[token](x)) * r'],
      ['mean[rollout in batch](Σ[token](x)) of the batch'],
    ],
    [['let weight = sum[others](sum[token](x))'], ['weight of its rollout']],
    // A rollout's own tokens are walked again within the walk, for nothing that is beyond.
    [['let weight = sum[token](x)'], []],
    [['let weight = r'], []],
  ])('%j', (lets, waits) => {
    const said = lines(...lets).filter((line) => / of (its|the) (rollout|group|batch)$/.test(line));
    expect(said.map((line) => line.replace(/^(walk 2 +)?(waits for )?/, ''))).toEqual(waits);
  });

  test('three things, and how many more', () => {
    const some = ['x', 'x * x', 'exp(x)', 'abs(x)', 'x * r'];
    const lets = some.map((one, at) => `let m${at} = sum[token in group](${one})`);
    const said = lines(...lets, `let weight = r * m0 * m1 * m2 * m3 * m4`);
    const from = said.findIndex((line) => line.startsWith('walk 2'));
    expect(said.slice(from, from + 4).map((line) => line.replace(/^.*waits for /, ''))).toEqual([
      'm0 of its group',
      'm1 of its group',
      'm2 of its group',
      '2 more',
    ]);
  });
});

test.each([
  ['quantile[rollout](r, 0.5)', 'sort       rollouts: weight = quantile[rollout](r, 0.5)'],
  [
    'quantile[token in group](x * x, 0.5)',
    'sort       tokens: weight = quantile[token in group](x ^ 2, 0.5)',
  ],
  ['quantile[others](r, 0.5)', 'sort       pairs: weight = quantile[others](r, 0.5)'],
])('%s', (weight, line) => {
  expect(lines(`let weight = ${weight}`)).toContain(line);
});

test('what is too long is told by what it is made of', () => {
  const long = Array.from({ length: 9 }, (_, at) => `exp(x * ${at + 2})`).join(' + ');
  const few = lines(`let weight = sum[token in group](${long} + tau)`);
  expect(few).toContain('reduces Σ[token](… of tau, x)');
  // A name counts as one symbol, whatever it stands for.
  expect(few).toContain('reduces Σ[token](logp · weight)');
  const many = lines(
    ...['a', 'b', 'c', 'd'].map((name) => `let ${name} = exp(x + r) * abs(x) - ${name.charCodeAt(0)}`),
    `let weight = sum[token in group](${long} + a * b * c * d * x)`,
  );
  expect(many).toContain('reduces Σ[token](… of x, d, c, a, …)');
});
