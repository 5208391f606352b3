/** Applies rules bottom-up until none applies. */
import type { Expr } from '../ir/expr.js';
import { rebuild } from '../ir/graph.js';
import type { Rule } from './rule.js';
import { RULES } from './rules/index.js';

export type Mode = Rule['mode'];

/** Which rule fired, on what, giving what: for traces. */
export type Trace = (rule: Rule, before: Expr, after: Expr) => void;

/** For `float`, on the way to code: the rules that are safe there. For `real`, for people and proofs: all others too. */
export const rulesFor = (mode: Mode): readonly Rule[] =>
  RULES.filter((rule) => (mode === 'float' ? rule.mode === 'float' : rule.onlyForCode === undefined));

/** More passes than a program needs that is less deep than this: reaching it means that two rules undo each other. */
const PASS_LIMIT = 100;

/** Simplifies expressions together, so that what they share stays shared. */
export function simplify(exprs: readonly Expr[], mode: Mode, trace?: Trace): readonly Expr[] {
  return rewrite(exprs, rulesFor(mode), trace, mode === 'real');
}

/** The same with a chosen list of rules; of a deep program, which nobody reads, `hasty` leaves some rewrites undone. */
export function rewrite(
  exprs: readonly Expr[],
  rules: readonly Rule[],
  trace?: Trace,
  hasty = false,
): readonly Expr[] {
  let roots = exprs;
  // Each pass may move a part by one level, so a deep program may need more of them.
  let limit = PASS_LIMIT;
  for (let pass = 0; pass < limit; pass += 1) {
    let changed = false;
    const graph = rebuild(roots, (expr) => {
      for (const rule of rules) {
        const after = rule.apply(expr);
        if (after === undefined || after === expr) continue;
        trace?.(rule, expr, after);
        changed = true;
        return after;
      }
      return expr;
    });
    roots = graph.roots;
    limit = Math.max(limit, graph.nodes.length);
    if (!changed || (hasty && pass + 1 === PASS_LIMIT && limit > PASS_LIMIT)) return roots;
  }
  throw new Error('internal: simplification does not end');
}
