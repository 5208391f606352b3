/** A root that is at most 0 is 0, and so is what it is the root of, and every square in a sum of squares that is 0. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import { isWhole, signOf } from '../../../proof/rational.js';
import type { Literal, Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { decide, extended } from '../context.js';
import { contradiction, having } from '../facts.js';
import { instance } from '../lemmas.js';
import { squaresIn } from '../squares.js';
import { stepTo } from '../subproof.js';
import { after, assuming, type Step, type Task } from '../task.js';
import { hasSelect, variablesOf } from '../walk.js';

/** For one square. */
const SQUARE_STEPS = 20_000;

type Root = Extract<Term, { readonly op: 'power' }>;

export function vanishing(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const root of rootsAtMostZero(task)) {
    const base: Literal = { op: '==', x: root.base };
    if (decide(task.context, base) === true) continue;
    const steps = [...baseVanishes(task, root, base, budget)];
    if (steps.length === 0) continue;
    const facts: Literal[] = [base];
    const inside = { ...assuming(task, base), depth: task.depth - 1 };
    for (const { x } of squaresIn([root.base])) {
      const square: Literal | undefined = x.op === 'power' ? { op: '==', x: x.base } : undefined;
      const more = square && stepTo(inside, square, budget.share(SQUARE_STEPS));
      if (square === undefined || more === undefined) continue;
      steps.push(...more);
      facts.push(square);
    }
    const then = task.search.solve({ ...assuming(task, ...facts), depth: task.depth - 1 }, budget);
    if (then !== undefined) return after(steps, then);
  }
  return undefined;
}

/** Roots of which the hypotheses say that they are not positive. */
function rootsAtMostZero({ context, aims }: Task): readonly Root[] {
  const names = new Set(aims.flatMap((one) => [...variablesOf(one)]));
  return context.literals.flatMap(({ op, x }) => {
    if (op !== '>=' && op !== '==') return [];
    const factors = x.op === 'product' ? x.factors : [x];
    const roots = factors.filter((one): one is Root => one.op === 'power');
    const [root, more] = roots;
    const isRoot = root !== undefined && more === undefined && !isWhole(root.exponent);
    const isNear = isRoot && [...variablesOf(root)].some((name) => names.has(name));
    if (!isNear || signOf(root.exponent) < 0 || hasSelect(root)) return [];
    return decide(context, build.literal('>=', build.negated(root))) === true ? [root] : [];
  });
}

/** t ≥ 0 and t^q ≤ 0, which is never negative, so that it is 0, and a power of it is a power of t. */
function baseVanishes(task: Task, root: Root, base: Literal, budget: Budget): readonly Step[] {
  const had = having(task, build.literal('>=', root.base), budget.share(2000), squaresIn([root.base]));
  if (had === undefined) return [];
  const { steps, adds } = instance('root', [root.base, build.number(root.exponent)]);
  const most: Literal = { op: '>=', x: build.negated(root) };
  const negated: Literal = { op: '!=', x: root.base };
  const by = contradiction(extended(task.context, had.fact, ...adds), [negated, most, ...adds], 2, budget);
  return by === undefined ? [] : [...had.steps, { rule: 'have', fact: base, by: after(steps, by) }];
}
