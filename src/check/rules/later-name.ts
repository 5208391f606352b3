/** E0204: name is used before it is defined. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const laterName: DiagnosticKind = {
  code: 'E0204',
  severity: 'error',
  title: 'name is used before it is defined',
  explanation:
    'A file is read from top to bottom: an item sees the params, inputs and lets above it, and it and a definition see the definitions and imports above them. Nothing sees itself: there is no recursion.',
  bad: `objective example {
  model logp : token
  let cost = -scaled
  let scaled = 2 * logp
  minimize mean[token in batch](cost)
}
`,
  good: `objective example {
  model logp : token
  let scaled = 2 * logp
  let cost = -scaled
  minimize mean[token in batch](cost)
}
`,
};

/** A name whose definition is further down. */
export const describeLaterName = (name: Name, later: Name): Diagnostic =>
  diagnose(laterName, {
    title: `\`${name.text}\` is used before it is defined`,
    primary: { span: name.span, text: 'not defined yet' },
    secondary: [{ span: later.span, text: 'defined here' }],
    hint: 'move the definition above its use',
  });

/** A name inside its own definition. */
export const describeItself = (name: Name, defined: Name): Diagnostic =>
  diagnose(laterName, {
    title: `\`${name.text}\` is used in its own definition`,
    primary: { span: name.span, text: 'not defined yet' },
    secondary: [{ span: defined.span, text: 'being defined' }],
    hint: 'give the new value another name',
  });

/** A definition that calls itself. */
export const describeRecursion = (name: Name, defined: Name): Diagnostic =>
  diagnose(laterName, {
    title: `\`${name.text}\` calls itself`,
    primary: { span: name.span, text: 'there is no recursion' },
    secondary: [{ span: defined.span, text: 'being defined' }],
  });
