/** Guessed bounds written shortly: what may be one alone, before the largest of all. */
import * as b from '../../proof/build.js';
import type { Term } from '../../proof/term.js';
import { decide, type Context } from '../prover/context.js';
import { distinct } from '../prover/keys.js';
import { resolver } from '../prover/substitute.js';
import { tidied } from '../prover/tidied.js';

/** The branches of a bound, no numbers among them, and then all of it; with what the context decides. */
export function shorter(bound: Term, context: Context): readonly Term[] {
  const whole = resolver((one) => decide(context, one)).term(bound);
  const tidy = (one: Term): Term =>
    one.op === 'product' ? b.product(...one.factors.map(tidy)) : tidied(one, context.knowledge);
  const branches = distinct(leavesOf(whole).map(tidy)).filter(({ op }) => op !== 'number');
  return branches.length > MOST_BRANCHES ? [whole] : distinct([...branches, whole]);
}
/** Each is a proof to try. */
const MOST_BRANCHES = 3;

const leavesOf = (term: Term): readonly Term[] =>
  term.op === 'select' ? [...leavesOf(term.then), ...leavesOf(term.else)] : [term];
