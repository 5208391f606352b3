/** E0116: no item begins with this word. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';
import { nearest } from '../../base/suggest.js';
import { ITEM_KEYWORDS } from '../../../grammar/tokens.js';
import type { Detector } from '../situation.js';
import { is, isName, onNewLine, spanOf } from '../token-list.js';

export const expectedItem: DiagnosticKind = {
  code: 'E0116',
  severity: 'error',
  title: 'no item begins with this word',
  explanation:
    'Every item of an objective begins with one of `param`, `model`, `data`, `let`, `minimize`, `maximize`, `metric`, `assume`, `verify` and `refute`.',
  bad: `objective example {
  model logp : token
  minimise mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

const foreign: Readonly<Record<string, string>> = {
  const: 'let',
  var: 'let',
  val: 'let',
  loss: 'minimize',
  input: 'data',
  parameter: 'param',
  assert: 'verify',
  prove: 'verify',
  require: 'assume',
};

/** The keyword that was probably meant by a word at the place of an item. */
export const meantKeyword = (image: string): string | undefined =>
  Object.hasOwn(foreign, image) ? foreign[image] : nearest(image, ITEM_KEYWORDS);

/** A word at the place of an item that is not an item keyword. */
export const describeItem = (image: string, span: Span): Diagnostic => {
  const meant = meantKeyword(image);
  return diagnose(expectedItem, {
    title: `no item begins with \`${image}\``,
    primary: { span, text: 'expected the keyword of an item' },
    hint:
      meant === undefined
        ? 'items begin with `param`, `data`, `let`, `minimize`, `verify` and so on'
        : `did you mean \`${meant}\`?`,
  });
};

/** Something that begins no item right after the opening brace, or a word on a line of its own. */
export const detectExpectedItem: Detector = ({ problem, found, previous, list }) => {
  if (problem.rule !== 'objective' || problem.expected !== 'RCurly' || found === undefined) return undefined;
  const atStart = is(previous, 'LCurly') || (isName(found) && onNewLine(list.text, previous, found));
  return atStart ? describeItem(found.image, spanOf(found)) : undefined;
};
