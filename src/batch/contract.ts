/** Domains as contracts on numbers that a user gave: the words of a violation. */
import type { Domain } from '../base/domain.js';
import { intervalText } from '../base/interval.js';
import { formatNumber } from './number.js';

/** `a value in {0, 1}`, `an integer in [1, inf)`: what is expected, in the language's own notation. */
export function expectation(domain: Domain): string {
  if (domain.kind === 'set') return `a value in {${domain.values.map(formatNumber).join(', ')}}`;
  return `${domain.integer ? 'an integer' : 'a value'} in ${intervalText(domain.interval)}`;
}

/** The sentence for a value outside its domain: `` `tau` is 0, expected a value in (0, inf) ``. */
export const violation = (path: string, value: number, domain: Domain): string =>
  `\`${path}\` is ${formatNumber(value)}, expected ${expectation(domain)}`;
