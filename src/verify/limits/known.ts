/** A context as limits ask it: signs that it leaves, and the first question that it does not answer. */
import * as b from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { signsOfTerm } from '../algebra/knowledge.js';
import { isNothing, normalize, valueOf } from '../algebra/normalize.js';
import { NEGATIVE, NULL, POSITIVE } from '../algebra/signs.js';
import { termOfQuotient } from '../algebra/written.js';
import { decide, type Context } from '../prover/context.js';
import { sizeOf } from '../prover/walk.js';
import type { Signs } from './signs.js';

/** A sign or a condition that decides how a computation goes on. */
export type Open = { readonly sign: Term } | { readonly condition: Condition };

export interface Asked extends Signs {
  readonly open: () => Open | undefined;
}

export function signsIn(context: Context): Asked {
  const { knowledge } = context;
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
    const value = valueOf(term, knowledge);
    if (value !== undefined) return b.number(value);
    const normal = termOfQuotient(normalize(term, knowledge));
    return sizeOf(normal) <= sizeOf(term) ? normal : term;
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
    simple,
    open: () => open,
  };
}
