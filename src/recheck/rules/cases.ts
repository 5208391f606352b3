/** `cases`: a condition holds or does not. `have`: what is derived from the context is added to it. */
import { extended } from '../context.js';
import { not, readCondition } from '../term.js';
import { CONTRADICTION, type Rule } from './rule.js';

export const cases: Rule = ({ node, where, context, goal, check }) => {
  const on = readCondition(node['on'], `${where}.on`);
  check(node['else'], extended(context, not(on)), goal, `${where}.else`);
  return extended(context, on);
};

export const have: Rule = ({ node, where, context, check }) => {
  const fact = readCondition(node['fact'], `${where}.fact`);
  check(node['by'], extended(context, not(fact)), CONTRADICTION, `${where}.by`);
  return extended(context, fact);
};
