/** The declared domains of inputs and parameters: contracts on numbers. */
import { contains, intervalText, type Interval } from './interval.js';

export type Domain =
  | { readonly kind: 'interval'; readonly integer: boolean; readonly interval: Interval }
  | { readonly kind: 'set'; readonly values: readonly number[] };

/** Whether a number keeps the contract. NaN never does, and no infinity lies in an interval. */
export const inDomain = (domain: Domain, value: number): boolean =>
  domain.kind === 'set'
    ? domain.values.includes(value)
    : contains(domain.interval, value) && (!domain.integer || Number.isInteger(value));

/** A domain in the language's own notation: `{0, 1}`, `integer [1, inf)`. */
export const domainText = (domain: Domain): string =>
  domain.kind === 'set'
    ? `{${domain.values.join(', ')}}`
    : `${domain.integer ? 'integer ' : ''}${intervalText(domain.interval)}`;
