/** Claims that hold of the values that inputs permit alone, each beside one that more values or a wider domain would break. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import type { Verdict } from '../../src/proof/verdict.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const STEPS = 200_000;

const textOf = (definition: string, claim: string): string => `objective tried {
  param eps in (0, 1) = 0.2
  model logp : token in (-inf, 0)
  model score : rollout
  data prob : token in [0, 1]
  data old_logp : token in (-inf, 0]
  data reward : rollout in [-3, 2]
  let x = ${definition}
  minimize mean[token in batch](-logp)
  verify "tried" : ${claim}
}
`;

function decided(
  definition: string,
  claim: string,
): { readonly text: string; readonly verdict: Verdict; readonly json: unknown } {
  const text = textOf(definition, claim);
  const { units, diagnostics } = analyze(text, 'tried.obj');
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  const verdict = verifyClaim(unit.program, 0, budgetOf(STEPS));
  const { certificate } = verdict;
  const json: unknown =
    certificate === undefined ? undefined : JSON.parse(JSON.stringify(certificateJson(certificate)));
  return { text, verdict, json };
}
const outcomeOf = (text: string, certificate: unknown): unknown =>
  recheck({ text, name: 'tried.obj', certificate });

/** A claim, a definition of x by which it holds, and one by which it does not. */
const FAMILIES: readonly (readonly [claim: string, right: string, wrong: string])[] = [
  ['x * x is decreasing in x', 'mean[token](logp)', 'score'],
  // Where x may be 0, the two differ there alone.
  ['(if x == 0 then 1 else 0) is constant in x', 'mean[token](logp)', 'mean[token](old_logp)'],
  ['(if x == 0 then 1 else 0) is constant in x', 'sum[token](logp)', 'sum[token](old_logp)'],
  // Of no tokens, a mean is 0.
  ['(if x == 0 then 1 else 0) is constant in x', 'mean[token](logp)', 'mean[token where prob > 0](logp)'],
  ['relu(x) is constant in x', 'mean[token](old_logp)', 'mean[token](old_logp + 1)'],
  ['max(x, 0) is increasing in x', 'exp(score)', 'exp(score) - 1'],
  ['(if x == 0 then 1 else 0) is continuous in x', 'exp(score)', 'relu(score)'],
  ['(if x >= 1 then 1 else 0) is constant in x', 'sigmoid(score)', '1.1 * sigmoid(score)'],
  ['(if x > 1 + eps then 1 else 0) is constant in x', 'clip(score, 1 - eps, 1 + eps)', 'max(score, 1 - eps)'],
  ['(if x >= 1 + eps then 1 else 0) is constant in x', 'clip(score, 0, 1)', 'clip(score, 0, 1 + eps)'],
  ['clip(x, -3, 2) is increasing in x', 'mean[rollout](reward)', 'sum[rollout](reward)'],
  ['clip(x, -3, 2) is increasing in x', 'max[rollout](reward)', 'max[rollout](reward + 1)'],
  ['abs(x) is nondecreasing in x', 'score * score', 'score * abs(score)'],
  ['abs(x) is bounded in x', 'tanh(score)', 'tanh(score) + score'],
  ['max(x, 2) is lipschitz in x by 0.5', 'sigmoid(score)', '4 * sigmoid(score)'],
  ['x ^ 3 is convex in x', 'abs(score)', 'score'],
  ['sqrt(x) is continuous in x', 'mean[token](prob)', 'mean[token](prob - 0.1)'],
  ['sqrt(x) tends to 0 as x -> 0', 'exp(score)', 'score'],
  ['log(1 - x) is decreasing in x', 'sigmoid(score)', 'exp(score)'],
  ['sup(min(x, 5), x) == 1', 'sigmoid(score)', 'exp(score)'],
];

describe('ranges', () => {
  test.each(FAMILIES)('%s where x is %s, not %s', (claim, right, wrong) => {
    const { text, verdict, json } = decided(right, claim);
    expect([claim, verdict.status]).toEqual([claim, 'proved']);
    expect(outcomeOf(text, json)).toMatchObject({ accepted: true });
    expect(decided(wrong, claim).verdict.status).not.toBe('proved');
    // The same certificate says nothing of the other definition.
    expect(outcomeOf(textOf(wrong, claim), json)).toMatchObject({ accepted: false });
  });

  // What inputs give to a score is every number, and to the others it is not, or not known to be.
  test.each([
    ['sup(min(x, 5), x) == 5', 'sigmoid(score)'],
    ['sup(min(x, 5), x) == 5', 'clip(score, 0, 1)'],
    ['sup(min(x, 5), x) == 5', 'reward - mean[rollout](reward)'],
    ['sup(min(x, 5), x) == 5', 'score - score'],
    ['sup(min(x, 5), x) == 5', 'mean[token](logp) + log(0)'],
    ['inf(max(x, 0), x) == 0', 'exp(score) + 1'],
    ['x tends to 2 as x -> 2', 'clip(score, 0, 1)'],
    ['x tends to 2 as x -> 2', 'reward - 3'],
    ['exp(-x) tends to 0 as x -> inf', 'sum[token](logp)'],
  ])('%s is proved of a score, and not where x is %s', (claim, definition) => {
    const { text, verdict, json } = decided('score', claim);
    expect([claim, verdict.status]).toEqual([claim, 'proved']);
    expect(outcomeOf(text, json)).toMatchObject({ accepted: true });
    expect(decided(definition, claim).verdict.status).not.toBe('proved');
    expect(outcomeOf(textOf(definition, claim), json)).toMatchObject({ accepted: false });
  });

  test.each([
    ['inf(max(x, 0), x) == 0', 'exp(score)'],
    ['sup(x, x) == 0', 'mean[token](logp) + mean[token](old_logp)'],
    ['sup(x, x) == 0', 'sum[token](logp - prob)'],
    ['sup(x, x) == 2', 'mean[rollout](reward)'],
    ['sup(x, x) == 1', 'sigmoid(score + reward)'],
    ['exp(-x) tends to 0 as x -> inf', 'sum[token](score - logp)'],
  ])('%s where x is %s', (claim, definition) => {
    const { text, verdict, json } = decided(definition, claim);
    expect([claim, verdict.status]).toEqual([claim, 'proved']);
    expect(outcomeOf(text, json)).toMatchObject({ accepted: true });
  });
});

test.each([
  ['no bound', ['!=', ['var', 'x']], 'this is no bound of x'],
  ['two of it', ['>=', ['+', ['var', 'x'], ['*', '2', ['var', 'x']]]], 'this is no bound of x'],
  ['a bound of something else', ['>=', ['var', 'score']], 'this is no bound of x'],
  [
    'one that the batch moves',
    ['>=', ['+', ['var', 'x'], ['var', 'score']]],
    'a bound must not depend on score',
  ],
])('a range that is forged is refused: %s', (_, fact, reason) => {
  const { text, json } = decided('exp(score)', 'max(x, 0) is increasing in x');
  const forged = structuredClone(json) as { obligations: { what: string; fact?: unknown }[] };
  const range = forged.obligations.find(({ what }) => what === 'range');
  expect(range?.fact).toBeDefined();
  if (range !== undefined) range.fact = fact;
  expect(outcomeOf(text, forged)).toMatchObject({ accepted: false, reason });
});
