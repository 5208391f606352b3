/** V0702: what is claimed to be bounded is not. */
import type { VerdictRule } from './rule.js';

export const unbounded: VerdictRule = {
  kind: {
    code: 'V0702',
    severity: 'error',
    verdict: 'refuted',
    title: 'claim does not hold: not bounded',
    explanation:
      'The value grows beyond every number while the hypotheses hold, with the parameters and what it reads of the data alone held fixed. Three batches show it: there it is above 10^3, 10^6 and 10^9. A weight like this lets a single rollout dominate the gradient of its batch: cap what grows, or claim the bound under an assumption that keeps it from growing.',
    bad: `objective example {
  model logp : token
  data old_logp : token
  data advantage : rollout
  let log_ratio = logp - old_logp
  let cost = -exp(log_ratio) * advantage
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
  verify "no gradient domination" : abs(w) is bounded
}
`,
    good: `objective example {
  model logp : token
  data old_logp : token
  data advantage : rollout
  let log_ratio = logp - old_logp
  let cost = -min(exp(log_ratio), 3) * advantage
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
  verify "no gradient domination" : abs(w) is bounded
}
`,
  },
  is: ({ status, text }) => status === 'refuted' && /\bis bounded(?: in \S+)?$/.test(text),
  title: (label) => `"${label}" does not hold: not bounded`,
  says: 'grows beyond every number',
  hint: 'cap what grows, with `min` or `clip`',
};
