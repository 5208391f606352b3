/** `limit`: closes a `tends` statement, if the limit that §4 finds in this context is the one that is stated. */
import { demand } from '../rejection.js';
import { tendsTo } from '../limit.js';
import type { Rule } from './rule.js';

export const limit: Rule = ({ where, context, goal }) => {
  demand(goal.kind === 'tends', where, 'only a `tends` statement is closed so');
  if (goal.kind === 'tends') tendsTo(goal, context, where);
  return undefined;
};
