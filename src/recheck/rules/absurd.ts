/** `absurd`: the context contradicts itself by sign alone. */
import { demand } from '../rejection.js';
import type { Rule } from './rule.js';

export const absurd: Rule = ({ where, context }) => {
  demand(context.isClosed, where, 'nothing in the context contradicts itself by sign');
  return undefined;
};
