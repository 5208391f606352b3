/**
 * Sums and extremes over the members of a set, expressed by the rests that a view declares (§3.3, §3.4). A rest is whatever its
 * family and body say; here is found which of them a sum is made of. A sum that none fits is taken apart by the conditions
 * of its selections and of the families; where that does not help, the certificate is refused.
 */
import { emptyContext, extended, type Context } from '../context.js';
import { atomsIn, implies, undecidedIn } from '../implies.js';
import { reduced } from '../normal.js';
import * as poly from '../polynomial.js';
import type { Polynomial } from '../polynomial.js';
import { equal, inverse, ONE } from '../rational.js';
import { SIGNS_OF, isWithin, signsOf } from '../signs.js';
import * as t from '../term.js';
import { isLiteral, not, type Condition, type Term } from '../term.js';
import { namesIn } from '../variables.js';
import { termOf } from '../written.js';
import type { MemberSet } from './members.js';
import { OWN } from './place.js';
import type { Reader } from './reader.js';
import { seenFrom, type Family, type View } from './view.js';

const isOfMember = ({ prefix }: MemberSet, one: Term | Condition): boolean => {
  for (const name of namesIn(one)) if (name.startsWith(prefix)) return true;
  return false;
};
/** A set is taken apart by so many conditions at most. */
const DEEPEST = 8;

/** Σ body over the members for which `where` holds: of the view's rests, or of a name of our own where it has none. */
export const totalOver = (reader: Reader, set: MemberSet, where: Condition, body: Term): Term =>
  declaredTotal(reader, set, where, body) ?? undeclared(reader, set, where, body);

export const declaredTotal = (
  reader: Reader,
  set: MemberSet,
  where: Condition,
  body: Term,
): Term | undefined => apart({ reader, set, body }, [], where, set.declared === undefined ? 0 : DEEPEST);

/** Counts, and sums of what is plainly not negative as far as the body itself tells, that are seen from an element. */
export function plainFacts({ families, rests }: View, prefix: string): readonly Condition[] {
  const isSeen = ({ set }: Family): boolean => seenFrom(set) === prefix;
  const isPlain = (body: Term): boolean => isWithin(PLAIN.normal.signsOf(body), SIGNS_OF['>=']);
  const counts = families.filter(isSeen).map(({ name }) => `${name}:count`);
  const sums = rests.filter(
    ({ family, reduce, body }) => reduce === 'sum' && isSeen(family) && isPlain(body),
  );
  return [...counts, ...sums.map(({ name }) => name)].map((name) => t.literal('>=', t.variable(name)));
}
const PLAIN = emptyContext([], []);

/** A sum that no rest of the view is: Σ coefficient · a number of which only signs are known. */
function undeclared(reader: Reader, set: MemberSet, where: Condition, body: Term): Term {
  const context = extended(reader.domainsAt(set), where);
  const parts = [...partsOf(context.normal.of(body), set).values()];
  return t.sum(
    ...parts.map(({ inside, outside }) => {
      const signs = signsOf(inside, context.normal.facts);
      const isAll = where.op === 'boolean' && where.value && !set.ownInside;
      const key = `${set.prefix} ${reader.domainsAt(set).normal.keyOf(where)} ${poly.keyOfPolynomial(inside)}`;
      const rest = reader.nameFor(key, set.parent?.prefix ?? OWN, [where, termOf(inside)], (x) => [
        ...(isWithin(signs, SIGNS_OF['>=']) ? [t.literal('>=', x)] : []),
        ...(isWithin(signs, SIGNS_OF['>']) && isAll ? [t.literal('>', x)] : []),
        ...(poly.constantOf(inside) === undefined ? [] : wholeFacts(x)),
      ]);
      return t.product(termOf(outside), rest);
    }),
  );
}
/** A count is 0, or 1 at least. */
const wholeFacts = (x: Term): readonly Condition[] => [
  t.or(t.literal('==', x), t.literal('>=', t.difference(x, t.one))),
];

