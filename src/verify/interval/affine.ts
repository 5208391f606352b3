/** Ranges of variables, as literals of one variable state them. */
import { ZERO, isZero, opposite, over, plus, signOf, times, type Rational } from '../../proof/rational.js';
import type { Literal, Relation, Term } from '../../proof/term.js';
import { REALS, between, intersection, isNothing, isPoint, ofRational, type Enclosure } from './enclosure.js';

/** slope · variable + constant; a constant alone has no variable. */
interface Affine {
  readonly name?: string;
  readonly slope: Rational;
  readonly constant: Rational;
}

function affineOf(term: Term): Affine | undefined {
  switch (term.op) {
    case 'number':
      return { slope: ZERO, constant: term.value };
    case 'variable':
      return { name: term.name, slope: { n: 1n, d: 1n }, constant: ZERO };
    case 'sum':
      return combined(term.terms, (a, b) => sumOf(a, b));
    case 'product':
      return combined(term.factors, (a, b) =>
        isZero(b.slope) ? scaled(a, b) : isZero(a.slope) ? scaled(b, a) : undefined,
      );
    default:
      return undefined;
  }
}
function combined(
  terms: readonly Term[],
  combine: (a: Affine, b: Affine) => Affine | undefined,
): Affine | undefined {
  const parts = terms.map(affineOf);
  return parts.reduce((whole, part) =>
    whole === undefined || part === undefined ? undefined : combine(whole, part),
  );
}
function sumOf(a: Affine, b: Affine): Affine | undefined {
  if (a.name !== undefined && b.name !== undefined && a.name !== b.name) return undefined;
  const name = a.name ?? b.name;
  return {
    ...(name !== undefined && { name }),
    slope: plus(a.slope, b.slope),
    constant: plus(a.constant, b.constant),
  };
}
const scaled = (a: Affine, by: Affine): Affine => ({
  ...a,
  slope: times(a.slope, by.constant),
  constant: times(a.constant, by.constant),
});

/** A literal that bounds one variable: the variable `relation` bound, or the other way round. */
interface Bound {
  readonly name: string;
  readonly relation: Relation;
  readonly isUpper: boolean;
  readonly bound: Enclosure;
}
function boundOf({ op, x }: Literal): Bound | undefined {
  const affine = affineOf(x);
  if (affine?.name === undefined || isZero(affine.slope)) return undefined;
  const bound = ofRational(over(opposite(affine.constant), affine.slope));
  return { name: affine.name, relation: op, isUpper: signOf(affine.slope) < 0, bound };
}

/** Whether a literal speaks of one variable and numbers only, and so is part of what the ranges say. */
export const isRange = (literal: Literal): boolean => boundOf(literal) !== undefined;

/** Rounded outwards, where a bound is no double. */
function allowed({ relation, isUpper, bound }: Bound): Enclosure {
  if (relation === '==') return bound;
  if (relation === '!=') return REALS;
  const isOpen = relation === '>' || !isPoint(bound);
  return isUpper
    ? { ...between(-Infinity, bound.high), highOpen: isOpen }
    : { ...between(bound.low, Infinity), lowOpen: isOpen };
}

/** The range of each variable; nothing where one is empty. */
export function rangesOf(
  literals: readonly Literal[],
  names: readonly string[],
): ReadonlyMap<string, Enclosure> | undefined {
  const bounds = literals.map(boundOf).filter((one) => one !== undefined);
  const ranges = new Map<string, Enclosure>();
  for (const name of names) {
    const own = bounds.filter((one) => one.name === name);
    const range = own.map(allowed).reduce(intersection, REALS);
    if (isNothing(range)) return undefined;
    ranges.set(name, range);
  }
  return ranges;
}
