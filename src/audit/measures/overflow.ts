/** From which log-ratio on float32 overflows: the reference, rounded to float32 after every operation. */
import type { Answer } from '../../proof/audit.js';
import type { Subject } from '../subject.js';
import { measure, usualParams } from './batch.js';

const about = { question: 'overflow', title: 'float32 overflow', findings: [] } as const;
/** Further than any policy strays. */
const FAR = 2000;

export function overflow({ program, loss }: Subject): Answer {
  const params = usualParams(program);
  if (params === undefined)
    return { ...about, ground: 'not applicable', judgement: 'neutral', text: 'a parameter has no default' };
  const roots = [loss.loss, ...loss.gradients.map(({ value }) => value)];
  const isFiniteAt = (row: number, by: number): boolean => {
    const { values } = measure(program, roots, {
      lengths: [1, 1, 1, 1],
      right: 2,
      params,
      moved: { row, by },
      rounding: Math.fround,
    });
    return values.every((each) => each.every(Number.isFinite));
  };
  const found = [1, -1].flatMap((side) => {
    const first = [0, 2].map((row) => firstFailure((by) => isFiniteAt(row, by * side)));
    const least = Math.min(...first);
    return least > FAR
      ? []
      : [`${side > 0 ? 'above' : 'below'} ${String(Math.round(least * side * 10) / 10)}`];
  });
  return found.length === 0
    ? {
        ...about,
        ground: 'measured',
        judgement: 'good',
        text: `none for log-ratios within ±${String(FAR)} of one token`,
      }
    : {
        ...about,
        ground: 'measured',
        judgement: 'neutral',
        text: `a token's log-ratio ${found.join(' or ')} makes the loss or its gradient infinite or NaN in float32`,
      };
}

/** The least distance at which something fails, found by doubling and bisection; beyond FAR where nothing does. */
function firstFailure(isFine: (by: number) => boolean): number {
  let high = 1;
  while (high <= FAR && isFine(high)) high *= 2;
  if (high > FAR && isFine(FAR)) return Infinity;
  let low = high / 2;
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (isFine(middle)) low = middle;
    else high = middle;
  }
  return high;
}
