/** `audit`: a fixed list of questions about any objective, whether or not it claims anything. */
import { domainText } from '../base/domain.js';
import type { Expr, Named } from '../ir/expr.js';
import type { DerivedProgram } from '../ir/program.js';
import type { Answer, Audit, AuditedScore, ClosedForm } from '../proof/audit.js';
import type { Verdict } from '../proof/verdict.js';
import { casesOf } from '../report/cases.js';
import { formula, nameText, type Style } from '../report/formula.js';
import { foldNames } from '../simplify/fold-names.js';
import { simplify } from '../simplify/simplify.js';
import { measures } from './measures/index.js';
import { NO_ROLES, claimOf, type Question } from './question.js';
import { questions } from './questions/index.js';
import { shapesOf } from './shape.js';
import { onPolicy, subjectsOf, type Subject } from './subject.js';

/** Decides one claim of a program (`verifyClaim`), with at most so much work where that is less than what is usual. */
export type Decide = (program: DerivedProgram, at: number, most?: number) => Verdict;

export interface Asking {
  readonly program: DerivedProgram;
  /** Each optimised value as the source writes it. */
  readonly losses: readonly string[];
  readonly decide: Decide;
  /** Of the closed forms. */
  readonly style: Style;
}

/** Answers every question about one objective. */
export function auditOf({ program, losses, decide, style }: Asking): Audit {
  const subjects = subjectsOf(program);
  return {
    objective: program.name,
    ...(program.title === undefined ? {} : { title: program.title }),
    papers: program.doc.paper,
    loss: program.losses
      .map(
        ({ direction, name }, at) =>
          `${direction} ${losses[at] ?? ''}${name === undefined ? '' : ` as ${name}`}`,
      )
      .join('; '),
    parameters: program.params.map(({ name, domain, default: value }) => ({
      name,
      domain: domainText(domain),
      ...(value === undefined ? {} : { default: value }),
    })),
    scores: subjects.map((subject) => scoreOf(subject, decide, style)),
    answers: BY_CONSTRUCTION,
  };
}

function scoreOf(subject: Subject, decide: Decide, style: Style): AuditedScore {
  const { program, loss, score, level, weight, policies, roles } = subject;
  const of = loss.name === undefined ? 'loss' : `loss.${loss.name}`;
  const title = `w = ∂${of}/∂${nameText(score.name, style)}`;
  const body = weight.op === 'named' ? weight.x : weight;
  const pairs = policies.map(
    ({ current, behaviour }) => `\`${current.name}\` equal to its \`${behaviour.name}\``,
  );
  return {
    score: score.name,
    level,
    weight: closedForm(title, body, level, program, style),
    ...(policies.length === 0
      ? {}
      : { onPolicy: closedForm('w on-policy', onPolicy(body, policies), level, program, style) }),
    roles:
      roles === undefined
        ? NO_ROLES
        : `positive where w < 0, and negative where w > 0, with every ${pairs.join(' and every ')}`,
    answers: [
      ...questions.map((question) => answer(question, subject, decide)),
      ...shapesOf(subject, decide),
      ...measures.map((measure) => measure(subject)),
    ],
  };
}

function closedForm(
  title: string,
  value: Expr,
  level: string,
  program: DerivedProgram,
  style: Style,
): ClosedForm {
  const names = program.lets.map((one) => one.value).filter((one): one is Named => one.op === 'named');
  const [folded = value] = foldNames([value], names);
  const [simple = folded] = simplify([folded], 'real');
  const cases = casesOf(simple).map((one) => ({
    ...(one.condition === undefined ? {} : { condition: formula(one.condition, style) }),
    value: formula(one.value, style),
  }));
  return { title, level, cases };
}

function answer(question: Question, subject: Subject, decide: Decide): Answer {
  const about = { question: question.id, title: question.title };
  const asked = question.claim(subject);
  if ('notApplicable' in asked)
    return {
      ...about,
      ground: 'not applicable',
      judgement: 'neutral',
      text: asked.notApplicable,
      findings: [],
    };
  const program = { ...subject.program, claims: [claimOf(asked)] };
  const verdict = decide(program, 0);
  const { status, findings, witness, unknown, defect } = verdict;
  const evidence = { findings, ...(witness === undefined ? {} : { witness }) };
  if (defect === 'vacuous')
    return {
      ...about,
      ground: 'not applicable',
      judgement: 'neutral',
      text: 'no such element exists',
      findings: [],
    };
  if (status === 'unknown')
    return {
      ...about,
      ground: 'unknown',
      judgement: 'neutral',
      text: `not decided: ${unknown?.reason ?? 'no proof and no witness was found'}`,
      findings,
    };
  const reading = question[status](subject, verdict);
  return { ...about, ground: status, ...reading, ...evidence };
}

/** What holds for every objective of the language (language.md, §5 and §8). */
const BY_CONSTRUCTION: readonly Answer[] = [
  {
    question: 'masks',
    title: 'mask safety',
    ground: 'by construction',
    judgement: 'good',
    text: 'masked positions do not exist in the language: nothing there reaches loss or gradient, NaN and infinities included',
    findings: [],
  },
  {
    question: 'partition',
    title: 'partition invariance',
    ground: 'by construction',
    judgement: 'good',
    text: 'normalisers are sums over named levels: the accumulated gradient does not depend on how the batch is cut into micro-batches or ranks',
    findings: [],
  },
];
