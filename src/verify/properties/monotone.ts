/** Monotone in x: all pairs of values of x, whatever lies between them. */
import * as b from '../../proof/build.js';
import type { Monotone } from '../../ir/claim.js';
import type { Condition, Term } from '../../proof/term.js';
import { comparing, type Property } from './property.js';

/** Of the value at the smaller x and the one at the larger. */
const ORDERS: { readonly [direction in Monotone]: (before: Term, after: Term) => Condition } = {
  nonincreasing: b.atLeast,
  nondecreasing: (before, after) => b.atLeast(after, before),
  decreasing: b.above,
  increasing: (before, after) => b.above(after, before),
};

export const monotone: Property<'monotone'> = {
  kind: 'monotone',
  ways: [comparing(2, ({ direction, of }, { read }) => [ORDERS[direction](read(of, 1), read(of, 2))])],
};
