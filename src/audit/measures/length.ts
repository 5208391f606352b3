/** How a rollout's whole gradient grows with its length: the exponent k of T^k, measured on two rollouts of one batch. */
import type { Answer } from '../../proof/audit.js';
import type { Subject } from '../subject.js';
import { measure, usualParams } from './batch.js';

const about = { question: 'length', title: 'length exponent', judgement: 'neutral', findings: [] } as const;

export function lengthExponent({ program, loss }: Subject): Answer {
  const params = usualParams(program);
  const gradient = loss.gradients.find(
    ({ input }) => program.inputs.find(({ name }) => name === input)?.level === 'token',
  );
  if (params === undefined || gradient === undefined)
    return { ...about, ground: 'not applicable', text: 'the loss has no gradient per token' };
  // Two right and two wrong rollouts of 8 tokens, and of 16.
  const { values, ragged } = measure(program, [gradient.value], {
    lengths: [8, 16, 8, 16],
    right: 2,
    params,
  });
  const totals = new Float64Array(4);
  const [value] = values;
  ragged.rolloutOfToken.forEach((row, at) => {
    totals[row] = (totals[row] ?? 0) + (value?.[value.length === 1 ? 0 : at] ?? NaN);
  });
  const exponents = [0, 2].flatMap((row) => {
    const k = Math.log2(Math.abs((totals[row + 1] ?? NaN) / (totals[row] ?? NaN)));
    return Number.isFinite(k) ? [Math.round(k * 100) / 100] : [];
  });
  const [k, other] = exponents;
  if (k === undefined) return { ...about, ground: 'not applicable', text: 'the gradient is 0 on-policy' };
  const both =
    other === undefined || other === k
      ? `T^${String(k)}`
      : `T^${String(k)} for right and T^${String(other)} for wrong ones`;
  return {
    ...about,
    ground: 'measured',
    text: `on-policy, the gradient of a rollout grows like ${both} (8 and 16 tokens, in one batch)`,
  };
}
