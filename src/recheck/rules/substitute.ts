/** `substitute`: where the context says name = term, and the term does not mention the name, it stands for it everywhere. */
import { emptyContext, extended, holdsPlainly } from '../context.js';
import { string } from '../json.js';
import { demand } from '../rejection.js';
import { difference, literal, readTerm, variable } from '../term.js';
import { mentions, substitutedIn } from '../variables.js';
import type { Rule } from './rule.js';

export const substitute: Rule = ({ node, where, context, goal }) => {
  const name = string(node['name'], `${where}.name`);
  const term = readTerm(node['term'], `${where}.term`);
  demand(!mentions(term, name), `${where}.term`, `the term mentions ${name}`);
  const isKnown = holdsPlainly(context, { op: '==', x: difference(variable(name), term) });
  demand(isKnown, where, `the context does not say that ${name} is this term`);
  demand(
    goal.kind === 'contradiction' || !mentions(goal.term, name),
    where,
    `the statement mentions ${name}`,
  );
  const replaced = context.conditions.map((condition) => substitutedIn(condition, name, term));
  // That both are equal stays true, and keeps what is known of the one known of the other.
  const equality = literal('==', difference(variable(name), term));
  return extended(emptyContext([...context.integers], [...context.declared]), ...replaced, equality);
};
