/** E0213: imported file cannot be found. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { ImportProblem } from '../../link/link.js';
import type { Import } from '../../syntax/ast.js';

export const importPath: DiagnosticKind = {
  code: 'E0213',
  severity: 'error',
  title: 'imported file cannot be found',
  explanation:
    'An import names `"std"`, the standard library, or another file by a path relative to the one that imports it, with forward slashes. Where a program is compiled without files, from a text alone, only the standard library can be imported.',
  bad: `import { k3 } from "estimators.obj"

objective example {
  model logp : token
  data ref_logp : token
  minimize mean[token in batch](k3(logp, ref_logp))
}
`,
  good: `import { k2 } from "std"

objective example {
  model logp : token
  data ref_logp : token
  minimize mean[token in batch](k2(logp, ref_logp))
}
`,
};

/** A path that leads to no text. */
export function describeImportPath(
  { text, span }: Import['path'],
  problem: Exclude<ImportProblem, { kind: 'circle' }>,
): Diagnostic {
  if (problem.kind === 'path')
    return diagnose(importPath, {
      title: 'import needs a relative path',
      primary: { span, text: 'expected `"std"` or the path of a file, relative to this one' },
    });
  return diagnose(importPath, {
    title: 'imported file cannot be found',
    primary: { span, text: problem.canResolve ? 'there is no such file' : 'there are no files here' },
    hint: /^(standard|stdlib|std\.obj|veriloss)$/i.test(text)
      ? 'the standard library is `"std"`'
      : problem.canResolve
        ? 'paths are relative to the file that imports'
        : undefined,
  });
}
