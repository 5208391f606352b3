/** An audit as Markdown: a page for a pull request, or for a paper's appendix. */
import type { Answer, Audit, ClosedForm } from '../proof/audit.js';
import { evidenceOf, markOf } from './audit-text.js';

const cell = (text: string): string => text.replace(/([\\|*_<>[\]])/g, '\\$1').replace(/\n/g, ' ');
const code = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``;

const row = (answer: Answer): string =>
  `| ${markOf(answer)} | ${cell(answer.title)} | ${[answer.text, ...evidenceOf(answer)].map(cell).join('; ')} | ${answer.ground} |`;

const form = ({ title, level, cases }: ClosedForm): readonly string[] => [
  `${code(title)}, one per ${level}:`,
  '',
  ...cases.map(({ condition, value }) =>
    cases.length === 1
      ? `- ${code(value)}`
      : `- ${code(value)} ${condition === undefined ? 'otherwise' : `where ${code(condition)}`}`,
  ),
  '',
];

const table = (answers: readonly Answer[]): readonly string[] => [
  '|   | Question | Answer | Ground |',
  '|---|---|---|---|',
  ...answers.map(row),
  '',
];

export function auditMarkdown(audit: Audit): string {
  const parameters = audit.parameters.map(
    ({ name, domain, default: value }) =>
      `- ${code(name)} in ${code(domain)}${value === undefined ? '' : `, ${String(value)} by default`}`,
  );
  return [
    `## ${cell(audit.objective)}`,
    '',
    ...(audit.title === undefined ? [] : [cell(audit.title), '']),
    ...audit.papers.flatMap((paper) => [`Paper: ${cell(paper)}`, '']),
    code(audit.loss),
    '',
    ...parameters,
    ...(parameters.length > 0 ? [''] : []),
    ...audit.scores.flatMap((score) => [
      `### By ${code(score.score)}`,
      '',
      ...form(score.weight),
      ...(score.onPolicy === undefined ? [] : form(score.onPolicy)),
      `An element is ${score.roles.replace(/^which/, 'neither: which')}.`,
      '',
      ...table(score.answers),
    ]),
    '### The objective',
    '',
    ...table(audit.answers),
  ].join('\n');
}
