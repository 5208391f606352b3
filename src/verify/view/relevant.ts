/** Which of what is known has to do with a statement: a proof that has less to look at is found sooner. */
import * as build from '../../proof/build.js';
import { isLiteral } from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';
import { namesIn } from './names.js';

/** Names of counts, rests and flags; what is said of inputs is always of interest. */
const isAbstract = (name: string): boolean => name.includes(':');

/** Conditions on inputs, and those that are linked to the given terms through what stands for other elements. */
export function relevant(
  known: readonly Condition[],
  seeds: readonly (Term | Condition)[],
): readonly Condition[] {
  const abstract = (one: Term | Condition): readonly string[] => [...namesIn(one)].filter(isAbstract);
  const reached = new Set(seeds.flatMap(abstract));
  const waiting = known.map((condition) => ({ condition, names: abstract(condition) }));
  const kept = new Set(waiting.filter(({ names }) => names.length === 0).map(({ condition }) => condition));
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const { condition, names } of waiting) {
      if (kept.has(condition) || !names.some((name) => reached.has(name))) continue;
      kept.add(condition);
      for (const name of names) reached.add(name);
    }
  }
  return known.filter((condition) => kept.has(condition));
}

/** Those that speak of no other sets and rests than the given terms do. */
export function narrow(
  known: readonly Condition[],
  seeds: readonly (Term | Condition)[],
): readonly Condition[] {
  const named = new Set(seeds.flatMap((one) => [...namesIn(one)]));
  return known.filter((condition) =>
    [...namesIn(condition)].every((name) => !isAbstract(name) || named.has(name)),
  );
}
export const speaksOfSets = (conditions: readonly Condition[]): boolean =>
  conditions.some((condition) => [...namesIn(condition)].some(isAbstract));

/** Whether a condition is one of those known, or says that a term is not 0 that is known to be positive. */
export function isPlain(condition: Condition, known: readonly Condition[]): boolean {
  if (condition.op === 'boolean') return condition.value;
  const keys = new Set(known.map(keyOf));
  if (keys.has(keyOf(condition))) return true;
  return isLiteral(condition) && keys.has(keyOf(build.literal('>', condition.x))) && condition.op !== '==';
}
