/** A definition means its body with the arguments in place of the parameters: the value, and every derivative. */
import { describe, expect, test } from 'vitest';
import { standardNames } from '../../src/link/link.js';
import { gradientOf, lossOf, lowered, numbers, type Batch } from './lowered.js';

const BATCH: Batch = {
  group: [0, 0, 0, 1, 1],
  lengths: [2, 1, 3, 0, 2],
  params: { eps: 0.2 },
  inputs: {
    logp: [-1, -0.2, -2, -0.6, -1.4, -0.1, -3, -0.9],
    old_logp: [-1.2, -0.1, -1.5, -0.7, -1.4, -0.5, -2, -1],
    ref_logp: [-1, -0.3, -1.1, -0.8, -1.2, -0.4, -2.5, -0.2],
    reward: [1, 0, 0.25, 1, 1],
  },
};
const START = `objective example {
  param eps in (0, 1) = 0.2
  model logp : token
  data old_logp : token
  data ref_logp : token
  data reward : rollout
`;
const program = (head: string, ...items: readonly string[]): string =>
  `${head}\n${START}${items.map((item) => `  ${item}\n`).join('')}  metric all = mean[token in batch](logp * eps + old_logp * ref_logp) + mean[rollout in batch](reward)\n}\n`;

/** A program with definitions, and the same written out. */
const pairs: readonly (readonly [string, string, string, string])[] = [
  [
    'no parameter',
    'def half() = 0.5',
    'mean[token in batch](-logp * half())',
    'mean[token in batch](-logp * 0.5)',
  ],
  [
    'a parameter read twice',
    'def own_square(x) = x * x',
    'mean[token in batch](own_square(logp - 1))',
    'mean[token in batch]((logp - 1) ^ 2)',
  ],
  [
    'a parameter not read',
    'def first(x, y) = x',
    'mean[token in batch](first(logp, 1 / (reward - reward)))',
    'mean[token in batch](logp)',
  ],
  [
    'a definition of a definition',
    'def twice(x) = 2 * x\ndef four_times(x) = twice(twice(x))',
    'mean[token in batch](four_times(logp))',
    'mean[token in batch](4 * logp)',
  ],
  [
    'a name that the objective has too',
    'def shifted(logp, reward) = logp - reward',
    'mean[token in batch](shifted(old_logp, ref_logp) * logp)',
    'mean[token in batch]((old_logp - ref_logp) * logp)',
  ],
  [
    'arguments that swap names',
    'def minus(x, y) = x - y\ndef reversed(x, y) = minus(y, x)',
    'mean[token in batch](square(reversed(logp, old_logp)))',
    'mean[token in batch](square(old_logp - logp))',
  ],
  [
    'labels',
    'def weighted(x, weight) = weight * x',
    'mean[token in batch](weighted(x: logp, weight: reward))',
    'mean[token in batch](reward * logp)',
  ],
  [
    'two levels in one objective',
    'def centered(x) = x - mean[rollout in batch](x)',
    'mean[token in batch](centered(reward) * logp) + square(mean[rollout in batch](centered(mean[token](logp)) * reward))',
    'mean[token in batch]((reward - mean[rollout in batch](reward)) * logp) + square(mean[rollout in batch]((mean[token](logp) - mean[rollout in batch](mean[token](logp))) * reward))',
  ],
  [
    'a condition',
    'def only(x, chosen) = if chosen then x else 0',
    'mean[token in batch](only(logp, reward > 0.5))',
    'mean[token in batch](if reward > 0.5 then logp else 0)',
  ],
  [
    'a condition that restricts',
    'def over(x, chosen) = sum[rollout in batch where chosen](x)',
    'over(mean[token](logp), reward > 0.5 and not (reward > 2))',
    'sum[rollout in batch where reward > 0.5](mean[token](logp))',
  ],
  [
    'an infinite anchor',
    'def highest(x, floor) = max[token](x, anchor: floor)',
    'mean[rollout in batch](max(highest(logp, -inf), -9))',
    'mean[rollout in batch](max(max[token](logp, anchor: -inf), -9))',
  ],
  [
    'a whole power',
    'def raised(x, n) = x ^ n',
    'mean[token in batch](raised(logp, 3))',
    'mean[token in batch](logp * logp * logp)',
  ],
  [
    'a stop-gradient',
    'def straight(value, gradient) = gradient + stop(value - gradient)',
    'mean[token in batch](straight(exp(logp), logp))',
    'mean[token in batch](logp + stop(exp(logp) - logp))',
  ],
  [
    'an if as a body',
    'def sided(x, y) = if x > y then x else y',
    'mean[token in batch](2 * sided(logp, old_logp))',
    'mean[token in batch](2 * (if logp > old_logp then logp else old_logp))',
  ],
  [
    'an operator of lower precedence as an argument',
    'def times(x, y) = x * y',
    'mean[token in batch](times(logp + 1, old_logp - 1))',
    'mean[token in batch]((logp + 1) * (old_logp - 1))',
  ],
  [
    'an operator of lower precedence as a body',
    'def plus(x, y) = x + y',
    'mean[token in batch](-plus(logp, 1) ^ 2 * 3)',
    'mean[token in batch](-((logp + 1) ^ 2) * 3)',
  ],
  [
    'k1',
    'import { k1 } from "std"',
    'mean[token in batch](k1(logp, ref_logp))',
    'mean[token in batch](logp - ref_logp)',
  ],
  [
    'k2',
    'import { k2 } from "std"',
    'mean[token in batch](k2(logp, ref_logp))',
    'mean[token in batch]((logp - ref_logp) ^ 2 / 2)',
  ],
  [
    'k3',
    'import { k3 } from "std"',
    'mean[token in batch](k3(logp, ref_logp))',
    'mean[token in batch](exp(ref_logp - logp) - (ref_logp - logp) - 1)',
  ],
  [
    'corrected k3',
    'import { k3_corrected } from "std"',
    'mean[token in batch](k3_corrected(logp, ref_logp, old_logp))',
    'mean[token in batch](exp(logp - old_logp) * (exp(ref_logp - logp) - (ref_logp - logp) - 1))',
  ],
  [
    'group advantage',
    'import { group_advantage } from "std"',
    'mean[token in batch](-logp * group_advantage(reward, 1e-4))',
    'mean[token in batch](-logp * (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-4))',
  ],
  [
    'group advantage, population',
    'import { group_advantage_population } from "std"',
    'mean[token in batch](-logp * group_advantage_population(reward, 1e-4))',
    'mean[token in batch](-logp * (reward - mean[rollout](reward)) / (pstd[rollout](reward) + 1e-4))',
  ],
  [
    'centered advantage',
    'import { centered_advantage } from "std"',
    'mean[token in batch](-logp * centered_advantage(reward))',
    'mean[token in batch](-logp * (reward - mean[rollout](reward)))',
  ],
  [
    'leave-one-out advantage',
    'import { leave_one_out_advantage } from "std"',
    'mean[token in batch](-logp * leave_one_out_advantage(reward))',
    'mean[token in batch](-logp * (reward - mean[others](reward)))',
  ],
  [
    'batch advantage',
    'import { batch_advantage } from "std"',
    'mean[token in batch](-logp * batch_advantage(reward, 1e-8))',
    'mean[token in batch](-logp * (reward - mean[rollout in batch](reward)) / (std[rollout in batch](reward) + 1e-8))',
  ],
  [
    'length-weighted advantage',
    'import { length_weighted_advantage } from "std"',
    'mean[token in batch](-logp * length_weighted_advantage(reward))',
    'mean[token in batch](-logp * (reward - sum[token in group](reward) / count[token in group]))',
  ],
  [
    'clipped surrogate',
    'import { clipped_surrogate } from "std"',
    'mean[token in batch](-clipped_surrogate(exp(logp - old_logp), reward - 0.5, eps, 0.28))',
    'mean[token in batch](-min(exp(logp - old_logp) * (reward - 0.5), clip(exp(logp - old_logp), 1 - eps, 1.28) * (reward - 0.5)))',
  ],
  [
    'dual-clipped surrogate',
    'import { dual_clipped_surrogate } from "std"',
    'mean[token in batch](-dual_clipped_surrogate(exp(logp - old_logp), reward - 0.5, eps, 0.28, 1.3))',
    'mean[token in batch](if reward < 0.5 then min(-min(exp(logp - old_logp) * (reward - 0.5), clip(exp(logp - old_logp), 1 - eps, 1.28) * (reward - 0.5)), -1.3 * (reward - 0.5)) else -min(exp(logp - old_logp) * (reward - 0.5), clip(exp(logp - old_logp), 1 - eps, 1.28) * (reward - 0.5)))',
  ],
  [
    'two-sided surrogate',
    'import { two_sided_surrogate } from "std"',
    'mean[token in batch](-two_sided_surrogate(exp(logp - old_logp), reward - 0.5, eps, 0.28, 1.3))',
    'mean[token in batch](-min(min(exp(logp - old_logp), 1.3) * (reward - 0.5), clip(exp(logp - old_logp), 1 - eps, 1.28) * (reward - 0.5)))',
  ],
  [
    'capped weight',
    'import { capped_weight_surrogate } from "std"',
    'mean[token in batch](-capped_weight_surrogate(logp, exp(logp - old_logp), reward, 1.1))',
    'mean[token in batch](-stop(min(exp(logp - old_logp), 1.1)) * reward * logp)',
  ],
  [
    'token mean',
    'import { token_mean } from "std"',
    'token_mean(-logp * reward)',
    'mean[token in batch](-logp * reward)',
  ],
  [
    'sequence mean',
    'import { sequence_mean } from "std"',
    'sequence_mean(-logp * reward)',
    'mean[rollout in batch](mean[token](-logp * reward))',
  ],
  [
    'constant length',
    'import { constant_length_mean } from "std"',
    'constant_length_mean(-logp * reward, 4)',
    'mean[rollout in batch](sum[token](-logp * reward)) / 4',
  ],
  [
    'sequence sum',
    'import { sequence_sum_mean } from "std"',
    'sequence_sum_mean(-logp * reward)',
    'mean[rollout in batch](sum[token](-logp * reward))',
  ],
  [
    'sequence ratio',
    'import { sequence_ratio } from "std"',
    'mean[rollout in batch](sequence_ratio(logp - old_logp) * reward)',
    'mean[rollout in batch](exp(mean[token](logp - old_logp)) * reward)',
  ],
  [
    'product ratio',
    'import { product_ratio } from "std"',
    'mean[rollout in batch](product_ratio(logp - old_logp) * reward)',
    'mean[rollout in batch](exp(sum[token](logp - old_logp)) * reward)',
  ],
  [
    'truncated weight',
    'import { truncated_weight } from "std"',
    'mean[token in batch](truncated_weight(logp - old_logp, 1.1) * logp)',
    'mean[token in batch](stop(min(exp(logp - old_logp), 1.1)) * logp)',
  ],
  [
    'masked weight',
    'import { masked_weight } from "std"',
    'mean[token in batch](masked_weight(logp - old_logp, 0.9, 1.3) * logp)',
    'mean[token in batch](stop(if exp(logp - old_logp) < 0.9 or exp(logp - old_logp) > 1.3 then 0 else exp(logp - old_logp)) * logp)',
  ],
];

