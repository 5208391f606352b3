/** E0215: file defines no function of that name. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Import, Name } from '../../syntax/ast.js';

export const importedName: DiagnosticKind = {
  code: 'E0215',
  severity: 'error',
  title: 'file defines no function of that name',
  explanation:
    'Only what a file defines with `def` can be imported from it: not its objectives, their values, or what it imports itself.',
  bad: `import { k4 } from "std"

objective example {
  model logp : token
  data ref_logp : token
  minimize mean[token in batch](k4(logp, ref_logp))
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

const MOST_LISTED = 6;
const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, MOST_LISTED)
    .map((one) => `\`${one}\``)
    .join(', ')}${names.length > MOST_LISTED ? ' and more' : ''}`;

/** A name that the imported file lacks. */
export const describeImportedName = (
  name: Name,
  path: Import['path'],
  near: string | undefined,
  offered: readonly string[],
): Diagnostic =>
  diagnose(importedName, {
    title: `no definition \`${name.text}\` in the imported file`,
    primary: { span: name.span, text: 'not defined there' },
    secondary: [{ span: path.span, text: offered.length === 0 ? 'defines nothing' : 'the file' }],
    hint:
      near !== undefined
        ? `did you mean \`${near}\`?`
        : offered.length === 0
          ? undefined
          : `it defines ${listed(offered)}`,
  });
