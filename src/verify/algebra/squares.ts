/** Squares that may complete a polynomial: (αx − βy)² for two of its monomials, and (2Ag + B)² where it is Ag² + Bg + C. */
import { ONE, opposite, over, ratio, signOf, times } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Candidate } from './columns.js';
import { halved, isEven, oppositeExponent, addExponents } from './exponent.js';
import type { Exponent } from './exponent.js';
import type { Fact } from './facts.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator } from './knowledge.js';
import { factorsOf, multiplierOf } from './multiplier.js';
import type { Multiplier } from './multiplier.js';
import * as polynomials from './polynomial.js';
import { exponentIn } from './ring.js';
import type { Generator, Monomial, Polynomial } from './ring.js';
import { isSubset, NONNEGATIVE, POSITIVE } from './signs.js';
import { termOfPolynomial } from './written.js';

export const squareOf = (polynomial: Polynomial, { ring }: Knowledge): Candidate => ({
  polynomial: polynomials.times(ring, polynomial, polynomial),
  strict: false,
  factors: () => [{ square: termOfPolynomial(polynomial) }],
});

/** For each two monomials of the polynomial between which a third lies: squares of differences of their roots. */
export function differencesOf(polynomial: Polynomial, known: Knowledge): readonly Candidate[] {
  const entries = [...polynomial];
  const out: Candidate[] = [];
  for (const [at, [first, p]] of entries.entries())
    for (const [second, q] of entries.slice(at + 1)) {
      if (signOf(p) !== signOf(q)) continue;
      const halves = halvesOf(first, second, known);
      if (halves === undefined) continue;
      const [common, left, right] = halves;
      const middle = polynomial.get(known.ring.times(common, known.ring.times(left, right)));
      if (middle === undefined) continue;
      for (const [alpha, beta] of weightsOf(p, q, middle)) {
        const difference = polynomials.add(polynomials.single(left, alpha), polynomials.single(right, beta));
        const by = multiplierOf(common, known);
        if (by !== undefined) out.push(squareTimes(difference, by, known));
      }
    }
  return out;
}

/** (x ± y)² for monomials x², y² and xy that all occur, few of them. */
export function squaresAmong(support: ReadonlySet<Monomial>, known: Knowledge): readonly Candidate[] {
  const all = [...support];
  const out: Candidate[] = [];
  if (all.length > 80) return out;
  for (const [at, first] of all.entries())
    for (const second of all.slice(at + 1)) {
      const halves = halvesOf(first, second, known);
      if (halves === undefined || out.length >= 120) continue;
      const [common, left, right] = halves;
      const middle = known.ring.times(common, known.ring.times(left, right));
      const by = support.has(middle) ? multiplierOf(common, known) : undefined;
      if (by === undefined) continue;
      for (const sign of [ONE, opposite(ONE)])
        out.push(
          squareTimes(polynomials.add(polynomials.single(left), polynomials.single(right, sign)), by, known),
        );
    }
  return out;
}

function squareTimes(inside: Polynomial, by: Multiplier, known: Knowledge): Candidate {
  const square = squareOf(inside, known);
  return {
    polynomial: polynomials.timesMonomial(known.ring, square.polynomial, by.monomial, by.sign),
    strict: false,
    factors: () => [...square.factors(), ...factorsOf(by, known)],
  };
}

/** c, x and y with c·x² and c·y² the two monomials, x and y such as may be squared. */
function halvesOf(
  a: Monomial,
  b: Monomial,
  known: Knowledge,
): readonly [Monomial, Monomial, Monomial] | undefined {
  const { ring } = known;
  let [common, left, right] = [ring.unit, ring.unit, ring.unit];
  const generators = new Set([...a.powers, ...b.powers].map(({ of }) => of));
  for (const generator of generators) {
    const [x, y] = [exponentIn(a, generator), exponentIn(b, generator)];
    const difference = addExponents(x, oppositeExponent(y));
    let shared: Exponent = 0;
    if (!isEven(x) || !isEven(y)) {
      const signs = signsOfGenerator(generator, known);
      if (isEven(difference)) shared = isSubset(signs, NONNEGATIVE) || typeof x !== 'number' ? x : 1;
      else if (!isSubset(signs, NONNEGATIVE) || signs !== POSITIVE) return undefined;
    }
    if (typeof shared !== 'number' || shared < 0) shared = 0;
    if (shared > 1) shared = 1;
    common = ring.times(common, ring.power(generator, shared));
    left = ring.times(left, ring.power(generator, halved(addExponents(x, oppositeExponent(shared)))));
    right = ring.times(right, ring.power(generator, halved(addExponents(y, oppositeExponent(shared)))));
  }
  return [common, left, right];
}

