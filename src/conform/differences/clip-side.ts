/** The clip without its min, the min without its clip, or the wrong one of min and max. */
import { max, min } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { holds, readsModel, rewritten } from '../rewriting.js';

const hasClip = (expr: Expr): boolean => holds(expr, ({ op }) => op === 'clip');

/** The clipped and the plain argument of a min or max. */
function sidesOf(expr: Expr): { readonly plain: Expr; readonly clipped: Expr } | undefined {
  if ((expr.op !== 'min' && expr.op !== 'max') || !readsModel(expr)) return undefined;
  const [first, second] = [hasClip(expr.x), hasClip(expr.y)];
  if (first === second) return undefined;
  return first ? { plain: expr.y, clipped: expr.x } : { plain: expr.x, clipped: expr.y };
}

const FORMS: readonly (readonly [string, (expr: Expr) => Expr | undefined])[] = [
  [
    'the other of min and max',
    (expr) =>
      sidesOf(expr) &&
      (expr.op === 'min' ? max(expr.x, expr.y) : expr.op === 'max' ? min(expr.x, expr.y) : undefined),
  ],
  ['the clipped term alone', (expr) => sidesOf(expr)?.clipped],
  ['the plain term alone: nothing is clipped', (expr) => sidesOf(expr)?.plain],
  ['no clip anywhere', (expr) => (expr.op === 'clip' && readsModel(expr.x) ? expr.x : undefined)],
];

export const clipSide: Difference = {
  name: 'clip-side',
  kind: 'formula',
  title: 'the clip applies on the wrong side, on both, or not at all',
  explanation:
    'min(ρA, clip(ρ)A) is pessimistic: it stops what has gone far enough and keeps what has gone wrong. max keeps the opposite; the clipped term alone also stops corrections.',
  knownFrom: [
    'tianshou #433, GMPO #4',
    'prime-rl `ipo` (masks both directions)',
    'GPG, KL-Cov and LUFFY (no clip)',
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
