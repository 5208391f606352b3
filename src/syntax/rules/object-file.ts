/** E0191: file is binary. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const objectFile: DiagnosticKind = {
  code: 'E0191',
  severity: 'error',
  title: 'file is binary',
  explanation:
    'The extension `.obj` also belongs to the object files of compilers, and this file holds binary data. Objectives may be kept under the extension `.objective` instead.',
  bad: 'd\u0086\u0000\u0003\n',
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A whole file that is binary. */
export const describeBinary = (span: Span): Diagnostic =>
  diagnose(objectFile, {
    primary: { span, text: 'a zero byte, which no text has' },
    hint: 'it may be an object file of a compiler; an objective may have the extension `.objective`',
  });