describe('a definition computes what its body says', () => {
  test.each(pairs)('%s', (_name, head, called, written) => {
    const [defined, spelt] = [program(head, `minimize ${called}`), program('', `minimize ${written}`)].map(
      lowered,
    );
    if (defined === undefined || spelt === undefined) throw new Error('two programs were lowered');
    expect(lossOf(defined, BATCH)).toBeCloseTo(lossOf(spelt, BATCH), 12);
    const [own, other] = [gradientOf(defined, BATCH), gradientOf(spelt, BATCH)];
    expect(own.length).toBe(8);
    own.forEach((value, at) => {
      expect(value).toBeCloseTo(other[at] ?? NaN, 12);
    });
  });

  test('the derivative by a named value goes through a definition', () => {
    const text = program(
      'def scaled(x) = 3 * x\ndef weight(cost, score) = grad(cost, score)',
      'let s = logp - old_logp',
      'let w = weight(scaled(square(s)), s)',
      'minimize mean[token in batch](scaled(square(s)))',
      'metric m = sum[token in batch](w - 6 * s)',
    );
    const { metrics, weights } = lowered(text);
    expect(weights.map(({ name, score, level }) => ({ name, score, level }))).toEqual([
      { name: 'w', score: 's', level: 'token' },
    ]);
    expect(metrics.map(({ name }) => name)).toEqual(['m', 'all']);
  });
});

