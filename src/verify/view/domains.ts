/** Declared domains as conditions. Their numbers are the decimals that the source wrote. */
import type { Domain, DomainBound } from '../../base/domain.js';
import * as build from '../../proof/build.js';
import { ofDouble, parseRational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';

/** The shortest decimal that reads as this number. */
export const decimal = (value: number): Term => build.number(parseRational(String(value)) ?? ofDouble(value));

export const isInteger = (domain: Domain | undefined): boolean =>
  domain !== undefined && domain.kind !== 'set' && domain.integer;

/** What a value of the domain satisfies; `param` gives the term of a parameter that bounds it. */
export function domainFacts(
  domain: Domain | undefined,
  x: Term,
  param: (name: string) => Term,
): readonly Condition[] {
  if (domain === undefined) return [];
  if (domain.kind === 'set')
    return [build.or(...domain.values.map((value) => build.equal(x, decimal(value))))];
  const { low, high, lowOpen, highOpen } = domain.kind === 'interval' ? domain.interval : domain;
  const end = (bound: DomainBound): Term | undefined => {
    if (typeof bound !== 'number')
      return bound.negative ? build.negated(param(bound.param)) : param(bound.param);
    return Number.isFinite(bound) ? decimal(bound) : undefined;
  };
  const [least, most] = [end(low), end(high)];
  const from = least === undefined ? [] : [lowOpen ? build.above(x, least) : build.atLeast(x, least)];
  const to = most === undefined ? [] : [highOpen ? build.above(most, x) : build.atLeast(most, x)];
  return [...from, ...to];
}
