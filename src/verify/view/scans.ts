/** What the other tokens of the rollout add to a scan, from facts of what is added that hold for each of them. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Scan } from '../../ir/expr.js';
import { contextOf, distinct, membershipFacts } from './known.js';
import { type Lifting } from './lifts.js';
import { membersOf } from './members.js';
import { placeKey } from './place.js';
import type { Reader } from './reader.js';
import { relevant } from './relevant.js';
import type { MemberSet } from './session.js';

/** A scan seen from the own token: the name of what the others add, and a generic one of them. */
interface Seen {
  readonly name: string;
  readonly node: Scan;
  readonly set: MemberSet;
  readonly copy: number;
}
export interface ScanSign {
  readonly name: string;
  readonly set: MemberSet;
  readonly relation: '>=' | '<=' | '==';
  readonly by: Derivation;
}

/** For one attempt. */
const ATTEMPT = 20_000;

/** Those along the own rollout, the others of which get a name: of them, what is added is read at a generic one. */
export function scansSeen(reader: Reader): readonly Seen[] {
  return [...reader.session.unknowns()].flatMap(([name, { node, place, copy }]) => {
    if (node.op !== 'scan' || node.x.type.level !== 'token') return [];
    const { own, others } = membersOf(reader, { from: 'token', to: 'rollout' }, [node.x], place);
    const [rest, more] = others;
    const isOwn = own !== undefined && placeKey(own) === placeKey(place);
    if (!isOwn || rest === undefined || more !== undefined || rest.set.parent !== undefined) return [];
    reader.session.partOf(rest.set, build.truth(true));
    for (const read of [node.x, ...(node.gamma === undefined ? [] : [node.gamma])])
      reader.term(read, rest.set.place, copy);
    return [{ name, node, set: rest.set, copy }];
  });
}

/** What is added is 0 where all of it is, and has a sign that all of it has, if nothing is discounted by less than 0. */
export function scanSigns(
  { reader, everywhere, prove, budget, isAboutAll }: Lifting,
  base: () => readonly Condition[],
): readonly ScanSign[] {
  const variables = reader.session
    .declared()
    .flatMap(({ variable, kind }) => (kind === 'real' ? [variable] : []));
  return scansSeen(reader).flatMap((one): readonly ScanSign[] => {
    const context = contextOf(reader, everywhere, base(), one.set);
    const membership = isAboutAll ? membershipFacts(reader, one.set) : [];
    for (const relation of ['==', '>=', '<='] as const) {
      const goal = signOf(reader, one, relation);
      const given = distinct(relevant(context, [goal, ...membership]));
      const outcome = prove({ variables, given, goal }, budget.share(ATTEMPT));
      if ('proof' in outcome) return [{ name: one.name, set: one.set, relation, by: outcome.proof }];
    }
    return [];
  });
}

const standing = (relation: ScanSign['relation'], x: Term): Condition =>
  relation === '<=' ? build.literal('>=', build.negated(x)) : build.literal(relation, x);

/** What has to be shown of a generic other token. */
function signOf(reader: Reader, { node, set, copy }: Seen, relation: ScanSign['relation']): Condition {
  const added = standing(relation, reader.term(node.x, set.place, copy));
  const { gamma } = node;
  if (relation === '==' || gamma === undefined) return added;
  const places = gamma.type.level === 'token' ? [reader.own, set.place] : [reader.own];
  const factors = places.map((place) => build.literal('>=', reader.term(gamma, place, copy)));
  return build.and(added, ...factors);
}

export const scanFact = ({ name, relation }: ScanSign): Condition => standing(relation, build.variable(name));
