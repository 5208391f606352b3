/** A branch of a continuous value needs a value on the border of its condition: 0 · exp(1/0) is none. */
import { expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const TEXT = `objective borders {
  param delta in (0, inf) = 1
  model logp : token
  minimize mean[token in batch](logp)
  let pole   = if logp > 0 then logp * exp(1 / logp) else 0
  let inside = if logp > 0 then logp / (1 + logp) else 0
  let huber  = if abs(logp) <= delta then logp else if logp > 0 then delta else -delta
  let jump   = if abs(logp) <= delta then logp else if logp > 0 then delta else delta
  verify : pole is continuous in logp
  verify : inside is continuous in logp
  verify : huber is continuous in logp
  verify : jump is continuous in logp
  verify : inside is convex in logp
}
`;
const STATUSES = ['refuted', 'proved', 'proved', 'refuted', 'refuted'];
type Json = Record<string, unknown>;

function decided(claim: number): { readonly status: string; readonly certificate: string } {
  const { program } = analyze(TEXT, 'objective.obj').units[0] ?? expect.fail('no objective');
  const { status, certificate } = verifyClaim(program, claim, budgetOf(1_500_000));
  return { status, certificate: JSON.stringify(certificate && certificateJson(certificate)) };
}

test.each([...STATUSES.entries()])('claim %i is %s', (claim, status) => {
  expect(decided(claim).status).toBe(status);
});

test.each([1, 2])('claim %i: accepted as it is, refused without a part', (claim) => {
  const { certificate } = decided(claim);
  const read = (): Json & { obligations: Json[] } =>
    JSON.parse(certificate) as Json & { obligations: Json[] };
  const check = (one: unknown): boolean =>
    recheck({ text: TEXT, name: 'objective.obj', certificate: one }).accepted;
  expect(check(read())).toBe(true);
  for (const part of ['joined', 'defined']) {
    const changed = read();
    const obligation = changed.obligations.find(({ kind }) => kind === 'continuous');
    const proofs = obligation?.[part];
    if (obligation === undefined || !Array.isArray(proofs) || proofs.length === 0) continue;
    obligation[part] = proofs.slice(1);
    expect(check(changed)).toBe(false);
  }
});

test('the certificate of another branch does not show that one with a pole is continuous', () => {
  const borrowed = JSON.parse(decided(1).certificate) as Json & { obligations: Json[] };
  borrowed['claim'] = 0;
  expect(recheck({ text: TEXT, name: 'objective.obj', certificate: borrowed }).accepted).toBe(false);
});
