/** A difference in meaning as text for a terminal. */
import { type Paint, plain } from '../base/frame.js';
import type { Answer } from '../proof/audit.js';
import type { ChangedVerdict, Compared, Difference } from '../proof/difference.js';
import { isSame } from '../proof/difference.js';
import { evidenceOf } from './audit-text.js';

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function comparedLines({ what, status, witness, reason }: Compared, paint: Paint): readonly string[] {
  if (status === 'equal') return [`= ${what}: equal for every batch (proved)`];
  if (status === 'unknown')
    return [paint.yellow(`? ${what}: not decided${reason === undefined ? '' : `: ${reason}`}`)];
  return [paint.red(`≠ ${what}: ${witness?.summary ?? reason ?? 'different'}`)];
}

const verdictLine = ({ claim, label, before, after }: ChangedVerdict): string =>
  `${before ?? 'not claimed'} → ${after ?? 'not claimed'}: ${label === undefined ? '' : `"${label}" `}${claim}`;

const answered = (answer: Answer): string => [answer.text, ...evidenceOf(answer)].join('; ');

export function differenceText(difference: Difference, paint: Paint = plain): string {
  const { before, after, incomparable, interface: stated, values, verdicts, answers } = difference;
  const lines = [
    paint.bold(`${before} → ${after}`),
    ...section('Cannot be compared', incomparable),
    ...section('Declarations', stated),
    ...section(
      'Values on the same batch',
      values.flatMap((one) => comparedLines(one, paint)),
    ),
    ...section('Claims', verdicts.map(verdictLine)),
    ...section(
      'What it does',
      answers.flatMap((one) => [one.title, `  - ${answered(one.before)}`, `  + ${answered(one.after)}`]),
    ),
    ...(isSame(difference) ? ['', 'the same meaning'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
