/** One point at which a comparison fails. */
import type { Statement } from '../../../ir/claim.js';
import type { Budget } from '../../budget.js';
import { fails, pointAt } from '../confirm.js';
import { comparing } from '../margins.js';
import { look } from '../probe.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Goal } from '../search.js';
import type { Subject } from '../subject.js';

export function refuteComparison(
  subject: Subject,
  { operator }: Extract<Statement, { readonly kind: 'comparison' }>,
  budget: Budget,
): Refutation | undefined {
  const goal: Goal<undefined> = (probe, values) => {
    const { holds, parts } = look(probe, values);
    const [left = NaN, right = NaN] = parts;
    if (!holds || Number.isNaN(left) || Number.isNaN(right)) return undefined;
    return { margin: comparing(operator, left, right), what: undefined };
  };
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, goal, drawing, effortFor(probe), budget, (_, values) => {
      const point = pointAt(probe, values);
      const [left, right] = point?.parts ?? [];
      if (point === undefined || left === undefined || right === undefined) return undefined;
      return fails(operator, left, right) ? witnessOf(probe, [point]) : undefined;
    }),
  );
}
