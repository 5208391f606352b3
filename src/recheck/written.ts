/** Normal forms as terms again. */
import type { Factor, Generator, Polynomial } from './polynomial.js';
import { content, dividedWithRest, isNothing, multiply, ofMonomial, summands } from './polynomial.js';
import { equal, whole } from './rational.js';
import * as t from './term.js';
import type { Term } from './term.js';

export const termOf = (p: Polynomial): Term =>
  t.sum(
    ...summands(p).map(({ monomial: { factors }, coefficient }) =>
      t.product(t.number(coefficient), ...factors.map(factorTerm)),
    ),
  );

/** A sum over a common denominator as what that divides and what it does not: so that signs show which did before. */
function mixed(p: Polynomial): Term {
  const { shared, rest } = content(p);
  const below = shared.find(
    ({ generator, exponent }) => generator.kind === 'sum' && equal(exponent, whole(-1)),
  );
  if (below?.generator.kind !== 'sum') return termOf(p);
  const found = dividedWithRest(rest, below.generator.of);
  if (found === undefined || isNothing(found.quotient)) return termOf(p);
  const others = ofMonomial(shared.filter((one) => one !== below));
  return t.sum(
    termOf(multiply(found.quotient, others)),
    t.product(termOf(multiply(found.remainder, others)), factorTerm(below)),
  );
}

export const factorTerm = ({ generator, exponent }: Factor): Term => {
  const base = generatorTerm(generator);
  if (base.op === 'exp') return t.exp(t.product(t.number(exponent), base.x));
  return t.power(base, exponent);
};

function generatorTerm(generator: Generator): Term {
  switch (generator.kind) {
    case 'variable':
      return t.variable(generator.name);
    case 'pi':
      return t.pi;
    case 'prime':
      return t.number(generator.value);
    case 'exp':
      return t.exp(termOf(generator.of));
    case 'log':
      return t.log(termOf(generator.of));
    case 'sum':
      return mixed(generator.of);
    case 'power':
      return t.power(termOf(generator.base), generator.exponent);
    case 'select':
      return t.select(generator.if, termOf(generator.then), termOf(generator.else));
  }
}