/** Weights of the two roots in the squares worth a try: p·x² + m·xy + q·y² completed from either side, and touching. */
function weightsOf(p: Rational, q: Rational, m: Rational): readonly (readonly [Rational, Rational])[] {
  const half = over(m, ratio(2n));
  const out: (readonly [Rational, Rational])[] = [
    [p, half],
    [half, q],
  ];
  const sign = signOf(p) === signOf(m) ? ONE : opposite(ONE);
  out.push([ONE, sign]);
  const roots = [p, q].map((one) => rationalRoot(signOf(one) < 0 ? opposite(one) : one));
  const [x, y] = roots;
  if (x !== undefined && y !== undefined) out.push([x, times(sign, y)]);
  return out;
}

export function rationalRoot({ n, d }: Rational): Rational | undefined {
  const [top, bottom] = [wholeRoot(n), wholeRoot(d)];
  return top === undefined || bottom === undefined ? undefined : ratio(top, bottom);
}
function wholeRoot(n: bigint): bigint | undefined {
  if (n < 0n) return undefined;
  let guess = BigInt(Math.floor(Math.sqrt(Number(n))));
  for (let step = 0; step < 60; step += 1) {
    if (guess * guess === n) return guess;
    if (guess === 0n) return undefined;
    const next = (guess + n / guess) / 2n;
    if (next === guess) return undefined;
    guess = next;
  }
  return undefined;
}

export interface Quadratic {
  /** The coefficients A, B and C of the powers. */
  readonly a: Polynomial;
  readonly b: Polynomial;
  readonly c: Polynomial;
  /** The generator's power that is squared. */
  readonly root: Monomial;
}

/** The polynomial as Ag^2k + Bg^k + C, up to a power of g. */
export function quadraticIn(
  polynomial: Polynomial,
  generator: Generator,
  known: Knowledge,
): Quadratic | undefined {
  const exponents = [...new Set([...polynomial.keys()].map((one) => exponentIn(one, generator)))];
  if (exponents.length < 2 || exponents.length > 3) return undefined;
  const sorted = exponents.map(
    (one) => [Number(typeof one === 'number' ? one : Number(one.n) / Number(one.d)), one] as const,
  );
  sorted.sort(([x], [y]) => x - y);
  const [low, high] = [sorted[0]?.[1], sorted[sorted.length - 1]?.[1]];
  if (low === undefined || high === undefined) return undefined;
  const step = halved(addExponents(high, oppositeExponent(low)));
  const middle = addExponents(low, step);
  const inBetween = sorted[1]?.[1];
  if (exponents.length === 3 && (inBetween === undefined || !isSame(inBetween, middle))) return undefined;
  if (low !== 0 || exponents.length === 2) return undefined;
  const { ring } = known;
  const part = (to: Exponent): Polynomial =>
    new Map(
      [...polynomial]
        .filter(([one]) => isSame(exponentIn(one, generator), to))
        .map(([one, coefficient]) => [
          ring.times(one, ring.power(generator, oppositeExponent(to))),
          coefficient,
        ]),
    );
  return { a: part(high), b: part(middle), c: part(low), root: ring.power(generator, step) };
}
const isSame = (a: Exponent, b: Exponent): boolean => addExponents(a, oppositeExponent(b)) === 0;

/** For −(Ag² + Bg + C) ≥ 0 with A > 0 known: that fact times 4A, and (2Ag + B)². */
export function completed(fact: Fact, generator: Generator, known: Knowledge): readonly Candidate[] {
  const { ring } = known;
  const parts = quadraticIn(polynomials.opposite(fact.polynomial), generator, known);
  if (parts === undefined) return [];
  const lead = polynomials.times(ring, parts.a, polynomials.single(parts.root));
  const inside = polynomials.add(polynomials.scaled(lead, ratio(2n)), parts.b);
  const scaledFact: Candidate = {
    polynomial: polynomials.times(ring, fact.polynomial, parts.a),
    strict: fact.strict,
    factors: () => [...fact.factors, { fact: { op: '>', x: termOfPolynomial(parts.a) } }],
  };
  return [squareOf(inside, known), scaledFact];
}
