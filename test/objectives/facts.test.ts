/** Numbers that are known about the objectives of the catalogue: where a weight peaks, turns, or is what a table says. */
import { describe, expect, test } from 'vitest';
import { gradientOf, letValue, lowered, lossOf, type Batch } from '../lower/lowered.js';
import { read } from '../sources.js';

const objective = (name: string): ReturnType<typeof lowered> => lowered(read(`objectives/${name}.obj`));
const repeat = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);
const grid = (from: number, to: number, steps: number): readonly number[] =>
  Array.from({ length: steps + 1 }, (_, at) => from + ((to - from) * at) / steps);
/** The largest of the values, and the point where it is. */
const peak = (xs: readonly number[], values: readonly number[]): readonly [number, number] => {
  const highest = Math.max(...values);
  return [highest, xs[values.indexOf(highest)] ?? NaN];
};

/** One group: a right rollout and a wrong one, each with a token for every log-ratio; old log-probabilities are 0. */
function twoRollouts(logRatios: readonly number[], params: Readonly<Record<string, number>>): Batch {
  const logp = [...logRatios, ...logRatios];
  return {
    group: [0, 0],
    lengths: repeat(2, logRatios.length),
    params,
    inputs: { logp, old_logp: logp.map(() => 0), reward: [1, 0] },
  };
}
/** The weights of the right and of the wrong rollout's tokens, in units of the size of their advantage. */
function relativeWeights(
  name: string,
  logRatios: readonly number[],
  params: Readonly<Record<string, number>>,
) {
  const program = objective(name);
  const batch = twoRollouts(logRatios, params);
  const [right = NaN, wrong = NaN] = letValue(program, 'advantage', batch);
  const w = letValue(program, 'w', batch);
  return {
    right: w.slice(0, logRatios.length).map((one) => -one / right),
    wrong: w.slice(logRatios.length).map((one) => -one / wrong),
  };
}

describe('gates', () => {
  test('SAPO peaks at ratios near 2 and is shut by 10', () => {
    const params = { tau_pos: 1, tau_neg: 1.05, std_eps: 1e-6 };
    const ratios = grid(1, 3, 2000);
    const { right, wrong } = relativeWeights('sapo', ratios.map(Math.log), params);
    const [[high, where], [highWrong, whereWrong]] = [peak(ratios, right), peak(ratios, wrong)];
    expect([high, where]).toEqual([expect.closeTo(1.575, 3), expect.closeTo(2.06, 2)]);
    expect([highWrong, whereWrong]).toEqual([expect.closeTo(1.536, 3), expect.closeTo(1.99, 2)]);
    const far = relativeWeights('sapo', [Math.log(5), Math.log(10)], params).right;
    expect(far).toEqual([expect.closeTo(0.353, 3), expect.closeTo(0.005, 3)]);
  });

  test('VESPO peaks at 2/3 for right rollouts and at 3/2 for wrong ones', () => {
    const program = objective('vespo');
    const ratios = grid(0.3, 3, 2700);
    const logp = [...ratios, ...ratios].map(Math.log);
    const bump = letValue(program, 'bump', {
      group: logp.map(() => 0),
      lengths: logp.map(() => 1),
      params: { k_pos: 2, k_neg: 3, lambda_pos: 3, lambda_neg: 2, std_eps: 1e-6 },
      inputs: { logp, old_logp: logp.map(() => 0), reward: [...ratios.map(() => 1), ...ratios.map(() => 0)] },
    });
    const [right, wrong] = [bump.slice(0, ratios.length), bump.slice(ratios.length)];
    expect(peak(ratios, right)).toEqual([expect.closeTo(1.208, 3), expect.closeTo(2 / 3, 2)]);
    expect(peak(ratios, wrong)).toEqual([expect.closeTo(1.242, 3), expect.closeTo(1.5, 2)]);
  });

  test("LUFFY's experts peak at a quarter of the advantage, where the probability is γ", () => {
    const program = objective('luffy');
    const probabilities = grid(0.001, 1, 999);
    const batch = twoRollouts(probabilities.map(Math.log), { gamma: 0.1, std_eps: 1e-6 });
    const own = { ...batch, inputs: { ...batch.inputs, expert: [1, 1] } };
    const [advantage = NaN] = letValue(program, 'advantage', own);
    const w = letValue(program, 'w', own).slice(0, probabilities.length);
    const pushed = w.map((one) => -one / advantage);
    expect(peak(probabilities, pushed)).toEqual([expect.closeTo(0.25, 9), expect.closeTo(0.1, 9)]);
    expect(pushed.at(-1)).toBeCloseTo(0.0826, 4);
  });
});

