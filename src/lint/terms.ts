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
  const dependsOnParametersAlone = parametersAlone();
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

/** Whether a value depends on parameters and nothing else; what was found out of one is kept for the next. */
function parametersAlone(): (expr: ir.Expr) => boolean {
  const known = new Map<ir.Expr, boolean>();
  return (root) => {
    const stack = [root];
    for (let expr = stack.at(-1); expr !== undefined; expr = stack.at(-1)) {
      const waiting = operandsOf(expr).filter((operand) => !known.has(operand));
      stack.push(...waiting);
      if (waiting.length > 0) continue;
      stack.pop();
      const isData = expr.op === 'input' && expr.role !== 'param';
      known.set(expr, !isData && operandsOf(expr).every((operand) => known.get(operand) === true));
    }
    return known.get(root) === true;
  };
}
