/** Parts of a set of which there is one member at most: two different ones, each generic, contradict each other. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term } from '../../proof/term.js';
import { substituteIn, substitute } from '../prover/substitute.js';
import { contextOf, distinct } from './known.js';
import type { Lifting } from './lifts.js';
import { membersOf, readersOf } from './members.js';
import { mentions, namesIn } from './names.js';
import { elementAt } from './place.js';
import type { Reader } from './reader.js';
import { relevant } from './relevant.js';
import { type MemberSet, type Part } from './session.js';

export interface Single {
  readonly part: Part;
  readonly by: Derivation;
}

/** For one attempt. */
const ATTEMPT = 20_000;

/** An extreme of all but a generic member of a set. */
interface Rivalry {
  readonly name: string;
  readonly which: 'max' | 'min';
  readonly set: MemberSet;
  readonly body: Term;
  /** Who competes. */
  readonly where: Condition;
}

/** Parts in whose condition members compete with one another. */
export function singlesOf(
  { reader, everywhere, prove, budget }: Lifting,
  base: () => readonly Condition[],
): readonly Single[] {
  const rivalries = rivalriesOf(reader);
  if (rivalries.length === 0) return [];
  const { session } = reader;
  const variables = session.declared().flatMap(({ variable, kind }) => (kind === 'real' ? [variable] : []));
  // Flags are not renamed: what is said of those of a member is left out of the other.
  const flags = new Set(
    session.declared().flatMap(({ variable, kind }) => (kind === 'flag' ? [variable.name] : [])),
  );
  const isFlagged = (one: Condition, { prefix }: MemberSet): boolean =>
    mentions(one, (name) => flags.has(name) && name.startsWith(prefix));
  return session.parts().flatMap((part): readonly Single[] => {
    const { set, where } = part;
    const own = rivalries.filter((one) => one.set === set && namesIn(where).has(one.name));
    if (own.length === 0 || part.copy !== undefined || set.parent !== undefined || isFlagged(where, set))
      return [];
    const other = renaming(set);
    const of = contextOf(reader, everywhere, base(), set);
    const between = own.flatMap((one) => [
      build.or(build.not(other.condition(one.where)), beyond(one, one.name, other.term(one.body))),
      build.or(build.not(one.where), beyond(one, other.name(one.name), one.body)),
    ]);
    const given = relevant(
      distinct([...of, ...of.filter((one) => !isFlagged(one, set)).map(other.condition), ...between]),
      [where, other.condition(where)],
    );
    const more = variables.flatMap(({ name }) =>
      name.startsWith(set.prefix) ? [{ name: other.name(name) }] : [],
    );
    const sequent = {
      variables: [...variables, ...more],
      given,
      goal: build.or(build.not(where), build.not(other.condition(where))),
    };
    const outcome = prove(sequent, budget.share(ATTEMPT));
    return 'proof' in outcome ? [{ part, by: outcome.proof }] : [];
  });
}

/** No more than one. */
export const singleFact = ({ session }: Reader, { part }: Single): Condition =>
  build.atLeast(build.one, session.countOf(part));

function rivalriesOf(reader: Reader): readonly Rivalry[] {
  return [...reader.session.unknowns()].flatMap(([name, { node, place, copy }]) => {
    if (node.op !== 'reduce' || node.from !== 'peer' || reader.dependsOnVaried(node)) return [];
    if (node.reduce !== 'max' && node.reduce !== 'min') return [];
    const reads = [node.x, ...(node.where === undefined ? [] : [node.where])];
    const members = membersOf(reader, node, reads, place);
    const { except, others, isUnpaired } = members;
    const [rest, more] = others;
    if (!isUnpaired || except === undefined || rest === undefined || more !== undefined) return [];
    const { set } = rest;
    if (elementAt(except, 'rollout') !== set.prefix) return [];
    const read = readersOf(members, node.x, node.where);
    const body = reader.term(read.x, set.place, copy);
    const where =
      read.where === undefined ? build.truth(true) : reader.condition(read.where, set.place, copy);
    return [{ name, which: node.reduce, set, body, where }];
  });
}

/** An extreme is no further in than a value among those that it is of. */
const beyond = ({ which }: Rivalry, extreme: string, value: Term): Condition =>
  which === 'max'
    ? build.atLeast(build.variable(extreme), value)
    : build.atLeast(value, build.variable(extreme));

/** What is said of a generic member, of another one. */
function renaming({ name: set, prefix }: MemberSet): {
  readonly name: (name: string) => string;
  readonly term: (term: Term) => Term;
  readonly condition: (condition: Condition) => Condition;
} {
  const rename = (name: string): string =>
    name.startsWith(prefix) ? `${set}'.${name.slice(prefix.length)}` : name;
  const values = (one: Term | Condition): ReadonlyMap<string, Term> =>
    new Map([...namesIn(one)].map((name) => [name, build.variable(rename(name))]));
  return {
    name: rename,
    term: (one) => substitute(one, values(one)),
    condition: (one) => substituteIn(one, values(one)),
  };
}
