/** The values that a term can take while its variables stay in their ranges. */
import * as elementary from './elementary.js';
import * as i from './interval.js';
import type { Interval } from './interval.js';
import { sign } from './rational.js';
import type { Condition, Term } from './term.js';

export type Ranges = ReadonlyMap<string, Interval>;

export function enclose(term: Term, ranges: Ranges): Interval {
  const of = (one: Term): Interval => enclose(one, ranges);
  switch (term.op) {
    case 'number':
      return i.point(term.value);
    case 'pi':
      return elementary.PI;
    case 'variable':
      return ranges.get(term.name) ?? i.REALS;
    case 'sum':
      return term.of.map(of).reduce(i.add, i.ORIGIN);
    case 'product':
      return term.of.map(of).reduce(i.multiply, i.UNIT);
    case 'power':
      return sign(term.exponent) === 0 ? i.UNIT : elementary.power(of(term.base), term.exponent);
    case 'exp':
      return elementary.exp(of(term.x));
    case 'log':
      return elementary.log(of(term.x));
    case 'select': {
      const truth = decide(term.if, ranges);
      if (truth !== undefined) return of(truth ? term.then : term.else);
      return i.hull(of(term.then), of(term.else));
    }
  }
}

/** Whether a condition is the same throughout, and what. */
export function decide(condition: Condition, ranges: Ranges): boolean | undefined {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return undefined;
    case 'not': {
      const inner = decide(condition.x, ranges);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = condition.op === 'or';
      const parts = condition.of.map((one) => decide(one, ranges));
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    default: {
      const value = enclose(condition.x, ranges);
      const isZero = i.isPoint(value) && i.isNonnegative(value) && i.isNonpositive(value);
      switch (condition.op) {
        case '>=':
          return i.isNonnegative(value) ? true : i.isNegative(value) ? false : undefined;
        case '>':
          return i.isPositive(value) ? true : i.isNonpositive(value) ? false : undefined;
        case '==':
          return isZero ? true : i.excludesZero(value) ? false : undefined;
        case '!=':
          return isZero ? false : i.excludesZero(value) ? true : undefined;
      }
    }
  }
}
