/** What groups teach that tell nothing apart: all right, all wrong, equal rewards, a single rollout. */
import { ONE, ZERO, constant, count, eq, input, reduce } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { InputInfo } from '../../ir/program.js';
import type { Asked, Question } from '../question.js';
import type { Subject } from '../subject.js';

const SET = { from: 'rollout', to: 'group' } as const;
const NO_GROUP = { notApplicable: 'the score is not of a rollout or token, so it has no group' };

const isOfRollouts = ({ level }: Subject): boolean => level === 'rollout' || level === 'token';

/** Labels are data of rollouts with two values. */
const isLabel = ({ role, level, domain }: InputInfo): boolean =>
  role === 'data' && level === 'rollout' && domain?.kind === 'set' && domain.values.length === 2;
const isReward = ({ role, level, name }: InputInfo): boolean =>
  role === 'data' && level === 'rollout' && !/logp/.test(name);

const isZero = ({ weight }: Subject, assuming: Expr): Asked => ({
  assuming,
  statement: { kind: 'comparison', operator: '==', left: weight, right: ZERO },
});

function degenerate(id: string, title: string, condition: (subject: Subject) => Expr | string): Question {
  return {
    id,
    title,
    claim: (subject) => {
      if (!isOfRollouts(subject)) return NO_GROUP;
      const assuming = condition(subject);
      return typeof assuming === 'string' ? { notApplicable: assuming } : isZero(subject, assuming);
    },
    proved: () => ({ judgement: 'good', text: 'w is 0: it teaches nothing, and costs nothing' }),
    refuted: () => ({ judgement: 'neutral', text: 'w need not be 0' }),
  };
}

function allLabelled(subject: Subject, which: 'highest' | 'lowest'): Expr | string {
  const label = subject.program.inputs.find(isLabel);
  if (label?.domain?.kind !== 'set') return 'the objective declares no label of rollouts with two values';
  const value = which === 'highest' ? Math.max(...label.domain.values) : Math.min(...label.domain.values);
  return reduce('all', SET, eq(input('data', label.name, 'rollout'), constant(String(value))));
}

function equalRewards({ program }: Subject): Expr | string {
  const reward = program.inputs.find(isReward);
  if (reward === undefined) return 'the objective declares no data of rollouts that could be a reward';
  const value = input('data', reward.name, 'rollout');
  return reduce('all', SET, eq(value, reduce('mean', SET, value)));
}

export const allRight = degenerate('all-right', 'a group that is all right', (subject) =>
  allLabelled(subject, 'highest'),
);
export const allWrong = degenerate('all-wrong', 'a group that is all wrong', (subject) =>
  allLabelled(subject, 'lowest'),
);
export const zeroVariance = degenerate('zero-variance', 'a group of equal rewards', equalRewards);
export const alone = degenerate('alone', 'a group of one', () => eq(count(SET), ONE));
