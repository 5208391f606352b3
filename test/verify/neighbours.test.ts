/** Claims that are right, and next to each one that is wrong by little: the first is proved and accepted, the second never. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import type { Verdict } from '../../src/proof/verdict.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { DEFAULT_STEPS, verifyClaim } from '../../src/verify/verify.js';

/** Fewer for what is wrong: it must not be proved, however it ends. */
const STEPS = 120_000;

const textOf = (claim: string): string => `objective tried {
  param a in (0, 1) = 0.5
  param tau in [0.5, inf) = 1
  model logp : token
  data x : rollout in [0, 1]
  data y : rollout in [-2, 2]
  data z : rollout
  data label : rollout in {0, 1}
  let q = sigmoid(z)
  minimize mean[token in batch](-logp)
  verify "tried" ${/^(for|assuming) /.test(claim) ? claim : `: ${claim}`}
}
`;

function decided(claim: string, steps: number): { readonly text: string; readonly verdict: Verdict } {
  const text = textOf(claim);
  const { units, diagnostics } = analyze(text, 'tried.obj');
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  return { text, verdict: verifyClaim(unit.program, 0, budgetOf(steps)) };
}

const FAMILIES: Readonly<Record<string, readonly (readonly [right: string, wrong: string])[]>> = {
  'sums looked at part by part': [
    ['y - 2 + (1 - exp(x)) <= 0', 'y - 1.99 + (1 - exp(x)) <= 0'],
    ['y + sigmoid(z) < 3', 'y + sigmoid(z) < 2.99'],
    ['y + exp(-x) <= 3', 'y + exp(-x) < 3'],
    ['x + y + sigmoid(z) < 4', 'x - y + sigmoid(z) < 2'],
    ['exp(-x / tau) + y - x <= 3', 'exp(-x / tau) + y + x <= 3'],
    // Each part has its bound elsewhere.
    ['x - 1 + (1 - exp(x)) <= 0', 'x + (1 - exp(x)) < 0'],
  ],
  'what is squeezed to 0': [
    ['for x + sum[others](x) <= 0 : x * z == 0', 'for x + sum[others](y) <= 0 : x * z == 0'],
    ['for sum[rollout](x) <= 0 : x * z == 0', 'for sum[rollout](x) <= 0.001 : x * z == 0'],
    ['for sum[rollout](x) <= 0 : x * exp(z) <= 0', 'for sum[others](x) <= 0 : x * exp(z) <= 0'],
    ['for x <= 0 : x * z == 0', 'for y <= 0 : y * z == 0'],
  ],
  'extremes of others': [
    ['max[others](x, anchor: 0) <= 1', 'max[others](x, anchor: 0) <= 0.99'],
    ['max[others](x, anchor: 1) <= 1', 'max[others](x, anchor: 1.5) <= 1'],
    ['min[others](x, anchor: 1) >= 0', 'min[others](x, anchor: -0.5) >= 0'],
    // Who is alone has the anchor, and nothing of what others would have.
    ['max[others](x, anchor: 0) >= 0', 'max[others](x, anchor: -5) >= 0'],
    ['min[others](x, anchor: 1) <= 1', 'min[others](x, anchor: 5) <= 1'],
    ['max[rollout](x + 1) <= 2 * min[rollout](x + 1)', 'max[rollout](x + 1) <= 1.9 * min[rollout](x + 1)'],
    ['max[rollout](y) - min[rollout](y) <= 4', 'max[rollout](y) - min[rollout](y) <= 3.9'],
    [
      'max[others where label == 1](exp(-y / tau), anchor: 0) <= exp(8) * exp(-y / tau)',
      'max[others where label == 1](exp(-y / tau), anchor: 0) <= exp(7) * exp(-y / tau)',
    ],
  ],
  'places where the slope is 0': [
    ['sup(q * (1 - q), z) == 1 / 4', 'sup(q * (1 - q), z) == 0.26'],
    ['sup(z * exp(-z), z) == exp(-1)', 'sup(z * exp(-z), z) == exp(-2)'],
    ['inf(z * exp(z / tau), z) == -tau / exp(1)', 'inf(z * exp(z / tau), z) == -tau / 3'],
    ['sup(2 * z - square(z), z) == 1', 'sup(2 * z - square(z), z) == 1.01'],
    // The place has to be one that the variable reaches.
    ['assuming z >= 1 : sup(z * exp(-z), z) == exp(-1)', 'assuming z >= 2 : sup(z * exp(-z), z) == exp(-1)'],
    ['sup(x - square(x), x) == 1 / 4', 'sup(3 * x - square(x), x) == 9 / 4'],
  ],
  'counts that cancel': [
    [
      'sum[rollout](sum[token](z) / count[token]) == sum[rollout](z)',
      'sum[rollout](sum[token](z) / (count[token] + 1)) == sum[rollout](z)',
    ],
    // A group of one has no others.
    [
      'sum[rollout](if count[others] > 0 then sum[others](1) / count[others] else 0) <= count[rollout]',
      'sum[rollout](if count[others] > 0 then sum[others](1) / count[others] else 0) == count[rollout]',
    ],
  ],
  'conditions that are compared': [
    ['(label == 1) == (label != 0)', '(label == 1) == (label == 0)'],
    [
      'for label == 1 : any[rollout](label == 1) == true',
      'for label == 0 : any[rollout](label == 1) == true',
    ],
  ],
  'bounds that are found': [
    [
      'exp(logp) / ((1 + exp(logp)) * (1 + sum[others](x))) is bounded',
      'exp(logp) / ((1 + exp(-logp)) * (1 + sum[others](x))) is bounded',
    ],
    ['exp(logp) / (tau * (tau + exp(logp))) is bounded', 'exp(logp) / (x * (tau + exp(logp))) is bounded'],
    ['for x > 0 : min(exp(logp), 2) * x is bounded', 'for x > 0 : max(exp(logp), 2) * x is bounded'],
    [
      'for x > 0 : (if exp(logp) * x <= 2 * x then exp(logp) * x else 0) is bounded',
      'for x > 0 : (if exp(logp) * x >= 2 * x then exp(logp) * x else 0) is bounded',
    ],
  ],
  'selections of hypotheses': [
    [
      'for abs(y - z) < 1 : (if y > z + 1 then y else z) == z',
      'for abs(y - z) < 1.1 : (if y > z + 1 then y else z) == z',
    ],
    ['for max(y, z) <= 0 : relu(y) + relu(z) == 0', 'for min(y, z) <= 0 : relu(y) + relu(z) == 0'],
  ],
  'what is said of all': [
    [
      'assuming all[rollout](z == 0) : sum[rollout where label == 1](z) == 0',
      'assuming all[rollout](z >= 0) : sum[rollout where label == 1](z) == 0',
    ],
    [
      'assuming all[rollout where label == 1](z == 0) : sum[rollout where label == 1](z) == 0',
      'assuming all[rollout where label == 1](z == 0) : sum[rollout](z) == 0',
    ],
  ],
  'what others add to a scan': [
    ['cumsum[token](exp(logp)) >= exp(logp)', 'cumsum[token](exp(logp)) > exp(logp)'],
    [
      'assuming all[token](logp <= 0) : discounted[token](logp, a) <= logp',
      'assuming logp <= 0 : discounted[token](logp, a) <= logp',
    ],
    ['discounted[token](logp ^ 2, a) >= logp ^ 2', 'discounted[token](logp ^ 2, -a) >= logp ^ 2'],
    ['discounted[token](abs(logp), a) >= 0', 'discounted[token](abs(logp) - 0.01, a) >= -0.01'],
    [
      'assuming all[token](logp == 0) : discounted[token](logp, -a) == 0',
      'assuming logp == 0 : discounted[token](logp, -a) == 0',
    ],
    [
      'assuming all[token](logp >= 0) : cumsum[token](logp) >= logp',
      'assuming all[token](logp >= 0) : discounted[token](logp, a - 0.01) >= logp',
    ],
  ],
  'one at most': [
    [
      'count[rollout where (if count[rollout] > 1 then z - max[others](z, anchor: -inf) else 0) > 0] <= 1',
      'count[rollout where (if count[rollout] > 1 then z - max[others](z, anchor: -inf) else 0) >= 0] <= 1',
    ],
    [
      'count[rollout where (if count[rollout] > 1 then min[others](z, anchor: inf) - z else 0) > 0] <= 1',
      'count[rollout where (if count[rollout] > 1 then max[others](z, anchor: -inf) - z else 0) > 0] <= 1',
    ],
    [
      'count[rollout where (if count[rollout] > 1 then x - max[others](x, anchor: -inf) else 0) > 0] <= 1',
      'count[rollout where (if count[rollout] > 1 then x - max[others](y, anchor: -inf) else 0) > 0] <= 1',
    ],
  ],
  // A group may have one rollout: then its own value is the extreme, wherever it is.
  'an extreme over others, of whom there may be none': [
    ['max[rollout](z) >= z', 'min(max[rollout](z), 0) is bounded in z'],
    ['exp(z - max[rollout](z)) <= 1', 'exp(z - max[rollout](z)) tends to 0 as z -> -inf'],
    ['exp(z - max[rollout](z)) > 0', 'inf(exp(z - max[rollout](z)), z) == 0'],
    [
      'max[rollout](z) is nondecreasing in z',
      '(if z == max[rollout](z) then 1 else 0) tends to 0 as z -> -inf',
    ],
    ['min[rollout](z) is nondecreasing in z', 'exp(min[rollout](z) - z) tends to 0 as z -> inf'],
  ],
  'distances of distributions': [
    [
      'q * (log(q) - log(a)) + (1 - q) * (log(1 - q) - log(1 - a)) >= 0',
      'q * (log(q) - log(a)) + (1 - q) * (log(1 - q) - log(1 - a)) >= 0.001',
    ],
  ],
  'what grows times what decays': [
    ['abs(logp * sigmoid(logp) * sigmoid(-logp)) is bounded', 'abs(logp * sigmoid(-logp)) is bounded'],
    // The bound of one value of z is no bound of all.
    [
      'abs((logp + z) * sigmoid(logp) * sigmoid(-logp)) is bounded',
      'abs((logp + z) * sigmoid(logp) * sigmoid(-logp)) is bounded in z',
    ],
    [
      'abs(exp(logp) * sigmoid(tau * (exp(logp) - 1)) * sigmoid(tau * (1 - exp(logp)))) is bounded',
      'abs(exp(logp) * sigmoid(tau * (exp(logp) - 1))) is bounded',
    ],
    ['abs(logp * exp(-logp ^ 2)) is bounded', 'abs(logp * exp(-logp)) is bounded'],
    // It grows so slowly that samples show nothing of it.
    ['abs(logp ^ 2 / (3 + logp ^ 2)) is bounded', 'abs(log(3 + log(2 + logp ^ 2))) is bounded'],
    // Where the samples lie it is small: the pole is between them.
    ['abs(logp / (1 + logp ^ 2)) is bounded', 'abs(1e-9 / (logp - 0.0625)) is bounded'],
  ],
  'under the chord': [
    ['log(exp(tau * z) * x + 1) is convex in z', 'log(exp(tau * z) * y + 3) is convex in z'],
    [
      'sum[rollout](exp(tau * (z - sum[rollout](z)))) is convex in z',
      'sum[rollout](exp(tau * (z - sum[rollout](z)))) - z ^ 2 / 1000 is convex in z',
    ],
    [
      'sum[rollout](softplus(tau * (z - sum[rollout](z)))) is convex in z',
      'sum[rollout](-softplus(tau * (z - sum[rollout](z)))) is convex in z',
    ],
  ],
  'products of exponentials': [
    ['exp(4) * exp(y) >= exp(x)', 'exp(2.9) * exp(y) >= exp(x)'],
    ['exp(6) * exp(-x / tau) >= exp(-y / tau)', 'exp(3.9) * exp(-x / tau) >= exp(-y / tau)'],
  ],
};

describe.each(Object.entries(FAMILIES))('%s', (_family, pairs) => {
  test.each(pairs)('%s', (right, wrong) => {
    const { text, verdict } = decided(right, DEFAULT_STEPS);
    const { certificate } = verdict;
    expect([right, verdict.status]).toEqual([right, 'proved']);
    const json: unknown =
      certificate === undefined ? undefined : JSON.parse(JSON.stringify(certificateJson(certificate)));
    expect(recheck({ text, name: 'tried.obj', certificate: json })).toMatchObject({ accepted: true });
    expect([wrong, decided(wrong, STEPS).verdict.status]).not.toEqual([wrong, 'proved']);
  });
});
