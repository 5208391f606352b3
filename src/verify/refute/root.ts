/** Where a term of one variable is 0, as an exact term: by undoing one operation after the other. */
import * as b from '../../proof/build.js';
import { inverse, isWhole, plus, signOf, ONE, type Rational } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { encloseTerm } from '../interval/term.js';
import { mentions } from '../prover/walk.js';

/** The root, where the variable stands in one place only once equal parts are collected; nothing where it does not. */
export function rootOf(term: Term, variable: string): Term | undefined {
  let [left, right]: readonly [Term, Term] = [term, b.zero];
  for (;;) {
    if (left.op === 'variable') return left.name === variable ? right : undefined;
    const next = undone(left, right, variable);
    if (next === undefined) return undefined;
    [left, right] = next;
  }
}

const isPositive = (term: Term): boolean => encloseTerm(term, new Map()).low > 0;

/** The same equation with the outermost operation on its other side. */
function undone(left: Term, right: Term, variable: string): readonly [Term, Term] | undefined {
  switch (left.op) {
    case 'sum': {
      const moving = collected(left.terms.filter((one) => mentions(one, variable)));
      const still = left.terms.filter((one) => !mentions(one, variable));
      return moving === undefined ? undefined : [moving, b.difference(right, b.sum(...still))];
    }
    case 'product': {
      const [moving, other] = left.factors.filter((one) => mentions(one, variable));
      const still = left.factors.filter((one) => !mentions(one, variable));
      if (moving === undefined || other !== undefined) return undefined;
      return [moving, b.quotient(right, b.product(...still))];
    }
    case 'exp':
      return isPositive(right) ? [left.x, b.log(right)] : undefined;
    case 'log':
      return [left.x, b.exp(right)];
    case 'power': {
      const { base, exponent } = left;
      if (isWhole(exponent) && exponent.n % 2n === 0n) return undefined;
      return isPositive(right) ? [base, b.power(right, inverse(exponent))] : undefined;
    }
    default:
      return undefined;
  }
}

/** Summands that are multiples of one term, as one multiple of it. */
function collected(terms: readonly Term[]): Term | undefined {
  let coefficient: Rational | undefined;
  let of: Term | undefined;
  for (const term of terms) {
    const [first, ...rest] = term.op === 'product' ? term.factors : [term];
    const isScaled = first?.op === 'number';
    const own = isScaled ? b.product(...rest) : term;
    if (of !== undefined && !isEqual(of, own)) return undefined;
    of = own;
    coefficient = coefficient === undefined ? valueOf(first) : plus(coefficient, valueOf(first));
  }
  if (of === undefined || coefficient === undefined || signOf(coefficient) === 0) return undefined;
  return b.product(b.number(coefficient), of);
}
const valueOf = (term: Term | undefined): Rational => (term?.op === 'number' ? term.value : ONE);
const isEqual = (a: Term, other: Term): boolean => a === other || textOf(a) === textOf(other);
const textOf = (term: Term): string =>
  JSON.stringify(term, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
