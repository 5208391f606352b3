/** What is read of others: that values of theirs are defined, and sums over them as the prover writes them. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

type Json = Record<string, unknown>;
interface Certificate extends Json {
  readonly view: Json & { readonly families: readonly Json[] };
  readonly obligations: readonly Json[];
}
const isAccepted = (text: string, certificate: unknown): boolean =>
  recheck({ text, name: 'others.obj', certificate }).accepted;
function certified(text: string): Certificate {
  const program = analyze(text, 'others.obj').units[0]?.program ?? expect.fail('no objective');
  const { status, certificate } = verifyClaim(program, 0, budgetOf(1_500_000));
  expect(status).toBe('proved');
  return JSON.parse(JSON.stringify(certificate && certificateJson(certificate))) as Certificate;
}

describe('a loss that reads other tokens, over which nothing is summed', () => {
  const textOf = (domain: string): string => `objective others {
    model logp : token
    data other : token in ${domain}
    let rest = log(-expm1(other))
    let cost = if logp > rest then logp else stop(logp)
    minimize mean[token in batch](cost)
    let w = grad(cost, logp)
    verify : w <= 1
  }`;
  const text = textOf('(-inf, 0)');
  const certificate = certified(text);

  test('is accepted: its set has a name', () => {
    expect(isAccepted(text, certificate)).toBe(true);
    expect(certificate.view.families.length).toBeGreaterThan(0);
  });
  test('is refused where others may have no value', () => {
    for (const domain of ['(-inf, 0]', '(-inf, 1)', 'real'])
      expect(isAccepted(textOf(domain), certificate)).toBe(false);
  });
  test('is refused without a word about others', () => {
    const isOfOthers = ({ what, sequent }: Json): boolean =>
      what === 'loss defined' && JSON.stringify((sequent as Json)['goal']).includes('f1.');
    const obligations = certificate.obligations.filter((one) => !isOfOthers(one));
    expect(obligations.length).toBeLessThan(certificate.obligations.length);
    expect(isAccepted(text, { ...certificate, obligations })).toBe(false);
  });
  test('is refused where the set is another', () => {
    for (const change of [{ ownInside: false }, { from: 'rollout', to: 'group' }]) {
      const families = certificate.view.families.map((one) => ({ ...one, ...change }));
      expect(isAccepted(text, { ...certificate, view: { ...certificate.view, families } })).toBe(false);
    }
  });
});

describe('sums of squares, of which each is made of the others', () => {
  const textOf = (divisor: string): string => `objective spread {
    model logp : rollout
    data reward : rollout
    let cost = var[rollout](logp - reward) ${divisor}
    minimize mean[group in batch](cost)
    verify : cost is convex in logp
  }`;
  test('are read as the sums of the very bodies', () => {
    const text = textOf('/ 2');
    const certificate = certified(text);
    expect(isAccepted(text, certificate)).toBe(true);
    expect(isAccepted(textOf('/ -2'), certificate)).toBe(false);
  });
});

describe('a root over a common denominator', () => {
  const textOf = (sign: string): string => `objective scaled {
    param eps in (0, inf) = 0.1
    model logp : token
    data reward : token
    let centred = (reward - mean[token in batch](reward)) / sqrt(std[token in batch](reward) ^ 2 + eps)
    minimize mean[token in batch](logp * centred)
    verify : sum[token in batch](centred) ${sign} 0
  }`;
  test('is seen to be positive', () => {
    const certificate = certified(textOf('=='));
    expect(isAccepted(textOf('=='), certificate)).toBe(true);
    expect(isAccepted(textOf('<'), certificate)).toBe(false);
  });
});
