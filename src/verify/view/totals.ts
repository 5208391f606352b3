/** Sums over the members of a set as Σ coefficient · rest. */
import * as build from '../../proof/build.js';
import { keyOf } from '../../proof/key.js';
import type { Condition, Term } from '../../proof/term.js';
import { productOf, termOf, type Monomial, type Power } from './expansion.js';
import { assuming } from './assuming.js';
import { conjunctsOf, isMemberOf, type MemberSet, type Session } from './session.js';

/** A set is not taken apart into more parts than this. */
const MOST_PARTS = 8;

/** Σ body over the members for which `where` holds: the same term for the same sum, so that copies differ in nothing but x. */
export const totalOver = (
  session: Session,
  set: MemberSet,
  where: Condition,
  body: Term,
  copy: number | undefined,
): Term =>
  session.once([set.name, keyOf(where), keyOf(body), String(copy ?? '')].join('|'), () =>
    total(session, set, where, body, copy),
  );

function total(
  session: Session,
  set: MemberSet,
  where: Condition,
  body: Term,
  copy: number | undefined,
): Term {
  const conjuncts = conjunctsOf(where);
  const coarse = conjuncts.filter((one) => !isMemberOf(set, one));
  const own = build.and(...conjuncts.filter((one) => isMemberOf(set, one)));
  const sum = overPart(session, set, session.expansion.canonicalCondition(own), body, copy);
  return build.select(build.and(...coarse), sum, build.zero);
}

/** There is a member where one is read. */
const hasMembers = ({ name }: MemberSet): Condition => build.literal('>', build.variable(`${name}:count`));

function overPart(
  session: Session,
  set: MemberSet,
  where: Condition,
  body: Term,
  copy: number | undefined,
): Term {
  if (where.op === 'boolean' && !where.value) return build.zero;
  const known = assuming(session.expansion.canonical(body), [...conjunctsOf(where), hasMembers(set)]);
  const choice = choiceIn(session, set, known);
  if (choice !== undefined) {
    const branch = (holds: boolean): Term => assuming(known, [holds ? choice : build.not(choice)]);
    if (!isMemberOf(set, choice)) {
      const [then, otherwise] = [true, false].map((holds) =>
        overPart(session, set, where, branch(holds), copy),
      );
      return build.select(choice, then ?? build.zero, otherwise ?? build.zero);
    }
    const sides = [choice, build.not(choice)].map((side) => {
      const part = session.expansion.canonicalCondition(build.and(where, side));
      return overPart(session, set, part, branch(side === choice), copy);
    });
    return build.sum(...sides);
  }
  return linear(session, set, where, session.expansion.expand(known), copy);
}

function linear(
  session: Session,
  set: MemberSet,
  where: Condition,
  monomials: readonly Monomial[],
  copy: number | undefined,
): Term {
  const bodies = new Map<string, { readonly body: readonly Power[]; readonly coefficients: Monomial[] }>();
  for (const { coefficient, powers } of monomials) {
    const inside = [...powers].filter(([, { atom }]) => isMemberOf(set, atom));
    const outside = new Map([...powers].filter(([, { atom }]) => !isMemberOf(set, atom)));
    const key = inside
      .map(([place, { exponent }]) => `${place} ${String(exponent.n)}/${String(exponent.d)}`)
      .join();
    const entry = bodies.get(key) ?? { body: inside.map(([, power]) => power), coefficients: [] };
    entry.coefficients.push({ coefficient, powers: outside });
    bodies.set(key, entry);
  }
  if (bodies.size === 0) return build.zero;
  const part = session.partOf(set, where, copy);
  return build.sum(
    ...[...bodies.values()].map(({ body, coefficients }) => {
      const rest =
        body.length === 0
          ? session.countOf(part)
          : session.restOf(part, 'sum', session.expansion.canonical(productOf(body)));
      return build.product(termOf(coefficients), rest);
    }),
  );
}

/** A condition of a selection that is a factor of a summand, and by which the sum is taken apart. */
function choiceIn(session: Session, set: MemberSet, body: Term): Condition | undefined {
  const parts = session.parts().filter((part) => part.set === set).length;
  for (const { powers } of session.expansion.expand(body))
    for (const { atom } of powers.values()) {
      if (atom.op !== 'select') continue;
      const choice = simplest(set, atom.if);
      const isInside = isMemberOf(set, choice);
      if (isInside && (parts >= MOST_PARTS || session.isMoving(choice))) continue;
      if (!isInside && !isMemberOf(set, atom)) continue;
      return choice;
    }
  return undefined;
}

/** Of several conditions at once, one that is the same for all members. */
const simplest = (set: MemberSet, condition: Condition): Condition => {
  const parts = condition.op === 'and' ? condition.all : condition.op === 'or' ? condition.any : [];
  return parts.find((one) => !isMemberOf(set, one)) ?? condition;
};
