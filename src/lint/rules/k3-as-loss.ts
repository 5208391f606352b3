/** W0503: gradient of k3 is that of the forward divergence. */
import { diagnose, type DiagnosticKind } from '../../base/diagnostic.js';
import { penaltyTerms } from '../terms.js';
import { logRatio, unnamed } from '../ratio.js';
import type { Lint } from '../lint.js';

export const k3AsLoss: DiagnosticKind = {
  code: 'W0503',
  severity: 'note',
  title: 'gradient of k3 is that of the forward divergence',
  pedantic: true,
  explanation:
    'k3, e^−d + d − 1 with d = logp − ref_logp, estimates the reverse divergence KL(π ‖ π_ref), but its derivative 1 − e^−d has the gradient of the forward one, KL(π_ref ‖ π), as its expectation. It explodes where a token has become unlikely and saturates at 1 where it has become likely. `k3_straight_through` of the standard library has the value of k3 and the gradient of the reverse divergence; `k3_corrected` has it off-policy, too.',
  bad: `objective example {
  param beta in [0, inf) = 0.1
  model logp : token
  data ref_logp : token
  data reward : rollout in {0, 1}
  let kl = exp(ref_logp - logp) - (ref_logp - logp) - 1
  minimize mean[token in batch](-logp * reward + beta * kl)
}
`,
  good: `objective example {
  param beta in [0, inf) = 0.1
  model logp : token
  data ref_logp : token
  data reward : rollout in {0, 1}
  let kl = square(logp - ref_logp) / 2
  minimize mean[token in batch](-logp * reward + beta * kl)
}
`,
};

export const forwardPenalty: Lint = {
  kind: k3AsLoss,
  find: (subject) =>
    penaltyTerms(subject)
      .filter(({ expr }) => {
        const meaning = subject.meaningOf(expr);
        const inner = meaning && unnamed(meaning);
        return (inner?.op === 'exp' || inner?.op === 'expm1') && logRatio(inner.x)?.sign === -1;
      })
      .map(({ expr }) =>
        diagnose(k3AsLoss, {
          primary: { span: expr.span, text: 'k3: pulls as KL(π_ref ‖ π) does, not as KL(π ‖ π_ref)' },
          hint: 'for the reverse divergence use `k3_straight_through` from "std"',
        }),
      ),
};
