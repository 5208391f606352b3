/** Verdicts made by hand, of every kind that there is, for tests of what reports make of them. Not a test. */
import { analyze } from '../../src/compile.js';
import type { Verdict, WitnessPoint } from '../../src/proof/verdict.js';
import { verifyAnalysis, type Asked, type Verified } from '../../src/verification.js';

export const SOURCE = `objective capped {
  param tau in (0, inf) = 0.5
  model logp : token
  data old_logp : token
  data advantage : rollout
  let log_ratio = logp - old_logp
  let cost = -min(exp(log_ratio), 3) * advantage / tau
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
  verify "right direction" for advantage > 0 : w <= 0
  verify "no gradient misassignment" for advantage > 0
    : abs(w) is nonincreasing in log_ratio   # the hardest
  verify "no gradient domination" : abs(w) is bounded
  verify : clip(log_ratio, -1, high: 1) <= 3
  refute "the sign" for advantage < 0 : w >= 0
  refute "a|b <i>c</i> & *d* \`e\` %\u{1F600}" : w is nowhere zero in log_ratio
  verify "nothing" for tau > 2 assuming tau < 1 : w <= 0
  verify "a share" : advantage / advantage <= 1
  verify "a share" : advantage * advantage >= 0
}

objective silent {
  model logp : token
  minimize mean[token in batch](-logp)
}
`;

const point = (value: number, w: number, spread = 2 ** -50): WitnessPoint => ({
  batch: { group: [0], mask: [[1]], logp: [[value - 1]], old_logp: [[-1]], advantage: [1] },
  variable: { name: 'log_ratio', value },
  readings: [{ expression: 'abs(w)', value: w, low: w - spread, high: w + spread }],
});

/** By the position of the claim; what is not said is proved. */
const FOUND: Readonly<Record<number, Partial<Verdict>>> = {
  0: { findings: [{ what: 'supremum', value: '0', where: 'approached as log_ratio -> -inf' }] },
  1: {
    status: 'refuted',
    passes: false,
    witness: {
      params: { tau: 0.5 },
      element: { level: 'token', group: 0, rollout: 0, token: 0 },
      points: [point(-1, 0.5), point(0.25, 2, 0)],
      summary: 'at tau = 0.5, log_ratio = -1 gives 0.5 and log_ratio = 0.25 gives 2',
      logProbabilities: true,
      overridden: true,
    },
  },
  2: {
    status: 'refuted',
    passes: false,
    witness: {
      params: { tau: 1e-3 },
      element: { level: 'token', rollout: 0, token: 0 },
      points: [point(7, 1e3), point(14, 1e6), point(21, Infinity, 0)],
      summary: 'above 10^3, 10^6 and 10^9',
      logProbabilities: false,
      instead: 'tends to inf as log_ratio -> inf',
    },
    notes: ['frameworks take the other side at log_ratio = log(3)'],
  },
  3: {
    status: 'unknown',
    passes: false,
    unknown: {
      at: 'clip(log_ratio,-1,high:1)',
      reason: 'no bound was found',
      help: 'assume `log_ratio <= 1`',
    },
  },
  4: { passes: false },
  5: {
    status: 'refuted',
    passes: true,
    witness: {
      params: {},
      element: { level: 'batch' },
      points: [{ batch: { x: 'inf' }, readings: [] }],
      summary: 'w is 0 on [log(3), inf)',
      logProbabilities: true,
    },
    findings: [{ what: 'dead zone', value: '[log(3), inf)' }],
    notes: ['a note'],
  },
  6: { passes: false, defect: 'vacuous' },
  7: { status: 'refuted', passes: false, defect: 'undefined' },
};

const byHand = ({ unit: { program }, at, label, text }: Asked): Verdict => ({
  objective: program.name,
  claim: at,
  mode: program.claims[at]?.mode ?? 'verify',
  ...(label === undefined ? {} : { label }),
  text,
  span: program.claims[at]?.span ?? { start: 0, end: 0 },
  status: 'proved',
  passes: true,
  findings: [],
  notes: [],
  work: 1000 + at,
  ...FOUND[at],
});

/** Every verdict there is, and an objective that claims nothing. */
export const every: Verified = verifyAnalysis(analyze(SOURCE, 'o/capped.obj'), {
  decide: (claim) => byHand(claim),
});

/** The same with those alone that pass. */
export const passing: Verified = verifyAnalysis(analyze(SOURCE, 'o/capped.obj'), {
  only: (claim) => byHand(claim).passes,
  decide: (claim) => byHand(claim),
});
