/** The declared domains of inputs and parameters: contracts on numbers. */
import { closed, contains, endText, intervalText, type Interval } from './interval.js';

/** A domain whose ends are numbers. */
export type FixedDomain =
  | { readonly kind: 'interval'; readonly integer: boolean; readonly interval: Interval }
  | { readonly kind: 'set'; readonly values: readonly number[] };

/** An end that is the value of an earlier parameter, or its negative. */
export interface ParamBound {
  readonly param: string;
  readonly negative: boolean;
}
export type DomainBound = number | ParamBound;

/** An interval of which an end at least is a parameter: what is in it depends on the values of the run. */
export interface DependentDomain {
  readonly kind: 'dependent';
  readonly integer: boolean;
  readonly low: DomainBound;
  readonly high: DomainBound;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
  /** What it lies in, whatever the parameters are. */
  readonly hull: Interval;
}
export type Domain = FixedDomain | DependentDomain;

/** Whether a number keeps the contract. NaN never does, and no infinity lies in an interval. */
export const inDomain = (domain: FixedDomain, value: number): boolean =>
  domain.kind === 'set'
    ? domain.values.includes(value)
    : contains(domain.interval, value) && (!domain.integer || Number.isInteger(value));

/** The smallest interval that is known to hold the domain. */
export function hullOf(domain: Domain): Interval {
  if (domain.kind === 'set') return closed(Math.min(...domain.values), Math.max(...domain.values));
  return domain.kind === 'interval' ? domain.interval : domain.hull;
}

/** The parameters that a domain names. */
export const paramsOf = (domain: Domain): readonly string[] =>
  domain.kind === 'dependent'
    ? [domain.low, domain.high].flatMap((end) => (typeof end === 'number' ? [] : [end.param]))
    : [];

/** The domain for given values of the parameters that it names; nothing where one of them has none. */
export function fixedDomain(
  domain: Domain,
  valueOf: (param: string) => number | undefined,
): FixedDomain | undefined {
  if (domain.kind !== 'dependent') return domain;
  const end = (bound: DomainBound): number | undefined => {
    if (typeof bound === 'number') return bound;
    const value = valueOf(bound.param);
    return value === undefined || !bound.negative ? value : 0 - value;
  };
  const [low, high] = [end(domain.low), end(domain.high)];
  if (low === undefined || high === undefined) return undefined;
  const { integer, lowOpen, highOpen } = domain;
  return { kind: 'interval', integer, interval: { low, high, lowOpen, highOpen } };
}

const boundText = (bound: DomainBound): string =>
  typeof bound === 'number' ? endText(bound) : `${bound.negative ? '-' : ''}${bound.param}`;

/** A domain in the language's own notation: `{0, 1}`, `integer [1, inf)`, `[eps_low, inf)`. */
export function domainText(domain: Domain): string {
  if (domain.kind === 'set') return `{${domain.values.join(', ')}}`;
  const integer = domain.integer ? 'integer ' : '';
  if (domain.kind === 'interval') return `${integer}${intervalText(domain.interval)}`;
  const { low, high, lowOpen, highOpen } = domain;
  return `${integer}${lowOpen ? '(' : '['}${boundText(low)}, ${boundText(high)}${highOpen ? ')' : ']'}`;
}
