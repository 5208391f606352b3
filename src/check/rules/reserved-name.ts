/** E0205: name belongs to the batch itself. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const reservedName: DiagnosticKind = {
  code: 'E0205',
  severity: 'error',
  title: 'name belongs to the batch itself',
  explanation:
    'A compiled objective takes `mask` and `group` with every batch: they say which tokens count and which rollouts belong together. In the language they are the levels, and cannot be declared.',
  bad: `objective example {
  model logp : token
  data mask : token
  minimize mean[token in batch](-logp * mask)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A name that the boundary takes for itself. */
export const describeReservedName = (name: Name): Diagnostic =>
  diagnose(reservedName, {
    title: `\`${name.text}\` belongs to the batch itself`,
    primary: { span: name.span, text: 'cannot be declared' },
    hint: 'leave it out: a token that does not count does not exist, and levels say which group is meant',
  });
