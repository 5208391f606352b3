/** What holds of all numbers in an interval is not said of whole numbers in it, nor of a few. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { proofOf } from '../../src/verify/attempt.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const STEPS = 400_000;
const REALS = '[0, 5]';
const textOf = (domain: string, claim: string): string => `objective gaps {
  model x : token
  data n : token in ${domain}
  let step = if n < 3 then n else 0
  let kink = if n > 1 then n - 1 else 0
  minimize mean[token in batch](x * x)
  verify : ${claim}
}
`;
const programOf = (text: string) =>
  analyze(text, 'gaps.obj').units[0]?.program ?? expect.fail('no objective');

const certified = (text: string): unknown => {
  const { certificate, status } = verifyClaim(programOf(text), 0, budgetOf(STEPS));
  expect(status).toBe('proved');
  return JSON.parse(JSON.stringify(certificate && certificateJson(certificate)));
};
const isAccepted = (text: string, certificate: unknown): boolean =>
  recheck({ text, name: 'gaps.obj', certificate }).accepted;
const isProved = (text: string): boolean => {
  const program = programOf(text);
  const [claim] = program.claims;
  return claim !== undefined && 'proved' in proofOf(program, claim, budgetOf(STEPS / 4));
};

describe('what whole numbers, or a few, do not do', () => {
  test.each([
    ['reach what lies between them', 'integer [0, 5]', 'sup(n * (1 - n), n) == 0.25'],
    ['come close to one of them', 'integer [0, 5]', 'n * n tends to 9 as n -> 3'],
    ['bend by a derivative', 'integer [0, 5]', 'kink is convex in n'],
    ['bend by a derivative, few', '{0, 1, 3}', 'kink is convex in n'],
  ])('%s', (_, domain, claim) => {
    const certificate = certified(textOf(REALS, claim));
    expect(isAccepted(textOf(REALS, claim), certificate)).toBe(true);
    expect(isAccepted(textOf(domain, claim), certificate)).toBe(false);
  });

  test.each([
    ['integer [0, 5]', 'sup(n * (1 - n), n) == 0.25'],
    ['integer [0, 5]', 'sup(step, n) == 3'],
    ['integer [0, 5]', 'n * n tends to 9 as n -> 3'],
    ['{0, 1, 2}', '(if n > 0.5 then 1 else 0) is convex in n'],
    ['integer [0, 2]', '(if n > 0.5 then 1 else 0) is convex in n'],
  ])('%s: %s', (domain, claim) => {
    expect(isProved(textOf(domain, claim))).toBe(false);
  });
});

test.each([
  ['integer [0, 5]', 'sup(n, n) == 5'],
  ['integer [0, 5]', 'sup(n * (2 - n), n) == 1'],
  ['integer [0, inf)', 'exp(-n) tends to 0 as n -> inf'],
  ['integer [0, inf)', 'inf(exp(-n), n) == 0'],
])('what they do is proved, and accepted: %s, %s', (domain, claim) => {
  const text = textOf(domain, claim);
  expect(isAccepted(text, certified(text))).toBe(true);
});
