/** E0214: files import each other in a circle. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Import } from '../../syntax/ast.js';

export const importCircle: DiagnosticKind = {
  code: 'E0214',
  severity: 'error',
  title: 'files import each other in a circle',
  explanation:
    'A definition uses earlier ones only, so of two files that import each other neither could come first. Move what both need into a third file.',
  bad: `import { scaled } from "example.obj"

def halved(x) = x / 2

objective example {
  model logp : token
  minimize mean[token in batch](-scaled(halved(logp)))
}
`,
  good: `def scaled(x) = 2 * x
def halved(x) = x / 2

objective example {
  model logp : token
  minimize mean[token in batch](-scaled(halved(logp)))
}
`,
};

/** An import that leads back to the file it stands in. */
export const describeImportCircle = ({ span }: Import['path'], files: readonly string[]): Diagnostic =>
  diagnose(importCircle, {
    title: files.length === 1 ? 'file imports itself' : importCircle.title,
    primary: { span, text: 'leads back to this file' },
    notes: files.length === 1 ? [] : [`${[...files, files[0] ?? ''].join(' imports ')}`],
    hint: files.length === 1 ? undefined : 'move what both need into a third file',
  });
