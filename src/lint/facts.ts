/** What a condition that holds says about the values of expressions. */
import { REALS, contains, hull, intersection, type Interval } from '../base/interval.js';
import { isFiner, type Level } from '../base/level.js';
import type * as ir from '../ir/expr.js';
import type { Fact } from '../ir/range.js';
import type { BinaryOperator, Expr } from '../syntax/ast.js';

/** What a condition says of one value: a range, and whether 0 is left out of it. */
export interface Said extends Fact {
  readonly isNonzero?: true;
}
/** Facts by expression. */
export type Facts = ReadonlyMap<ir.Expr, Omit<Said, 'of'>>;
export const NO_FACTS: Facts = new Map();

interface Known {
  readonly meaningOf: (expr: Expr) => ir.Expr | undefined;
  readonly rangeOf: (expr: Expr) => Interval;
  readonly letNamed: (name: string) => Expr | undefined;
}

const OPPOSITE: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};
const MIRRORED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** What follows where the condition holds, or where it does not. */
export function factsOf(condition: Expr, holds: boolean, known: Known): readonly Said[] {
  switch (condition.kind) {
    case 'name': {
      const value = known.letNamed(condition.name);
      return value === undefined ? [] : factsOf(value, holds, known);
    }
    case 'inlined':
      return factsOf(condition.body, holds, known);
    case 'unary':
      return condition.operator === 'not' ? factsOf(condition.operand, !holds, known) : [];
    case 'binary': {
      const { operator, left, right } = condition;
      const isJoined = operator === (holds ? 'and' : 'or');
      if (isJoined) return [...factsOf(left, holds, known), ...factsOf(right, holds, known)];
      const said = holds ? operator : OPPOSITE[operator];
      const mirrored = said && MIRRORED[said];
      if (said === undefined || mirrored === undefined) return [];
      return [...bounded(left, said, right, known), ...bounded(right, mirrored, left, known)];
    }
    default:
      return [];
  }
}

/** What `x operator y` says of x. */
function bounded(x: Expr, operator: BinaryOperator, y: Expr, { meaningOf, rangeOf }: Known): readonly Said[] {
  const of = meaningOf(x);
  if (of?.type.kind !== 'real') return [];
  const bound = rangeOf(y);
  const below: Interval = { ...REALS, high: bound.high, highOpen: operator === '<' || bound.highOpen };
  const above: Interval = { ...REALS, low: bound.low, lowOpen: operator === '>' || bound.lowOpen };
  switch (operator) {
    case '<':
    case '<=':
      return [{ of, range: below }];
    case '>':
    case '>=':
      return [{ of, range: above }];
    case '==':
      return [{ of, range: bound }];
    case '!=':
      return unequal(of, rangeOf(x), bound);
    default:
      return [];
  }
}

/** An end of the range that the value cannot be is left out; from within, only 0 is. */
function unequal(of: ir.Expr, range: Interval, other: Interval): readonly Said[] {
  if (other.low !== other.high) return [];
  const { low: value } = other;
  if (range.low === value) return [{ of, range: { ...range, lowOpen: true } }];
  if (range.high === value) return [{ of, range: { ...range, highOpen: true } }];
  return value === 0 ? [{ of, range, isNonzero: true }] : [];
}

/** Facts that hold together. */
export function together(facts: Facts, more: readonly Said[]): Facts {
  if (more.length === 0) return facts;
  const all = new Map(facts);
  for (const { of, range, isNonzero } of more) {
    const before = all.get(of);
    const own = before === undefined ? range : intersection(before.range, range);
    const excludes = isNonzero ?? before?.isNonzero;
    all.set(of, { range: own, ...(excludes && { isNonzero: excludes }) });
  }
  return all;
}

const excludesZero = ({ range, isNonzero }: Omit<Said, 'of'>): boolean =>
  isNonzero === true || !contains(range, 0);

/** Facts that hold in both of two places. */
export function inBoth(a: Facts, b: Facts): Facts {
  const all = new Map<ir.Expr, Omit<Said, 'of'>>();
  for (const [of, own] of a) {
    const other = b.get(of);
    if (other === undefined) continue;
    const isNonzero = excludesZero(own) && excludesZero(other);
    all.set(of, { range: hull(own.range, other.range), ...(isNonzero && { isNonzero }) });
  }
  return all;
}

/** Facts that still hold inside a reduction into a level: those about single elements of a finer one do not. */
export function insideReduction(facts: Facts, into: Level): Facts {
  if ([...facts.keys()].every(({ type }) => !isFiner(type.level, into))) return facts;
  return new Map([...facts].filter(([of]) => !isFiner(of.type.level, into)));
}
