/** Contradictions among select-free literals, by algebra alone: weights for products of facts, after what they need is made known. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Literal } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { factOf, zeroOf } from './facts.js';
import { decide, isAbsurd, knowledgeOf } from './knowledge.js';
import type { Knowledge } from './knowledge.js';
import { searchSum } from './search.js';

export interface Effort {
  /** Nested proofs and case distinctions that may still be begun. */
  readonly depth: number;
  readonly level: number;
}
const FULL: Effort = { depth: 2, level: 3 };

/**
 * A derivation that ends in contradictions, from the literals alone; nothing where none was found. The last literal is taken
 * for the negated goal where it matters which one is.
 */
export function closeLiterals(
  literals: readonly Literal[],
  budget: Budget,
  effort: Effort = FULL,
): Derivation | undefined {
  if (!budget.spend(20 + 5 * literals.length)) return undefined;
  const known = knowledgeOf(literals);
  if (isAbsurd(known)) return { rule: 'absurd' };
  const last = literals[literals.length - 1];
  if (last?.op === '!=' && effort.depth >= 0) return bySign(last, literals, budget, effort);
  const { facts, zeros } = readLiterals(known);
  const sum = searchSum(facts, zeros, known, budget, effort);
  return sum === undefined ? undefined : { rule: 'contradiction', sum };
}

function readLiterals(known: Knowledge): {
  readonly facts: readonly ReturnType<typeof factOf>[];
  readonly zeros: readonly ReturnType<typeof zeroOf>[];
} {
  const facts = known.literals.flatMap((literal) => {
    if (literal.op !== '>' && literal.op !== '>=') return [];
    const strict: Literal = { op: '>', x: literal.x };
    return [factOf(literal.op === '>=' && decide(strict, known) === true ? strict : literal, known)];
  });
  const zeros = known.literals.flatMap((literal) => (literal.op === '==' ? [zeroOf(literal, known)] : []));
  return { facts, zeros };
}

/** t ≠ 0: t is above 0, or below. */
function bySign(
  { x }: Literal,
  literals: readonly Literal[],
  budget: Budget,
  effort: Effort,
): Derivation | undefined {
  const on: Literal = { op: '>', x };
  const then = closeLiterals([...literals, on], budget, effort);
  const otherwise =
    then === undefined
      ? undefined
      : closeLiterals([...literals, { op: '>=', x: build.negated(x) }], budget, effort);
  return then === undefined || otherwise === undefined
    ? undefined
    : { rule: 'cases', on: on satisfies Condition, then, else: otherwise };
}
