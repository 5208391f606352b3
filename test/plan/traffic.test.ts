/** What plans move, counted by hand: reads and writes of numbers per token, of four bytes each. */
import { expect, test } from 'vitest';
import { analyze, forCode } from '../../src/compile.js';
import { fusedPlans } from '../../src/plan/fused/plans.js';
import { trafficOf, type Traffic } from '../../src/plan/fused/traffic.js';
import { read } from '../sources.js';

type Numbers = readonly [walks: number, sorts: number, read: number, written: number, buffers: number];

/** Of one loss with its gradients: walks, sorts, numbers read and written per token, and buffers. */
function traffic(text: string, at = 0): { readonly numbers: Numbers; readonly all: Traffic } {
  const { units, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join(', '));
  const plan = fusedPlans(forCode(unit.program), []).losses[at]?.plan;
  if (plan === undefined) throw new Error('no such loss');
  const all = trafficOf(plan);
  return { numbers: [all.walks, all.sorts, all.read / 4, all.written / 4, all.buffers], all };
}

test.each<readonly [name: string, at: number, numbers: Numbers]>([
  // logp and old_logp for the mean; then what is written is the same for all tokens of a rollout.
  ['real', 0, [2, 0, 2, 1, 0]],
  ['grpo', 0, [1, 0, 3, 1, 0]],
  ['gspo', 0, [1, 0, 2, 1, 0]],
  // The advantage before whitening is stored, and read for the surrogate: mean and deviation are made of what rollouts know.
  ['actor_critic', 0, [2, 0, 3 + 3, 1 + 1, 1]],
  ['actor_critic', 1, [1, 0, 4, 1, 0]],
  ['reinforce_pp', 0, [2, 0, 2 + 3, 1 + 1, 1]],
])('%s, loss %i', (name, at, numbers) => {
  expect(traffic(read(`objectives/${name}.obj`), at).numbers).toEqual(numbers);
});

const objective = (inputs: string, cost: string, ...lets: readonly string[]): string => `objective example {
  model logp : token
  ${inputs}
  ${lets.join('\n  ')}
  minimize ${cost}
}`;

test('a sort reads what it sorts, gathers it in a list, and sorts that', () => {
  const text = objective(
    'data x : token',
    'sum[token in batch where x >= bar](logp ^ 2)',
    'let bar = quantile[token in batch](x * x, 0.5)',
  );
  // x, and x · x stored; that read, gathered, sorted; then x and logp.
  expect(traffic(text).numbers).toEqual([2, 1, 1 + 1 + 1 + 2, 1 + 1 + 1, 2]);
});

test.each(['entropy_mask'])('an input is sorted from where it is: %s', (name) => {
  // The entropy, gathered and sorted; then that, logp and old_logp.
  expect(traffic(read(`objectives/${name}.obj`)).numbers).toEqual([1, 1, 1 + 1 + 3, 1 + 1, 1]);
});

test('so is what is the same for all tokens of a rollout', () => {
  const text = objective(
    'data r : rollout',
    'sum[token in batch where r >= bar](logp ^ 2)',
    'let bar = quantile[token in batch](r, 0.5)',
  );
  expect(traffic(text).numbers).toEqual([1, 1, 1 + 1, 1 + 1, 1]);
});

test('a sort of those that count reads which ones count', () => {
  const text = objective(
    'data x : token',
    'sum[token in batch where x >= bar](logp ^ 2)',
    'let bar = quantile[token in batch where x > 0](x * x, 0.5)',
  );
  expect(traffic(text).numbers).toEqual([2, 1, 1 + 2 + 1 + 2, 2 + 1 + 1, 3]);
});

test('a sort of rollouts moves no tokens', () => {
  const text = objective(
    'data r : rollout',
    'mean[rollout in batch where r >= bar](mean[token](logp ^ 2))',
    'let bar = quantile[rollout in batch](r, 0.5)',
  );
  expect(traffic(text).numbers).toEqual([1, 0, 1, 1, 0]);
});

test('a shifted value is made where it is stored', () => {
  const text = objective(
    'data x : token',
    'mean[token in batch](logp * (before - mean[token in batch](before)))',
    'let before = shift[token](x, by: 1, fill: 0)',
  );
  // x, and what is before each token stored, for the mean; then that and logp.
  expect(traffic(text).numbers).toEqual([2, 0, 1 + 2, 1 + 1, 1]);
});

test('the gradient of a value per rollout writes no tokens', () => {
  const text = `objective example {
  model score : rollout
  data x : token
  minimize mean[rollout in batch](score * mean[token](x))
}`;
  expect(traffic(text).all).toEqual({
    walks: 1,
    sorts: 0,
    read: 4,
    written: 0,
    leastRead: 4,
    leastWritten: 0,
    buffers: 0,
  });
});

test('a loss that reads no token writes its gradient all the same', () => {
  const { all } = traffic(objective('data r : rollout', 'mean[rollout in batch](r * mean[token](logp))'));
  expect([all.leastRead, all.leastWritten]).toEqual([4, 4]);
});
