/** E0314: claim is not one comparison. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr } from '../../syntax/ast.js';
import type { Kind } from '../../ir/type.js';

export const claimShape: DiagnosticKind = {
  code: 'E0314',
  severity: 'error',
  title: 'claim is not one comparison',
  explanation:
    'A plain claim is one comparison with `<=`, `<`, `>=`, `>` or `==`, neither chained nor joined: each verdict is about one statement. What it presupposes goes after `for` or `assuming`.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  verify "labels" : reward >= 0 and reward <= 1
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  verify "not negative" : reward >= 0
  verify "at most one" : reward <= 1
}
`,
};

/** A claim that is no comparison, or more than one. */
export const describeClaimShape = (expr: Expr, kind: Kind, text: string): Diagnostic =>
  diagnose(claimShape, {
    primary: { span: expr.span, text: 'expected one comparison' },
    hint: hintFor(expr, kind, text),
  });

function hintFor(expr: Expr, kind: Kind, text: string): string {
  if (expr.kind === 'binary' && expr.operator === 'and') return 'state each comparison as its own claim';
  if (expr.kind === 'binary' && expr.operator === '!=') return 'claim `<` or `>`, or `is nowhere zero in`';
  if (kind === 'bool') return `write \`${expr.kind === 'name' ? text : `(${text})`} == true\``;
  return `compare it, e.g. \`${text} <= 1\``;
}
