/**
 * What the conditions on the way to an operation leave: on the border of the region where a condition holds, its literals hold
 * in their weak form.
 */
import * as build from '../../proof/build.js';
import { isWhole, signOf } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import { mentions, partsOf, type Part } from './walk.js';

/** Occurrences of a tree, operands first. */
export function* inPostOrder(part: Part): Iterable<Part> {
  for (const one of partsOf(part)) yield* inPostOrder(one);
  yield part;
}

interface Placed {
  readonly term: Term;
  readonly path: readonly Condition[];
}
function* placed(term: Term, name: string, path: readonly Condition[]): Iterable<Placed> {
  if (term.op === 'select') {
    for (const test of tested(term.if, name, path)) yield* placed(test.literal.x, name, test.path);
    yield* placed(term.then, name, [...path, closure(term.if, name)]);
    yield* placed(term.else, name, [...path, closure(build.not(term.if), name)]);
  } else for (const one of operandsOf(term)) yield* placed(one, name, path);
  yield { term, path };
}
const operandsOf = (term: Term): readonly Term[] => {
  if (term.op === 'sum') return term.terms;
  if (term.op === 'product') return term.factors;
  if (term.op === 'power') return [term.base];
  return term.op === 'exp' || term.op === 'log' ? [term.x] : [];
};

interface Tested {
  readonly literal: Literal;
  readonly path: readonly Condition[];
}
/** The literals of a condition; those of a later part are looked at where the earlier ones leave it open. */
function* tested(condition: Condition, name: string, path: readonly Condition[]): Iterable<Tested> {
  if (build.isLiteral(condition)) yield { literal: condition, path };
  if (condition.op === 'not') yield* tested(condition.x, name, path);
  if (condition.op !== 'and' && condition.op !== 'or') return;
  let here = path;
  for (const one of condition.op === 'and' ? condition.all : condition.any) {
    yield* tested(one, name, here);
    here = [...here, closure(condition.op === 'and' ? one : build.not(one), name)];
  }
}

/** What holds wherever the condition does and, as long as its terms are continuous, at limits of such places. */
function closure(condition: Condition, name: string): Condition {
  if (!mentions(condition, name)) return condition;
  switch (condition.op) {
    case 'and':
      return build.and(...condition.all.map((one) => closure(one, name)));
    case 'or':
      return build.or(...condition.any.map((one) => closure(one, name)));
    case 'not':
      return closure(build.not(condition.x), name);
    case '>':
      return build.literal('>=', condition.x);
    case '!=':
      return build.truth(true);
    default:
      return condition;
  }
}

export interface Joint {
  /** A literal's term is 0, on the way to its selection. */
  readonly where: readonly Condition[];
  /** Both branches are equal. */
  readonly equal: Condition;
}
/** For each literal of each condition that the variable moves, in post-order. */
export const joints = (term: Term, name: string): readonly Joint[] =>
  [...placed(term, name, [])].flatMap(({ term: one, path }) =>
    one.op !== 'select'
      ? []
      : [...tested(one.if, name, path)]
          .filter((test) => mentions(test.literal, name))
          .map((test) => ({
            where: [...test.path, build.literal('==', test.literal.x)],
            equal: build.equal(one.then, one.else),
          })),
  );

/** For each operation on the variable under a condition on it, in post-order: what makes it continuous up to the border. */
export const borders = (
  term: Term,
  name: string,
): readonly { readonly where: readonly Condition[]; readonly needed: Condition }[] =>
  [...placed(term, name, [])].flatMap(({ term: one, path }) => {
    const needed = continuousWhere(one);
    const isOnBorder = path.some((condition) => mentions(condition, name));
    return needed === undefined || !isOnBorder || !mentions(one, name) ? [] : [{ where: path, needed }];
  });
function continuousWhere(term: Term): Condition | undefined {
  if (term.op === 'log') return build.literal('>', term.x);
  if (term.op !== 'power') return undefined;
  const isRising = signOf(term.exponent) > 0;
  if (!isWhole(term.exponent)) return build.literal(isRising ? '>=' : '>', term.base);
  return isRising ? undefined : build.literal('!=', term.base);
}
