/** V0706: a value is undefined where the hypotheses hold. */
import type { VerdictRule } from './rule.js';

export const undefinedValue: VerdictRule = {
  kind: {
    code: 'V0706',
    severity: 'error',
    title: 'value is undefined within the hypotheses',
    explanation:
      'At a point that satisfies the hypotheses, the claimed expression or the minimised value has no value: a division by 0, the logarithm of 0, a root of a negative number. A claim is about all points, so this one does not hold; and such a point breaks nothing that is claimed either, so it is no witness for a `refute`. Assume the point away, give the input a domain that leaves it out, or write the expression so that it is defined there.',
    bad: `objective example {
  model logp : token
  data weight : token in [0, 1]
  minimize mean[token in batch](-weight * logp)
  verify "shares" : weight / weight <= 1
}
`,
    good: `objective example {
  model logp : token
  data weight : token in (0, 1]
  minimize mean[token in batch](-weight * logp)
  verify "shares" : weight / weight <= 1
}
`,
  },
  is: ({ defect }) => defect === 'undefined',
  title: (label) => `"${label}" has no value at some points`,
  says: 'undefined at a point that satisfies the hypotheses',
  hint: 'assume the point away, or leave it out of the domain',
};
