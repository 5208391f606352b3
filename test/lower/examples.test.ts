/** The two objectives of the specification on small batches, against values worked out by hand. */
import { describe, expect, test } from 'vitest';
import { gradientOf, letValue, lossOf, lowered, type Batch, onlyLoss } from './lowered.js';

const REAL = `# REAL: rewards as labels
# paper: arXiv:2602.05630
objective real "rewards as labels" {
  # The temperature.
  param tau in (0, inf) = 0.5 "of the logits"
  model logp     : token
  data  old_logp : token
  data  reward   : rollout in {0, 1}
  let positive = reward == 1
  let s        = mean[token](logp - old_logp)
  let mixed    = any[rollout](positive) and any[rollout](not positive)
  let cost = logsumexp[rollout where positive](-s / tau, anchor: 0)
           + logsumexp[rollout where not positive](s / tau, anchor: 0)
  minimize sum[group in batch where mixed](cost) / count[group in batch]
  let w = grad(cost, s)
  verify "no gradient misassignment" for positive     : abs(w) is nonincreasing in s
  verify "no gradient domination"    for not positive : abs(w) <= 1 / tau
  verify "right direction"           for positive     : w <= 0
}
`;

const GRPO = `objective grpo {
  param eps  in (0, 1)   = 0.2
  param beta in [0, inf) = 0
  model logp     : token
  data  old_logp : token
  data  ref_logp : token
  data  reward   : rollout
  let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + 1e-6)
  let s         = logp - old_logp
  let ratio     = exp(s)
  let surrogate = min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage)
  let kl        = exp(ref_logp - logp) - (ref_logp - logp) - 1
  minimize mean[rollout in batch](mean[token](beta * kl - surrogate))
  metric clip_fraction = mean[token in batch](if abs(ratio - 1) > eps then 1 else 0)
  let w = grad(-surrogate, s)
  refute "no gradient misassignment" for advantage > 0 : abs(w) is nonincreasing in s
  refute "no gradient domination"    for advantage < 0 : abs(w) is bounded
}
`;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('real', () => {
  const program = lowered(REAL);
  // Group 0: a right and a wrong answer; group 1: right answers only, which does not count; the last holds no token.
  const batch: Batch = {
    group: [0, 1, 0, 1],
    lengths: [2, 1, 1, 0],
    params: { tau: 0.5 },
    inputs: { logp: [-1, -2, -1, -3], old_logp: [-1.5, -1.9, -1, -2.6], reward: [1, 1, 0, 1] },
  };

  test('values', () => {
    expect(letValue(program, 's', batch)[0]).toBeCloseTo(0.2, 15);
    expect(letValue(program, 's', batch)[3]).toBe(0);
    expect(letValue(program, 'mixed', batch)).toEqual([1, 0]);
    // log(1 + e^(−0.4)) + log(1 + e^(−0.8)), over two groups.
    const expected = (Math.log1p(Math.exp(-0.4)) + Math.log1p(Math.exp(-0.8))) / 2;
    expect(lossOf(program, batch)).toBeCloseTo(expected, 14);
  });

  test('gradient weights', () => {
    const w = letValue(program, 'w', batch);
    expect(w[0]).toBeCloseTo(-2 * sigmoid(-0.4), 14);
    expect(w[2]).toBeCloseTo(2 * sigmoid(-0.8), 14);
    // Group 1 has a cost, too, with a share for the anchor: −s/τ is 0 for both.
    expect(w[1]).toBeCloseTo(-2 / 3, 14);
    expect(w[3]).toBeCloseTo(-2 / 3, 14);
    expect(program.weights).toMatchObject([{ name: 'w', score: 's', level: 'rollout' }]);
  });

  test('gradient of the loss', () => {
    const gradient = gradientOf(program, batch);
    const first = (-2 * sigmoid(-0.4)) / 2 / 2;
    expect(gradient[0]).toBeCloseTo(first, 14);
    expect(gradient[1]).toBeCloseTo(first, 14);
    expect(gradient[2]).toBe(0);
    expect(gradient[3]).toBeCloseTo(sigmoid(-0.8), 14);
  });

  test('documentation, title, domains and defaults are kept', () => {
    expect(program.title).toBe('rewards as labels');
    expect(program.doc).toMatchObject({ text: 'REAL: rewards as labels', paper: ['arXiv:2602.05630'] });
    expect(program.params).toMatchObject([
      { name: 'tau', default: 0.5, doc: { text: 'The temperature.\nof the logits' } },
    ]);
    expect(program.inputs.map(({ name, role, level }) => [name, role, level])).toEqual([
      ['logp', 'model', 'token'],
      ['old_logp', 'data', 'token'],
      ['reward', 'data', 'rollout'],
    ]);
    expect(program.inputs[2]?.domain).toEqual({ kind: 'set', values: [0, 1] });
    expect(program.lets.map(({ name }) => name)).toEqual(['positive', 's', 'mixed', 'cost', 'w']);
    expect(onlyLoss(program).loss).toBe(onlyLoss(program).objective);
  });
});

describe('grpo', () => {
  const program = lowered(GRPO);
  const batch: Batch = {
    group: [0, 0],
    lengths: [2, 1],
    params: { eps: 0.2, beta: 0.5 },
    inputs: {
      logp: [-1, -1, -2],
      old_logp: [-1.5, -1.1, -1.5],
      ref_logp: [-1, -1.2, -2],
      reward: [1, 0],
    },
  };
  const advantage = 0.5 / (Math.SQRT1_2 + 1e-6);

  test('values', () => {
    expect(letValue(program, 'advantage', batch)[0]).toBeCloseTo(advantage, 14);
    // e^0.5 is above 1.2 and clipped; e^0.1 is not; e^−0.5 is below 0.8, and clipped for a negative advantage.
    const surrogate = letValue(program, 'surrogate', batch);
    expect(surrogate[0]).toBeCloseTo(1.2 * advantage, 14);
    expect(surrogate[1]).toBeCloseTo(Math.exp(0.1) * advantage, 14);
    expect(surrogate[2]).toBeCloseTo(-0.8 * advantage, 14);
    const kl = 0.5 * (Math.exp(-0.2) + 0.2 - 1);
    const expected = ((-1.2 * advantage + kl - Math.exp(0.1) * advantage) / 2 + 0.8 * advantage) / 2;
    expect(lossOf(program, batch)).toBeCloseTo(expected, 14);
  });

  test('gradient weights', () => {
    const w = letValue(program, 'w', batch);
    expect(w[0]).toBe(0);
    expect(w[1]).toBeCloseTo(-Math.exp(0.1) * advantage, 14);
    expect(w[2]).toBe(0);
  });

  test('gradient of the loss', () => {
    const gradient = gradientOf(program, batch);
    expect(gradient[0]).toBeCloseTo(0, 15);
    expect(gradient[1]).toBeCloseTo((-Math.exp(0.1) * advantage + 0.5 * (1 - Math.exp(-0.2))) / 4, 14);
    expect(gradient[2]).toBeCloseTo(0, 15);
  });
});
