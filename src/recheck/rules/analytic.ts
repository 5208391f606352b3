/**
 * `analytic`: closes a `nowhere zero` statement. Wherever the term is 0, its derivative, branch by branch, is not. Where it is
 * defined, the term is made of finitely many smooth pieces on any finite stretch, so it is 0 on no stretch throughout.
 */
import { extended } from '../context.js';
import { derivative } from '../derivative.js';
import { reject } from '../rejection.js';
import * as t from '../term.js';
import { CONTRADICTION, type Rule } from './rule.js';

export const analytic: Rule = ({ node, where, context, goal, check }) => {
  if (goal.kind !== 'nowhere zero') return reject(where, 'only a `nowhere zero` statement is closed so');
  const [isZero, isFlat] = [goal.term, derivative(goal.term, goal.variable)].map((term) =>
    t.literal('==', term),
  );
  check(
    node['by'],
    extended(context, isZero ?? t.truth(true), isFlat ?? t.truth(true)),
    CONTRADICTION,
    `${where}.by`,
  );
  return undefined;
};
