/**
 * Enclosures of terms: over all values of the variables in their ranges, and whatever undefined operations give. Every
 * operation once, in the order in which the term stands; what occurs twice counts as two.
 */
import type { Rational } from '../../proof/rational.js';
import type { Condition, Relation, Term } from '../../proof/term.js';
import { PI_DOWN, PI_UP } from './constants.js';
import {
  REALS,
  finite,
  holdsZero,
  hull,
  isNothing,
  isPoint,
  ofRational,
  product,
  sum,
  type Enclosure,
} from './enclosure.js';
import { exp } from './exp.js';
import { log } from './log.js';
import { rationalPower } from './power.js';

export type Ranges = ReadonlyMap<string, Enclosure>;
/** Nothing where neither is known. */
export type Truth = boolean | undefined;

/** Terms made ready to be enclosed over many boxes. */
export interface Encloser {
  /** How many operations one call takes. */
  readonly size: number;
  /** An enclosure for each of the terms. */
  readonly enclose: (ranges: Ranges) => readonly Enclosure[];
}

export const PI: Enclosure = { low: PI_DOWN, high: PI_UP, lowOpen: true, highOpen: true };

/** What an operation gives that is total, with a value that nobody knows where it is undefined. */
const total = (x: Enclosure): Enclosure => (isNothing(x) ? REALS : finite(x));

/** A step reads the values of the steps before it. */
type Step = (values: readonly Enclosure[], ranges: Ranges) => Enclosure;
type Test = (values: readonly Enclosure[]) => Truth;

/**
 * `slack` widens every result by that part of its size, as an arithmetic would that rounds more coarsely; 0 and the sign of
 * an end stay.
 */
export function encloserOf(terms: readonly Term[], slack = 0): Encloser {
  const steps: Step[] = [];
  const places = new Map<Term, number>();
  const add = (step: Step): number => steps.push(step) - 1;
  const widened = (step: Step): Step =>
    slack === 0 ? step : (values, ranges) => loosened(step(values, ranges), slack);
  const place = (term: Term): number => {
    const known = places.get(term);
    if (known !== undefined) return known;
    const fresh = add(stepOf(term));
    places.set(term, fresh);
    return fresh;
  };
  const folded = (operands: readonly Term[], f: (a: Enclosure, b: Enclosure) => Enclosure): Step => {
    const [first = 0, ...rest] = operands.map(place);
    return (values) => rest.reduce((whole, at) => f(whole, valueAt(values, at)), valueAt(values, first));
  };
  const stepOf = (term: Term): Step => {
    switch (term.op) {
      case 'number': {
        const value = ofRational(term.value);
        return isPoint(value) ? () => value : widened(() => value);
      }
      case 'pi':
        return widened(() => PI);
      case 'variable':
        return (_, ranges) => ranges.get(term.name) ?? REALS;
      case 'sum':
        return widened(folded(term.terms, sum));
      case 'product':
        return widened(folded(term.factors, product));
      case 'power':
        return widened(powerStep(place(term.base), term.exponent));
      case 'exp':
        return widened(unaryStep(place(term.x), exp));
      case 'log':
        return widened(unaryStep(place(term.x), log));
      case 'select': {
        const test = testOf(term.if, place);
        const [then, otherwise] = [place(term.then), place(term.else)];
        return (values) => chosen(test(values), valueAt(values, then), valueAt(values, otherwise));
      }
    }
  };
  const roots = terms.map(place);
  const enclose = (ranges: Ranges): readonly Enclosure[] => {
    const values: Enclosure[] = [];
    for (const step of steps) values.push(step(values, ranges));
    return roots.map((at) => valueAt(values, at));
  };
  return { size: steps.length, enclose };
}

const valueAt = (values: readonly Enclosure[], at: number): Enclosure => values[at] ?? REALS;
const unaryStep =
  (at: number, f: (x: Enclosure) => Enclosure): Step =>
  (values) =>
    total(f(valueAt(values, at)));
const powerStep = (at: number, exponent: Rational): Step => unaryStep(at, (x) => rationalPower(x, exponent));
export const chosen = (test: Truth, then: Enclosure, otherwise: Enclosure): Enclosure =>
  test === undefined ? hull(then, otherwise) : test ? then : otherwise;

function loosened(x: Enclosure, slack: number): Enclosure {
  const low = x.low - Math.abs(x.low) * slack;
  const high = x.high + Math.abs(x.high) * slack;
  return finite({ ...x, low: Number.isNaN(low) ? x.low : low, high: Number.isNaN(high) ? x.high : high });
}

/** A condition over terms that have their places. */
function testOf(condition: Condition, place: (term: Term) => number): Test {
  switch (condition.op) {
    case 'boolean':
      return () => condition.value;
    case 'flag':
      return () => undefined;
    case 'not': {
      const test = testOf(condition.x, place);
      return (values) => negated(test(values));
    }
    case 'and': {
      const tests = condition.all.map((one) => testOf(one, place));
      return (values) => allOf(tests.map((test) => test(values)));
    }
    case 'or': {
      const tests = condition.any.map((one) => testOf(one, place));
      return (values) => negated(allOf(tests.map((test) => negated(test(values)))));
    }
    case '>=':
    case '>':
    case '==':
    case '!=': {
      const at = place(condition.x);
      return (values) => standsSo(condition.op, valueAt(values, at));
    }
  }
}
const negated = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;

/** How all values of an enclosure stand to 0. */
export function standsSo(relation: Relation, x: Enclosure): Truth {
  const isNegative = x.high < 0 || (x.high === 0 && x.highOpen);
  const isPositive = x.low > 0 || (x.low === 0 && x.lowOpen);
  switch (relation) {
    case '>=':
      return x.low >= 0 ? true : isNegative ? false : undefined;
    case '>':
      return isPositive ? true : x.high <= 0 ? false : undefined;
    case '==':
      return holdsZero(x) ? (isPoint(x) ? true : undefined) : false;
    case '!=':
      return negated(standsSo('==', x));
  }
}

/** Every value that the term can have. A variable without a range is any real number. */
export const encloseTerm = (term: Term, ranges: Ranges): Enclosure =>
  encloserOf([term]).enclose(ranges)[0] ?? REALS;

/** Whether the condition holds for all values in the ranges (true), for none (false), or neither is known. */
export function encloseCondition(condition: Condition, ranges: Ranges): Truth {
  const terms: Term[] = [];
  const test = testOf(condition, (term) => terms.push(term) - 1);
  return test(encloserOf(terms).enclose(ranges));
}

/** The variables that terms mention, in conditions too. */
export function variablesOf(terms: readonly Term[]): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    if (term.op === 'variable') names.add(term.name);
    for (const operand of operandsOf(term)) visit(operand);
  };
  terms.forEach(visit);
  return names;
}
function operandsOf(term: Term): readonly Term[] {
  switch (term.op) {
    case 'number':
    case 'pi':
    case 'variable':
      return [];
    case 'sum':
      return term.terms;
    case 'product':
      return term.factors;
    case 'power':
      return [term.base];
    case 'exp':
    case 'log':
      return [term.x];
    case 'select':
      return [...termsOf(term.if), term.then, term.else];
  }
}
function termsOf(condition: Condition): readonly Term[] {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return [];
    case 'not':
      return termsOf(condition.x);
    case 'and':
      return condition.all.flatMap(termsOf);
    case 'or':
      return condition.any.flatMap(termsOf);
    default:
      return [condition.x];
  }
}
