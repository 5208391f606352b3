/** Literals about one quantity alone, with bounds on it from others: decided by where their polynomials have roots. */
import * as build from '../../proof/build.js';
import type { Derivation, Factor, Summand } from '../../proof/derivation.js';
import {
  compare,
  inverse,
  isZero,
  minus,
  ONE,
  opposite,
  over,
  plus,
  ratio,
  signOf,
  times,
  whole,
  ZERO,
} from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { asCandidate, summandOf, total } from './columns.js';
import type { Candidate } from './columns.js';
import { asRational, compareExponents, signOfExponent, timesExponent } from './exponent.js';
import type { Exponent } from './exponent.js';
import type { Fact } from './facts.js';
import type { Knowledge } from './knowledge.js';
import { factorsOf, multiplierOf } from './multiplier.js';
import * as polynomials from './polynomial.js';
import { exponentIn } from './ring.js';
import type { Monomial, Polynomial } from './ring.js';
import {
  binomial,
  degreeOf,
  divide,
  multiply,
  rootsBetween,
  shownPositive,
  trimmed,
  valueAt,
  withoutSquares,
} from './univariate.js';
import type { End, Univariate } from './univariate.js';
import { termOfMonomial } from './written.js';

/** How far y is from an end, as a candidate that is not negative. */
interface Bound {
  readonly at: Rational;
  readonly distance: Candidate;
}
interface Line {
  readonly y: Monomial;
  readonly low?: Bound;
  readonly high?: Bound;
}

