/** Whether the weight jumps. */
import type { Question } from '../question.js';

export const continuity: Question = {
  id: 'continuity',
  title: 'continuous weight',
  claim: ({ weight, score }) => ({ statement: { kind: 'continuous', of: weight, variable: score } }),
  proved: ({ score }) => ({ judgement: 'good', text: `w is continuous in ${score.name}` }),
  refuted: ({ score }) => ({ judgement: 'neutral', text: `w jumps in ${score.name}` }),
};
