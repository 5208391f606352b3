/** A prover that does what labels say, for tests of what surrounds the real one. Not a test. */
import type { DerivedProgram } from '../../src/ir/program.js';
import { literal, number, sum, variable } from '../../src/proof/build.js';
import { ratio } from '../../src/proof/rational.js';
import type { Certificate } from '../../src/proof/certificate.js';
import type { Verdict, Witness } from '../../src/proof/verdict.js';
import type { Budget } from '../../src/verify/budget.js';

/** What it was asked, in order. */
export const calls: string[] = [];

const certificate = (objective: string, claim: number, status: 'proved' | 'refuted'): Certificate => ({
  format: 1,
  prover: '0',
  objective,
  claim,
  status,
  obligations: [
    {
      kind: 'holds',
      what: 'holds',
      sequent: {
        variables: [{ name: 'tau' }],
        given: [literal('>', variable('tau'))],
        goal: literal('>=', sum(variable('tau'), number(ratio(1n, 3n)))),
      },
      proof: { rule: 'contradiction', sum: [{ times: ratio(2n ** 70n), of: [] }] },
    },
  ],
});

const BATCH = { group: [0, 0], mask: [[1], [1]], logp: [[-1], [-2]], reward: [1, 0] };
const witness = (points: number): Witness => ({
  params: { tau: 0.25 },
  element: { level: 'token', group: 0, rollout: 0, token: 0 },
  points: Array.from({ length: points }, (_, at) => ({
    batch: { ...BATCH, logp: [[-1 - at], [-2]] },
    variable: { name: 'logp', value: -1 - at },
    readings: [
      { expression: 'tau', value: at === 2 ? -0 : 0.25, low: 0.25, high: at === 2 ? Infinity : 0.25 },
    ],
  })),
  summary: 'tau = 0.25 is not above 1',
  logProbabilities: true,
});

function found(label: string, program: DerivedProgram, at: number, budget: Budget): Partial<Verdict> {
  const status = (['proved', 'refuted', 'unknown'] as const).find((word) => label.includes(word)) ?? 'proved';
  const isSpent = label.includes('hard') && !budget.spend(1000);
  if (status === 'unknown' || isSpent)
    return {
      status: 'unknown',
      unknown: { at: 'tau', reason: isSpent ? 'the budget is spent' : 'it is hard' },
    };
  return {
    status,
    certificate: certificate(program.name, at, status),
    ...(status === 'refuted' ? { witness: witness(label.includes('thrice') ? 3 : 1) } : {}),
  };
}

/** The first word of `proved`, `refuted`, `unknown` in the label is the status; `thrice` gives three points, `hard` takes 1000 steps. */
export function verifyClaim(program: DerivedProgram, at: number, budget: Budget): Verdict {
  const claim = program.claims[at];
  if (claim === undefined) throw new Error('no such claim');
  const { mode, label = '', span } = claim;
  calls.push(`${program.name}/${label}`);
  const verdict = { status: 'unknown' as const, ...found(label, program, at, budget) };
  return {
    objective: program.name,
    claim: at,
    mode,
    ...(claim.label === undefined ? {} : { label }),
    text: '',
    span,
    findings: [],
    notes: [],
    work: 7,
    ...verdict,
    passes: verdict.status === (mode === 'verify' ? 'proved' : 'refuted'),
  };
}

/** An objective whose claims are these lines. */
export const claiming = (name: string, ...claims: readonly string[]): string => `objective ${name} {
  param tau in (0, inf) = 0.5
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-tau * reward * logp)
${claims.map((claim) => `  ${claim} : tau > 0\n`).join('')}}
`;
