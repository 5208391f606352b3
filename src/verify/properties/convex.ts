/** Convex in x: a continuous value whose derivative never falls; or, where that does not do, three values of x. */
import * as b from '../../proof/build.js';
import { derivative } from '../prover/derivative.js';
import { mentions } from '../prover/walk.js';
import type { Viewed } from '../view/view.js';
import type { Budget } from '../budget.js';
import type { Expr } from '../../ir/expr.js';
import { joined } from './joints.js';
import {
  comparing,
  fixing,
  gapsIn,
  holds,
  variedAt,
  type Attempt,
  type Property,
  nameOf,
} from './property.js';

export const convex: Property<'convex'> = {
  kind: 'convex',
  ways: [
    { copies: 2, show: ({ of }, viewed, budget) => byDerivative(of, viewed, budget) },
    comparing(3, ({ of }, viewed) => {
      const [x1, x2, x3] = [variedAt(viewed, 1), variedAt(viewed, 2), variedAt(viewed, 3)];
      const [e1, e2, e3] = [viewed.read(of, 1), viewed.read(of, 2), viewed.read(of, 3)];
      const [left, right] = [b.difference(x2, x1), b.difference(x3, x2)];
      const chord = b.sum(b.product(right, e1), b.product(left, e3));
      return [b.literal('>=', b.difference(chord, b.product(b.sum(left, right), e2)))];
    }),
  ],
};

/** Between two values of x everything has to be defined, and so no hypothesis may tell one x from another. */
function byDerivative(of: Expr, viewed: Viewed, budget: Budget): Attempt {
  const [before, after] = [viewed.read(of, 1), viewed.read(of, 2)];
  const [x1, x2] = [nameOf(viewed, 1), nameOf(viewed, 2)];
  const fixed = fixing(viewed, before, after);
  if ('trouble' in fixed) return fixed;
  const { variables } = viewed;
  // Of a place itself, and not of one that lies before another: the last one of all is a place, too.
  const given = [
    ...fixed.given.filter((one) => !mentions(one, x1) && !mentions(one, x2)),
    ...viewed.permitted.filter((one) => !mentions(one, x2)),
  ];
  const hypothesis = viewed.hypotheses.find((one) => mentions(one, x1) || mentions(one, x2));
  if (hypothesis !== undefined)
    return {
      trouble: { at: hypothesis, reason: 'it holds at some values of the variable and not between them' },
    };
  const gaps = gapsIn(viewed);
  if (gaps !== undefined) return { trouble: gaps };
  const continuity = joined(before, { variables, given }, x1, budget);
  if ('trouble' in continuity) return continuity;
  const slopes = b.atLeast(derivative(after, x2), derivative(before, x1));
  const monotone = holds('derivative', viewed, slopes, budget);
  if ('trouble' in monotone) return monotone;
  const continuous = {
    kind: 'continuous',
    what: 'continuous',
    given,
    term: before,
    variable: x1,
    ...continuity,
  } as const;
  return { shown: { obligations: [continuous, monotone.obligation] } };
}