interface Total {
  readonly reader: Reader;
  readonly set: MemberSet;
  readonly body: Term;
}
/** There is a member wherever one is read: where there is none, a sum is 0, and so is every rest that it is made of. */
const present = ({ view }: Reader, set: MemberSet): readonly Condition[] =>
  view.families
    .filter(({ set: of, where }) => of === set.declared && where.op === 'boolean' && where.value)
    .map(({ name }) => t.literal('>', t.variable(`${name}:count`)));

/** The sum where `given` holds, which is the same for all members. */
function apart(total: Total, given: readonly Condition[], where: Condition, depth: number): Term | undefined {
  const { reader, set, body } = total;
  const base = extended(reader.domainsAt(set), ...present(reader, set), ...given);
  const context = extended(base, where);
  if (context.isClosed) return t.zero;
  const form = context.normal.of(body);
  if (poly.isNothing(form)) return t.zero;
  const all = where.op === 'and' ? where.of : [where];
  const coarse = all.find((one) => one.op !== 'boolean' && !isOfMember(set, one));
  if (coarse !== undefined) {
    const rest = t.and(...all.filter((one) => one !== coarse));
    const inner = apart(total, [...given, coarse], rest, depth);
    return inner && t.select(coarse, inner, t.zero);
  }
  const direct = matched(reader, set, { base, where, context, form });
  if (direct !== undefined || depth <= 0) return direct;
  for (const on of choices(reader, set, context, form)) {
    const half = (side: Condition): Term | undefined =>
      isOfMember(set, on)
        ? apart(total, given, joined(where, side), depth - 1)
        : apart(total, [...given, side], where, depth - 1);
    const then = half(on);
    const otherwise = then && half(not(on));
    if (then === undefined || otherwise === undefined) continue;
    return isOfMember(set, on) ? t.sum(then, otherwise) : t.select(on, then, otherwise);
  }
  return undefined;
}
const joined = (where: Condition, on: Condition): Condition =>
  where.op === 'boolean'
    ? on
    : t.and(...(where.op === 'and' ? where.of : [where]), ...(on.op === 'and' ? on.of : [on]));

/** Conditions that are open: those that are the same for all members first, then of the sum's selections, then of families. */
function choices(reader: Reader, set: MemberSet, context: Context, form: Polynomial): readonly Condition[] {
  const ofSelections = [...poly.generatorsOf(form)].flatMap((generator) =>
    generator.kind === 'select' ? [generator.if, ...atomsIn(generator.if)] : [],
  );
  const inner = undecidedIn(form, context);
  const ofFamilies = reader.view.families
    .filter((one) => one.set === set.declared)
    .flatMap((one) => [...atomsIn(one.where)]);
  const all = [...(inner === undefined ? [] : [inner]), ...ofSelections, ...ofFamilies];
  const open = all.filter((one) => context.normal.truthOf(one) === undefined);
  const distinct = [...new Map(open.map((one) => [unsigned(one, context), one])).values()];
  return [
    ...distinct.filter((one) => !isOfMember(set, one)),
    ...distinct.filter((one) => isOfMember(set, one)),
  ];
}
/** The same for a condition and its negation, where it is a literal. */
function unsigned(condition: Condition, context: Context): string {
  const [one, other] = [condition, not(condition)].map(context.normal.keyOf);
  return isLiteral(condition) && (other ?? '') < (one ?? '') ? (other ?? '') : (one ?? '');
}

/** The families of a set whose members are those for which a condition holds. */
const familiesFor = (
  { view }: Reader,
  set: MemberSet,
  base: Context,
  where: Condition,
): readonly Family[] => {
  const context = extended(base, where);
  return view.families.filter(
    (one) =>
      one.set === set.declared && implies(context, one.where) && implies(extended(base, one.where), where),
  );
};

