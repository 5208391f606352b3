/** Terms of proofs as expressions of the program, so that something can be claimed of them. */
import Fraction from 'fraction.js';
import * as b from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedProgram } from '../ir/program.js';
import type { Rational } from '../proof/rational.js';
import type { Condition, Term } from '../proof/term.js';

/** Nothing where the term holds a name that the program has not, as the sum over others that a view has named. */
export function expressionOf(term: Term, program: DerivedProgram): Expr | undefined {
  const of = (one: Term): Expr | undefined => expressionOf(one, program);
  switch (term.op) {
    case 'number':
      return numberOf(term.value);
    case 'pi':
      return b.PI;
    case 'variable':
      return namedValue(term.name, program);
    case 'sum':
      return folded(term.terms.map(of), b.add);
    case 'product':
      return folded(term.factors.map(of), b.mul);
    case 'exp':
    case 'log': {
      const x = of(term.x);
      return x && (term.op === 'exp' ? b.exp(x) : b.log(x));
    }
    case 'power': {
      const base = of(term.base);
      return base && powerOf(base, term.exponent);
    }
    case 'select': {
      const [condition, then, otherwise] = [conditionOf(term.if, program), of(term.then), of(term.else)];
      return condition && then && otherwise && b.select(condition, then, otherwise);
    }
  }
}

const numberOf = ({ n, d }: Rational): Expr => b.rational(new Fraction(n, d));

/** Whole powers have a value where the base is negative, too; larger ones are not written out. */
function powerOf(base: Expr, exponent: Rational): Expr | undefined {
  const { n, d } = exponent;
  if (d !== 1n) return b.pow(base, numberOf(exponent));
  const size = Number(n < 0n ? -n : n);
  if (size === 0 || size > 8) return undefined;
  const raised = Array.from({ length: size }, () => base).reduce(b.mul);
  return n < 0n ? b.div(b.ONE, raised) : raised;
}

function namedValue(name: string, { params, inputs, lets }: DerivedProgram): Expr | undefined {
  if (params.some((one) => one.name === name)) return b.input('param', name, 'batch');
  const input = inputs.find((one) => one.name === name);
  if (input !== undefined) return b.input(input.role, name, input.level);
  return lets.find((one) => one.name === name)?.value;
}

const folded = (parts: readonly (Expr | undefined)[], join: (x: Expr, y: Expr) => Expr): Expr | undefined => {
  const known = parts.filter((one) => one !== undefined);
  return known.length === parts.length && known.length > 0 ? known.reduce(join) : undefined;
};

function conditionOf(condition: Condition, program: DerivedProgram): Expr | undefined {
  if (condition.op !== '>=' && condition.op !== '>' && condition.op !== '==') return undefined;
  const x = expressionOf(condition.x, program);
  const to = { '>=': b.ge, '>': b.gt, '==': b.eq }[condition.op];
  return x && to(x, b.ZERO);
}
