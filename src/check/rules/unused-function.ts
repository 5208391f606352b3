/** W0203: definition is never called. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const unusedFunction: DiagnosticKind = {
  code: 'W0203',
  severity: 'warning',
  title: 'definition is never called',
  explanation:
    'Nothing in the file calls this definition or import. A file that states no objective is there to be imported: its definitions may well go uncalled.',
  bad: `import { k2, k3 } from "std"

objective example {
  model logp : token
  data ref_logp : token
  minimize mean[token in batch](k3(logp, ref_logp))
}
`,
  good: `import { k3 } from "std"

objective example {
  model logp : token
  data ref_logp : token
  minimize mean[token in batch](k3(logp, ref_logp))
}
`,
};

/** A function that nothing calls. */
export const describeUnusedFunction = (name: Name, how: 'imported' | 'defined'): Diagnostic =>
  diagnose(unusedFunction, {
    title: `\`${name.text}\` is never called`,
    primary: { span: name.span, text: `${how}, and used nowhere` },
    hint: how === 'imported' ? 'take it out of the import' : 'remove it, or call it',
  });
