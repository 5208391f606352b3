/** `define`: a name that occurs nowhere, for a term. Every term has a value, so there is such a number. */
import { extended } from '../context.js';
import { string } from '../json.js';
import { demand } from '../rejection.js';
import { difference, literal, readTerm, variable } from '../term.js';
import { mentions } from '../variables.js';
import { partsOf, type Rule } from './rule.js';

export const define: Rule = ({ node, where, context, goal }) => {
  const name = string(node['name'], `${where}.name`);
  const term = readTerm(node['term'], `${where}.term`);
  const isNew =
    !context.declared.has(name) &&
    !context.conditions.some((condition) => mentions(condition, name)) &&
    !partsOf(goal).some((part) => mentions(part, name));
  demand(isNew, `${where}.name`, `${name} is not new`);
  demand(!mentions(term, name), `${where}.term`, `the definition of ${name} mentions it`);
  const named = { ...context, declared: new Set([...context.declared, name]) };
  return extended(named, literal('==', difference(variable(name), term)));
};