describe('the standard library', () => {
  test('every function of it is used by some program above, or by name here', () => {
    const text = `${pairs.map(([, head]) => head).join('\n')} effective_sample_size straight_through k3_straight_through`;
    expect(standardNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  test('the straight-through k3 has the value of k3 and the gradient of k2', () => {
    const of = (name: string): ReturnType<typeof lowered> =>
      lowered(
        program(`import { ${name} } from "std"`, `minimize mean[token in batch](${name}(logp, ref_logp))`),
      );
    expect(lossOf(of('k3_straight_through'), BATCH)).toBeCloseTo(lossOf(of('k3'), BATCH), 12);
    expect(gradientOf(of('k3_straight_through'), BATCH)).toEqual(gradientOf(of('k2'), BATCH));
  });

  test('four equal weights and none are worth four rollouts', () => {
    const text = `import { effective_sample_size } from "std"\n${START}
      minimize mean[token in batch](logp * eps * old_logp * ref_logp)
      metric m = effective_sample_size(if reward > 0 then 2 else 0)
      metric none = effective_sample_size(0 * reward)\n}\n`;
    const { metrics } = lowered(text);
    const batch = { ...BATCH, inputs: { ...BATCH.inputs, reward: [1, 0, 3, 1, 1] } };
    const values = metrics.map(({ value }) => value);
    expect(numbers(values, batch)).toEqual([[4], [0]]);
  });
});

describe('many definitions', () => {
  const chain = (length: number, body: (at: number) => string): string =>
    ['def f0(x) = x', ...Array.from({ length }, (_, at) => `def f${at + 1}(x) = ${body(at)}`)].join('\n');
  const last = (length: number): string => program('', `minimize mean[token in batch](f${length}(logp))`);

  test('a chain of three thousand', () => {
    const text = `${chain(3000, (at) => `f${at}(x) + 1`)}\n${last(3000)}`;
    expect(lossOf(lowered(text), BATCH)).toBeCloseTo(2998.85, 9);
  });

  test('equal calls are shared: a thousand doublings', () => {
    const text = `${chain(1000, (at) => `f${at}(x) / 2 + f${at}(x) / 2`)}\n${last(1000)}`;
    expect(lossOf(lowered(text), BATCH)).toBeCloseTo(-1.15, 12);
  });
});