/** Members, and what is summed over them. */
interface Over {
  readonly base: Context;
  readonly where: Condition;
  /** Where both hold. */
  readonly context: Context;
  readonly form: Polynomial;
}
/** The sum as Σ coefficient · rest, by the rests of a family of just these members; nothing where some part fits none. */
function matched(reader: Reader, set: MemberSet, { base, where, context, form }: Over): Term | undefined {
  for (const family of familiesFor(reader, set, base, where)) {
    const found = combined(reader, set, family, context, form);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Candidate {
  readonly variable: Term;
  readonly form: Polynomial;
  /** A part of the body that varies by member, with a number before it. */
  readonly part: string;
  readonly coefficient: Polynomial;
}
interface Part {
  /** What varies by member: a product. */
  readonly inside: Polynomial;
  readonly outside: Polynomial;
}

function combined(
  { view }: Reader,
  set: MemberSet,
  family: Family,
  context: Context,
  form: Polynomial,
): Term | undefined {
  const rests = view.rests
    .filter((rest) => rest.family === family && rest.reduce === 'sum')
    .map((rest) => ({ variable: t.variable(rest.name), form: context.normal.of(rest.body) }));
  const count = { variable: t.variable(`${family.name}:count`), form: poly.UNITY };
  // A body of several parts first: what it leaves over may be made of simpler ones, and not the other way round.
  const bodies = [...rests, count].sort((a, b) => b.form.size - a.form.size);
  const candidates = bodies.flatMap((one): readonly Candidate[] =>
    [...partsOf(one.form, set)].map(([part, { outside }]) => ({ ...one, part, coefficient: outside })),
  );
  const result: Term[] = [];
  let left = form;
  for (let steps = 0; steps < 32; steps += 1) {
    if (poly.isNothing(left)) return t.sum(...result, t.zero);
    const parts = partsOf(left, set);
    const fits = ({ form: of, part, coefficient }: Candidate): boolean =>
      parts.has(part) &&
      poly.constantOf(coefficient) !== undefined &&
      [...partsOf(of, set).keys()].every((key) => key === '' || parts.has(key));
    const next =
      candidates.find((one) => one.part !== '' && fits(one)) ??
      candidates.find((one) => one.form === poly.UNITY && fits(one));
    if (next === undefined) return undefined;
    const scale = inverse(poly.constantOf(next.coefficient) ?? ONE);
    const by = poly.scale(parts.get(next.part)?.outside ?? poly.NOTHING, scale);
    result.push(t.product(termOf(by), next.variable));
    left = reduced(poly.subtract(left, poly.multiply(by, next.form)));
    if (equal(scale, ONE) && partsOf(left, set).has(next.part)) return undefined;
  }
  return undefined;
}

/** Each product of what varies by member, with what stands before it. */
function partsOf(form: Polynomial, set: MemberSet): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const { monomial, coefficient } of poly.summands(form)) {
    const varies = (factor: poly.Factor): boolean => isOfMember(set, termOf(poly.ofMonomial([factor])));
    const inside = poly.ofMonomial(monomial.factors.filter(varies));
    const outside = poly.ofMonomial(
      monomial.factors.filter((factor) => !varies(factor)),
      coefficient,
    );
    const key = [...inside.keys()].join('');
    parts.set(key, { inside, outside: poly.add(parts.get(key)?.outside ?? poly.NOTHING, outside) });
  }
  return new Map(
    [...parts].map(([key, { inside, outside }]) => [key, { inside, outside: reduced(outside) }]),
  );
}

/** The extreme of a body over the members for which `where` holds: the rest that means it. */
export function extremeOver(
  reader: Reader,
  set: MemberSet,
  which: 'max' | 'min',
  where: Condition,
  body: Term,
): Term {
  const context = extended(reader.domainsAt(set), where);
  const form = poly.keyOfPolynomial(context.normal.of(body));
  for (const family of familiesFor(reader, set, reader.domainsAt(set), where))
    for (const rest of reader.view.rests) {
      if (rest.family !== family || rest.reduce !== which) continue;
      if (poly.keyOfPolynomial(context.normal.of(rest.body)) === form) return t.variable(rest.name);
    }
  const key = `${which} ${set.prefix} ${reader.domainsAt(set).normal.keyOf(where)} ${form}`;
  return reader.nameFor(key, set.parent?.prefix ?? OWN, [where, body], () => []);
}
