/** Normal forms as terms again. */
import type { Factor, Generator, Polynomial } from './polynomial.js';
import { summands } from './polynomial.js';
import * as t from './term.js';
import type { Term } from './term.js';

export const termOf = (p: Polynomial): Term =>
  t.sum(
    ...summands(p).map(({ monomial: { factors }, coefficient }) =>
      t.product(t.number(coefficient), ...factors.map(factorTerm)),
    ),
  );

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
      return termOf(generator.of);
    case 'power':
      return t.power(termOf(generator.base), generator.exponent);
    case 'select':
      return t.select(generator.if, termOf(generator.then), termOf(generator.else));
  }
}
