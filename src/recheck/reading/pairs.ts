/** Families of which there is one member at most (§3.4): two different ones, each generic, contradict each other. */
import { checkDerivation } from '../derivation.js';
import { demand, reject } from '../rejection.js';
import { CONTRADICTION } from '../rules/rule.js';
import * as t from '../term.js';
import { not, type Condition } from '../term.js';
import { renaming, type Renaming } from '../variables.js';
import { contextWith, memberFacts } from './facts.js';
import { atOther, type MemberSet } from './members.js';
import { elementAt } from './place.js';
import type { Reader } from './reader.js';
import type { Single } from './view.js';

/** What the view says of them, each checked; `base` is given of the own elements. */
export const singleFacts = (reader: Reader, base: readonly Condition[]): readonly Condition[] =>
  reader.view.singles.map((single) => checked(reader, single, base));

function checked(reader: Reader, { family, by, where }: Single, base: readonly Condition[]): Condition {
  const set =
    reader.sets.all().find(({ declared }) => declared === family.set) ??
    reject(where, `nobody is read of ${family.set}`);
  demand(
    family.copy === undefined && set.parent === undefined,
    where,
    'this is not seen from the own element',
  );
  const other = renaming((name) =>
    name.startsWith(set.prefix) ? `${family.set}'.${name.slice(set.prefix.length)}` : name,
  );
  const one = [...memberFacts(reader, set), family.where];
  const both = [...one, ...one.map(other.condition), ...rivalries(reader, set, other)];
  checkDerivation(by, contextWith(reader, ...base, ...both), CONTRADICTION, `${where}.by`);
  return t.literal('>=', t.difference(t.one, t.variable(`${family.name}:count`)));
}

/** The extreme of all but one member is no further in than what another one has, if that is among those that compete. */
function rivalries(reader: Reader, set: MemberSet, other: Renaming): readonly Condition[] {
  return [...reader.unknowns()].flatMap(([name, { node, place, copy }]) => {
    if (node.op !== 'extreme' || node.from !== 'peer' || reader.moves(node)) return [];
    const { except, others, isUnpaired } = reader.membersAt(node, node.x, place);
    const isOfMember = except !== undefined && elementAt(except, 'rollout') === set.prefix;
    if (!isUnpaired || !isOfMember || others.length !== 1 || others[0]?.set !== set) return [];
    const body = reader.term(atOther(node.x) ?? node.x, set.place, copy);
    const competes = reader.condition(atOther(node.where) ?? node.where, set.place, copy);
    const beyond = (extreme: string, value: t.Term): Condition => {
      const gap = t.difference(t.variable(extreme), value);
      return t.literal('>=', node.which === 'max' ? gap : t.negated(gap));
    };
    return [
      t.or(not(other.condition(competes)), beyond(name, other.term(body))),
      t.or(not(competes), beyond(other.name(name), body)),
    ];
  });
}
