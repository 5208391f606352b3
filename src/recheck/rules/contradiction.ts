/**
 * `contradiction`: a sum of products that are not negative, one of them positive, is 0 in normal form. Factors are
 * literals that the context gives, squares, and terms that the context says are 0.
 */
import { holdsPlainly, type Context } from '../context.js';
import { each, fields } from '../json.js';
import { isNothing } from '../polynomial.js';
import { sign } from '../rational.js';
import { demand, reject } from '../rejection.js';
import { number, power, product, readLiteral, readRational, readTerm, sum, type Term } from '../term.js';
import type { Rule } from './rule.js';

interface Part {
  readonly term: Term;
  readonly isPositive: boolean;
}

export const contradiction: Rule = ({ node, where, context }) => {
  const parts = each(node['sum'], `${where}.sum`, (one, at) => summand(one, at, context));
  demand(
    parts.some(({ isPositive }) => isPositive),
    where,
    'no summand is positive',
  );
  const total = sum(...parts.map(({ term }) => term));
  demand(isNothing(context.normal.of(total)), where, 'the sum is not 0 in normal form');
  return undefined;
};

function summand(json: unknown, where: string, context: Context): Part {
  const { times, of } = fields(json, where);
  const scale = readRational(times, `${where}.times`);
  demand(sign(scale) > 0, `${where}.times`, 'a summand is counted a positive number of times');
  const factors = each(of, `${where}.of`, (one, at) => factor(one, at, context));
  return {
    term: product(number(scale), ...factors.map(({ term }) => term)),
    isPositive: factors.every(({ isPositive }) => isPositive),
  };
}

function factor(json: unknown, where: string, context: Context): Part {
  const one = fields(json, where);
  if ('square' in one) return { term: power(readTerm(one['square'], where), 2), isPositive: false };
  if ('zero' in one) {
    const zero = readLiteral(one['zero'], `${where}.zero`);
    demand(zero.op === '==' && holdsPlainly(context, zero), where, 'the context does not say that this is 0');
    return { term: product(zero.x, readTerm(one['times'], `${where}.times`)), isPositive: false };
  }
  if (!('fact' in one)) return reject(where, 'expected a fact, a square or a zero');
  const fact = readLiteral(one['fact'], `${where}.fact`);
  demand(fact.op === '>=' || fact.op === '>', where, 'a factor is a literal with >= or >');
  demand(holdsPlainly(context, fact), where, 'the context does not give this literal, and it is not plain');
  return { term: fact.x, isPositive: fact.op === '>' };
}
