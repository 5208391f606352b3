/**
 * Under which conditions each expression is read: `if`, `where` and assumptions select, and what they leave out is
 * never read. What is read in several places is known to satisfy what holds in all of them.
 */
import { parentOf, type Level } from '../base/level.js';
import type { Interval } from '../base/interval.js';
import type * as ir from '../ir/expr.js';
import type { Expr } from '../syntax/ast.js';
import { childrenOf } from '../check/walk.js';
import { factsOf, inBoth, insideReduction, NO_FACTS, together, type Facts } from './facts.js';

export interface Reading {
  readonly meaningOf: (expr: Expr) => ir.Expr | undefined;
  readonly rangeOf: (expr: Expr) => Interval;
  readonly letNamed: (name: string) => Expr | undefined;
}

/** The operands of an expression, and for a name the value that it stands for. */
export const partsOf = (expr: Expr, { letNamed }: Pick<Reading, 'letNamed'>): readonly Expr[] => {
  if (expr.kind !== 'name') return childrenOf(expr);
  const value = letNamed(expr.name);
  return value === undefined ? [] : [value];
};

/** Every expression under the roots, through names, users before what they use. */
export function usersFirst(roots: readonly Expr[], reading: Pick<Reading, 'letNamed'>): readonly Expr[] {
  const done = new Set<Expr>();
  const order: Expr[] = [];
  const stack: { readonly expr: Expr; readonly parts: readonly Expr[]; at: number }[] = [];
  const open = (expr: Expr): void => {
    if (done.has(expr)) return;
    done.add(expr);
    stack.push({ expr, parts: partsOf(expr, reading), at: 0 });
  };
  for (const root of roots) {
    open(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const part = top.parts[top.at];
      top.at += 1;
      if (part !== undefined) open(part);
      else {
        order.push(top.expr);
        stack.pop();
      }
    }
  }
  return order.reverse();
}

/** What holds where each expression is read. `exprs` are in the order of `usersFirst`. */
export function contexts(
  roots: readonly Expr[],
  exprs: readonly Expr[],
  reading: Reading,
): ReadonlyMap<Expr, Facts> {
  const known = new Map<Expr, Facts>();
  const read = (expr: Expr, facts: Facts): void => {
    const before = known.get(expr);
    known.set(expr, before === undefined ? facts : inBoth(before, facts));
  };
  for (const root of roots) read(root, NO_FACTS);
  for (const expr of exprs) {
    const here = known.get(expr) ?? NO_FACTS;
    for (const [part, facts] of partsWith(expr, here, reading)) read(part, facts);
  }
  return known;
}

/**
 * The level into which an index set is reduced: inside, single elements of finer ones vary. The others of a rollout are
 * the rollouts of its group.
 */
const outerLevel = ({ index }: Extract<Expr, { kind: 'reduction' }>): Level =>
  index.kind === 'others' ? 'group' : (index.outer?.level ?? parentOf(index.level) ?? 'batch');

function partsWith(expr: Expr, here: Facts, reading: Reading): readonly (readonly [Expr, Facts])[] {
  switch (expr.kind) {
    case 'if':
      return [
        [expr.condition, here],
        [expr.then, together(here, factsOf(expr.condition, true, reading))],
        [expr.else, together(here, factsOf(expr.condition, false, reading))],
      ];
    case 'reduction': {
      const { where, args } = expr;
      const outside = insideReduction(here, outerLevel(expr));
      const chosen = where === undefined ? outside : together(outside, factsOf(where, true, reading));
      // What stands beside the elements, an anchor or a q, is read where the result is.
      const elements = args.find(({ label }) => label === undefined);
      return [
        ...(where === undefined ? [] : [[where, outside] as const]),
        ...args.map((arg) => [arg.value, arg === elements ? chosen : here] as const),
      ];
    }
    default:
      return partsOf(expr, reading).map((part) => [part, here] as const);
  }
}
