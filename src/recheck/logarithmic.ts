/**
 * Enclosures of normal forms by way of logarithms: of quotients of what is too large for a double, such as e^x/(1 + e^x). Where
 * something is not seen to be positive, nothing is told.
 */
import * as elementary from './elementary.js';
import { enclose } from './enclose.js';
import * as i from './interval.js';
import type { Interval } from './interval.js';
import { summands, type Factor, type Generator, type Polynomial, type Summand } from './polynomial.js';
import { sign, whole } from './rational.js';
import { factorTerm, termOf } from './written.js';

const NOTHING_VARIES = new Map<string, Interval>();

/** The value of a form without variables. */
export const encloseForm = (form: Polynomial): Interval =>
  summands(form).map(valueOf).reduce(i.add, i.ORIGIN);

function valueOf({ monomial: { factors }, coefficient }: Summand): Interval {
  const logs = factors.map(logOf);
  const known = logs.filter((one) => one !== undefined);
  if (known.length < logs.length) return i.multiply(i.point(coefficient), valueOfFactors(factors));
  return i.multiply(i.point(coefficient), elementary.exp(known.reduce(i.add, i.ORIGIN)));
}
const valueOfFactors = (factors: readonly Factor[]): Interval =>
  factors.map((one) => enclose(factorTerm(one), NOTHING_VARIES)).reduce(i.multiply, i.UNIT);

function logOf({ generator, exponent }: Factor): Interval | undefined {
  const log = logOfGenerator(generator);
  return log && i.multiply(i.point(exponent), log);
}
function logOfGenerator(generator: Generator): Interval | undefined {
  if (generator.kind === 'exp') return enclose(termOf(generator.of), NOTHING_VARIES);
  if (generator.kind === 'sum') return logOfSum(generator.of);
  const value = enclose(factorTerm({ generator, exponent: whole(1) }), NOTHING_VARIES);
  return i.isPositive(value) ? elementary.log(value) : undefined;
}

/** log Σ e^l is m + log Σ e^(l − m), for any m: here the greatest l. */
function logOfSum(form: Polynomial): Interval | undefined {
  const logs = summands(form).map(({ monomial: { factors }, coefficient }) => {
    const all = [
      sign(coefficient) > 0 ? elementary.log(i.point(coefficient)) : undefined,
      ...factors.map(logOf),
    ];
    const known = all.filter((one) => one !== undefined);
    return known.length < all.length ? undefined : known.reduce(i.add, i.ORIGIN);
  });
  const known = logs.filter((one) => one !== undefined);
  const tops = known.map(({ high }) => high).sort(i.compareEnds);
  const most = tops.at(-1);
  if (known.length < logs.length || most === undefined || typeof most === 'string') return undefined;
  const greatest = i.point(most);
  const rest = known.map((one) => elementary.exp(i.subtract(one, greatest))).reduce(i.add, i.ORIGIN);
  return i.isPositive(rest) ? i.add(greatest, elementary.log(rest)) : undefined;
}
