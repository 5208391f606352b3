/**
 * The normal form of a term in a context (§1): equal terms of that form are equal wherever the context holds, whatever
 * undefined operations give. Each merging step asks first whether the context allows it.
 */
import * as q from './rational.js';
import type { Rational } from './rational.js';
import * as poly from './polynomial.js';
import type { Factor, Generator, Polynomial } from './polynomial.js';
import * as signs from './signs.js';
import type { Facts, Match, Signs } from './signs.js';
import type { Condition, Term } from './term.js';

/** Normal forms in one context, and what is read off them. */
export interface Normalizer {
  readonly facts: Facts;
  readonly of: (term: Term) => Polynomial;
  /** The signs that a term can have: by its structure and by its normal form. */
  readonly signsOf: (term: Term) => Signs;
  /** What a literal on the term is compared by. */
  readonly matchOf: (term: Term) => Match;
  /** Whether a condition is decided. */
  readonly truthOf: (condition: Condition) => boolean | undefined;
  /** The same text for conditions that are the same up to the form of their terms. */
  readonly keyOf: (condition: Condition) => string;
}

export function normalForm(term: Term, normal: Normalizer): Polynomial {
  switch (term.op) {
    case 'number':
      return poly.constant(term.value);
    case 'pi':
      return poly.single({ kind: 'pi', key: 'π' });
    case 'variable':
      return unlessZero(poly.single(variableNamed(term.name)), normal.facts);
    case 'sum':
      return reduced(poly.add(...term.of.map(normal.of)));
    case 'product':
      return reduced(term.of.map(normal.of).reduce(poly.multiply, poly.UNITY));
    case 'power':
      return reduced(powerOf(normal.of(term.base), term.exponent, normal.signsOf(term.base), normal.facts));
    case 'exp':
      return reduced(expOf(normal.of(term.x), normal.facts));
    case 'log':
      return reduced(logOf(normal.of(term.x), normal.signsOf(term.x), normal.facts));
    case 'select':
      return selectOf(term, normal);
  }
}
/** A variable of which the context says that it is 0. */
const unlessZero = (variable: Polynomial, { signs: known }: Facts): Polynomial =>
  known.get(poly.keyOfPolynomial(variable)) === signs.ZERO ? poly.NOTHING : variable;
export const variableNamed = (name: string): Generator => ({
  kind: 'variable',
  key: JSON.stringify(name),
  name,
});

/** Signs that show in how a term is written: a square plus 1, say, that multiplied out no longer looks positive. */
export function structureSigns(term: Term, normal: Normalizer): Signs {
  switch (term.op) {
    case 'sum':
      return term.of.map(normal.signsOf).reduce(signs.sumSigns, signs.ZERO);
    case 'product':
      return productSigns(term.of, normal);
    case 'power':
      return signs.powerSigns(normal.signsOf(term.base), term.exponent);
    case 'exp':
    case 'pi':
      return signs.POSITIVE;
    case 'select': {
      const truth = normal.truthOf(term.if);
      const branch = (taken: boolean, one: Term): Signs => (truth === !taken ? 0 : normal.signsOf(one));
      return branch(true, term.then) | branch(false, term.else);
    }
    case 'number':
    case 'variable':
    case 'log':
      return signs.ANY;
  }
}

/** Equal factors are a power: their product is not negative where they come in pairs. */
function productSigns(factors: readonly Term[], normal: Normalizer): Signs {
  const times = new Map<string, { readonly factor: Term; readonly count: number }>();
  for (const factor of factors) {
    const key = poly.keyOfPolynomial(normal.of(factor));
    times.set(key, { factor, count: (times.get(key)?.count ?? 0) + 1 });
  }
  return [...times.values()]
    .map(({ factor, count }) => signs.powerSigns(normal.signsOf(factor), q.whole(count)))
    .reduce(signs.productSigns, signs.POSITIVE);
}

