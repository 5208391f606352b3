/** E0112: reserved word as a name. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';
import type { Detector } from '../situation.js';
import { is, isReserved, spanOf } from '../token-list.js';

export const reservedWord: DiagnosticKind = {
  code: 'E0112',
  severity: 'error',
  title: 'reserved word as a name',
  explanation:
    'The words that begin items, the levels, and `in where as for assuming if then else and or not true false inf pi local import def objective from` cannot name anything. The names of functions and the words of claims can.',
  bad: `objective example {
  model logp : token
  metric group = mean[token in batch](logp)
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric group_level = mean[token in batch](logp)
  minimize mean[token in batch](-logp)
}
`,
};

/** A reserved word where something is named. */
export const describeReserved = (word: string, span: Span): Diagnostic =>
  diagnose(reservedWord, {
    title: `\`${word}\` is a reserved word`,
    primary: { span, text: 'cannot be a name' },
    hint: `choose another name, e.g. \`${word}_\``,
  });

/** A reserved word where the grammar needs a name, or where a definition has its first parameter. */
export const detectReservedWord: Detector = ({ problem, found, previous }) => {
  if (problem.kind !== 'token' || found === undefined || !isReserved(found)) return undefined;
  const isParameter = problem.rule === 'definition' && is(previous, 'LParen');
  return problem.expected === 'Name' || isParameter
    ? describeReserved(found.image, spanOf(found))
    : undefined;
};
