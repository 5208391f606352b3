/** Points at which conditions turn, solved for the variable by undoing one operation after the other. */
import * as b from '../../proof/build.js';
import {
  compare,
  equals,
  inverse,
  isWhole,
  minus,
  plus,
  ratio,
  signOf,
  times,
  ZERO,
  type Rational,
} from '../../proof/rational.js';
import { termText } from '../../proof/text.js';
import type { Condition, Term } from '../../proof/term.js';
import { asRational, exponentOf } from '../algebra/exponent.js';
import { normalize } from '../algebra/normalize.js';
import type { Generator, Polynomial } from '../algebra/ring.js';
import { termOfPower } from '../algebra/written.js';
import { contextOf, decide, type Context } from '../prover/context.js';
import { resolver } from '../prover/substitute.js';
import { literalsOf, mentions, subparts } from '../prover/walk.js';

/** The zeros that are known of the literals in a term's conditions. */
export function kinksOf(term: Term, name: string): readonly Term[] {
  const literals = subparts(term).flatMap((part) => (part.op === 'select' ? literalsOf(part.if) : []));
  const zeros = literals
    .filter(({ x }) => mentions(x, name))
    .flatMap(({ x }) => branchesOf(x))
    .flatMap((x) => zeroOf(x, name) ?? []);
  return [...new Map(zeros.map((at) => [termText(at), at])).values()];
}

/** Where a term is 0, if it holds the variable once. */
export const zeroOf = (term: Term, name: string): Term | undefined => solution(term, b.zero, name);

/** The variable for which a term has a value; it exists where the operations that it takes are defined. */
export function solution(term: Term, value: Term, name: string): Term | undefined {
  switch (term.op) {
    case 'variable':
      return term.name === name ? value : undefined;
    case 'exp':
      return value.op === 'number' && signOf(value.value) <= 0
        ? undefined
        : solution(term.x, b.log(value), name);
    case 'log':
      return solution(term.x, b.exp(value), name);
    case 'power': {
      const { base, exponent } = term;
      const isOdd = isWhole(exponent) && exponent.n % 2n !== 0n;
      return isOdd || signOf(exponent) !== 0
        ? solution(base, b.power(value, inverse(exponent)), name)
        : undefined;
    }
    case 'sum':
    case 'product': {
      const parts = term.op === 'sum' ? term.terms : term.factors;
      const [own, ...others] = parts.filter((one) => mentions(one, name));
      if (own === undefined || others.length > 0) return undefined;
      const rest = parts.filter((one) => one !== own);
      const target =
        term.op === 'sum' ? b.difference(value, b.sum(...rest)) : b.quotient(value, b.product(...rest));
      return solution(own, target, name);
    }
    default:
      return undefined;
  }
}

/**
 * Where a term touches 0, if it is a square up to what does not hold the variable: A·g² + B·g + C, in one g that does, has its
 * double zero at −B/2A.
 */
export function touchingsOf(term: Term, name: string, given: readonly Condition[]): readonly Term[] {
  const context = contextOf(given);
  return branchesOf(resolver((one) => decide(context, one)).term(term)).flatMap((branch) => {
    const at = touchingOf(branch, name, context);
    return at === undefined ? [] : [at];
  });
}

/** The term with its selections decided one way and the other, as long as there are few. */
export function branchesOf(term: Term, most = 3): readonly Term[] {
  const select = subparts(term).find((part) => part.op === 'select');
  if (select?.op !== 'select' || most === 0) return [term];
  return [true, false].flatMap((value) =>
    branchesOf(resolver((one) => (one === select.if ? value : undefined)).term(term), most - 1),
  );
}

function touchingOf(term: Term, name: string, context: Context): Term | undefined {
  const found = powersIn(normalize(term, context.knowledge).numerator, name);
  return found && doubleZero(found.moving, found.coefficients, name);
}

export interface Coefficient {
  readonly to: Rational;
  readonly of: Term;
}
/** A polynomial as one in the only generator that holds the variable; nothing where there are several, or none. */
export function powersIn(
  polynomial: Polynomial,
  name: string,
): { readonly moving: Generator; readonly coefficients: readonly Coefficient[] } | undefined {
  let moving: Generator | undefined;
  const coefficients: Coefficient[] = [];
  for (const [{ powers }, factor] of polynomial) {
    const own = powers.filter((one) => mentions(termOfPower(one), name));
    const [first] = own;
    if (own.length > 1 || (moving !== undefined && first !== undefined && first.of !== moving))
      return undefined;
    moving ??= first?.of;
    const rest = powers.filter((one) => one !== first).map(termOfPower);
    const to = first === undefined ? ZERO : asRational(first.to);
    coefficients.push({ to, of: b.product(b.number(factor), ...rest) });
  }
  return moving && { moving, coefficients };
}

function doubleZero(of: Generator, coefficients: readonly Coefficient[], name: string): Term | undefined {
  const exponents = coefficients.map(({ to }) => to).sort(compare);
  const [low, high] = [exponents[0], exponents.at(-1)];
  if (low === undefined || high === undefined || equals(low, high)) return undefined;
  const half = times(minus(high, low), ratio(1n, 2n));
  const middle = plus(low, half);
  const at = (exponent: Rational): Term =>
    b.sum(...coefficients.filter(({ to }) => equals(to, exponent)).map(({ of: one }) => one));
  if (exponents.some((one) => ![low, middle, high].some((known) => equals(known, one)))) return undefined;
  const zero = b.quotient(b.negated(at(middle)), b.product(b.number(2), at(high)));
  return solution(termOfPower({ of, to: exponentOf(half) }), zero, name);
}