export function truthOf(condition: Condition, normal: Normalizer): boolean | undefined {
  switch (condition.op) {
    case 'boolean':
      return condition.value;
    case 'flag':
      return normal.facts.flags.get(condition.name);
    case 'not': {
      const inner = normal.truthOf(condition.x);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = condition.op === 'or';
      const parts = condition.of.map(normal.truthOf);
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    default: {
      const [found, asked] = [normal.signsOf(condition.x), signs.SIGNS_OF[condition.op]];
      return signs.isWithin(found, asked) ? true : (found & asked) === 0 ? false : undefined;
    }
  }
}

/**
 * Over common denominators, with what numerator and denominators share cancelled: the sums that stand in denominators are
 * known not to be 0, or they would not be written so.
 */
export function reduced(written: Polynomial): Polynomial {
  const p = withOneExponent(written);
  const below = new Map<string, { generator: Generator & { kind: 'sum' }; times: bigint }>();
  for (const { monomial } of p.values())
    for (const { generator, exponent } of monomial.factors) {
      const times = -q.floor(exponent);
      if (generator.kind === 'sum' && times > (below.get(generator.key)?.times ?? 0n))
        below.set(generator.key, { generator, times });
    }
  if (below.size === 0) return p;
  const all = [...below.values()];
  const numerator = all.reduce(
    (up, { generator, times }) => poly.multiply(up, poly.single(generator, q.whole(times))),
    p,
  );
  if (poly.isNothing(withOneExponent(numerator))) return poly.NOTHING;
  const { shared, rest } = poly.content(numerator);
  let kept = rest;
  const outside: Factor[] = [];
  for (const { generator, times } of all) {
    let left = times;
    for (let next = poly.divided(kept, generator.of); left > 0n && next !== undefined; left -= 1n) {
      kept = next;
      next = poly.divided(kept, generator.of);
    }
    if (left > 0n) outside.push({ generator, exponent: q.whole(-left) });
  }
  const factors = [
    poly.ofMonomial(shared),
    ...outside.map(({ generator, exponent }) => poly.single(generator, exponent)),
  ];
  return withOneExponent(factors.reduce(poly.multiply, kept));
}

/**
 * Each product of exponentials as that of the sum of their exponents, where that has denominators to be brought together:
 * e^x·e^(x/(n − 1)) is e^(n·x/(n − 1)).
 */
function withOneExponent(p: Polynomial): Polynomial {
  const isOpen = ({ monomial: { factors } }: poly.Summand): boolean =>
    factors.filter(isExponential).length > 1 && factors.some(hasDenominator);
  const open = poly.summands(p).filter(isOpen);
  if (open.length === 0) return p;
  const others = open.reduce((left, one) => poly.subtract(left, poly.ofSummand(one)), p);
  return poly.add(
    others,
    ...open.map(({ monomial: { factors }, coefficient }) => {
      const exponents = factors
        .filter(isExponential)
        .map((one) => poly.scale(one.generator.of, one.exponent));
      const rest = factors.filter((one) => !isExponential(one));
      const together = poly
        .summands(reduced(poly.add(...exponents)))
        .map((one) => poly.single(exponential(one.monomial), one.coefficient));
      return together.reduce(poly.multiply, poly.ofMonomial(rest, coefficient));
    }),
  );
}
type Exponential = Factor & { readonly generator: Generator & { readonly kind: 'exp' } };
const isExponential = (factor: Factor): factor is Exponential => factor.generator.kind === 'exp';
const hasDenominator = (factor: Factor): boolean =>
  isExponential(factor) &&
  poly
    .summands(factor.generator.of)
    .some(({ monomial: { factors } }) =>
      factors.some(({ generator, exponent }) => generator.kind === 'sum' && q.sign(exponent) < 0),
    );
const exponential = ({ key, factors }: poly.Monomial): Generator => ({
  kind: 'exp',
  key: `exp[${key}]`,
  of: poly.ofMonomial(factors),
});

/** A polynomial as c · shared factors · a sum whose first coefficient is 1 or −1 (1 where the sign may be taken out). */
function factored(
  p: Polynomial,
  mayTurn: boolean,
): { scale: Rational; shared: readonly Factor[]; rest: Polynomial } {
  const outside = poly.content(p);
  const { shared: more, rest } = poly.content(withOneExponent(outside.rest));
  const shared = [...outside.shared, ...more];
  const first = poly.leading(rest)?.coefficient ?? q.ONE;
  const scale = mayTurn ? first : q.absolute(first);
  return { scale, shared, rest: poly.scale(rest, q.inverse(scale)) };
}
const sumGenerator = (of: Polynomial): Generator => ({ kind: 'sum', key: poly.keyOfPolynomial(of), of });
/** A polynomial to an exponent that is not multiplied out, 1 where the polynomial is. */
const asFactor = (p: Polynomial, exponent: Rational): Polynomial =>
  q.sign(q.minus(poly.constantOf(p) ?? q.ZERO, q.ONE)) === 0
    ? poly.UNITY
    : expandedSingle(sumGenerator(p), exponent);
const expandedSingle = (generator: Generator, exponent: Rational): Polynomial => {
  const places = q.sign(exponent) > 0 ? q.floor(exponent) : 0n;
  const outside = generator.kind === 'sum' ? poly.wholePower(generator.of, places) : poly.UNITY;
  const left = q.minus(exponent, q.whole(places));
  return q.sign(left) === 0 ? outside : poly.multiply(outside, poly.single(generator, left));
};
const raisedFactors = (shared: readonly Factor[], by: Rational): Polynomial =>
  shared
    .map(({ generator, exponent }) =>
      poly.multiply(poly.UNITY, poly.single(generator, q.times(exponent, by))),
    )
    .reduce(poly.multiply, poly.UNITY);

export function powerOf(base: Polynomial, exponent: Rational, found: Signs, facts: Facts): Polynomial {
  if (q.sign(exponent) === 0) return poly.UNITY;
  if (q.isWhole(exponent) && q.sign(exponent) > 0) return poly.wholePower(base, exponent.n);
  const opaque = (): Polynomial => {
    const key = `pow[${poly.keyOfPolynomial(base)};${q.text(exponent)}]`;
    return poly.single({ kind: 'power', key, base, exponent });
  };
  const all = found & signs.signsOf(base, facts);
  if (poly.isNothing(base)) return q.sign(exponent) > 0 ? base : opaque();
  const { scale, shared, rest } = factored(base, q.isWhole(exponent));
  if (q.isWhole(exponent)) {
    const isNonzero = (signs_: Signs): boolean => (signs_ & signs.ZERO) === 0;
    const eachNonzero = (): boolean =>
      isNonzero(signs.signsOf(rest, facts)) &&
      shared.every((factor) => isNonzero(signs.signsOf(poly.ofMonomial([factor]), facts)));
    if (!isNonzero(all) && !eachNonzero()) return opaque();
    const outside = poly.constant(q.raised(scale, exponent.n));
    return [outside, raisedFactors(shared, exponent), asFactor(rest, exponent)].reduce(poly.multiply);
  }
  const allowed = q.sign(exponent) > 0 ? signs.ZERO | signs.POSITIVE : signs.POSITIVE;
  const areAllowed = shared.every(
    ({ generator, exponent: own }) =>
      signs.isWithin(signs.signsOf(poly.single(generator), facts), allowed) && q.sign(own) > 0,
  );
  const arePositive = shared.every(({ generator }) => isPositive(generator, facts));
  const isRestAllowed = signs.isWithin(signs.signsOf(rest, facts), allowed);
  if ((arePositive && signs.isWithin(all, allowed)) || (areAllowed && isRestAllowed))
    return [rootOfNumber(scale, exponent), raisedFactors(shared, exponent), asFactor(rest, exponent)].reduce(
      poly.multiply,
    );
  return signs.isWithin(all, allowed) ? asFactor(base, exponent) : opaque();
}

/** Of the generator itself: an even power of it would not do. */
const isPositive = (generator: Generator, facts: Facts): boolean =>
  signs.isPositiveFactor({ generator, exponent: q.ONE }, facts);

/** A positive rational to a rational power, over primes. */
const rootOfNumber = (value: Rational, exponent: Rational): Polynomial =>
  primes(value)
    .map(({ prime, times }) => {
      const generator: Generator = { kind: 'prime', key: String(prime), value: q.whole(prime) };
      return poly.multiply(
        poly.UNITY,
        poly.multiply(poly.single(generator, q.times(q.whole(times), exponent)), poly.UNITY),
      );
    })
    .reduce(poly.multiply, poly.UNITY);

/** Divisors up to this are found; a larger one is left as it is, which is as true. */
const LARGEST_DIVISOR = 1000n;
function primes({ n, d }: Rational): readonly { readonly prime: bigint; readonly times: bigint }[] {
  const found = new Map<bigint, bigint>();
  const split = (value: bigint, direction: bigint): void => {
    let left = value;
    for (let divisor = 2n; divisor <= LARGEST_DIVISOR && left > 1n; divisor += 1n)
      for (; left % divisor === 0n; left /= divisor)
        found.set(divisor, (found.get(divisor) ?? 0n) + direction);
    if (left > 1n) found.set(left, (found.get(left) ?? 0n) + direction);
  };
  split(n, 1n);
  split(d, -1n);
  return [...found].map(([prime, times]) => ({ prime, times })).filter(({ times }) => times !== 0n);
}

/** e^(a + b) = e^a·e^b, e^(q·m) = (e^m)^q, and e^(q·log x) = x^q where x > 0. */
export function expOf(x: Polynomial, facts: Facts): Polynomial {
  return poly
    .summands(x)
    .map(({ monomial, coefficient }) => {
      const [only, second] = monomial.factors;
      const isLog = only?.generator.kind === 'log' && second === undefined && q.equal(only.exponent, q.ONE);
      if (
        isLog &&
        only.generator.kind === 'log' &&
        signs.signsOf(only.generator.of, facts) === signs.POSITIVE
      )
        return powerOf(only.generator.of, coefficient, signs.POSITIVE, facts);
      return poly.single(exponential(monomial), coefficient);
    })
    .reduce(poly.multiply, poly.UNITY);
}

/** log(x·y) = log x + log y and log(x^q) = q·log x where each factor is positive; log(e^x) = x. */
export function logOf(x: Polynomial, found: Signs, facts: Facts): Polynomial {
  const { scale, shared, rest } = factored(x, false);
  const arePositive = shared.every(({ generator }) => isPositive(generator, facts));
  const isAll =
    (found & signs.signsOf(x, facts)) === signs.POSITIVE || signs.signsOf(rest, facts) === signs.POSITIVE;
  if (poly.isNothing(x) || !arePositive || !isAll) return logGenerator(x);
  const ofNumber = primes(scale).map(({ prime, times }) =>
    poly.scale(logGenerator(poly.constant(q.whole(prime))), q.whole(times)),
  );
  const ofFactors = shared.map(({ generator, exponent }) => poly.scale(logOfGenerator(generator), exponent));
  const ofRest = poly.constantOf(rest) === undefined ? [logGenerator(rest)] : [];
  return poly.add(poly.NOTHING, ...ofNumber, ...ofFactors, ...ofRest);
}
const logGenerator = (of: Polynomial): Polynomial =>
  poly.single({ kind: 'log', key: `log[${poly.keyOfPolynomial(of)}]`, of });
function logOfGenerator(generator: Generator): Polynomial {
  if (generator.kind === 'exp') return generator.of;
  if (generator.kind === 'sum') return logGenerator(generator.of);
  return logGenerator(generator.kind === 'prime' ? poly.constant(generator.value) : poly.single(generator));
}

function selectOf(term: Extract<Term, { op: 'select' }>, normal: Normalizer): Polynomial {
  const truth = normal.truthOf(term.if);
  if (truth !== undefined) return normal.of(truth ? term.then : term.else);
  const [then, otherwise] = [normal.of(term.then), normal.of(term.else)];
  const [thenKey, elseKey] = [poly.keyOfPolynomial(then), poly.keyOfPolynomial(otherwise)];
  if (thenKey === elseKey) return then;
  const key = `if[${normal.keyOf(term.if)};${thenKey};${elseKey}]`;
  return poly.single({ kind: 'select', key, if: term.if, then, else: otherwise });
}

/** The same text for conditions that are the same up to the form of their terms. */
export function conditionKey(condition: Condition, normal: Normalizer): string {
  switch (condition.op) {
    case 'boolean':
      return String(condition.value);
    case 'flag':
      return JSON.stringify(condition.name);
    case 'not':
      return `not(${normal.keyOf(condition.x)})`;
    case 'and':
    case 'or': {
      const open = condition.of.filter((one) => normal.truthOf(one) !== (condition.op === 'and'));
      const [only] = open;
      if (open.length === 1 && only !== undefined) return normal.keyOf(only);
      return `${condition.op}(${open.map(normal.keyOf).join(',')})`;
    }
    default: {
      const { key, isFlipped } = normal.matchOf(condition.x);
      return `${condition.op}${isFlipped ? '-' : '+'}${key}`;
    }
  }
}