/** A derivation from some fact that contradicts the bounds on the only quantity it is about. */
export function closeOnLine(
  facts: readonly Fact[],
  known: Knowledge,
  budget: Budget,
): Derivation | undefined {
  for (const one of facts) {
    if (one.polynomial.size < 2 || one.polynomial.size > 40) continue;
    const read = univariateOf(one.polynomial, known);
    if (read === undefined || degreeOf(read.p) > 40 || !budget.spend(20 + degreeOf(read.p) ** 2)) continue;
    const line = boundsOf(read.y, facts, one, known);
    const p = read.p.map(opposite);
    const raised: Fact = { ...one, polynomial: read.polynomial, factors: [...one.factors, ...read.factors] };
    const found = refuted(raised, p, line, known, budget, 4);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Read {
  readonly y: Monomial;
  readonly p: Univariate;
  /** The fact's polynomial over the monomial that all its own have in common, and what it was multiplied by. */
  readonly polynomial: Polynomial;
  readonly factors: readonly Factor[];
}

/** As a polynomial in one monomial of known sign, or in one generator. */
function univariateOf(polynomial: Polynomial, known: Knowledge): Read | undefined {
  const { ring } = known;
  const common = polynomials.commonPowers(ring, polynomial);
  const down = ring.raised(common, -1);
  const multiplier = common === ring.unit ? undefined : multiplierOf(down, known);
  const over =
    multiplier === undefined
      ? polynomial
      : polynomials.scaled(polynomials.timesMonomial(ring, polynomial, down), multiplier.sign);
  const exponents = [...over.keys()];
  const first = exponents.find((one) => one !== ring.unit);
  if (first === undefined) return undefined;
  const y = directionOf(exponents, first, known);
  if (y === undefined) return undefined;
  const out: Rational[] = [];
  for (const [monomial, coefficient] of over) {
    const degree = monomial === ring.unit ? 0 : multipleOf(monomial, y);
    if (degree === undefined || degree < 0 || degree > 60) return undefined;
    while (out.length <= degree) out.push(ZERO);
    out[degree] = coefficient;
  }
  return {
    y,
    p: trimmed(out),
    polynomial: over,
    factors: multiplier === undefined ? [] : factorsOf(multiplier, known),
  };
}

/** The monomial whose powers they all are. */
function directionOf(all: readonly Monomial[], first: Monomial, known: Knowledge): Monomial | undefined {
  const { ring } = known;
  const [axis] = first.powers;
  if (axis === undefined) return undefined;
  let step: Exponent = 0;
  for (const one of all) step = commonStep(step, exponentIn(one, axis.of));
  if (signOfExponent(step) === 0) return undefined;
  const scale = timesExponent(step, inverse(asRational(axis.to)));
  const isSingle = first.powers.length === 1;
  if (!isSingle && multiplierOf(first, known)?.strict !== true) return undefined;
  if (isSingle && typeof step !== 'number' && multiplierOf(ring.power(axis.of, step), known) === undefined)
    return undefined;
  return ring.raised(first, scale);
}
function commonStep(a: Exponent, b: Exponent): Exponent {
  let [x, y] = [asRational(a), asRational(b)];
  if (signOf(y) < 0) y = opposite(y);
  while (!isZero(y)) {
    const quotient = over(x, y);
    const floor = ratio(quotient.n / quotient.d);
    [x, y] = [y, minus(x, times(floor, y))];
  }
  return x.d === 1n ? Number(x.n) : x;
}
function multipleOf(monomial: Monomial, y: Monomial): number | undefined {
  const [axis] = y.powers;
  if (axis === undefined || monomial.powers.length !== y.powers.length) return undefined;
  const degree = timesExponent(exponentIn(monomial, axis.of), inverse(asRational(axis.to)));
  if (typeof degree !== 'number') return undefined;
  const isPower = y.powers.every(
    ({ of, to }) => compareExponents(exponentIn(monomial, of), timesExponent(to, degree)) === 0,
  );
  return isPower ? degree : undefined;
}

function boundsOf(y: Monomial, facts: readonly Fact[], except: Fact, known: Knowledge): Line {
  const { ring } = known;
  let line: Line = { y };
  const by = multiplierOf(y, known);
  if (by !== undefined && signOf(by.sign) > 0)
    line = {
      y,
      low: {
        at: ZERO,
        distance: {
          polynomial: polynomials.single(y),
          strict: by.strict,
          factors: () => factorsOf(by, known),
        },
      },
    };
  if (by !== undefined && signOf(by.sign) < 0)
    line = {
      y,
      high: {
        at: ZERO,
        distance: {
          polynomial: polynomials.single(y, by.sign),
          strict: by.strict,
          factors: () => factorsOf(by, known),
        },
      },
    };
  for (const one of facts) {
    const slope = one.polynomial.get(y);
    const constant = one.polynomial.get(ring.unit) ?? ZERO;
    if (one === except || slope === undefined || one.polynomial.size > (isZero(constant) ? 1 : 2)) continue;
    line = tightened(line, one, slope, constant);
  }
  return line;
}

function tightened(line: Line, one: Fact, slope: Rational, constant: Rational): Line {
  const at = opposite(over(constant, slope));
  const size = signOf(slope) < 0 ? opposite(slope) : slope;
  const distance = { ...asCandidate(one), polynomial: polynomials.scaled(one.polynomial, inverse(size)) };
  const isBetter = (old: Bound | undefined, sign: number): boolean =>
    old === undefined || compare(at, old.at) === sign || (compare(at, old.at) === 0 && one.strict);
  if (signOf(slope) > 0) return isBetter(line.low, 1) ? { ...line, low: { at, distance } } : line;
  return isBetter(line.high, -1) ? { ...line, high: { at, distance } } : line;
}

/** −p ≥ 0 (or > 0) by `one`, which cannot be. */
function refuted(
  one: Fact,
  p: Univariate,
  line: Line,
  known: Knowledge,
  budget: Budget,
  splits: number,
): Derivation | undefined {
  const { low, high } = line;
  if (!budget.spend(30 + 2 * degreeOf(p) ** 2)) return undefined;
  if (low !== undefined && high !== undefined && compare(low.at, high.at) >= 0) return undefined;
  const [square, rest] = withoutSquares(p);
  let left = rest;
  const [atLow, atHigh] = [low, high].map((end) => {
    if (end === undefined || !isZero(valueAt(left, end.at))) return 0;
    const factor = end === low ? [opposite(end.at), ONE] : [end.at, whole(-1)];
    left = divide(left, factor)[0];
    return 1;
  });
  const sample = between(low?.at, high?.at);
  if (signOf(valueAt(left, sample)) < 0 || rootsBetween(left, low?.at, high?.at) > 0) return undefined;
  const shown = low === undefined && high === undefined ? undefined : shownPositive(left, low?.at, high?.at);
  if (shown !== undefined) return summed(one, square, shown, [atLow ?? 0, atHigh ?? 0], line, known);
  if (splits === 0) return undefined;
  const at = isZero(valueAt(left, sample)) ? plus(sample, ratio(1n, 3n)) : sample;
  return split(one, p, line, at, known, budget, splits - 1);
}

function split(
  one: Fact,
  p: Univariate,
  line: Line,
  at: Rational,
  known: Knowledge,
  budget: Budget,
  splits: number,
): Derivation | undefined {
  const term = build.difference(termOfMonomial(line.y), build.number(at));
  const above: Literal = { op: '>=', x: term };
  const below: Literal = { op: '>', x: build.negated(term) };
  const distance = polynomials.add(
    polynomials.single(line.y),
    polynomials.constant(known.ring, opposite(at)),
  );
  const bound = (literal: Literal, polynomial: Polynomial): Bound => ({
    at,
    distance: { polynomial, strict: literal.op === '>', factors: () => [{ fact: literal }] },
  });
  const then = refuted(one, p, { ...line, low: bound(above, distance) }, known, budget, splits);
  if (then === undefined) return undefined;
  const otherwise = refuted(
    one,
    p,
    { ...line, high: bound(below, polynomials.opposite(distance)) },
    known,
    budget,
    splits,
  );
  return otherwise && { rule: 'cases', on: above, then, else: otherwise };
}

/** A point strictly between two ends. */
function between(low: End, high: End): Rational {
  if (low !== undefined && high !== undefined) return times(plus(low, high), ratio(1n, 2n));
  if (low !== undefined) return plus(low, ONE);
  return high === undefined ? ZERO : minus(high, ONE);
}

/** The summands of (1 + distance)^k·(fact + square²·Σ …) = 0. */
function summed(
  one: Fact,
  square: Univariate,
  shown: {
    readonly raised: number;
    readonly terms: readonly {
      readonly times: Rational;
      readonly fromLow: number;
      readonly fromHigh: number;
    }[];
  },
  [atLow, atHigh]: readonly [number, number],
  { y, low, high }: Line,
  known: Knowledge,
): Derivation | undefined {
  const { ring } = known;
  const weighted: (readonly [Candidate, Rational])[] = [];
  const end = low ?? high;
  for (let power = 0; power <= shown.raised; power += 1)
    weighted.push([withDistance(asCandidate(one), end, power, known), ratio(binomial(shown.raised, power))]);
  const squared = squareFactor(square, y, known);
  for (const { times: weight, fromLow, fromHigh } of shown.terms) {
    const lower = withDistance(squared, low, fromLow + atLow, known);
    weighted.push([withDistance(lower, high, fromHigh + atHigh, known), weight]);
  }
  const sum: readonly Summand[] = weighted.map(([candidate, weight]) => summandOf(candidate, weight));
  const holds = total(weighted).size === 0 && weighted.some(([{ strict }]) => strict);
  return holds && ring.unit.powers.length === 0 ? { rule: 'contradiction', sum } : undefined;
}

function withDistance(one: Candidate, end: Bound | undefined, power: number, { ring }: Knowledge): Candidate {
  let out = one;
  if (end === undefined) return out;
  for (let count = 0; count < power; count += 1)
    out = {
      polynomial: polynomials.times(ring, out.polynomial, end.distance.polynomial),
      strict: out.strict && end.distance.strict,
      factors: joined(out, end.distance),
    };
  return out;
}

const joined = (a: Candidate, b: Candidate) => (): readonly Factor[] => [...a.factors(), ...b.factors()];

function squareFactor(square: Univariate, y: Monomial, { ring }: Knowledge): Candidate {
  if (square.length <= 1) {
    const constant = square[0] ?? ONE;
    return {
      polynomial: polynomials.constant(ring, times(constant, constant)),
      strict: true,
      factors: () => [],
    };
  }
  const doubled = multiply(square, square);
  const polynomialIn = (p: Univariate): Polynomial => {
    const out = new Map<Monomial, Rational>();
    for (const [degree, coefficient] of p.entries())
      if (!isZero(coefficient)) out.set(ring.raised(y, degree), coefficient);
    return out;
  };
  const term: Term = build.sum(
    ...square.map((coefficient, degree) =>
      build.product(build.number(coefficient), termOfMonomial(ring.raised(y, degree))),
    ),
  );
  return { polynomial: polynomialIn(doubled), strict: false, factors: () => [{ square: term }] };
}
