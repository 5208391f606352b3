/** Certificates and witnesses that somebody made up for claims of which the opposite is true: all are refused. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { emptyContext } from '../../src/recheck/context.js';
import { checkDerivation } from '../../src/recheck/derivation.js';
import { outcomeOf } from '../../src/recheck/sequent.js';
import { readTerm } from '../../src/recheck/term.js';
import { recheck } from '../../src/recheck.js';

const withClaim = (claim: string): string => `objective small {
  model logp      : token
  data  old_logp  : token
  data  advantage : token in (0, inf)
  let s     = logp - old_logp
  let ratio = exp(s)
  let cost  = -advantage * ratio
  minimize mean[token in batch](cost)
  ${claim}
}
`;
const BATCH = { group: [0], mask: [[1]], logp: [[-1]], old_logp: [[-1]], advantage: [[1]] };
/** A witness whose points set what is varied over its own value. */
const overridden = (name: string, ...values: readonly number[]): unknown => ({
  params: {},
  element: { level: 'token', group: 0, rollout: 0, token: 0 },
  points: values.map((value) => ({ batch: BATCH, variable: { name, value }, readings: [] })),
  overridden: true,
});
const refuted = (...obligations: readonly unknown[]): unknown => ({
  format: 1,
  prover: '0',
  objective: 'small',
  claim: 0,
  status: 'refuted',
  obligations,
});
function outcome(claim: string, certificate: unknown, witness: unknown): unknown {
  const text = withClaim(claim);
  expect(analyze(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return recheck({ text, name: 'small.obj', certificate, witness });
}
const REFUSED = { accepted: false, reason: expect.any(String), where: expect.any(String) };

describe('no value that inputs do not permit', () => {
  test.each([
    ['refute : ratio * ratio is nondecreasing in ratio', [-2, -1]],
    ['refute : inf(ratio, ratio) == 0', [-2]],
    ['refute : abs(ratio) is convex in ratio', [-3, -2, 0]],
    ['refute : abs(ratio) is constant in ratio', [-2, -1]],
    ['refute : ratio * ratio is lipschitz in ratio by 1', [-3, -2]],
    ['refute : max(ratio, 0) is nowhere zero in ratio', [-2, -1]],
  ] as const)('%s', (claim, values) => {
    expect(outcome(claim, refuted(), overridden('ratio', ...values))).toEqual(REFUSED);
  });
});

describe('a name that a proof gives is none of the statement', () => {
  /** That s tends to a number on one side of a point, the point being what the proof says. */
  const side = (what: 'below' | 'above', at: unknown, value: string, proof: unknown): unknown => ({
    kind: 'tends',
    what: `from ${what}`,
    given: [],
    term: ['var', 'z'],
    variable: 'z',
    toward: { at, side: what },
    value,
    proof,
  });
  const named = (term: string): unknown => ({ rule: 'define', name: 'u', term, then: { rule: 'limit' } });
  const witness = overridden('s', 0, 1);
  test('the two sides of a jump are of one point', () => {
    const certificate = refuted(
      side('below', ['var', 'u'], '0', named('0')),
      side('above', ['var', 'u'], '5', named('5')),
    );
    expect(outcome('refute : s is continuous in s', certificate, witness)).toEqual(REFUSED);
  });
  test.each([
    ['the point', { at: readTerm(['var', 'u'], ''), side: 'below' } as const, '3'],
    ['the value', { at: readTerm('3', ''), side: 'below' } as const, ['var', 'u']],
  ])('of a limit: %s', (_, toward, value) => {
    const goal = {
      kind: 'tends',
      term: readTerm(['var', 'x'], ''),
      variable: 'x',
      toward,
      value: readTerm(value, ''),
      approach: [],
    } as const;
    const found = outcomeOf(() => {
      checkDerivation(named('3'), emptyContext([], ['x']), goal, 'proof');
    });
    expect(found).toEqual({ accepted: false, reason: 'u is not new', where: 'proof.name' });
  });
});
