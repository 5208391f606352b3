/** Terms that are linear in a variable with a rational coefficient. */
import * as build from '../../proof/build.js';
import {
  inverse,
  isZero,
  ONE,
  opposite,
  plus,
  signOf,
  times,
  ZERO,
  type Rational,
} from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import { mentions, variablesOf } from './walk.js';

/** scale·variable + rest, where the rest does not mention it. */
export interface Linear {
  readonly scale: Rational;
  readonly rest: Term;
}

export function linearIn(term: Term, name: string): Linear | undefined {
  if (!mentions(term, name)) return { scale: ZERO, rest: term };
  if (term.op === 'variable') return { scale: ONE, rest: build.zero };
  if (term.op === 'sum') {
    const parts = term.terms.map((one) => linearIn(one, name));
    if (parts.includes(undefined)) return undefined;
    const found = parts.filter((one) => one !== undefined);
    return {
      scale: found.map(({ scale }) => scale).reduce(plus, ZERO),
      rest: build.sum(...found.map(({ rest }) => rest)),
    };
  }
  if (term.op !== 'product') return undefined;
  const inside = term.factors.filter((one) => mentions(one, name));
  const [only] = inside;
  const factor = build.product(...term.factors.filter((one) => one !== only));
  const part =
    only === undefined || inside.length > 1 || factor.op !== 'number' ? undefined : linearIn(only, name);
  return part && factor.op === 'number'
    ? { scale: times(part.scale, factor.value), rest: build.product(factor, part.rest) }
    : undefined;
}

/** What a variable is where the term is 0. */
export function solutionIn(term: Term, name: string): Term | undefined {
  const linear = linearIn(term, name);
  if (linear === undefined || isZero(linear.scale)) return undefined;
  return build.product(build.number(opposite(inverse(linear.scale))), linear.rest);
}

/** An equation that says what some variable is. */
export function solution(
  term: Term,
  except: ReadonlySet<string> = new Set(),
): readonly [name: string, value: Term] | undefined {
  for (const name of variablesOf(term)) {
    const value = except.has(name) ? undefined : solutionIn(term, name);
    if (value !== undefined) return [name, value];
  }
  return undefined;
}

export interface End {
  readonly name: string;
  readonly at: Term;
  /** Whether the variable is at least that, or at most. */
  readonly above: boolean;
}
/** The end that t ≥ 0 or t > 0 is for a variable. */
export function endOf({ op, x }: Literal, name: string): End | undefined {
  const linear = op === '>' || op === '>=' ? linearIn(x, name) : undefined;
  if (linear === undefined || isZero(linear.scale)) return undefined;
  const at = build.product(build.number(opposite(inverse(linear.scale))), linear.rest);
  return { name, at, above: signOf(linear.scale) > 0 };
}
/** An end that is a number, of a literal with one variable. */
export function boundOf(
  literal: Literal,
): { readonly name: string; readonly at: Rational; readonly above: boolean } | undefined {
  const [name, more] = variablesOf(literal);
  const end = name === undefined || more !== undefined ? undefined : endOf(literal, name);
  return end?.at.op === 'number' ? { name: end.name, at: end.at.value, above: end.above } : undefined;
}