describe('advantages of a binary group of 8, on-policy', () => {
  type Ends = readonly [number, number];
  /** So many right ones; then the advantages of a right and of a wrong one, by estimator. */
  const table: readonly (readonly [number, Ends, Ends, Ends, Ends, Ends])[] = [
    [1, [2.474, -0.353], [2.646, -0.378], [1, -0.143], [0.875, -0.125], [1, -0.25]],
    [2, [1.62, -0.54], [1.732, -0.577], [0.857, -0.286], [0.75, -0.25], [0.667, -0.286]],
    [4, [0.935, -0.935], [1, -1], [0.571, -0.571], [0.5, -0.5], [0.4, -0.4]],
    [6, [0.54, -1.62], [0.577, -1.732], [0.286, -0.857], [0.25, -0.75], [0.286, -0.667]],
    [7, [0.353, -2.474], [0.378, -2.646], [0.143, -1], [0.125, -0.875], [0.25, -1]],
  ];
  /** A group with so many right rollouts of one token each. */
  const group = (right: number, params: Readonly<Record<string, number>>): Batch => ({
    group: repeat(8, 0),
    lengths: repeat(8, 1),
    params,
    inputs: {
      logp: repeat(8, -1),
      old_logp: repeat(8, -1),
      reward: [...repeat(right, 1), ...repeat(8 - right, 0)],
    },
  });
  const ends = (values: readonly number[]): readonly (number | undefined)[] => [values[0], values[7]];
  const written = (advantage: string): ReturnType<typeof lowered> =>
    lowered(`objective x { model logp : token data reward : rollout let advantage = ${advantage}
      minimize mean[token in batch](-advantage * logp) }`);

  test.each(table)(
    '%i right: as the table of estimators has it',
    (right, grpo, population, rloo, centred, real) => {
      const close = ([up, down]: Ends) => [expect.closeTo(up, 3), expect.closeTo(down, 3)];
      const of = (program: ReturnType<typeof lowered>, params: Readonly<Record<string, number>> = {}) =>
        ends(letValue(program, 'advantage', group(right, params)));
      expect(of(objective('grpo'), { eps: 0.2, beta: 0, std_eps: 1e-4 })).toEqual(close(grpo));
      expect(of(written('(reward - mean[rollout](reward)) / pstd[rollout](reward)'))).toEqual(
        close(population),
      );
      expect(of(written('(reward - mean[rollout](reward)) * count[rollout] / (count[rollout] - 1)'))).toEqual(
        close(rloo),
      );
      expect(of(objective('dr_grpo'), { eps_low: 0.2, eps_high: 0.2, max_length: 10 })).toEqual(
        close(centred),
      );
      const w = letValue(objective('real'), 'w', group(right, { tau: 0.5 }));
      expect(ends(w.map((one) => -one))).toEqual(close(real));
    },
  );

  test('REAL does not sum to zero: three right ones of eight are pushed less than five wrong ones', () => {
    const w = letValue(objective('real'), 'w', group(3, { tau: 0.5 }));
    expect(w.slice(0, 3).reduce((sum, one) => sum + one, 0)).toBeCloseTo(-1.5, 9);
    expect(w.slice(3).reduce((sum, one) => sum + one, 0)).toBeCloseTo(5 / 3, 9);
  });

  test('REAL lets a right rollout go at the rate of its exponential', () => {
    const batch = group(4, { tau: 0.5 });
    const ahead = { ...batch, inputs: { ...batch.inputs, logp: [0, ...repeat(7, -1)] } };
    expect(letValue(objective('real'), 'w', ahead)[0]).toBeCloseTo(-2 / (1 + 4 * Math.exp(2)), 12);
  });
});

