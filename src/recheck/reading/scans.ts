/** Signs of what the other tokens of a rollout add to a scan (§3.4), each checked at a generic one of them. */
import { extended } from '../context.js';
import { checkDerivation } from '../derivation.js';
import { demand, reject } from '../rejection.js';
import { CONTRADICTION } from '../rules/rule.js';
import * as t from '../term.js';
import { not, type Condition, type Term } from '../term.js';
import { contextWith, memberFacts } from './facts.js';
import { keyOf } from './place.js';
import type { Reader } from './reader.js';
import type { IndexSet, Number_ } from './tree.js';
import type { ScanSign } from './view.js';

/** The other tokens of the own rollout, whatever is read of them. */
const OTHERS: IndexSet = {
  from: 'token',
  to: 'rollout',
  where: { op: 'boolean', level: 'batch', value: true },
};

/** What the view's signs say, each checked; `base` is given of the own elements. */
export const scanFacts = (reader: Reader, base: readonly Condition[]): readonly Condition[] =>
  reader.view.scans.map((sign) => checked(reader, sign, base));

/**
 * What is added is a sum of x of other tokens, each with a product of γ of tokens on the way, the own one among them: 0 if each x
 * is, and of the sign that each x has, if no γ is negative. It is the empty sum where there are none.
 */
function checked(
  reader: Reader,
  { name, set: declared, relation, by, where }: ScanSign,
  base: readonly Condition[],
): Condition {
  const { node, place, copy } = reader.unknowns().get(name) ?? reject(where, `nothing is named ${name}`);
  if (node.op !== 'scan' || keyOf(place) !== keyOf(reader.own))
    return reject(where, `${name} is no scan at the own token`);
  demand(node.x.level === 'token', where, 'what is added is the same for all tokens');
  const { own, others } = reader.membersAt(OTHERS, node.x, reader.own);
  const [rest, more] = others;
  const isOwn = own !== undefined && keyOf(own) === keyOf(reader.own);
  if (!isOwn || rest === undefined || more !== undefined || rest.within !== undefined)
    return reject(where, 'the other tokens are not one set');
  demand(rest.set.declared === declared, where, `${declared} is not the set of the other tokens`);
  const at = (one: Number_, there = rest.place): Term => reader.term(one, there, copy);
  const factors =
    relation === '=='
      ? []
      : [at(node.gamma, reader.own), ...(node.gamma.level === 'token' ? [at(node.gamma)] : [])];
  const goal = t.and(standing(relation, at(node.x)), ...factors.map((one) => t.literal('>=', one)));
  const context = contextWith(reader, ...base, ...memberFacts(reader, rest.set));
  checkDerivation(by, extended(context, not(goal)), CONTRADICTION, `${where}.by`);
  return standing(relation, t.variable(name));
}

const standing = (relation: ScanSign['relation'], x: Term): Condition =>
  relation === '<=' ? t.literal('>=', t.negated(x)) : t.literal(relation, x);
