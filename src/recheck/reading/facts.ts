/** What is given (§3.4, §3.5): of the own elements, of a generic member of a set, and of the rests that a view declares. */
import { isFiner } from '../../base/level.js';
import { emptyContext, extended, type Context } from '../context.js';
import { checkDerivation } from '../derivation.js';
import { implies } from '../implies.js';
import { sign } from '../rational.js';
import { demand } from '../rejection.js';
import { CONTRADICTION } from '../rules/rule.js';
import * as t from '../term.js';
import { not, type Condition, type Term } from '../term.js';
import { mentions, namesIn } from '../variables.js';
import { conditionsOf, domainConditions, namesAt } from './domains.js';
import type { MemberSet } from './members.js';
import { OWN } from './place.js';
import type { Reader } from './reader.js';
import { declaredTotal } from './totals.js';
import type { Truth } from './tree.js';
import { isNeverEmpty, seenFrom, type Family, type Lift, type View } from './view.js';

const countOf = (family: Family): Term => t.variable(`${family.name}:count`);
const setOf = (reader: Reader, family: Family): MemberSet | undefined =>
  reader.sets.all().find(({ declared }) => declared === family.set);

/** Every name that is a whole number. */
export function integersOf(reader: Reader): readonly string[] {
  const places = [undefined, ...reader.sets.all()];
  const inputs = places.flatMap((set) =>
    namesAt(reader, set).flatMap(([name, { isInteger }]) => (isInteger ? [name] : [])),
  );
  return [...inputs, ...reader.view.families.map(({ name }) => `${name}:count`)];
}
export const contextWith = (reader: Reader, ...conditions: readonly Condition[]): Context =>
  extended(
    emptyContext(
      integersOf(reader),
      reader.view.rests.map(({ name }) => name),
    ),
    ...conditions,
  );

/** Conditions at each copy, once where what is varied does not enter. */
export function atCopies(
  reader: Reader,
  node: Truth,
  at: Parameters<Reader['condition']>[1],
): readonly Condition[] {
  const copies = reader.moves(node) ? reader.copies : 1;
  return Array.from({ length: copies }, (_, copy) => reader.condition(node, at, copy + 1));
}

/** Copies are in order, domains, and what is assumed of the elements at a prefix. */
export const elementFacts = (reader: Reader, set?: MemberSet): readonly Condition[] => [
  ...Array.from({ length: set === undefined ? reader.copies - 1 : 0 }, (_, at) =>
    t.literal('>', t.difference(reader.variable(at + 2), reader.variable(at + 1))),
  ),
  ...unorderedFacts(reader, set),
];
/** The same of copies that may be equal. */
export function unorderedFacts(reader: Reader, set?: MemberSet): readonly Condition[] {
  const { objective, own } = reader;
  const place = set?.place ?? own;
  const prefix = set?.prefix ?? OWN;
  const assumed = objective.assumptions.filter(
    ({ level }) => level !== 'peer' && place.elements.get(level) === prefix,
  );
  return [
    ...domainConditions(reader, set),
    ...permittedConditions(reader, set),
    ...(set === undefined ? dependentDomains(reader) : []),
    ...assumed.flatMap((one) => atCopies(reader, one, place)),
    ...reader
      .sums()
      .filter((one) => one.prefix === prefix)
      .map(({ condition }) => condition),
  ];
}

/** The values that inputs permit of a varied let: of each copy of the own one, and of a generic member's. */
function permittedConditions(
  { varied, copies, own, variable }: Reader,
  set?: MemberSet,
): readonly Condition[] {
  if (varied?.permitted === undefined) return [];
  const { permitted, node, name } = varied;
  if (set === undefined) {
    if (node.level === 'peer' || !own.elements.has(node.level)) return [];
    return Array.from({ length: copies }, (_, at) => permitted(variable(at + 1))).flat();
  }
  const isHere = isFiner(node.level, set.to) && !isFiner(node.level, set.from);
  return isHere ? permitted(t.variable(`${set.prefix}${name}`)) : [];
}

