/** W0404: bound that never binds. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText, type Interval } from '../../base/interval.js';
import type { Expr } from '../../syntax/ast.js';
import type { Lint, Subject } from '../lint.js';

export const clipWithoutEffect: DiagnosticKind = {
  code: 'W0404',
  severity: 'warning',
  title: 'bound that never binds',
  explanation:
    'A bound that no value reaches has no effect: probably another value was meant. What a value can be follows from the declared domains.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  let ratio = exp(logp - old_logp)
  minimize mean[token in batch](-clip(ratio, -2, 4))
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  let ratio = exp(logp - old_logp)
  minimize mean[token in batch](-clip(ratio, 0.25, 4))
}
`,
};

export const idleClip: Lint = {
  kind: clipWithoutEffect,
  find: (subject) =>
    subject.exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call' || expr.callee.text !== 'clip') return [];
      const [x, low, high] = expr.args.map(({ value }) => value);
      if (x === undefined || low === undefined || high === undefined) return [];
      return [...idle(x, low, 'lower', subject), ...idle(x, high, 'upper', subject)];
    }),
};

const isInfinite = (expr: Expr): boolean =>
  expr.kind === 'inf' || (expr.kind === 'unary' && expr.operand.kind === 'inf');

/** A finite bound outside of what the value can be; the values of parameters at their defaults count, too. */
function idle(
  x: Expr,
  bound: Expr,
  side: 'lower' | 'upper',
  { rangeWhereRead, rangeOf, rangeAtDefaults }: Subject,
): readonly Diagnostic[] {
  if (isInfinite(bound)) return [];
  const never = (value: Interval, limit: Interval): boolean =>
    side === 'lower' ? value.low >= limit.high : value.high <= limit.low;
  const always = never(rangeOf(x), rangeOf(bound)) && never(rangeWhereRead(x), rangeOf(bound));
  if (!always && !never(rangeAtDefaults(x), rangeAtDefaults(bound))) return [];
  const value = always ? rangeOf(x) : rangeAtDefaults(x);
  const limit = rangeAtDefaults(bound);
  return [
    diagnose(clipWithoutEffect, {
      title: `${side} bound never binds${always ? '' : ' at the default'}`,
      primary: {
        span: bound.span,
        text: limit.low === limit.high ? `is ${limit.low}` : `ranges over ${intervalText(limit)}`,
      },
      secondary: [{ span: x.span, text: `ranges over ${intervalText(value)}` }],
      hint:
        side === 'lower'
          ? 'write `-inf` where no lower bound is meant'
          : 'write `inf` where no upper bound is meant',
    }),
  ];
}
