/**
 * Operations of a term with the conditions that lead to them, as they are where those are reached: on the border of the region
 * where a condition holds, its literals hold in their weak form. A selection's branch has to be continuous there, too.
 */
import { isWhole, sign } from './rational.js';
import { definedness } from './derivative.js';
import { literal, not, difference, type Condition, type Literal, type Term } from './term.js';
import { mentions } from './variables.js';

export interface Placed {
  readonly term: Term;
  /** What holds on the way to it and on its border. */
  readonly path: readonly Condition[];
}

/** In post-order: operands before what is made of them, conditions before branches. */
export function* placed(
  term: Term,
  variable: string,
  path: readonly Condition[] = [],
): Generator<Placed, void, undefined> {
  switch (term.op) {
    case 'sum':
    case 'product':
      for (const one of term.of) yield* placed(one, variable, path);
      break;
    case 'power':
      yield* placed(term.base, variable, path);
      break;
    case 'exp':
    case 'log':
      yield* placed(term.x, variable, path);
      break;
    case 'select':
      for (const one of tested(term.if, variable, path)) yield* placed(one.literal.x, variable, one.path);
      yield* placed(term.then, variable, [...path, closure(term.if, variable)]);
      yield* placed(term.else, variable, [...path, closure(not(term.if), variable)]);
      break;
    case 'number':
    case 'pi':
    case 'variable':
      break;
  }
  yield { term, path };
}

interface Tested {
  readonly literal: Literal;
  readonly path: readonly Condition[];
}
/** The literals of a condition; those of a later part are looked at where the earlier ones leave it open. */
function* tested(
  condition: Condition,
  variable: string,
  path: readonly Condition[],
): Generator<Tested, void, undefined> {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return;
    case 'not':
      yield* tested(condition.x, variable, path);
      return;
    case 'and':
    case 'or': {
      let here = path;
      for (const one of condition.of) {
        yield* tested(one, variable, here);
        here = [...here, closure(condition.op === 'and' ? one : not(one), variable)];
      }
      return;
    }
    default:
      yield { literal: condition, path };
  }
}

/** What holds wherever the condition does and, as long as its terms are continuous, at limits of such places. */
function closure(condition: Condition, variable: string): Condition {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return condition;
    case 'not':
      return condition.x.op === 'flag' ? condition : closure(not(condition.x), variable);
    case 'and':
    case 'or':
      return { op: condition.op, of: condition.of.map((one) => closure(one, variable)) };
    default:
      if (!mentions(condition, variable)) return condition;
      if (condition.op === '!=') return { op: 'boolean', value: true };
      return condition.op === '>' ? literal('>=', condition.x) : condition;
  }
}

/** Where two branches meet: the literal's term is 0, and their difference has to be. */
export interface Joint {
  readonly at: Term;
  readonly difference: Term;
  readonly path: readonly Condition[];
}
/** One for each literal of each condition, in post-order. */
export const jointsOf = (term: Term, variable: string): readonly Joint[] =>
  [...placed(term, variable)].flatMap(({ term: one, path }) =>
    one.op !== 'select'
      ? []
      : [...tested(one.if, variable, path)].map((test) => ({
          at: test.literal.x,
          difference: difference(one.then, one.else),
          path: test.path,
        })),
  );

/** What makes operations on the variable continuous up to the borders of the conditions on it that lead to them. */
export interface Border {
  readonly needed: Literal;
  readonly path: readonly Condition[];
}
export const bordersOf = (term: Term, variable: string): readonly Border[] =>
  [...placed(term, variable)].flatMap(({ term: one, path }) => {
    const needed = continuousWhere(one);
    const isOnBorder = path.some((condition) => mentions(condition, variable));
    return needed === undefined || !isOnBorder || !mentions(one, variable) ? [] : [{ needed, path }];
  });
const continuousWhere = (term: Term): Literal | undefined =>
  term.op === 'power' && !isWhole(term.exponent) && sign(term.exponent) > 0
    ? { op: '>=', x: term.base }
    : definedness(term);
