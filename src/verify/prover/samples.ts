/** A few points where a context's conditions hold, so that what fails at one of them is not tried. */
import type { Condition } from '../../proof/term.js';
import type { Context } from './context.js';
import { evaluatorOf } from './evaluate.js';
import { pointsOf, type Point } from './falsify.js';
import { sizeOf, variablesOf } from './walk.js';

type Spend = (steps: number) => boolean;
const MOST = 8;
const TRIES = 160;
const known = new WeakMap<Context, readonly Point[]>();

function samplesOf(context: Context, spend: Spend): readonly Point[] {
  const found =
    known.get(context) ?? pointsOf([...context.literals, ...context.others], new Set(), TRIES, spend, MOST);
  known.set(context, found);
  return found;
}

/** False where the condition fails at some point at which the context's hold. */
export function mayHold(context: Context, condition: Condition, spend: Spend): boolean {
  spend(Math.ceil(sizeOf(condition) / 2));
  const names = [...variablesOf(condition)];
  const evaluator = evaluatorOf([condition], names);
  return samplesOf(context, spend).every((point) => {
    evaluator.at(names.map((name) => point.get(name) ?? 1));
    return evaluator.decided(condition) !== false;
  });
}
