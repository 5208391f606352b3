/** A difference in meaning as Markdown, for a pull request. */
import type { Compared, Difference } from '../proof/difference.js';
import { isSame } from '../proof/difference.js';
import { evidenceOf } from './audit-text.js';

const cell = (text: string): string => text.replace(/([\\|*_<>[\]])/g, '\\$1').replace(/\n/g, ' ');
const code = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``;

const comparedRow = ({ what, status, witness, reason }: Compared): string =>
  `| ${cell(what)} | ${status} | ${cell(witness?.summary ?? reason ?? (status === 'equal' ? 'for every batch, proved' : ''))} |`;

const table = (head: string, rows: readonly string[]): readonly string[] =>
  rows.length === 0 ? [] : ['', head, head.replace(/[^|]+/g, '---'), ...rows];

export function differenceMarkdown(difference: Difference): string {
  const { before, after, incomparable, interface: stated, values, verdicts, answers } = difference;
  return [
    `## ${cell(before)} → ${cell(after)}`,
    ...(isSame(difference) ? ['', 'The same meaning.'] : []),
    ...[...incomparable, ...stated].flatMap((line, at) => [...(at === 0 ? [''] : []), `- ${line}`]),
    ...table('| Value | Verdict | Where |', values.map(comparedRow)),
    ...table(
      '| Claim | Before | After |',
      verdicts.map(
        ({ claim, label, before: a = 'not claimed', after: b = 'not claimed' }) =>
          `| ${label === undefined ? '' : `${cell(label)}: `}${code(claim).replaceAll('|', '\\|')} | ${a} | ${b} |`,
      ),
    ),
    ...table(
      '| Question | Before | After |',
      answers.map(
        ({ title, before: a, after: b }) =>
          `| ${cell(title)} | ${[a.text, ...evidenceOf(a)].map(cell).join('; ')} | ${[b.text, ...evidenceOf(b)].map(cell).join('; ')} |`,
      ),
    ),
    '',
  ].join('\n');
}
