/** E0190: file is a Wavefront mesh. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const meshFile: DiagnosticKind = {
  code: 'E0190',
  severity: 'error',
  title: 'file is a Wavefront mesh',
  explanation:
    'The extension `.obj` also belongs to a format of three-dimensional models, and this file is one. Objectives may be kept under the extension `.objective` instead.',
  bad: `# a triangle
v 0 0 0
v 1 0 0
v 0 1 0
f 1 2 3
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A whole file that is a mesh. */
export const describeMesh = (span: Span): Diagnostic =>
  diagnose(meshFile, {
    primary: { span, text: 'a statement of the Wavefront OBJ format' },
    hint: 'an objective may have the extension `.objective` as well',
  });
