/** What a proved claim speaks of: a batch at which its hypotheses hold; of a claim that compares values of what it varies, two of them. */
import { expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const textOf = (claim: string): string => `objective spoken {
  param low in (0, 1) = 0.5
  model logp : token
  data x : rollout
  let y = 2 * x
  minimize mean[token in batch](-logp)
  verify ${claim}
}
`;
type Json = Record<string, unknown>;
type Example = Json & { readonly second?: { readonly batch: Json & { x: unknown } } };

/** The certificate of a claim as plain data. */
function certificateOf(claim: string): Json & { readonly example: Example } {
  const [unit] = analyze(textOf(claim), 'spoken.obj').units;
  const verdict = unit && verifyClaim(unit.program, 0, budgetOf(200_000));
  expect(verdict?.status).toBe('proved');
  const json = verdict?.certificate && certificateJson(verdict.certificate);
  return JSON.parse(JSON.stringify(json)) as Json & { example: Example };
}
const accepts = (claim: string, certificate: unknown): boolean =>
  recheck({ text: textOf(claim), name: 'spoken.obj', certificate }).accepted;

const PAIRS = [
  ': y is increasing in x',
  'for x > 1 : y is increasing in x',
  ': y is lipschitz in x by 2',
  ': y is convex in x',
  ': low is constant in x',
  ': low * low is increasing in low',
];
test.each(PAIRS)('%s: a second value is told, and asked for', (claim) => {
  const certificate = certificateOf(claim);
  expect(certificate.example).toHaveProperty('second');
  expect(accepts(claim, certificate)).toBe(true);
  const { second: _second, ...alone } = certificate.example;
  expect(accepts(claim, { ...certificate, example: alone })).toBe(false);
  // The same value is no second one.
  expect(accepts(claim, { ...certificate, example: { ...alone, second: alone } })).toBe(false);
});

test('a claim about one point has no second value', () => {
  const certificate = certificateOf('for x > 1 : y > 2');
  expect(certificate.example).not.toHaveProperty('second');
  expect(accepts('for x > 1 : y > 2', certificate)).toBe(true);
});

test('where hypotheses leave one value, there is nothing to compare', () => {
  const claim = 'for x > 1 : y is increasing in x';
  const certificate = certificateOf(claim);
  const at = (x: number): Json => ({
    params: { low: 0.5 },
    batch: { group: [0], mask: [[1]], logp: [[-1]], x: [x] },
  });
  const pair = (first: number, second: number): unknown => ({
    ...certificate,
    example: { ...at(first), second: at(second) },
  });
  expect(accepts(claim, pair(2, 3))).toBe(true);
  expect(accepts(claim, pair(2, 0.5))).toBe(false);
  expect(accepts('for x == 2 : y is increasing in x', pair(2, 3))).toBe(false);
  expect(accepts('for x == 2 : y is increasing in x', pair(2, 2))).toBe(false);
  const [unit] = analyze(textOf('for x == 2 : y is increasing in x'), 'spoken.obj').units;
  expect(unit && verifyClaim(unit.program, 0, budgetOf(200_000)).status).toBe('unknown');
});
