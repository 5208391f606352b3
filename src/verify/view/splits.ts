/** Parts that are two halves of a third: their counts add up, and so do sums over them. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';
import { conjunctsOf, type MemberSet, type Part, type Session } from './session.js';
import { totalOver } from './totals.js';

export interface Split {
  readonly whole: Part;
  readonly then: Part;
  readonly else: Part;
  readonly on: Condition;
}

export const countFact = ({ set, where }: Part, count: Term): readonly Condition[] => {
  const isAll = where.op === 'boolean' && where.value;
  if (isAll && !set.ownInside && set.from !== 'peer') return [build.atLeast(count, build.one)];
  return [build.literal('>=', count), build.or(build.literal('==', count), build.atLeast(count, build.one))];
};

/** Every part that is there, and is the half of one that is there: the other half is made if it is not. */
export function splitsOf(session: Session, set: MemberSet): readonly Split[] {
  const parts = session.parts().filter((part) => part.set === set);
  const whereOf = (conditions: readonly Condition[]): Condition =>
    session.expansion.canonicalCondition(build.and(...conditions));
  const found = new Map<string, Split>();
  for (const half of parts) {
    const conjuncts = conjunctsOf(half.where);
    for (const on of conjuncts) {
      if (on.op === 'boolean') continue;
      const others = conjuncts.filter((one) => one !== on);
      const key = keyOf(whereOf(others));
      const whole = parts.find((one) => one.copy === half.copy && keyOf(one.where) === key);
      if (whole === undefined) continue;
      const [positive, isNegative] = on.op === 'not' ? [on.x, true] : [on, false];
      const other = session.partOf(set, whereOf([...others, build.not(on)]), half.copy);
      const split = isNegative
        ? { whole, then: other, else: half, on: positive }
        : { whole, then: half, else: other, on };
      const pair = [half.name, other.name].sort().join(' ');
      if (!found.has(`${whole.name} ${pair}`)) found.set(`${whole.name} ${pair}`, split);
    }
  }
  return [...found.values()];
}

/** Counts of two halves add up to the whole's; and sums, where a half has one of the same body. */
export function splitFacts(session: Session, set: MemberSet): readonly Condition[] {
  return splitsOf(session, set).flatMap(({ whole, then, else: otherwise }) => {
    const counts = build.sum(session.countOf(then), session.countOf(otherwise));
    const sums = session
      .rests()
      .filter(({ part, reduce }) => part === whole && reduce === 'sum')
      .map(({ name, body }) => {
        const [first, second] = [then, otherwise].map(({ where, copy }) =>
          totalOver(session, set, where, body, copy),
        );
        return build.equal(build.variable(name), build.sum(first ?? build.zero, second ?? build.zero));
      });
    return [build.equal(session.countOf(whole), counts), ...sums];
  });
}
