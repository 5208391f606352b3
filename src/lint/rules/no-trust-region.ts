/** W0505: nothing bounds how far the policy moves. */
import { diagnose, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr } from '../../syntax/ast.js';
import { isRatio } from '../ratio.js';
import type { Lint, Subject } from '../lint.js';

export const noTrustRegion: DiagnosticKind = {
  code: 'W0505',
  severity: 'note',
  title: 'nothing bounds how far the policy moves',
  pedantic: true,
  explanation:
    'The importance ratio enters the loss without a clip, a cap or a condition: however far the current policy has moved from the one that sampled the rollouts, they go on pulling, and their gradient weight grows with the ratio. With one gradient step per batch the ratio is 1 and it makes no difference.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-exp(logp - old_logp) * reward)
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-clip(exp(logp - old_logp), 0.8, 1.2) * reward)
}
`,
};

/** What can end the pull of a ratio. */
const BOUNDING: readonly string[] = ['clip', 'min', 'max', 'sigmoid', 'logsigmoid', 'tanh', 'relu', 'stop'];

export const unboundedRatio: Lint = {
  kind: noTrustRegion,
  find: (subject) => {
    const ratio = freeRatio(subject);
    return ratio === undefined
      ? []
      : [
          diagnose(noTrustRegion, {
            title: 'nothing bounds the importance ratio',
            primary: { span: ratio.span, text: 'enters the loss without a clip or a cap' },
          }),
        ];
  },
};

/** A ratio that the optimised value reads on a path without anything that bounds or selects. */
function freeRatio({ model, meaningOf, letNamed }: Subject): Expr | undefined {
  const seen = new Set<Expr>();
  const stack: Expr[] = model.losses.map(({ value }) => value);
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.kind === 'call' && isRatio(meaningOf(expr))) return expr;
    if (expr.kind === 'call' && BOUNDING.includes(expr.callee.text)) continue;
    if (expr.kind === 'if') continue;
    if (expr.kind === 'name') {
      const value = letNamed(expr.name);
      if (value !== undefined) stack.push(value);
    } else stack.push(...partsOf(expr));
  }
  return undefined;
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'inlined':
      return [expr.body];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'call':
    case 'reduction':
      return expr.args.map(({ value }) => value);
    default:
      return [];
  }
}
