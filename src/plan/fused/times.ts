/**
 * When each value is known at the earliest. Tokens are walked in phases; between two phases everything coarser can be
 * combined. Within a phase a rollout takes steps: its tokens are walked once more where a value needs a reduction of the
 * same rollout's tokens, or a sum along them.
 */
import { isElementwise, isPlace, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { isPlainCount } from './expand.js';

export interface Time {
  readonly phase: number;
  /** 0: before the rollouts of the phase are looked at. */
  readonly step: number;
}
export const START: Time = { phase: 0, step: 0 };

export const isBefore = (a: Time, b: Time): boolean =>
  a.phase < b.phase || (a.phase === b.phase && a.step < b.step);
export const isSameTime = (a: Time, b: Time): boolean => a.phase === b.phase && a.step === b.step;
export const later = (a: Time, b: Time): Time => (isBefore(a, b) ? b : a);
/** When what a rollout knows is known to all. */
export const known = ({ phase, step }: Time): Time =>
  step > 0 ? { phase: phase + 1, step: 0 } : { phase, step };
const next = ({ phase, step }: Time): Time => ({ phase, step: step + 1 });

/** Whether a value is gathered from the tokens of each rollout. */
export const isOfOwnTokens = (node: Expr): boolean =>
  (node.op === 'reduce' || node.op === 'attains') &&
  node.from === 'token' &&
  node.to === 'rollout' &&
  !isSorted(node);
export const isSorted = (node: Expr): boolean => node.op === 'reduce' && node.reduce === 'quantile';

/** When a value can first be read; what it is made of is looked at once, however often it is asked for. */
export function timer(): (expr: Expr) => Time {
  const times = new Map<Expr, Time>();
  return (root) => {
    const stack = [root];
    for (let expr = stack.at(-1); expr !== undefined; expr = stack.at(-1)) {
      const waiting = times.has(expr) ? [] : operandsOf(expr).filter((operand) => !times.has(operand));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      const latest = operandsOf(expr).map((operand) => times.get(operand) ?? START);
      if (!times.has(expr)) times.set(expr, readable(expr, latest.reduce(later, START)));
    }
    return times.get(root) ?? START;
  };
}

/** The time from which on each value of a list with operands first can be read. */
export function timesOf(nodes: readonly Expr[]): ReadonlyMap<Expr, Time> {
  const timeOf = timer();
  return new Map(nodes.map((node) => [node, timeOf(node)]));
}

function readable(node: Expr, latest: Time): Time {
  if (isPlainCount(node) || (node.op === 'shift' && isPlace(node))) return START;
  if (isSorted(node)) return known(node.op === 'reduce' && node.from === 'token' ? next(latest) : latest);
  if (isOfOwnTokens(node) || node.op === 'scan' || node.op === 'shift') return next(latest);
  const isOwn = node.type.level === 'token' || (node.type.level === 'rollout' && isElementwise(node));
  return isOwn ? latest : known(latest);
}