describe('preferences', () => {
  /** The winner's weight at margins, each of its own pair, in units of β. */
  function winnerWeights(
    name: string,
    margins: readonly number[],
    params: Readonly<Record<string, number>>,
  ): readonly number[] {
    const w = letValue(objective(name), 'w', {
      group: margins.flatMap((_, at) => [at, at]),
      lengths: margins.flatMap(() => [1, 1]),
      params: { beta: 1, ...params },
      inputs: {
        logp: margins.flatMap((margin) => [margin, 0]),
        ref_logp: margins.flatMap(() => [0, 0]),
        chosen: margins.flatMap(() => [1, 0]),
      },
    });
    return w.filter((_, at) => at % 2 === 0);
  }

  test('DiscoPOP pushes the winner down at the reference, and between -0.119 and 0.072', () => {
    const [start, ...around] = winnerWeights('discopop', [0, -0.12, -0.118, 0.071, 0.073], { tau: 0.05 });
    expect(start).toBeCloseTo(0.784, 3);
    expect(around.map(Math.sign)).toEqual([-1, 1, 1, -1]);
  });

  test('NCA holds winners at an implied reward of log 2', () => {
    const [short = NaN, exact = NaN, beyond = NaN] = winnerWeights('nca_pair', [0.69, Math.LN2, 0.7], {});
    expect([Math.sign(short), exact, Math.sign(beyond)]).toEqual([-1, expect.closeTo(0, 12), 1]);
  });

  test('smoothed labels turn DPO round at their own log-odds', () => {
    const turn = Math.log(0.9 / 0.1);
    const [short = NaN, exact = NaN, beyond = NaN] = winnerWeights('cdpo', [turn - 0.01, turn, turn + 0.01], {
      flip: 0.1,
    });
    expect([Math.sign(short), exact, Math.sign(beyond)]).toEqual([-1, expect.closeTo(0, 12), 1]);
  });

  test('a bump is highest where it is centred', () => {
    const margins = grid(-2, 2, 40);
    const [highest, where] = peak(margins, winnerWeights('apo_zero', margins, {}).map(Math.abs));
    expect([highest, where]).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0, 12)]);
  });
});

describe('KL terms', () => {
  const penalties = (name: string, logp: readonly number[]) => ({
    program: objective(name),
    batch: {
      group: [0],
      lengths: [logp.length],
      params: { eps: 0.2, eps_low: 0.2, eps_high: 0.2, beta: 1, std_eps: 1e-6 },
      inputs: { logp, old_logp: logp.map((one) => one / 2), ref_logp: logp.map(() => 0), reward: [1] },
    },
  });
  const weights = (name: string, logp: readonly number[]): readonly number[] => {
    const { program, batch } = penalties(name, logp);
    return letValue(program, 'w', batch);
  };

  test('bounded k3 is switched off beyond 2.611 below and 11 above the reference', () => {
    const w = weights('grpo_kl_bounded', [-2.612, -2.61, 10.99, 11]);
    expect(w.map((one) => one === 0)).toEqual([true, false, false, true]);
  });

  test('the same value, three gradients', () => {
    const at = [-2, -0.5, 0, 1.5];
    expect(weights('grpo_kl_k3', at)).toEqual(at.map((d) => expect.closeTo(1 - Math.exp(-d), 12)));
    expect(weights('grpo_kl_straight', at)).toEqual(at.map((d) => expect.closeTo(d, 12)));
    expect(weights('grpo_kl_weighted', at)).toEqual(at.map((d) => expect.closeTo(Math.exp(d / 2) * d, 12)));
  });

  test('with the ratio of the rollout, every token feels the others', () => {
    const at = [-1, 0.5];
    const k3 = at.map((d) => Math.exp(-d) + d - 1);
    const ratio = Math.exp((-1 / 2 + 0.5 / 2) / 2);
    const share = ((k3[0] ?? NaN) + (k3[1] ?? NaN)) / 2;
    expect(weights('grpo_kl_rollout', at)).toEqual(
      at.map((d) => expect.closeTo(ratio * (1 - Math.exp(-d) + share), 12)),
    );
  });
});

describe('two spellings of one function', () => {
  test('two-sided clipping is the dual clip with the cap for its constant', () => {
    const logRatios = grid(-1.5, 2.5, 80);
    const capped = objective('two_sided_clip');
    const batch = twoRollouts(logRatios, { eps_low: 0.2, eps_high: 0.28, ratio_max: 3, std_eps: 1e-6 });
    const advantage = letValue(capped, 'advantage', batch).flatMap((one) => repeat(logRatios.length, one));
    const dual = {
      ...batch,
      params: { eps_low: 0.2, eps_high: 0.28, dual_clip: 3 },
      inputs: { ...batch.inputs, advantage },
    };
    expect(letValue(capped, 'w', batch)).toEqual(letValue(objective('ppo'), 'w', dual));
  });

  test('DPO on one token is its form on means', () => {
    const batch: Batch = {
      group: [0, 0, 1, 1],
      lengths: repeat(4, 1),
      params: { beta: 0.7 },
      inputs: { logp: [-1, -2, -0.3, -4], ref_logp: [-1.5, -1, -1, -3], chosen: [1, 0, 0, 1] },
    };
    const [sums, means] = [objective('dpo'), objective('dpo_norm')];
    expect(lossOf(means, batch)).toBe(lossOf(sums, batch));
    expect(gradientOf(means, batch)).toEqual(gradientOf(sums, batch));
  });
});
