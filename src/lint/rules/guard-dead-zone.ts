/** W0506: clamp on the log-ratio is a dead zone. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { logRatio } from '../ratio.js';
import type { Lint } from '../lint.js';

export const guardDeadZone: DiagnosticKind = {
  code: 'W0506',
  severity: 'note',
  title: 'clamp on the log-ratio is a dead zone',
  pedantic: true,
  explanation:
    'A clamp such as ±20 on a log-ratio keeps its exponential finite, and beyond it the gradient is exactly 0: a penalty switches off just where the policy has run away. If it is there for stability alone, nothing is gained: overflow in what a selection leaves out reaches nothing.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-exp(clip(logp - old_logp, -20, 20)) * reward)
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-exp(logp - old_logp) * reward)
}
`,
};

/** A trust region is narrower: e^5 is 148. */
const NARROWEST_GUARD = 5;

export const clampedLogRatio: Lint = {
  kind: guardDeadZone,
  find: ({ exprs, meaningOf, rangeAtDefaults }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call' || expr.callee.text !== 'clip') return [];
      const [x, low, high] = expr.args.map(({ value }) => value);
      if (x === undefined || low === undefined || high === undefined) return [];
      if (logRatio(meaningOf(x)) === undefined) return [];
      const [lower, upper] = [rangeAtDefaults(low), rangeAtDefaults(high)];
      const isGuard = lower.high <= -NARROWEST_GUARD && upper.low >= NARROWEST_GUARD;
      return isGuard && Number.isFinite(upper.low)
        ? [
            diagnose(guardDeadZone, {
              primary: { span: expr.span, text: 'the gradient is 0 beyond these bounds' },
            }),
          ]
        : [];
    }),
};
