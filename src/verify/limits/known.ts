/** A context as limits ask it: signs that it leaves, and the first question that it does not answer. */
import * as b from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { signsOfTerm } from '../algebra/knowledge.js';
import { isNothing, normalize, valueOf } from '../algebra/normalize.js';
import { NEGATIVE, NULL, POSITIVE } from '../algebra/signs.js';
import { keyOf } from '../algebra/quotient.js';
import { termOfQuotient } from '../algebra/written.js';
import type { Budget } from '../budget.js';
import { decide, type Context } from '../prover/context.js';
import { sizeOf } from '../prover/walk.js';
import type { Signs } from './signs.js';

/** A sign or a condition that decides how a computation goes on. */
export type Open = { readonly sign: Term } | { readonly condition: Condition };

export interface Asked extends Signs {
  readonly open: () => Open | undefined;
}

const LOOK = 4;

/** `last` is how far series are written out. */
export function signsIn(context: Context, budget: Budget, last = 0): Asked {
  const { knowledge } = context;
  const keys = new WeakMap<Term, string>();
  const canonical = new Map<string, Term>();
  const key = (term: Term): string => {
    const known = keys.get(term);
    if (known !== undefined) return known;
    budget.spend(LOOK * sizeOf(term));
    const found = keyOf(knowledge.ring, normalize(term, knowledge));
    keys.set(term, found);
    return found;
  };
  let open: Open | undefined;
  const signOf = (term: Term): -1 | 0 | 1 | undefined => {
    switch (signsOfTerm(term, knowledge)) {
      case POSITIVE:
        return 1;
      case NULL:
        return 0;
      case NEGATIVE:
        return -1;
      default:
        return undefined;
    }
  };
  const simple = (term: Term): Term => {
    if (term.op === 'number' || term.op === 'variable') return term;
    const text = key(term);
    const known = canonical.get(text);
    if (known !== undefined) return known;
    const value = valueOf(term, knowledge);
    const normal = value === undefined ? termOfQuotient(normalize(term, knowledge)) : b.number(value);
    const short = sizeOf(normal) <= sizeOf(term) ? normal : term;
    canonical.set(text, short);
    keys.set(short, text);
    return short;
  };
  return {
    of: (term) => {
      const sign = signOf(term);
      if (sign === undefined) open ??= { sign: term };
      return sign;
    },
    holds: (condition) => {
      const truth = decide(context, condition);
      if (truth === undefined) open ??= { condition };
      return truth;
    },
    isZero: (term) => isNothing(term, knowledge) || signOf(term) === 0,
    key,
    last,
    goesOn: () => budget.spend(LOOK),
    simple,
    open: () => open,
  };
}
