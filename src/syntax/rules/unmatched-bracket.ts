/** E0121: closing bracket without a partner. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import type { Detector } from '../situation.js';
import { is, isCloser, spanOf } from '../token-list.js';

export const unmatchedBracket: DiagnosticKind = {
  code: 'E0121',
  severity: 'error',
  title: 'closing bracket without a partner',
  explanation: 'A closing bracket ends what the nearest open one began; this one has nothing to end.',
  bad: `objective example {
  model logp : token
  metric one = exp(1))
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric one = exp(1)
  minimize mean[token in batch](-logp)
}
`,
};

/** A closing bracket where none of its kind is open. */
export const detectUnmatchedBracket: Detector = ({ problem, found, opener }) => {
  if (found === undefined || !isCloser(found)) return undefined;
  const inItem = problem.rule === 'objective' && problem.expected === 'RCurly' && !is(found, 'RCurly');
  if (!(problem.rule === 'file' || (inItem && is(opener, 'LCurly')))) return undefined;
  return diagnose(unmatchedBracket, {
    title: `unmatched \`${found.image}\``,
    primary: { span: spanOf(found), text: 'nothing to close' },
  });
};
