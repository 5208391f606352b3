/** `lemma`: an instance of a fact of analysis; its premises match literals of the context or are plain. */
import { extended, holdsPlainly, knownRelation, type Context } from '../context.js';
import { each, oneOf } from '../json.js';
import { constantOf, summands } from '../polynomial.js';
import * as q from '../rational.js';
import { demand, reject } from '../rejection.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import type { Rule } from './rule.js';

type Lemma = (terms: readonly Term[], context: Context, where: string) => readonly Condition[];

const NAMES = [
  'exp-taylor',
  'exp-tangent-strict',
  'exp-increasing',
  'log-increasing',
  'root',
  'integer-gap',
  'pi',
] as const;
type Name = (typeof NAMES)[number];

export const lemma: Rule = ({ node, where, context }) => {
  const name = oneOf(node['lemma'], NAMES, `${where}.lemma`);
  const terms = each(node['terms'], `${where}.terms`, (one, at) => t.readTerm(one, at));
  demand(terms.length === OPERANDS[name], `${where}.terms`, `${name} is of ${String(OPERANDS[name])} terms`);
  return extended(context, ...LEMMAS[name](terms, context, where));
};

const OPERANDS: Readonly<Record<Name, number>> = {
  'exp-taylor': 2,
  'exp-tangent-strict': 1,
  'exp-increasing': 2,
  'log-increasing': 2,
  root: 2,
  'integer-gap': 1,
  pi: 0,
};

const premise = (op: t.Relation, x: Term, context: Context, where: string): void => {
  demand(holdsPlainly(context, { op, x }), where, `the premise ${t.shown({ op, x })} is not known`);
};
/** a ≤ b or a < b, as far as the context knows. */
function order(a: Term, b: Term, context: Context, where: string): '>' | '>=' {
  const found = knownRelation(context, t.difference(b, a), ['>', '>=']);
  return found === '>' || found === '>='
    ? found
    : reject(where, 'it is not known which of the two is larger');
}
const numberIn = (term: Term | undefined, context: Context, where: string): q.Rational =>
  (term === undefined ? undefined : constantOf(context.normal.of(term))) ??
  reject(where, 'expected a number');

const LEMMAS: Readonly<Record<Name, Lemma>> = {
  'exp-taylor': ([x = t.zero, degree], context, where) => {
    const n = numberIn(degree, context, where);
    const isDegree = q.isWhole(n) && n.n >= 0n && n.n <= 9n;
    demand(isDegree, where, 'the degree is a whole number from 0 to 9');
    if (q.isEven(n)) premise('>=', x, context, where);
    const terms = Array.from({ length: Number(n.n) + 1 }, (_, k) =>
      t.product(t.number(q.fraction(1n, factorial(BigInt(k)))), t.power(x, k)),
    );
    return [t.literal('>=', t.difference(t.exp(x), t.sum(...terms)))];
  },
  'exp-tangent-strict': ([x = t.zero], context, where) => {
    premise('!=', x, context, where);
    return [t.literal('>', t.difference(t.exp(x), t.sum(t.one, x)))];
  },
  'exp-increasing': ([a = t.zero, b = t.zero], context, where) => [
    t.literal(order(a, b, context, where), t.difference(t.exp(b), t.exp(a))),
  ],
  'log-increasing': ([a = t.zero, b = t.zero], context, where) => {
    premise('>', a, context, where);
    return [t.literal(order(a, b, context, where), t.difference(t.log(b), t.log(a)))];
  },
  root: ([x = t.zero, exponent], context, where) => {
    const found = numberIn(exponent, context, where);
    demand(q.sign(found) > 0, where, 'the exponent of a root is positive');
    demand(found.n <= 64n && found.d <= 64n, where, 'the exponent of a root has small parts');
    premise('>=', x, context, where);
    const root = t.power(x, found);
    const back = t.difference(t.power(root, q.whole(found.d)), t.power(x, q.whole(found.n)));
    return [t.literal('>=', root), t.literal('==', back)];
  },
  'integer-gap': ([x = t.zero], context, where) => {
    const isWholeNumber = summands(context.normal.of(x)).every(({ monomial: { factors }, coefficient }) => {
      const areIntegers = factors.every(
        ({ generator, exponent }) =>
          generator.kind === 'variable' &&
          context.integers.has(generator.name) &&
          q.isWhole(exponent) &&
          q.sign(exponent) > 0,
      );
      return areIntegers && q.isWhole(coefficient);
    });
    demand(isWholeNumber, where, 'the term is not made of whole numbers alone');
    premise('>', x, context, where);
    return [t.literal('>=', t.difference(x, t.one))];
  },
  pi: () => [
    t.literal('>', t.difference(t.pi, t.number(q.fraction(314159n, 100000n)))),
    t.literal('>', t.difference(t.number(q.fraction(31416n, 10000n)), t.pi)),
  ],
};

const factorial = (n: bigint): bigint => (n === 0n ? 1n : n * factorial(n - 1n));
