/** `e <= f` and so on: one sequent. */
import * as b from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { comparing, type Property } from './property.js';

const CONDITIONS: { readonly [operator in '<=' | '<' | '>=' | '>' | '==']: (e: Term, f: Term) => Condition } =
  {
    '<=': (e, f) => b.atLeast(f, e),
    '<': (e, f) => b.above(f, e),
    '>=': b.atLeast,
    '>': b.above,
    '==': b.equal,
  };

export const comparison: Property<'comparison'> = {
  kind: 'comparison',
  ways: [
    comparing(1, ({ operator, left, right }, { read }) => [CONDITIONS[operator](read(left), read(right))]),
  ],
};
