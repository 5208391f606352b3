/** Equalities that say what a variable is: it is replaced everywhere, inside of exponentials and logarithms too. */
import * as build from '../../proof/build.js';
import { inverse, opposite } from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import { substitute } from '../prover/substitute.js';
import { variablesOf } from '../prover/walk.js';
import type { Knowledge } from './knowledge.js';
import { signsOfGenerator } from './knowledge.js';
import { normalize } from './normalize.js';
import type { Generator, Polynomial } from './ring.js';
import { ANY } from './signs.js';
import { termOfPolynomial } from './written.js';
import * as polynomials from './polynomial.js';

export interface Equation {
  readonly name: string;
  readonly term: Term;
}

/** A variable that some literal determines; one of which nothing else is known rather than another. */
export function equationIn(known: Knowledge): Equation | undefined {
  const found = known.literals.flatMap((literal) => (literal.op === '==' ? equationsOf(literal, known) : []));
  return found.find(({ isFree }) => isFree) ?? found[0];
}

function equationsOf({ x }: Literal, known: Knowledge): readonly (Equation & { readonly isFree: boolean })[] {
  const { numerator, denominators } = normalize(x, known);
  if (denominators.size > 0) return [];
  return [...numerator].flatMap(([monomial, coefficient]) => {
    const [power] = monomial.powers;
    if (monomial.powers.length !== 1 || power?.to !== 1 || power.of.term.op !== 'variable') return [];
    const { name } = power.of.term;
    const rest: Polynomial = new Map([...numerator].filter(([other]) => other !== monomial));
    if ([...rest.keys()].some((other) => mentions(other.powers, power.of, name))) return [];
    const term = termOfPolynomial(polynomials.scaled(rest, opposite(inverse(coefficient))));
    return [{ name, term, isFree: signsOfGenerator(power.of, known) === ANY }];
  });
}
const mentions = (
  powers: readonly { readonly of: Generator }[],
  variable: Generator,
  name: string,
): boolean => powers.some(({ of }) => of === variable || variablesOf(of.term).has(name));

/** The literals with the variable replaced, without those that become true as numbers. */
export function replaced(literals: readonly Literal[], { name, term }: Equation): readonly Literal[] {
  const values = new Map([[name, term]]);
  return literals.flatMap(({ op, x }): readonly Literal[] => {
    const now = substitute(x, values);
    return now.op === 'number' && build.standsSo(op, now.value) ? [] : [{ op, x: now }];
  });
}
