/** E0117: text outside an objective. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { nearest } from '../../base/suggest.js';
import { called, type Detector } from '../situation.js';
import { spanOf, startsItem } from '../token-list.js';

export const outsideObjective: DiagnosticKind = {
  code: 'E0117',
  severity: 'error',
  title: 'text outside an objective',
  explanation: 'A file is a list of objectives; whatever else it says stands between the braces of one.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
metric one = 1
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric one = 1
}
`,
};

/** Something that begins no declaration stands between declarations. */
export const detectOutsideObjective: Detector = ({ problem, found }) => {
  if (problem.rule !== 'file' || found === undefined) return undefined;
  const meant = nearest(found.image, ['objective']);
  return diagnose(outsideObjective, {
    primary: { span: spanOf(found), text: `expected \`objective\`, found ${called(found)}` },
    hint:
      meant !== undefined
        ? 'did you mean `objective`?'
        : startsItem(found)
          ? 'items stand between the braces of `objective name { … }`'
          : undefined,
  });
};
