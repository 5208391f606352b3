/**
 * An extreme is reached, and a limit point come close to, by values that exist beside all that stays as it is: whole numbers, values
 * within domains that move with a parameter, what is assumed of other elements. The proof of the neighbour in which they do is
 * accepted, is none where they do not, and the prover finds none there.
 */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import { certificateJson } from '../../../src/proof/certificate-json.js';
import type { Verdict } from '../../../src/proof/verdict.js';
import { recheck } from '../../../src/recheck.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { verifyClaim } from '../../../src/verify/verify.js';

const STEPS = 200_000;

const textOf = (declared: string, claim: string): string => `objective tried {
  model logp : token
  ${declared}
  minimize mean[token in batch](-logp)
  verify "tried" : ${claim}
}
`;
function verdictOf(text: string): Verdict {
  const { units, diagnostics } = analyze(text, 'tried.obj');
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  return verifyClaim(unit.program, 0, budgetOf(STEPS));
}
/** Numbers of which all hypotheses hold, so that it is not they for which a certificate is refused. */
const EXAMPLE = {
  batch: { group: [0], mask: [[1]], logp: [[-1]], k: [1], d: [0], x: [0], y: [0], t: [[0]], z: [1] },
  params: { a: 0.5, b: 0.25, k: 2, n: 2 },
};
const checked = (text: string, { certificate, witness }: Verdict, x = 0): unknown => {
  const json = JSON.parse(JSON.stringify(certificate && certificateJson(certificate))) as object;
  const example = { ...EXAMPLE, batch: { ...EXAMPLE.batch, x: [x] } };
  return recheck({
    text,
    name: 'tried.obj',
    certificate: { ...json, example },
    ...(witness !== undefined && { witness: JSON.parse(JSON.stringify(witness)) as unknown }),
  });
};

const WHOLE = 'inputs give whole numbers alone';
const NEAR = 'a whole number comes close to no other';
const MOVED = 'elements of an input leave it fewer values';
const ASSUMED = 'what is assumed of other elements leaves it fewer values';

/** Declarations with which the claim holds, others with which it does not, the claim, and what the checker says of it there. */
const PAIRS: readonly (readonly [right: string, wrong: string, claim: string, reason: string])[] = [
  ['data k : rollout in [0, 3]', 'data k : rollout in integer [0, 3]', 'sup(k * (3 - k), k) == 9 / 4', WHOLE],
  ['param k in [1, 5] = 2', 'param k in integer [1, 5] = 2', 'inf(square(k - 2.5), k) == 0', WHOLE],
  ['data k : rollout in (0, 3]', 'data k : rollout in integer (0, 3]', 'inf(k, k) == 0', NEAR],
  ['data k : rollout in [0, 3]', 'data k : rollout in integer [0, 3]', 'k * k tends to 1 as k -> 1', NEAR],
  [
    'param a in (0, 1) = 0.5\n  data d : rollout in [0, 1]',
    'param a in (0, 1) = 0.5\n  data d : rollout in [0, a]',
    'inf(a * count[group in batch], a) == 0',
    MOVED,
  ],
  [
    'param a in (0, 1) = 0.5\n  data d : rollout in [0, 1]',
    'param a in (0, 1) = 0.5\n  data d : rollout in [-a, 1]',
    'exp(a) tends to 1 as a -> 0',
    MOVED,
  ],
  [
    'param a in [0, 1] = 0.5\n  data x : rollout in [0, 1]',
    'param a in [0, 1] = 0.5\n  data x : rollout in [0, 1]\n  assume x <= a',
    'inf(a, a) == 0',
    ASSUMED,
  ],
  [
    'data x : rollout in [0, 1]\n  data t : token in [0, 1]',
    'data x : rollout in [0, 1]\n  data t : token in [0, 1]\n  assume t <= x',
    'x tends to 0 as x -> 0',
    ASSUMED,
  ],
  [
    'data x : rollout in [0, 1]',
    'data x : rollout in [0, 1]\n  assume mean[others](x) >= x',
    'inf(x, x) == 0',
    ASSUMED,
  ],
];

