/** What a computation of limits asks of its context. */
import type { Condition, Term } from '../../proof/term.js';

export interface Signs {
  /** The sign that the context leaves to a term; nothing, and a question noted, where it leaves several. */
  readonly of: (term: Term) => -1 | 0 | 1 | undefined;
  /** Whether the context decides a condition; nothing, and a question noted, where it does not. */
  readonly holds: (condition: Condition) => boolean | undefined;
  /** Whether a term is 0 in normal form, or known to be; no question asked. */
  readonly isZero: (term: Term) => boolean;
  /** A text that equal terms share, as far as normal forms tell. */
  readonly key: (term: Term) => string;
  /** The last power of vanishing series that is written out. */
  readonly last: number;
  /** Whether there is work left to do; what is asked for costs some. */
  readonly goesOn: () => boolean;
  /** An equal term that is as short as the normal form makes it; the same object for equal terms. */
  readonly simple: (term: Term) => Term;
}
