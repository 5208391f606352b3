/** A parameter that bounds the domains of others has the values alone that those leave it, read or not; what is known is rechecked. */
import { expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const textOf = (claim: string): string => `objective bounds {
  param low in [0, 1] = 0.5
  param high in [low, 2] = 1
  param least in [0, 1] = 0.5
  model y : token in [0, 1]
  data a : token in [least, inf)
  let half = y / 2
  minimize mean[token in batch](a * y)
  verify : ${claim}
}
`;
const decided = (claim: string): { readonly status: string; readonly plain: Record<string, unknown> } => {
  const { program } = analyze(textOf(claim)).units[0] ?? expect.fail('no objective');
  const { status, certificate, witness } = verifyClaim(program, 0, budgetOf(300_000));
  const plain = JSON.parse(
    JSON.stringify({ certificate: certificate && certificateJson(certificate), witness }),
  ) as Record<string, unknown>;
  return { status, plain };
};

test.each([
  ['sup(low, low) == 1'],
  ['low tends to 1 as low -> 1'],
  ['low tends to 0.9 as low -> 1'],
  ['sup(least, least) == 1'],
  ['least tends to 1 as least -> 1'],
  ['least tends to 0.9 as least -> 1'],
])('%s: nobody knows', (claim) => {
  expect(decided(claim).status).toBe('unknown');
});

test.each([
  ['inf(high, high) == low'],
  ['sup(high, high) == 2'],
  ['low is increasing in low'],
  ['sup(half, half) == 1 / 2'],
  ['inf(half, half) == 0'],
  ['(if half > 1 / 2 then 1 else 0) is constant in half'],
])('%s is proved, and rechecked', (claim) => {
  const { status, plain } = decided(claim);
  expect(status).toBe('proved');
  expect(recheck({ text: textOf(claim), name: 'bounds.obj', certificate: plain['certificate'] })).toEqual({
    accepted: true,
  });
});

test('what was proved where nothing else ends at a parameter is refused where something does', () => {
  const claim = 'sup(least, least) == 1';
  const free = textOf(claim).replace('[least, inf)', '[0, inf)');
  const { program } = analyze(free).units[0] ?? expect.fail('no objective');
  const { status, certificate } = verifyClaim(program, 0, budgetOf(300_000));
  expect(status).toBe('proved');
  const json: unknown = JSON.parse(JSON.stringify(certificate && certificateJson(certificate)));
  expect(recheck({ text: free, name: 'bounds.obj', certificate: json })).toEqual({ accepted: true });
  expect(recheck({ text: textOf(claim), name: 'bounds.obj', certificate: json })).toMatchObject({
    accepted: false,
  });
});
