/** What the values of a fused plan are called: by the names that the program gives, else by a short formula over them. */
import { input } from '../ir/build.js';
import { isElementwise, type Expr } from '../ir/expr.js';
import { operandsOf, withOperands } from '../ir/graph.js';
import { contracted } from '../plan/fused/contracted.js';
import type { FusedPlan } from '../plan/fused/program.js';
import { formula } from './formula.js';

export interface PlanWords {
  /** A name, or a formula. */
  readonly of: (value: Expr) => string;
  /** `name = formula`, or the formula of what has no name. */
  readonly defined: (value: Expr) => string;
}

/** A formula of more symbols is not written out; what it is made of is listed. */
const LONGEST = 12;
const MOST_LISTED = 4;

export function wordsFor({ names }: FusedPlan): PlanWords {
  const nameOf = (expr: Expr): string | undefined =>
    names.get(expr) ?? (expr.op === 'input' ? expr.name : undefined);
  const partsOf = (expr: Expr): readonly Expr[] =>
    nameOf(expr) === undefined ? operandsOf(contracted(expr) ?? expr) : [];

  const isLong = (expr: Expr): boolean => {
    const stack = [expr];
    let symbols = 0;
    for (let part = stack.pop(); part !== undefined && symbols <= LONGEST; part = stack.pop()) {
      symbols += 1;
      stack.push(...partsOf(part));
    }
    return symbols > LONGEST;
  };
  /** The nearest values below that have a name. */
  const listed = (expr: Expr): string => {
    const seen = new Set<Expr>();
    const found = new Set<string>();
    const open = [...operandsOf(expr)];
    for (let at = 0; at < open.length && found.size <= MOST_LISTED; at += 1) {
      const part = open[at];
      if (part === undefined || seen.has(part)) continue;
      seen.add(part);
      const name = nameOf(part);
      if (name === undefined) open.push(...operandsOf(part));
      else found.add(name);
    }
    if (found.size === 0) return '…';
    const shown = [...found].slice(0, MOST_LISTED);
    return `… of ${[...shown, ...(found.size > MOST_LISTED ? ['…'] : [])].join(', ')}`;
  };
  /** The same with names for what has one, and for what is long; of limited depth, as it is not long itself. */
  const named = (expr: Expr): Expr => {
    const name = nameOf(expr);
    if (name !== undefined) return standIn(name, expr);
    return isLong(expr) ? standIn(listed(expr), expr) : body(expr);
  };
  const body = (expr: Expr): Expr => {
    const short = contracted(expr) ?? expr;
    if (isElementwise(short) && isLong(short)) return standIn(listed(short), short);
    return withOperands(short, operandsOf(short).map(named));
  };
  const text = (expr: Expr): string => formula(body(expr), 'unicode');
  return {
    of: (value) => nameOf(value) ?? text(value),
    defined: (value) => {
      const name = nameOf(value);
      return name === undefined ? text(value) : value.op === 'input' ? name : `${name} = ${text(value)}`;
    },
  };
}

/** Something that prints as a text. What varies by pair is no name of a rollout. */
const standIn = (text: string, { type: { level } }: Expr): Expr =>
  input('data', text, level === 'peer' ? 'batch' : level);
