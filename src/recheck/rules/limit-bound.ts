/** `limit-bound`: a function that falls all the way to its limit lies above it where it starts; and so on. */
import { extended } from '../context.js';
import { oneOf } from '../json.js';
import * as t from '../term.js';
import { substituted } from '../variables.js';
import { checkAlong, signed, type Sign } from './along.js';
import type { Rule } from './rule.js';

/** The sign of the derivative: where f(from) is above the limit, f falls on the way there. */
const SLOPES: Readonly<Record<'inf' | '-inf', Readonly<Record<'>=' | '>' | '<=' | '<', Sign>>>> = {
  inf: { '>=': '<=', '>': '<', '<=': '>=', '<': '>' },
  '-inf': { '>=': '>=', '>': '>', '<=': '<=', '<': '<' },
};

export const limitBound: Rule = ({ node, where, context, check }) => {
  const from = t.readTerm(node['from'], `${where}.from`);
  const value = t.readTerm(node['value'], `${where}.value`);
  const toward = oneOf(node['toward'], ['inf', '-inf'], `${where}.toward`);
  const sign = oneOf(node['sign'], ['>=', '>', '<=', '<'], `${where}.sign`);
  const beyond = (x: t.Term): t.Term => (toward === 'inf' ? t.difference(x, from) : t.difference(from, x));
  const { variable, f, inner } = checkAlong(
    node['along'],
    (x) => [t.literal('>=', beyond(x))],
    SLOPES[toward][sign],
    [from, value],
    { where: `${where}.along`, context, check },
  );
  check(
    node['limit'],
    inner,
    { kind: 'tends', term: f, variable, toward: { at: toward }, value, approach: [] },
    `${where}.limit`,
  );
  return extended(context, signed(sign, t.difference(substituted(f, variable, from), value)));
};
