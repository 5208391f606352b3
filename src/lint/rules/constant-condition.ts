/** W0205: condition always has the same value. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText } from '../../base/interval.js';
import { postOrder } from '../../check/walk.js';
import type { Expr } from '../../syntax/ast.js';
import { decided } from '../decided.js';
import type { Lint, Subject } from '../lint.js';

export const constantCondition: DiagnosticKind = {
  code: 'W0205',
  severity: 'warning',
  title: 'condition always has the same value',
  explanation:
    'The declared domains decide the condition: one side of an `if` is never reached, a `where` keeps all or nothing, a guard holds everywhere or nowhere. Usually the domain or the threshold is not what was meant.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let advantage = if reward > 1 then 1 else -1
  minimize mean[token in batch](-logp * advantage)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let advantage = if reward > 0 then 1 else -1
  minimize mean[token in batch](-logp * advantage)
}
`,
};

export const decidedCondition: Lint = {
  kind: constantCondition,
  find: (subject) => {
    // What is assumed holds because it is assumed.
    const assumed = new Set(postOrder(...subject.model.assumptions));
    // A definition of another file is written for every caller.
    const isElsewhere = ({ span: { origin } }: Expr): boolean =>
      origin !== undefined && origin.source !== subject.source.name;
    return subject.exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'binary' || assumed.has(expr) || isElsewhere(expr)) return [];
      const value = decided(expr, subject.rangeOf);
      return value === undefined ? [] : [describe(expr, value, subject)];
    });
  },
};

function describe(
  { left, right, span }: Extract<Expr, { kind: 'binary' }>,
  value: boolean,
  { rangeOf }: Subject,
): Diagnostic {
  const labels = [left, right]
    .filter(({ kind }) => kind !== 'number')
    .map((side) => ({ span: side.span, text: `ranges over ${intervalText(rangeOf(side))}` }));
  return diagnose(constantCondition, {
    title: `condition is always ${String(value)}`,
    primary: { span, text: `${String(value)} for every batch` },
    secondary: labels,
  });
}
