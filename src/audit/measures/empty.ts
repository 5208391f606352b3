/** What a rollout without tokens does to the loss and to the others. */
import type { Answer } from '../../proof/audit.js';
import type { Subject } from '../subject.js';
import { measure, usualParams } from './batch.js';

const about = { question: 'empty-rollouts', title: 'empty rollouts', findings: [] } as const;

export function emptyRollouts({ program, loss }: Subject): Answer {
  const params = usualParams(program);
  if (params === undefined || !program.inputs.some(({ level }) => level === 'token'))
    return { ...about, ground: 'not applicable', judgement: 'neutral', text: 'no input is per token' };
  const roots = [loss.loss, ...loss.gradients.map(({ value }) => value)];
  const { values } = measure(program, roots, { lengths: [3, 0, 3, 0], right: 2, params });
  const isFinite = values.every((each) => each.every(Number.isFinite));
  return isFinite
    ? {
        ...about,
        ground: 'measured',
        judgement: 'good',
        text: 'the loss and its gradient stay finite beside one',
      }
    : {
        ...about,
        ground: 'measured',
        judgement: 'bad',
        text: 'the loss or its gradient is not finite beside one',
      };
}
