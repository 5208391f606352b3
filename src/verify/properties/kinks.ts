/** Points at which conditions turn, solved for the variable by undoing one operation after the other. */
import * as b from '../../proof/build.js';
import { inverse, isWhole, signOf } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { literalsOf, mentions, subparts } from '../prover/walk.js';

/** The zeros that are known of the literals in a term's conditions. */
export function kinksOf(term: Term, name: string): readonly Term[] {
  const literals = subparts(term).flatMap((part) => (part.op === 'select' ? literalsOf(part.if) : []));
  return literals.flatMap(({ x }) => {
    const at = mentions(x, name) ? zeroOf(x, name) : undefined;
    return at === undefined ? [] : [at];
  });
}

/** Where a term is 0, if it holds the variable once. */
export const zeroOf = (term: Term, name: string): Term | undefined => solution(term, b.zero, name);

/** The variable for which a term has a value; it exists where the operations that it takes are defined. */
function solution(term: Term, value: Term, name: string): Term | undefined {
  switch (term.op) {
    case 'variable':
      return term.name === name ? value : undefined;
    case 'exp':
      return solution(term.x, b.log(value), name);
    case 'log':
      return solution(term.x, b.exp(value), name);
    case 'power': {
      const { base, exponent } = term;
      const isOdd = isWhole(exponent) && exponent.n % 2n !== 0n;
      return isOdd || signOf(exponent) !== 0
        ? solution(base, b.power(value, inverse(exponent)), name)
        : undefined;
    }
    case 'sum':
    case 'product': {
      const parts = term.op === 'sum' ? term.terms : term.factors;
      const [own, ...others] = parts.filter((one) => mentions(one, name));
      if (own === undefined || others.length > 0) return undefined;
      const rest = parts.filter((one) => one !== own);
      const target =
        term.op === 'sum' ? b.difference(value, b.sum(...rest)) : b.quotient(value, b.product(...rest));
      return solution(own, target, name);
    }
    default:
      return undefined;
  }
}