describe.each(PAIRS)('%s | %s: %s', (right, wrong, claim, reason) => {
  test('holds beside the first, and not beside the second', () => {
    const verdict = verdictOf(textOf(right, claim));
    expect(verdict.status).toBe('proved');
    expect(checked(textOf(right, claim), verdict)).toEqual({ accepted: true });
    expect(checked(textOf(wrong, claim), verdict)).toMatchObject({ accepted: false, reason });
    expect(verdictOf(textOf(wrong, claim)).status).not.toBe('proved');
  });
});

test.each([
  ['data k : rollout in integer [0, inf)', 'exp(-k) tends to 0 as k -> inf'],
  ['data k : rollout in integer [0, 3]', 'sup(square(k), k) == 9'],
  ['param n in integer [1, inf) = 2', 'sup(n / (n + 0.5), n) == 1'],
  ['param a in (0, 1) = 0.5\n  param b in (0, a) = 0.25', 'inf(a / b, a) == 1'],
  ['data x : rollout in [0, 1]\n  assume x <= 0.5', 'sup(2 * x, x) == 1'],
])('what does exist: %s: %s', (declared, claim) => {
  const text = textOf(declared, claim);
  const verdict = verdictOf(text);
  expect(verdict.status).toBe('proved');
  expect(checked(text, verdict)).toEqual({ accepted: true });
});

test.each([
  ['data k : rollout in integer [0, 3]', '(if k > 0.5 then 1 else 0) is continuous in k'],
  ['data k : rollout in {0, 1, 3}', '(if k > 0.5 then 1 else 0) is continuous in k'],
  ['data k : rollout in integer [0, 3]', 'max(k - 1.5, 0) is nowhere zero in k'],
  ['param a in [0, 1] = 0.5\n  data d : rollout in [0, a]', '(if a < d then 5 else a) tends to 0 as a -> 0'],
])('nothing is refuted between the values that there are: %s: %s', (declared, claim) => {
  expect(verdictOf(textOf(declared, claim)).status).not.toBe('refuted');
});

test('the others stay within a domain that moves, whatever the own element is', () => {
  const declared = 'param a in [0, 1] = 0.5\n  data d : rollout in [0, a]';
  const text = textOf(declared, 'inf(a + mean[others](d), a) == mean[others](d)').replace(
    '" :',
    '" for d == 0 :',
  );
  expect(verdictOf(text).status).not.toBe('proved');
});

describe('where a hypothesis has no value it does not hold', () => {
  const declared = 'data x : rollout in [0, 1]\n  data y : rollout in [0, 1]';
  const guarded = (guard: string, claim: string): string =>
    textOf(declared, claim).replace('" :', `" for ${guard} :`);
  const least = 'inf(if x == 0 then -1 else x, x) == -1';
  const right = verdictOf(guarded('0 * x == 0', least));

  test('it is reached where it has one', () => {
    expect(right.status).toBe('proved');
    expect(checked(guarded('0 * x == 0', least), right)).toEqual({ accepted: true });
  });
  test.each(['0 / x == 0', '0 * (1 / x) == 0', '1 / x - 1 / x == 0', 'x / x == 1'])('for %s', (guard) => {
    expect(verdictOf(guarded(guard, least)).status).not.toBe('proved');
    expect(checked(guarded(guard, least), right, 1)).toMatchObject({
      accepted: false,
      reason: expect.stringContaining('a hypothesis may have no value') as string,
    });
  });
  test('a jump is none there', () => {
    const jump = '(if x > 0 then 1 else 0) is continuous in x';
    const around = (guard: string): string =>
      guarded(guard, jump).replace('x : rollout in [0,', 'x : rollout in [-1,');
    const verdict = verdictOf(around('0 * x == 0'));
    expect(verdict.status).toBe('refuted');
    expect(checked(around('0 * x == 0'), verdict)).toEqual({ accepted: true });
    expect(checked(around('0 / x == 0'), verdict)).toMatchObject({ accepted: false });
    expect(verdictOf(around('0 / x == 0')).status).not.toBe('refuted');
  });
  test('nothing comes close to where it has none', () => {
    const text = textOf('data z : rollout', 'exp(z) tends to 0 as z -> -inf');
    const wrong = text.replace('" :', '" for 0 / max(z, 0) == 0 :');
    expect(verdictOf(text).status).toBe('proved');
    expect(verdictOf(wrong).status).not.toBe('proved');
    expect(checked(wrong, verdictOf(text))).toMatchObject({ accepted: false });
  });
});
