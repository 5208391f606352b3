/** V0703: the claim is neither proved nor refuted. */
import type { VerdictRule } from './rule.js';

export const unknownClaim: VerdictRule = {
  kind: {
    code: 'V0703',
    severity: 'error',
    verdict: 'unknown',
    title: 'claim is not decided',
    explanation:
      'Neither a proof nor a batch that breaks the claim was found: the smallest expression that stopped the proof is named, with what would help. What is not decided never passes, for nobody knows whether it holds. A stronger assumption, an explicit bound in place of `is bounded`, a claim about an intermediate value, or a larger `--budget` may decide it.',
    bad: `objective example {
  model logp : token
  data reward : rollout
  let spread = quantile[rollout](reward, 0.9) - quantile[rollout](reward, 0.1)
  minimize mean[token in batch](-spread * logp)
  verify "a spread" : spread >= 0
}
`,
    good: `objective example {
  model logp : token
  data reward : rollout
  let spread = max(quantile[rollout](reward, 0.9) - quantile[rollout](reward, 0.1), 0)
  minimize mean[token in batch](-spread * logp)
  verify "a spread" : spread >= 0
}
`,
  },
  is: ({ status }) => status === 'unknown',
  title: (label) => `"${label}" is not decided`,
  says: 'neither proved nor refuted',
};
