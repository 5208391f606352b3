/** Domains as contracts on numbers that a user gave: the words of a violation. */
import { domainText, fixedDomain, type Domain, type FixedDomain } from '../base/domain.js';
import { intervalText } from '../base/interval.js';
import { formatNumber } from './number.js';

/** A domain for one run: as it is declared, and as the parameters of the run make it. */
export interface Contract {
  readonly declared: Domain;
  readonly fixed: FixedDomain;
}

/** The contract for parameters that all have a value. */
export function contractOf(declared: Domain, params: ReadonlyMap<string, number>): Contract {
  const fixed = fixedDomain(declared, (name) => params.get(name));
  if (fixed === undefined) throw new Error('internal: a bound is read before its parameter has a value');
  return { declared, fixed };
}

/** `a value in {0, 1}`, `an integer in [1, inf)`, `a value in [eps, inf) = [0.2, inf)`: what is expected. */
export function expectation({ declared, fixed }: Contract): string {
  if (fixed.kind === 'set') return `a value in {${fixed.values.map(formatNumber).join(', ')}}`;
  const interval = intervalText(fixed.interval);
  const written = declared.kind === 'dependent' ? domainText({ ...declared, integer: false }) : interval;
  const value = written === interval ? '' : ` = ${interval}`;
  return `${fixed.integer ? 'an integer' : 'a value'} in ${written}${value}`;
}

/** The sentence for a value outside its domain: `` `tau` is 0, expected a value in (0, inf) ``. */
export const violation = (path: string, value: number, contract: Contract): string =>
  `\`${path}\` is ${formatNumber(value)}, expected ${expectation(contract)}`;
