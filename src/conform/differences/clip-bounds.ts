/** A cap c where 1 + ε is meant, 1 + ε where a cap is meant, one bound for both, or a second one. */
import { ONE, ZERO, add, clip, constant, div, sub } from '../../ir/build.js';
import type { Expr, Ternary } from '../../ir/expr.js';
import { isConstant } from '../patterns.js';
import { implementing, type Difference } from '../difference.js';
import { readsModel, rewritten } from '../rewriting.js';

const TWO_TENTHS = constant('0.2');
const isClip = (expr: Expr): expr is Ternary => expr.op === 'clip' && readsModel(expr.x);
const radius = (bound: Expr): Expr | undefined =>
  bound.op === 'add' && isConstant(bound.x, 1) ? bound.y : undefined;
const lowRadius = (bound: Expr): Expr | undefined =>
  bound.op === 'sub' && isConstant(bound.x, 1) ? bound.y : undefined;

/** min(ρ, c), with a bound that is a parameter or a number. */
function capOf(expr: Expr): { readonly ratio: Expr; readonly cap: Expr } | undefined {
  if (expr.op !== 'min') return undefined;
  const { x, y } = expr;
  if (readsModel(x) && (y.op === 'input' || y.op === 'const')) return { ratio: x, cap: y };
  return readsModel(y) && (x.op === 'input' || x.op === 'const') ? { ratio: y, cap: x } : undefined;
}

const FORMS: readonly (readonly [string, (expr: Expr) => Expr | undefined])[] = [
  [
    'the cap is 1 + its parameter',
    (expr) => {
      const of = capOf(expr);
      return of && clip(of.ratio, ZERO, add(ONE, of.cap));
    },
  ],
  [
    'a lower bound 1 − 0.2 beside the cap',
    (expr) => {
      const of = capOf(expr);
      return of && clip(of.ratio, sub(ONE, TWO_TENTHS), of.cap);
    },
  ],
  [
    'the cap is [0.8, 1.2]',
    (expr) => {
      const of = capOf(expr);
      return of && clip(of.ratio, sub(ONE, TWO_TENTHS), add(ONE, TWO_TENTHS));
    },
  ],
  [
    'the upper bound is ε and not 1 + ε',
    (expr) => {
      const high = isClip(expr) ? radius(expr.z) : undefined;
      return isClip(expr) && high ? { ...expr, z: high } : undefined;
    },
  ],
  ['only the upper bound', (expr) => (isClip(expr) && radius(expr.z) ? { ...expr, y: ZERO } : undefined)],
  [
    'the lower ε on both sides',
    (expr) => {
      const low = isClip(expr) ? lowRadius(expr.y) : undefined;
      return isClip(expr) && low && radius(expr.z) ? { ...expr, z: add(ONE, low) } : undefined;
    },
  ],
  [
    'the upper ε on both sides',
    (expr) => {
      const high = isClip(expr) ? radius(expr.z) : undefined;
      return isClip(expr) && high && lowRadius(expr.y) ? { ...expr, y: sub(ONE, high) } : undefined;
    },
  ],
  [
    '1 / (1 + ε) below',
    (expr) => {
      const low = isClip(expr) ? lowRadius(expr.y) : undefined;
      return isClip(expr) && low ? { ...expr, y: div(ONE, add(ONE, low)) } : undefined;
    },
  ],
];

export const clipBounds: Difference = {
  name: 'clip-bounds',
  kind: 'formula',
  title: 'other bounds of the clip: a cap for a radius, or one ε for two',
  explanation:
    'One option holds an absolute cap in one framework and a radius around 1 in the next; asymmetric bounds are easily made symmetric.',
  knownFrom: [
    'CISPO: raw cap in TRL, ms-swift, Liger; 1 + ε in verl, slime, NeMo RL, ROLL',
    'SkyRL #1928 (default of the cap)',
    'Relax #23 (`--eps-clip 3` makes the lower bound −2)',
  ],
  hypotheses: (subject) =>
    FORMS.flatMap(([label, change]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => change(expr) ?? expr),
      ),
    ),
};