/** Where a varied parameter bounds other domains, they hold at each copy. */
function dependentDomains(reader: Reader): readonly Condition[] {
  const { varied, copies } = reader;
  if (varied === undefined || copies === 1) return [];
  const isBound = (one: Reader['objective']['inputs'][number]): boolean =>
    one.domain.kind === 'interval' &&
    [one.domain.low, one.domain.high].some(
      (end) => typeof end === 'object' && 'param' in end && end.param === varied.name,
    );
  return namesAt(reader, undefined)
    .filter(([, one]) => isBound(one))
    .flatMap(([name, { domain }]) =>
      Array.from({ length: copies }, (_, at) =>
        conditionsOf(domain, t.variable(name), (param) =>
          param === varied.name ? reader.variable(at + 1) : t.variable(param),
        ),
      ).flat(),
    );
}

/** How many members families have, that sums over none are 0, and that halves add up. */
export function setFacts(reader: Reader, parent: MemberSet | undefined): readonly Condition[] {
  const prefix = parent?.prefix ?? OWN;
  const families = reader.view.families.filter((one) => seenFrom(one.set) === prefix);
  return families.flatMap((family) => {
    const count = countOf(family);
    const atLeastOne = t.literal('>=', t.difference(count, t.one));
    const counts = isNeverEmpty(family)
      ? [atLeastOne]
      : [t.literal('>=', count), t.or(t.literal('==', count), atLeastOne)];
    const empty = reader.view.rests
      .filter((rest) => rest.family === family && rest.reduce === 'sum')
      .map(({ name }) => t.or(t.literal('>', count), t.literal('==', t.variable(name))));
    return [...counts, ...empty, ...splitFacts(reader, family)];
  });
}

function splitFacts(reader: Reader, whole: Family): readonly Condition[] {
  const set = setOf(reader, whole);
  if (set === undefined) return [];
  return reader.view.splits
    .filter((split) => split.whole === whole)
    .flatMap(({ then, else: otherwise, on, where }) => {
      const base = reader.domainsAt(set);
      const isHalf = (half: Family, side: Condition): boolean =>
        half.set === whole.set &&
        half.copy === whole.copy &&
        implies(extended(base, half.where), t.and(whole.where, side)) &&
        implies(extended(base, whole.where, side), half.where);
      demand(
        isHalf(then, on) && isHalf(otherwise, not(on)),
        where,
        'these are not the two halves of the family',
      );
      const counts = t.literal('==', t.difference(countOf(whole), t.sum(countOf(then), countOf(otherwise))));
      const sums = reader.view.rests
        .filter((rest) => rest.family === whole && rest.reduce === 'sum')
        .flatMap(({ name, body }) => {
          const parts = [then, otherwise].map((half) => declaredTotal(reader, set, half.where, body));
          const known = parts.filter((one) => one !== undefined);
          return known.length < 2 ? [] : [t.literal('==', t.difference(t.variable(name), t.sum(...known)))];
        });
      return [counts, ...sums];
    });
}
/** A member is of every family whose condition it satisfies, and no further out than its extremes. */
function membershipFacts(reader: Reader, set: MemberSet): readonly Condition[] {
  const families = reader.view.families.filter((one) => one.set === set.declared && one.copy === undefined);
  return [
    ...families.map((one) => t.or(not(one.where), t.literal('>=', t.difference(countOf(one), t.one)))),
    ...reader.view.rests
      .filter(({ family, reduce }) => families.includes(family) && reduce !== 'sum')
      .map(({ family, reduce, name, body }) => {
        const [low, high] = reduce === 'max' ? [body, t.variable(name)] : [t.variable(name), body];
        return t.or(not(family.where), t.literal('>=', t.difference(high, low)));
      }),
  ];
}

/** What is known of a generic member, and of the members that hold it. */
export const memberFacts = (reader: Reader, set: MemberSet): readonly Condition[] => [
  ...(set.parent === undefined ? [] : memberFacts(reader, set.parent)),
  ...elementFacts(reader, set),
  ...membershipFacts(reader, set),
  ...setFacts(reader, set),
];

