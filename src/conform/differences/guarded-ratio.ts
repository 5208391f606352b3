/** A bound on the log-ratio before its exponential is taken: no gradient beyond it. */
import { clip, constant, infinity, neg } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { isLogRatio } from '../patterns.js';
import { nodesOf, readsModel, rewritten } from '../rewriting.js';
import { sameExpr } from '../../ir/graph.js';
import { printExpr } from '../../ir/print.js';
import type { Program } from '../../ir/program.js';

const bounded = (x: Expr, bound: number): Expr => clip(x, neg(constant(bound)), constant(bound));

/** The log-ratios of a loss, each once. */
const logRatiosOf = (program: Program): readonly Expr[] => nodesOf(program).filter(isLogRatio);

export const guardedRatio: Difference = {
  name: 'guarded-ratio',
  kind: 'formula',
  title: 'the log-ratio is clamped before the exponential',
  explanation:
    'A guard against overflow inside the differentiated path: beyond the bound the gradient is exactly 0, and the ratio stops there.',
  knownFrom: [
    '±20: verl (PPO, SAPO, CISPO, DPPO), OpenRLHF PPO, tunix; ±10 before verl PR #1779',
    'at most 10: verl and tunix GSPO',
  ],
  hypotheses: (subject) =>
    [20, 10, 5].flatMap((bound) => [
      ...logRatiosOf(subject.program).flatMap((chosen) =>
        implementing(
          subject,
          `\`${printExpr(chosen)}\` to ±${bound}`,
          rewritten(subject.program, (expr) => (sameExpr(expr, chosen) ? bounded(expr, bound) : expr)),
        ),
      ),
      ...implementing(
        subject,
        `every exponent to ±${bound}`,
        rewritten(subject.program, (expr) =>
          expr.op === 'exp' && readsModel(expr.x) ? { ...expr, x: bounded(expr.x, bound) } : expr,
        ),
      ),
      ...implementing(
        subject,
        `every exponent to at most ${bound}`,
        rewritten(subject.program, (expr) =>
          expr.op === 'exp' && readsModel(expr.x)
            ? { ...expr, x: clip(expr.x, infinity(true), constant(bound)) }
            : expr,
        ),
      ),
    ]),
};
