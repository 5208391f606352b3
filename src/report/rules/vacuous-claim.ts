/** V0705: nothing satisfies the hypotheses, so the claim says nothing. */
import type { VerdictRule } from './rule.js';

export const vacuousClaim: VerdictRule = {
  kind: {
    code: 'V0705',
    severity: 'error',
    title: 'claim speaks of nothing',
    explanation:
      'No batch and no parameters satisfy the guard, the assumptions and the domains together, or the point of the limit cannot be approached within them. Whatever is claimed then holds, and so does its opposite: such a claim fails both `verify` and `refute`, since it is almost always a slip in the hypotheses.',
    bad: `objective example {
  param tau in (0, inf) = 0.5
  model logp : token
  minimize mean[token in batch](-tau * logp)
  verify "colder" for tau > 2 assuming tau < 1 : tau * tau <= tau
}
`,
    good: `objective example {
  param tau in (0, inf) = 0.5
  model logp : token
  minimize mean[token in batch](-tau * logp)
  verify "colder" assuming tau < 1 : tau * tau <= tau
}
`,
  },
  is: ({ defect }) => defect === 'vacuous',
  title: (label) => `"${label}" speaks of nothing`,
  says: 'nothing satisfies the hypotheses of this',
  hint: 'weaken the guard or the assumptions',
};
