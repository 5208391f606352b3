/** E0216: imported file has errors. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Import } from '../../syntax/ast.js';

export const importedWrong: DiagnosticKind = {
  code: 'E0216',
  severity: 'error',
  title: 'imported file has errors',
  explanation:
    'A file is imported as a whole: while it has errors, nothing of it is used. Check that file by itself to see all of them.',
  files: { 'wrong.obj': 'def scaled(x) = 2 * y\n' },
  bad: `import { scaled } from "wrong.obj"

objective example {
  model logp : token
  minimize mean[token in batch](-scaled(logp))
}
`,
  good: `def scaled(x) = 2 * x

objective example {
  model logp : token
  minimize mean[token in batch](-scaled(logp))
}
`,
};

/** An imported file with errors, of which the first is told. */
export const describeImportedWrong = ({ text, span }: Import['path'], first: string): Diagnostic =>
  diagnose(importedWrong, {
    title: 'imported file has errors',
    primary: { span, text: 'nothing of it is used' },
    notes: [first],
    hint: text === 'std' ? undefined : `see \`veriloss check ${text}\``,
  });
