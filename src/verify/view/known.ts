/** What is known of the names of a session: of own values, of each set as a whole, and of a generic member of it. */
import * as build from '../../proof/build.js';
import type { Condition } from '../../proof/term.js';
import type { Expr } from '../../ir/expr.js';
import { keyOf } from '../../proof/key.js';
import type { Reader } from './reader.js';
import type { MemberSet, Part } from './session.js';
import { countFact, splitFacts } from './splits.js';

/** What holds of every element of every batch that a claim speaks of. */
export interface Everywhere {
  readonly assumptions: readonly Expr[];
  readonly copies: number;
}

export const distinct = (conditions: readonly Condition[]): readonly Condition[] =>
  [...new Map(conditions.map((one) => [keyOf(one), one])).values()].filter(
    (one) => !(one.op === 'boolean' && one.value),
  );

const copiesOf = (copies: number): readonly number[] => Array.from({ length: copies }, (_, at) => at + 1);

/** A condition at each copy, once where it does not depend on what is varied. */
export const atCopies = (copies: number, read: (copy: number) => Condition): readonly Condition[] =>
  distinct(copiesOf(copies).map(read));

/** Copies are in order. */
export const inOrder = ({ varied }: Reader, copies: number): readonly Condition[] =>
  copiesOf(copies)
    .slice(1)
    .map((copy) => build.above(varied(copy), varied(copy - 1)));

/** Domains of the names with a prefix, and what is assumed of the elements that have it. */
export function elementFacts(
  reader: Reader,
  { assumptions, copies }: Everywhere,
  set?: MemberSet,
): readonly Condition[] {
  const prefix = set?.prefix ?? '';
  const place = set?.place ?? reader.own;
  const told = assumptions
    .filter((one) => one.type.level !== 'peer' && place.elements.get(one.type.level) === prefix)
    .flatMap((one) => atCopies(copies, (copy) => reader.condition(one, place, copy)));
  const domains = reader.session.declared().filter((one) => one.prefix === prefix);
  return distinct([...domains.flatMap(({ facts }) => facts), ...told]);
}

/** A member is of every part whose condition it satisfies, and no further out than its extremes. */
export function membershipFacts({ session }: Reader, set: MemberSet): readonly Condition[] {
  const parts = session.parts().filter((part) => part.set === set);
  const among = parts
    .filter(({ where }) => where.op !== 'boolean')
    .map((part) => build.or(build.not(part.where), build.atLeast(session.countOf(part), build.one)));
  const within = session
    .rests()
    .filter(({ part, reduce }) => part.set === set && reduce !== 'sum')
    .map(({ part, reduce, name, body }) => {
      const [low, high] = reduce === 'max' ? [body, build.variable(name)] : [build.variable(name), body];
      return build.or(build.not(part.where), build.atLeast(high, low));
    });
  return distinct([
    ...parts
      .filter(({ where }) => where.op === 'boolean')
      .map((part) => build.atLeast(session.countOf(part), build.one)),
    ...among,
    ...within,
  ]);
}

/** How many members a part has, and that sums over none are 0. */
export function partFacts({ session }: Reader, part: Part): readonly Condition[] {
  const count = session.countOf(part);
  const zero = session
    .rests()
    .filter((rest) => rest.part === part && rest.reduce === 'sum')
    .map(({ name }) => build.or(build.above(count, build.zero), build.literal('==', build.variable(name))));
  return [...countFact(part, count), ...zero];
}

/** Of the sets that are seen from the own element, or from a generic member of a set. */
export function setFacts(reader: Reader, parent: MemberSet | undefined): readonly Condition[] {
  const sets = reader.session.sets().filter((set) => set.parent === parent);
  return distinct(
    sets.flatMap((set) => [
      ...reader.session
        .parts()
        .filter((part) => part.set === set)
        .flatMap((part) => partFacts(reader, part)),
      ...splitFacts(reader.session, set),
    ]),
  );
}

/** Everything that is known of a generic member of a set, and of what holds it. */
export function contextOf(
  reader: Reader,
  everywhere: Everywhere,
  base: readonly Condition[],
  set: MemberSet,
): readonly Condition[] {
  const outer = set.parent === undefined ? base : contextOf(reader, everywhere, base, set.parent);
  return distinct([
    ...outer,
    ...elementFacts(reader, everywhere, set),
    ...membershipFacts(reader, set),
    ...setFacts(reader, set),
  ]);
}

/** Splits and the facts of members may name more; what they name is there before anything is said of it. */
export function settle(reader: Reader, everywhere: Everywhere): void {
  const { session: names } = reader;
  for (let before = -1; before < names.declared().length;) {
    before = names.declared().length;
    for (const set of names.sets()) {
      splitFacts(names, set);
      elementFacts(reader, everywhere, set);
    }
    if (names.sets().length > MOST_SETS) return;
  }
}
const MOST_SETS = 40;
