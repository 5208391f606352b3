/** Sums over others are found in the rests of a view, however they are written; with another rest, or in another text, they are not. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

/** Each against the mean of the others, on two sides. */
const LEADS = `objective leads {
  param beta in (0, inf) = 1
  model logp : rollout
  data old_logp : rollout
  data reward : rollout in {0, 1}
  let x    = logp - old_logp
  let lead = beta * (x - mean[others](x))
  let cost = if reward == 1 then softplus(-lead) else softplus(lead)
  minimize mean[rollout in batch](cost)
  let w = grad(sum[rollout](cost), x)
  verify for count[rollout] > 1 : sum[rollout](w) == 0
}
`;
/** Exponentials of means of rollouts, which are never empty. */
const MEANS = `objective means {
  param tau in (0, inf) = 1
  model logp : token
  data reward : rollout in {0, 1}
  let ratio     = mean[token](exp(logp))
  let negatives = logsumexp[rollout where reward == 0](ratio / tau, anchor: 0)
  minimize mean[group in batch](negatives)
  let w = grad(negatives, logp)
  verify : w tends to 0 as logp -> -inf
}
`;
type Json = Record<string, unknown>;
type Certificate = Json & { view: { rests: Json[]; families: Json[] } };

function certificateOf(text: string): Certificate {
  const { program } = analyze(text).units[0] ?? expect.fail('no objective');
  const { status, certificate } = verifyClaim(program, 0, budgetOf(1_000_000));
  expect(status).toBe('proved');
  return JSON.parse(JSON.stringify(certificate && certificateJson(certificate))) as Certificate;
}
const isAccepted = (certificate: unknown, text: string): boolean =>
  recheck({ text, name: 'sums.obj', certificate }).accepted;

describe.each([
  ['sums with factors that are the same for all', LEADS],
  ['exponentials of means over whole sets', MEANS],
])('%s', (_, text) => {
  const certificate = certificateOf(text);
  test('are accepted', () => {
    expect(isAccepted(certificate, text)).toBe(true);
  });
  test('are refused with a rest of another body', () => {
    for (const [at, rest] of certificate.view.rests.entries()) {
      const rests = certificate.view.rests.with(at, {
        ...rest,
        body: ['*', ['exp', ['var', 'x']], rest['body']],
      });
      expect(isAccepted({ ...certificate, view: { ...certificate.view, rests } }, text)).toBe(false);
    }
  });
});

test.each([
  ['half a mean of the others', LEADS, 'mean[others](x)', 'mean[others](x) / 2'],
  ['a mean of all', LEADS, 'mean[others](x)', 'mean[rollout](x) / 2'],
  ['a mean that may be of nothing', MEANS, 'mean[token](exp(logp))', 'mean[token where logp > 0](exp(logp))'],
  ['a factor inside a mean', MEANS, 'mean[token](exp(logp))', 'mean[token](2 * exp(logp))'],
])('no certificate is one for a text with %s', (_, text, from, to) => {
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  expect(isAccepted(certificateOf(text), other)).toBe(false);
});
