/** A point within the hypotheses at which a claimed or a minimised value is undefined. */
import { printExpr } from '../../../ir/print.js';
import type { Budget } from '../../budget.js';
import { unvaluedAt } from '../confirm.js';
import { look, type Probe } from '../probe.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Goal } from '../search.js';
import type { Subject } from '../subject.js';
import { tapeOf } from '../tape.js';

export function findUndefined(subject: Subject, budget: Budget): Refutation | undefined {
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, goalFor(probe), drawing, effortFor(probe), budget, (_, values) => {
      const found = unvaluedAt(probe, values);
      if (found === undefined) return undefined;
      const { expr, point } = found;
      const loss = subject.losses.includes(expr) ? 'the minimised value' : printExpr(expr, true);
      return witnessOf(probe, [point], undefined, { summary: `${loss} has no value` });
    }),
  );
}

function goalFor(probe: Probe): Goal<undefined> {
  const { subject, lost, scene } = probe;
  const losses = tapeOf(subject.graph, lost, scene);
  return (_, values) => {
    const { holds, parts } = look(probe, values);
    if (!holds) return undefined;
    const isMissing = ![...parts, ...losses.run(values)].every(Number.isFinite);
    return { margin: isMissing ? 1 : 0, what: undefined };
  };
}
