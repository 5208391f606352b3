/** E0108: missing expression. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { called, expecting, here, isCutOff, type Detector, type Situation } from '../situation.js';
import { is, isReserved, startsItem } from '../token-list.js';

export const expectedExpression: DiagnosticKind = {
  code: 'E0108',
  severity: 'error',
  title: 'missing expression',
  explanation:
    'At this place the grammar needs a value: a number, a name, a call, a reduction such as `mean[token](x)`, a conditional, or one of these in parentheses.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](logp * )
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](logp * 2)
}
`,
};

const adviceFor = ({ found, previous }: Situation): string | undefined => {
  if (is(found, 'Plus')) return 'a number has no plus sign: leave it out';
  if (is(found, 'Equals', 'EqualEqual'))
    return 'a value is given with one `=`, two values are compared with `==`';
  if (is(found, 'Comma') && is(previous, 'LParen', 'Comma')) return 'leave out the extra comma';
  if (is(found, 'RParen') && is(previous, 'Comma')) return 'leave out the last comma';
  if (is(found, 'LSquare')) return 'a reduction begins with its name, as in `mean[token](x)`';
  if (is(found, 'LCurly')) return 'expressions are grouped with parentheses';
  if (isReserved(found) && !startsItem(found))
    return `\`${found?.image ?? ''}\` is a reserved word and cannot name a value`;
  return undefined;
};

/** Something else stands where a value is needed. */
export const detectExpectedExpression: Detector = (situation) => {
  const { problem, previous } = situation;
  if (problem.kind !== 'choice' || !expressionRules.has(problem.rule)) return undefined;
  const after = previous === undefined || previous.image === '' ? '' : ` after ${called(previous)}`;
  return diagnose(expectedExpression, {
    primary: {
      span: here(situation),
      text: `${expecting(situation, 'an expression')}${isCutOff(situation) ? after : ''}`,
    },
    hint: isCutOff(situation) ? undefined : adviceFor(situation),
  });
};

const expressionRules: ReadonlySet<string> = new Set([
  'expr',
  'conditional',
  'operation',
  'operand',
  'primary',
  'argument',
]);
