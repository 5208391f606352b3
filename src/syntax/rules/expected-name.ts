/** E0111: missing name. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { expecting, here, isCutOff, type Detector } from '../situation.js';
import { is, isReserved } from '../token-list.js';

export const expectedName: DiagnosticKind = {
  code: 'E0111',
  severity: 'error',
  title: 'missing name',
  explanation: 'A name is a letter or `_`, followed by letters, digits and `_` of any script.',
  bad: `objective example {
  model logp : token
  metric = mean[token in batch](logp)
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric level = mean[token in batch](logp)
  minimize mean[token in batch](-logp)
}
`,
};

/** Something else stands where a name is needed. */
export const detectExpectedName: Detector = (situation) => {
  const { problem, found } = situation;
  if (problem.kind !== 'token' || problem.expected !== 'Name' || (isReserved(found) && !isCutOff(situation)))
    return undefined;
  return diagnose(expectedName, {
    primary: { span: here(situation), text: expecting(situation, 'a name') },
    hint: is(found, 'Number') ? 'a name cannot begin with a digit' : undefined,
  });
};