/** Facts of rests that hold because they hold for each member: checked here, innermost sets first. */
export function liftFacts(
  reader: Reader,
  base: readonly Condition[],
): (parent: MemberSet | undefined) => readonly Condition[] {
  const proved: { readonly prefix: string; readonly facts: readonly Condition[] }[] = [];
  const depth = ({ family }: Lift): number => family.set.split('.').length;
  for (const lift of [...reader.view.lifts].sort((a, b) => depth(b) - depth(a))) {
    const set = setOf(reader, lift.family);
    // Of a set that the claim does not read nothing needs to be known.
    if (set === undefined) continue;
    const beside = set.parent?.prefix ?? OWN;
    // Of the sets inside of it, and of those beside it: whatever was shown before.
    const before = proved.flatMap(({ prefix, facts }) =>
      prefix.startsWith(set.prefix) || prefix === beside ? facts : [],
    );
    checkLift(reader, lift, set, [...base, ...memberFacts(reader, set), ...before]);
    proved.push({ prefix: beside, facts: factsOf(reader.view, lift) });
  }
  return (parent) => proved.flatMap(({ prefix, facts }) => (prefix === (parent?.prefix ?? OWN) ? facts : []));
}

function checkLift(reader: Reader, lift: Lift, set: MemberSet, given: readonly Condition[]): void {
  const { family, relation, weights, constant, by, where } = lift;
  const isFixed = (term: Term): boolean => ![...namesIn(term)].some((name) => name.startsWith(set.prefix));
  demand(
    [...weights.map(({ weight }) => weight), constant].every(isFixed),
    where,
    'a weight varies by member',
  );
  const total = t.sum(constant, ...weights.map(({ rest, weight }) => t.product(weight, rest.body)));
  const context = contextWith(reader, ...given, family.where);
  checkDerivation(by, extended(context, not(t.literal(relation, total))), CONTRADICTION, `${where}.by`);
}

/**
 * An extreme, where there are members, is the value of one of them; a sum is over them all. Where there are none, a maximum is
 * any number that is small enough for whatever it is compared with, so that what is above every member is above it anyway.
 */
function factsOf(view: View, { family, relation, weights, constant }: Lift): readonly Condition[] {
  const [first] = weights;
  if (first !== undefined && first.rest.reduce !== 'sum') {
    const { rest, weight } = first;
    const held = t.literal(relation, t.sum(constant, t.product(weight, t.variable(rest.name))));
    const outer = rest.reduce === 'max' ? -1 : 1;
    const isHeldAnyway =
      relation !== '==' &&
      weight.op === 'number' &&
      sign(weight.value) === outer &&
      !rangesOver(view, constant);
    return [isHeldAnyway ? held : t.or(t.literal('==', countOf(family)), held)];
  }
  const count = countOf(family);
  const total = t.sum(
    t.product(constant, count),
    ...weights.map(({ rest, weight }) => t.product(weight, t.variable(rest.name))),
  );
  if (relation !== '>') return [t.literal(relation, total)];
  const strict = t.literal('>', total);
  return [t.literal('>=', total), isNeverEmpty(family) ? strict : t.or(t.literal('==', count), strict)];
}

/** Whether extremes of others enter a value: of no members, one must not be chosen by another. */
function rangesOver(view: View, one: Term | Condition): boolean {
  return [...namesIn(one)].some((name) => {
    const rest = view.rests.find((found) => found.name === name);
    if (rest !== undefined)
      return rest.reduce !== 'sum' || rangesOver(view, rest.body) || rangesOver(view, rest.family.where);
    const family = view.families.find((found) => `${found.name}:count` === name);
    return family !== undefined && rangesOver(view, family.where);
  });
}

/** Names whose values change with what is varied, though they are not it: no statement may take them as fixed. */
export function movingNames(reader: Reader): ReadonlySet<string> {
  const { view, varied } = reader;
  const copies = Array.from({ length: varied === undefined ? 0 : reader.copies }, (_, at) => at + 1);
  const own = copies.flatMap((copy) => [...namesIn(reader.variable(copy))]);
  const moving = new Set<string>([...own, ...reader.movingUnknowns()]);
  const reads = (one: Term | Condition): boolean => [...moving].some((name) => mentions(one, name));
  for (let before = -1; before < moving.size;) {
    before = moving.size;
    for (const family of view.families)
      if (family.copy !== undefined || reads(family.where)) moving.add(`${family.name}:count`);
    for (const { name, family, body } of view.rests)
      if (family.copy !== undefined || moving.has(`${family.name}:count`) || reads(body)) moving.add(name);
    for (const { name, of } of reader.undeclared()) if (of.some(reads)) moving.add(name);
  }
  for (const name of own) moving.delete(name);
  return moving;
}
