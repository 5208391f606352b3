/** A few points where a context's conditions hold, so that what fails at one of them is not tried. */
import type { Condition } from '../../proof/term.js';
import type { Context } from './context.js';
import { evaluatorOf } from './evaluate.js';
import { pointsOf, type Point } from './falsify.js';
import { variablesOf } from './walk.js';

const MOST = 8;
const TRIES = 160;
const known = new WeakMap<Context, readonly Point[]>();

export function samplesOf(context: Context): readonly Point[] {
  const found =
    known.get(context) ?? pointsOf([...context.literals, ...context.others], new Set(), TRIES, MOST);
  known.set(context, found);
  return found;
}

/** False where the condition fails at some point at which the context's hold. */
export function mayHold(context: Context, condition: Condition): boolean {
  const names = [...variablesOf(condition)];
  const evaluator = evaluatorOf([condition], names);
  return samplesOf(context).every((point) => {
    evaluator.at(names.map((name) => point.get(name) ?? 1));
    return evaluator.decided(condition) !== false;
  });
}
