/** A value that selections cut into cases, as a list a person can read from top to bottom. */
import { and, not } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';

export interface Case {
  /** Absent in the last case when it is simply everything else. */
  readonly condition?: Expr;
  readonly value: Expr;
}

/** Whether the opposite of a condition reads as well as "otherwise". */
const hasPlainOpposite = (condition: Expr): boolean =>
  condition.op === 'named' || (condition.op === 'not' && condition.x.op === 'named');
const opposite = (condition: Expr): Expr => (condition.op === 'not' ? condition.x : not(condition));

/** A longer list is no help; it stays one formula. */
const LONGEST_LIST = 50;

/** Cases of nested selections, in order; conditions exclude what earlier ones took. */
export const casesOf = (expr: Expr): readonly Case[] => (isListed(expr) ? listOf(expr) : [{ value: expr }]);

function isListed(expr: Expr): boolean {
  const stack = [expr];
  let cases = 0;
  for (let part = stack.pop(); part !== undefined && cases <= LONGEST_LIST; part = stack.pop()) {
    if (part.op === 'select') stack.push(part.z, part.y);
    else cases += 1;
    if (stack.length > LONGEST_LIST) return false;
  }
  return cases <= LONGEST_LIST;
}

function listOf(expr: Expr): readonly Case[] {
  if (expr.op !== 'select') return [{ value: expr }];
  const { x: condition, y, z } = expr;
  const within = (part: Expr | undefined): Expr => (part === undefined ? condition : and(condition, part));
  const chosen = listOf(y);
  const first = chosen.map((one, at) => {
    const isRest = one.condition === undefined && chosen.length > 1;
    const before = isRest ? chosen[at - 1]?.condition : undefined;
    const rest = before !== undefined && chosen.length === 2 ? opposite(before) : one.condition;
    return { condition: within(rest), value: one.value };
  });
  const others = listOf(z);
  if (others.length > 1 || !hasPlainOpposite(condition) || first.length > 1) return [...first, ...others];
  return [...first, ...others.map(({ value }) => ({ condition: opposite(condition), value }))];
}
