/** W0504: frameworks differ over this reduction. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { penaltyTerms } from '../terms.js';
import type { Lint } from '../lint.js';

export const frameworkReduction: DiagnosticKind = {
  code: 'W0504',
  severity: 'note',
  title: 'frameworks differ over this reduction',
  pedantic: true,
  explanation:
    '“Token mean” is taken over a micro-batch (older verl, TRL’s `bnpo`), over a generation batch (TRL’s `dapo`, ms-swift), or over all tokens of an optimizer step (OpenRLHF, NeMo, newer verl). Here it is the last of these, whatever the partition. When results are compared with a framework, its denominator is the first thing to look at.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-logp * reward)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[rollout in batch](mean[token](-logp * reward))
}
`,
};

export const ambiguousReduction: Lint = {
  kind: frameworkReduction,
  find: (subject) =>
    penaltyTerms(subject).flatMap(({ expr }): readonly Diagnostic[] =>
      expr.kind === 'reduction' &&
      expr.aggregate.text === 'mean' &&
      expr.index.kind === 'level' &&
      expr.index.level === 'token' &&
      expr.index.outer?.level === 'batch'
        ? [
            diagnose(frameworkReduction, {
              title: 'frameworks differ over the token mean',
              primary: { span: expr.span, text: 'over all tokens of the optimizer step' },
              notes: ['elsewhere it may be over a micro-batch or a generation batch'],
            }),
          ]
        : [],
    ),
};
