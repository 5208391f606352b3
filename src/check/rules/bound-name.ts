/** E0408: end of an interval is no parameter. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const boundName: DiagnosticKind = {
  code: 'E0408',
  severity: 'error',
  title: 'end of an interval is no parameter',
  explanation:
    'An end of an interval is a number, `inf`, or the name of an earlier parameter, any of them with a minus sign. A domain is a contract that is read before the batch: it cannot depend on data, on what the model computes, or on values made of those.',
  bad: `objective example {
  data width : batch
  param eps in (0, width) = 0.2
  model logp : token
  minimize mean[token in batch](-logp) * eps * width
}
`,
  good: `objective example {
  param width in (0, 1) = 0.5
  param eps in (0, width) = 0.2
  model logp : token
  minimize mean[token in batch](-logp) * eps * width
}
`,
};

const WHAT: Readonly<Record<string, string>> = {
  model: 'an output of the model',
  data: 'data',
  tag: 'a tag',
  let: 'a `let`',
  metric: 'a metric',
};

/** What could have been a parameter is one better. */
const instead = (name: string, kind: string): string | undefined =>
  kind === 'data' || kind === 'let' ? `declare \`${name}\` with \`param\`` : undefined;

/** A name that stands for something else than a parameter; `meant` is a parameter of nearly that name. */
export const describeBoundName = (
  name: Name,
  declared: { readonly kind: string; readonly name: Name },
  meant: string | undefined,
): Diagnostic =>
  diagnose(boundName, {
    primary: {
      span: name.span,
      text: `expected a number or an earlier parameter, found ${WHAT[declared.kind] ?? declared.kind}`,
    },
    secondary: [{ span: declared.name.span, text: 'declared here' }],
    hint: meant === undefined ? instead(name.text, declared.kind) : `did you mean \`${meant}\`?`,
  });
