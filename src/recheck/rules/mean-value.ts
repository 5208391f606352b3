/** `mean-value`: between two points a function rises, falls or stays, as its derivative says. */
import { extended, knownRelation } from '../context.js';
import { demand } from '../rejection.js';
import * as t from '../term.js';
import { substituted } from '../variables.js';
import { checkAlong, readSign, signed } from './along.js';
import type { Rule } from './rule.js';

export const meanValue: Rule = ({ node, where, context, check }) => {
  const [from, to] = [t.readTerm(node['from'], `${where}.from`), t.readTerm(node['to'], `${where}.to`)];
  const sign = readSign(node['sign'], `${where}.sign`);
  const isStrict = sign === '>' || sign === '<';
  const ordered = knownRelation(context, t.difference(to, from), isStrict ? ['>'] : ['>', '>=']);
  demand(ordered !== undefined, where, 'it is not known that `from` comes before `to`');
  const { variable, f } = checkAlong(
    node['along'],
    (x) => [t.literal('>=', t.difference(x, from)), t.literal('>=', t.difference(to, x))],
    sign,
    [from, to],
    { where: `${where}.along`, context, check },
  );
  const rise = t.difference(substituted(f, variable, to), substituted(f, variable, from));
  return extended(context, signed(sign, rise));
};
