/** V0704: what a `refute` says is false is true. */
import type { VerdictRule } from './rule.js';

export const provedRefutation: VerdictRule = {
  kind: {
    code: 'V0704',
    severity: 'error',
    verdict: 'proved',
    title: 'claim that is to be refuted holds',
    explanation:
      'A `refute` states that something is false: that a known defect is there, say, or that a guarantee of another objective is missing. It passes where a batch is found that breaks the claim, and fails where the claim is proved, as here. Write `verify` where it is meant to hold.',
    bad: `objective example {
  param tau in (0, inf) = 0.5
  model logp : token
  minimize mean[token in batch](-tau * logp)
  refute "the temperature may vanish" : tau > 0
}
`,
    good: `objective example {
  param tau in [0, inf) = 0.5
  model logp : token
  minimize mean[token in batch](-tau * logp)
  refute "the temperature may vanish" : tau > 0
}
`,
  },
  is: ({ status }) => status === 'proved',
  title: (label) => `"${label}" is not refuted: it holds`,
  says: 'holds wherever the hypotheses do',
  hint: 'write `verify` where it is meant to hold',
};
