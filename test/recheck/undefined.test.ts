/** Values that may not exist: what they are multiplied by, or joined with, does not make them exist, and no proof passes over them. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import type { Verdict } from '../../src/proof/verdict.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const textOf = (claim: string, beside = '0'): string => `objective tried {
  model logp : token
  data x : rollout in [0, 1]
  data z : rollout
  minimize mean[token in batch](-logp) + mean[rollout in batch](${beside})
  verify "tried" ${claim.startsWith('assuming') ? claim : `: ${claim}`}
}
`;
function verdictOf(text: string): Verdict {
  const { units, diagnostics } = analyze(text, 'tried.obj');
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  return verifyClaim(unit.program, 0, budgetOf(100_000));
}
const checked = (text: string, { certificate, witness }: Verdict): unknown => {
  const json = certificate && certificateJson(certificate);
  return recheck({
    text,
    name: 'tried.obj',
    ...(JSON.parse(JSON.stringify({ certificate: json, witness })) as {
      readonly certificate: unknown;
      readonly witness?: unknown;
    }),
  });
};

describe('the proof of a neighbour that has a value is none of one that may have none', () => {
  test.each([
    ['0 * z == 0', '0 / z == 0'],
    ['0 * z == 0', '0 * (1 / z) == 0'],
    ['exp(0 * z) == 1', 'exp(0 * (1 / z)) == 1'],
    ['sum[others](0 * z) == 0', 'sum[others](0 / z) == 0'],
    ['sum[rollout where z > 0](0) == 0', 'sum[rollout where 1 / z > 0](0) == 0'],
    ['(if z > 0 and false then 1 else 0) == 0', '(if 1 / z > 0 and false then 1 else 0) == 0'],
    ['(if z > 0 or true then 1 else 0) == 1', '(if 1 / z > 0 or true then 1 else 0) == 1'],
    [
      'assuming count[others] >= 1 : max[others](x, anchor: -inf) <= 1',
      'assuming count[others] >= 1 : max[others](x, anchor: inf) <= 1',
    ],
    [
      'assuming count[others] >= 1 : min[others](x, anchor: inf) >= 0',
      'assuming count[others] >= 1 : min[others](x, anchor: -inf) >= 0',
    ],
  ])('%s | %s', (right, wrong) => {
    const verdict = verdictOf(textOf(right));
    expect(verdict.status).toBe('proved');
    expect(checked(textOf(right), verdict)).toEqual({ accepted: true });
    expect(checked(textOf(wrong), verdict)).toMatchObject({ accepted: false });
    expect(verdictOf(textOf(wrong)).status).not.toBe('proved');
  });

  test('of a loss', () => {
    const [right, wrong] = ['0 * z', '0 / z'].map((beside) => textOf('abs(x) >= 0', beside)) as [
      string,
      string,
    ];
    const verdict = verdictOf(right);
    expect(checked(right, verdict)).toEqual({ accepted: true });
    expect(checked(wrong, verdict)).toMatchObject({ accepted: false });
  });
});

test.each(['0 / z == 0', 'exp(0 * (1 / z)) == 1', 'sum[others](0 / z) == 0', 'stop(0 / z) == 0'])(
  '%s is refuted, and the checker sees it',
  (claim) => {
    const verdict = verdictOf(textOf(claim));
    expect(verdict.status).toBe('refuted');
    expect(checked(textOf(claim), verdict)).toEqual({ accepted: true });
  },
);
