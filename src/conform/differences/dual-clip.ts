/** A second clip for negative advantages that the objective does not have, or the lack of one that it has. */
import { ZERO, constant, lt, max, min, mul, neg, select } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { sameExpr } from '../../ir/graph.js';
import { implementing, type Difference } from '../difference.js';
import { readsModel, rewritten } from '../rewriting.js';

/** The advantage of `min(ρA, clip(ρ)A)`: the factor that both have and that the model does not move. */
function advantageOf(expr: Expr): Expr | undefined {
  if (expr.op !== 'min' && expr.op !== 'max') return undefined;
  const factors = (of: Expr): readonly Expr[] => (of.op === 'mul' ? [of.x, of.y] : []);
  return factors(expr.x).find(
    (one) => !readsModel(one) && factors(expr.y).some((other) => sameExpr(one, other)),
  );
}

function withDualClip(expr: Expr, bound: string): Expr {
  const advantage = advantageOf(expr);
  if (advantage === undefined || !readsModel(expr)) return expr;
  const limit = mul(constant(bound), advantage);
  // Where the terms are costs, −A is the common factor, and both the side and the sign are turned.
  return expr.op === 'min'
    ? select(lt(advantage, ZERO), max(expr, limit), expr)
    : select(lt(neg(advantage), ZERO), min(expr, limit), expr);
}

/** `if c then max(x, m) else x` is x without the second clip. */
function withoutDualClip(expr: Expr): Expr {
  if (expr.op !== 'select') return expr;
  const { y, z } = expr;
  const isBounded = (y.op === 'max' || y.op === 'min') && (sameExpr(y.x, z) || sameExpr(y.y, z));
  return isBounded && readsModel(z) ? z : expr;
}

export const dualClip: Difference = {
  name: 'dual-clip',
  kind: 'formula',
  title: 'a second clip for negative advantages: added, or missing',
  explanation:
    'For A < 0 the surrogate is bounded below by c·A, so that tokens with a ratio above c receive no gradient. Some frameworks always do it, some only when asked.',
  knownFrom: [
    'always, c = 3: verl',
    'on request: OpenRLHF, NeMo RL, slime, tunix; TRL and INTELLECT call it δ',
    'ROLL: c = 1 + 2ε',
  ],
  hypotheses: (subject) => [
    ...['3', '1.4', '2', '5', '10'].flatMap((bound) =>
      implementing(
        subject,
        `added, c = ${bound}`,
        rewritten(subject.program, (expr) => withDualClip(expr, bound)),
      ),
    ),
    ...implementing(subject, 'missing', rewritten(subject.program, withoutDualClip)),
  ],
};
