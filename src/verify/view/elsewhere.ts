/** What is assumed of every element, where a claim varies a value at one of them. */
import { isFiner } from '../../base/level.js';
import type { Expr } from '../../ir/expr.js';
import { nameOf, readsName, under } from './opaque.js';
import type { Place } from './place.js';

/** Whether what is varied enters an assumption at one element at most, which is one of the claim's own. */
export function isOwnAlone(assumption: Expr, variable: Expr, { elements }: Place): boolean {
  const moves = (node: Expr): boolean => readsName(node, nameOf(variable));
  if (!moves(assumption)) return true;
  const { level } = assumption.type;
  const leavesIt = (node: Expr): boolean => ELSEWHERE.includes(node.op) || isFiner(level, node.type.level);
  const isHere = level !== 'peer' && elements.has(level);
  return isHere && ![...under([assumption])].some((node) => moves(node) && leavesIt(node));
}
/** What reads other elements than the one at which it stands. */
const ELSEWHERE: readonly Expr['op'][] = ['swap', 'scan', 'shift'];
