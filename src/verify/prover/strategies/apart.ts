/** A goal about a sum of which each part can be looked at alone: bounds of the summands, or signs of what has exponentials and what has not. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Condition, Literal, Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { decide } from '../context.js';
import { addends, enclosing } from '../enclosing.js';
import { contradiction } from '../facts.js';
import { stepTo } from '../subproof.js';
import { after, aimLiterals, type Step, type Task } from '../task.js';
import { hasSelect, subparts, variablesOf } from '../walk.js';

/** For all of it. */
const SHARE = 60_000;

export function apart(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task)) {
    if ((aim.op !== '>' && aim.op !== '>=') || hasSelect(aim)) continue;
    const parts = addends(aim.x);
    const ofExps = parts.filter(hasExp);
    if (ofExps.length === 0 || ofExps.length === parts.length) continue;
    const share = budget.share(SHARE);
    const others = build.sum(...parts.filter((one) => !hasExp(one)));
    const found =
      bySigns(task, aim, build.sum(...ofExps), others, share) ?? byBounds(task, aim, parts, share);
    if (found !== undefined) return found;
  }
  return undefined;
}
const hasExp = (term: Term): boolean => subparts(term).some(({ op }) => op === 'exp');

/** Neither of two summands is positive. */
function bySigns(task: Task, aim: Literal, x: Term, y: Term, budget: Budget): Derivation | undefined {
  const relations = aim.op === '>' ? (['>=', '>='] as const) : (['>', '>='] as const);
  const facts = [x, y].map((one, at) => build.literal(relations[at] ?? '>=', build.negated(one)));
  return closedBy(task, aim, facts, budget);
}

/** Each summand with exponentials is no more than an end of it over the names that it shares with others. */
function byBounds(task: Task, aim: Literal, parts: readonly Term[], budget: Budget): Derivation | undefined {
  const counts = new Map<string, number>();
  for (const part of parts)
    for (const name of variablesOf(part)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isShared = (name: string): boolean => (counts.get(name) ?? 0) > 1;
  const highs = parts.map((part) => (hasExp(part) ? enclosing(part, task.base, isShared).high : part));
  const known = highs.filter((one) => one !== undefined);
  if (known.length < highs.length || known.some((high) => hasExp(high) || hasSelect(high))) return undefined;
  const whole = build.not(build.literal(aim.op, build.sum(...known)));
  const facts = known.flatMap((high, at) => {
    const part = parts[at] ?? high;
    return part === high ? [] : [build.atLeast(high, part)];
  });
  return closedBy(task, aim, [whole, ...facts], budget);
}

/** The aim contradicts facts that each have a proof of their own. */
function closedBy(
  task: Task,
  aim: Literal,
  facts: readonly Condition[],
  budget: Budget,
): Derivation | undefined {
  const steps: Step[] = [];
  const literals: Literal[] = [];
  for (const fact of facts) {
    if (fact.op === 'boolean' && fact.value) continue;
    if (decide(task.context, fact) === false) return undefined;
    const more = build.isLiteral(fact) ? stepTo(task, fact, budget) : undefined;
    if (more === undefined || !build.isLiteral(fact)) return undefined;
    steps.push(...more);
    literals.push(fact);
  }
  const by = contradiction(task.context, [aim, ...literals], 1, budget);
  return by && after(steps, by);
}
