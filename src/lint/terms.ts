/** The terms of which an objective is a sum, as far as their factors depend on nothing but parameters and counts. */
import type { Expr } from '../syntax/ast.js';
import { aggregateNamed } from '../atoms/index.js';
import { operandsOf } from '../ir/graph.js';
import type * as ir from '../ir/expr.js';
import type { Subject } from './lint.js';

export interface Term {
  readonly expr: Expr;
}

/** Sums over index sets, which leave a term a term. */
const AVERAGES: readonly string[] = ['sum', 'mean'];

/**
 * What is added to an optimised value whatever the data say: penalties. A term with a factor that data decide, such as
 * an advantage, is none. `max(x, y)`, `if` and the like end the search, since what they choose is not always added.
 */
export function penaltyTerms(subject: Subject): readonly Term[] {
  const { meaningOf, letNamed } = subject;
  const found: Term[] = [];
  const seen = new Set<Expr>();
  const stack: Expr[] = subject.model.losses.map(({ value }) => value);
  const isConstant = (expr: Expr): boolean => {
    const meaning = meaningOf(expr);
    return meaning !== undefined && dependsOnParametersAlone(meaning);
  };
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    found.push({ expr });
    if (expr.kind === 'name') {
      const value = letNamed(expr.name);
      if (value !== undefined) stack.push(value);
    } else if (expr.kind === 'inlined') stack.push(expr.body);
    else if (expr.kind === 'unary' && expr.operator === '-') stack.push(expr.operand);
    else if (expr.kind === 'reduction' && AVERAGES.includes(aggregateNamed(expr.aggregate.text)?.name ?? ''))
      stack.push(...expr.args.map(({ value }) => value));
    else if (expr.kind === 'binary') {
      const { operator, left, right } = expr;
      if (operator === '+' || operator === '-') stack.push(left, right);
      if (operator === '*' && isConstant(left)) stack.push(right);
      if ((operator === '*' || operator === '/') && isConstant(right)) stack.push(left);
    }
  }
  return found;
}

function dependsOnParametersAlone(expr: ir.Expr): boolean {
  const seen = new Set<ir.Expr>();
  const stack = [expr];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.op === 'input' && one.role !== 'param') return false;
    stack.push(...operandsOf(one));
  }
  return true;
}
