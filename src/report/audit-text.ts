/** An audit as text for a terminal. */
import { type Paint, plain } from '../base/frame.js';
import type { Answer, Audit, AuditedScore, ClosedForm } from '../proof/audit.js';

const MARK = { good: '✓', bad: '✗', neutral: '·' } as const satisfies Readonly<
  Record<Answer['judgement'], string>
>;
/** What an undecided answer is marked with: it is no fact, good or bad. */
const UNDECIDED = '?';

export const markOf = ({ ground, judgement }: Answer): string =>
  ground === 'unknown' ? UNDECIDED : MARK[judgement];

const formLines = ({ title, level, cases }: ClosedForm): readonly string[] => [
  `  ${title}, one per ${level}`,
  ...cases.map(({ condition, value }) =>
    cases.length === 1
      ? `    ${value}`
      : `    ${value}   ${condition === undefined ? 'otherwise' : `where ${condition}`}`,
  ),
];

/** What is known besides the sentence itself, one line each. */
export function evidenceOf({ findings, witness }: Answer): readonly string[] {
  return [
    ...findings.map(({ what, value, where }) => `${what} ${value}${where === undefined ? '' : `, ${where}`}`),
    ...(witness === undefined ? [] : [witness.summary]),
    ...(witness?.instead === undefined ? [] : [witness.instead]),
  ];
}

function answerLines(answer: Answer, width: number, paint: Paint): readonly string[] {
  const { title, text, ground } = answer;
  const colour = ground === 'unknown' ? paint.yellow : answer.judgement === 'bad' ? paint.red : asIs;
  const basis = ground === 'not applicable' ? '' : ` (${ground})`;
  return [
    `  ${colour(markOf(answer))} ${title.padEnd(width)}  ${ground === 'not applicable' ? `not applicable: ${text}` : text}${basis}`,
    ...evidenceOf(answer).map((line) => `    ${' '.repeat(width)}  ${line}`),
  ];
}
const asIs = (text: string): string => text;

const scoreLines = (score: AuditedScore, width: number, paint: Paint): readonly string[] => [
  '',
  paint.bold(`By ${score.score}`),
  ...formLines(score.weight),
  ...(score.onPolicy === undefined ? [] : formLines(score.onPolicy)),
  `  ${score.roles}`,
  '',
  ...score.answers.flatMap((one) => answerLines(one, width, paint)),
];

/** The whole page, ending in a newline. */
export function auditText(audit: Audit, paint: Paint = plain): string {
  const answers = [...audit.scores.flatMap((score) => score.answers), ...audit.answers];
  const width = Math.max(...answers.map(({ title }) => title.length));
  const lines = [
    paint.bold(`objective ${audit.objective}`),
    ...(audit.title === undefined ? [] : [audit.title]),
    ...audit.papers.map((paper) => `paper: ${paper}`),
    audit.loss,
    ...audit.parameters.map(
      ({ name, domain, default: value }) =>
        `  ${name} in ${domain}${value === undefined ? '' : `, ${String(value)} by default`}`,
    ),
    ...audit.scores.flatMap((score) => scoreLines(score, width, paint)),
    '',
    ...audit.answers.flatMap((one) => answerLines(one, width, paint)),
    '',
    `${LEGEND} Proved and refuted hold for every batch and parameter; measured only at what is said.`,
  ];
  return `${lines.join('\n')}\n`;
}
const LEGEND = `${MARK.good} as it should be, ${MARK.bad} a known defect, ${MARK.neutral} a fact, ${UNDECIDED} not decided.`;
