/** E0110: item goes on after its end. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { SHAPE_WORDS } from '../../../grammar/tokens.js';
import { called, type Detector, type Situation } from '../situation.js';
import { is, isName, spanOf } from '../token-list.js';

export const afterExpression: DiagnosticKind = {
  code: 'E0110',
  severity: 'error',
  title: 'item goes on after its end',
  explanation:
    'An item ended here: what follows continues neither its expression nor its declaration, and is not the keyword of another item. Often an operator is missing, as in `2 * x`.',
  bad: `objective example {
  model logp : token
  minimize 2 mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize 2 * mean[token in batch](-logp)
}
`,
};

const shapes: ReadonlySet<string> = new Set(SHAPE_WORDS);

function adviceFor({ found, previous, problem }: Situation): string | undefined {
  const image = found?.image ?? '';
  if (shapes.has(image)) return `write \`is ${image}\``;
  if (is(found, 'Is', 'Tends')) return 'a claim stands after the colon of `verify` or `refute`';
  if (is(found, 'Then', 'Else')) return `\`${image}\` belongs to an \`if\``;
  if (is(found, 'Where', 'In', 'As', 'For')) return undefined;
  if (is(found, 'Comma')) return 'a comma stands between arguments only';
  if (is(previous, 'Number') && (isName(found) || is(found, 'LParen')))
    return 'multiplication is written with `*`';
  if (is(previous, 'RParen') && is(found, 'LParen')) return 'multiplication is written with `*`';
  if (is(found, 'LSquare')) return 'only reductions have an index, as in `mean[token](x)`';
  if (is(found, 'Colon') && problem.rules.includes('objective'))
    return 'only inputs, claims and named arguments have a colon';
  return undefined;
}

/** Something follows a complete item that is no item. */
export const detectAfterExpression: Detector = (situation) => {
  const { problem, found, previous } = situation;
  if (problem.rule !== 'objective' || problem.expected !== 'RCurly' || found === undefined) return undefined;
  if (is(previous, 'LCurly')) return undefined;
  return diagnose(afterExpression, {
    primary: {
      span: spanOf(found),
      text: `expected an operator, the next item or \`}\`, found ${called(found)}`,
    },
    hint: adviceFor(situation),
  });
};
