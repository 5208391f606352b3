/** V0701: the claim is false, and a batch shows it. */
import type { VerdictRule } from './rule.js';

export const refutedClaim: VerdictRule = {
  kind: {
    code: 'V0701',
    severity: 'error',
    verdict: 'refuted',
    title: 'claim does not hold',
    explanation:
      'A claim is about every batch and all parameters that satisfy its hypotheses, and one was found that breaks it. The witness is concrete numbers, confirmed in interval arithmetic; `--witnesses FOLDER` writes its batch, on which `veriloss eval` shows the same objective. Where the paper says the same, write `refute`: then CI holds the objective to having the defect it is known for.',
    bad: `objective example {
  model logp : token
  data old_logp : token
  data advantage : rollout in (0, inf)
  let log_ratio = logp - old_logp
  let cost = -min(exp(log_ratio), 3) * advantage
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
  verify "no gradient misassignment" : abs(w) is nonincreasing in log_ratio
}
`,
    good: `objective example {
  model logp : token
  data old_logp : token
  data advantage : rollout in (0, inf)
  let log_ratio = logp - old_logp
  let cost = -log_ratio * advantage
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
  verify "no gradient misassignment" : abs(w) is nonincreasing in log_ratio
}
`,
  },
  is: ({ status }) => status === 'refuted',
  title: (label) => `"${label}" does not hold`,
  says: 'fails',
};
