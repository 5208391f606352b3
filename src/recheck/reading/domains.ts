/** Declared domains as conditions, at the own element or at a generic member. */
import { isFiner, type Level } from '../../base/level.js';
import type { Rational } from '../rational.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import type { MemberSet } from './members.js';
import type { Bound, Declared, Domain } from './objective.js';
import type { Reader } from './reader.js';
import { OWN } from './place.js';

/** Names of inputs at an element, with what they are: as many as there are copies, of what is varied. */
export function namesAt(
  { objective, varied, copies, own }: Reader,
  set: MemberSet | undefined,
): readonly (readonly [string, Declared])[] {
  const isHere = (level: Level): boolean =>
    set === undefined ? own.elements.has(level) : isFiner(level, set.to) && !isFiner(level, set.from);
  return objective.inputs
    .filter(({ level }) => isHere(level))
    .flatMap((one) => {
      const prefix = set?.prefix ?? OWN;
      if (set !== undefined || one.name !== varied?.name || copies === 1)
        return [[`${prefix}${one.name}`, one] as const];
      return Array.from({ length: copies }, (_, at) => [`${one.name}.${String(at + 1)}`, one] as const);
    });
}

export const domainConditions = (reader: Reader, set: MemberSet | undefined): readonly Condition[] =>
  namesAt(reader, set).flatMap(([name, { domain }]) =>
    conditionsOf(domain, t.variable(name), paramOf(reader)),
  );

/** A parameter, which may be what is varied: then the domain speaks of each copy, and here of none. */
const paramOf =
  ({ varied, copies }: Reader) =>
  (name: string): Term | undefined =>
    varied?.name === name && copies > 1 ? undefined : t.variable(name);

/** What a value of the domain satisfies. */
export function conditionsOf(
  domain: Domain,
  x: Term,
  param: (name: string) => Term | undefined,
): readonly Condition[] {
  if (domain.kind === 'set')
    return [t.or(...domain.values.map((value) => t.literal('==', t.difference(x, t.number(value)))))];
  const end = (bound: Bound): Term | undefined => {
    if (typeof bound === 'string') return undefined;
    if (!('param' in bound)) return t.number(bound satisfies Rational);
    const named = param(bound.param);
    return named && (bound.isNegative ? t.negated(named) : named);
  };
  const [low, high] = [end(domain.low), end(domain.high)];
  return [
    ...(low === undefined ? [] : [t.literal(domain.lowOpen ? '>' : '>=', t.difference(x, low))]),
    ...(high === undefined ? [] : [t.literal(domain.highOpen ? '>' : '>=', t.difference(high, x))]),
  ];
}
