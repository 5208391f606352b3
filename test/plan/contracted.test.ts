/** What was expanded for loops is found again, and nothing else is taken for it. */
import { describe, expect, test } from 'vitest';
import { analyze, forCode } from '../../src/compile.js';
import {
  ZERO,
  add,
  constant,
  div,
  exp,
  gt,
  input,
  log,
  mul,
  neg,
  reduce,
  select,
  sub,
  TRUE,
} from '../../src/ir/build.js';
import type { Expr } from '../../src/ir/expr.js';
import { intern, rebuild } from '../../src/ir/graph.js';
import { printExpr } from '../../src/ir/print.js';
import { contracted } from '../../src/plan/fused/contracted.js';
import { expanded } from '../../src/plan/fused/expand.js';
import { expandedEarly } from '../../src/plan/fused/moments.js';
import { fusedPlans } from '../../src/plan/fused/plans.js';

const r = input('data', 'r', 'rollout');
const t = input('data', 't', 'token');
const mixed = gt(r, ZERO);
const ROLLOUTS = { from: 'rollout', to: 'group' } as const;
const TOKENS = { from: 'token', to: 'batch' } as const;

const roundTrip = (expr: Expr): string => {
  const [whole] = intern(expanded([expr])).roots;
  const found = whole && contracted(whole);
  return found === undefined ? 'nothing' : printExpr(found);
};

describe('found again:', () => {
  test.each<Expr>([
    reduce('logsumexp', ROLLOUTS, r),
    reduce('logsumexp', { ...ROLLOUTS, where: mixed }, r, ZERO),
    reduce('logsumexp', TOKENS, mul(t, r)),
    reduce('logsumexp', TOKENS, t, constant(2)),
    reduce('mean', ROLLOUTS, mul(r, r)),
    reduce('mean', { ...ROLLOUTS, to: 'batch', where: mixed }, r),
    reduce('sum', { ...TOKENS, where: gt(t, r) }, mul(t, r)),
    reduce('max', { from: 'token', to: 'group' }, t),
    reduce('first', TOKENS, t),
  ])('%#', (expr) => {
    expect(roundTrip(expr)).toBe(printExpr(expr));
  });
});

describe('found again, where sums of deviations are made of what rollouts know:', () => {
  const bar = reduce('max', TOKENS, t);
  const set = { ...TOKENS, where: gt(t, r) };
  test.each<Expr>([
    reduce('sum', TOKENS, sub(t, bar)),
    reduce('sum', set, mul(sub(bar, t), sub(bar, t))),
    reduce('sum', set, div(mul(sub(mul(t, r), bar), r), bar)),
    reduce('sum', { ...set, to: 'group' }, neg(add(sub(t, bar), r))),
    reduce('first', TOKENS, t),
  ])('%#', (expr) => {
    const [whole] = intern(expandedEarly([expr])).roots;
    expect(sources(whole && contracted(whole))).toBe(printExpr(expr));
  });
});
/** As `printExpr` has it, with what is within the terms contracted, too. */
const sources = (expr: Expr | undefined): string =>
  expr === undefined
    ? 'nothing'
    : printExpr(rebuild([expr], (one) => contracted(one) ?? one).roots[0] ?? expr);

test.each(['var', 'std'])('the deviations that %s squares', (name) => {
  const text = `objective example {
  model logp : token
  data r : rollout
  minimize sum[rollout in batch](mean[token](logp) * ${name}[rollout](r))
}`;
  const [unit] = analyze(text).units;
  const plan = unit && fusedPlans(forCode(unit.program), []).losses[0]?.plan;
  const values = plan?.blocks.flatMap((one) => (one.kind === 'loop' ? one.computes : [])) ?? [];
  const found = values.flatMap((value) => contracted(value) ?? []).map((one) => printExpr(one));
  expect(found).toEqual(['r - mean[rollout](r)']);
});

describe('nothing:', () => {
  const sum = reduce('sum', ROLLOUTS, r);
  const first = reduce('first', ROLLOUTS, r);
  test.each<Expr>([
    sum,
    add(first, log(sum)),
    // Not the shift that is added back.
    select(TRUE, add(first, log(reduce('sum', ROLLOUTS, exp(sub(r, sum))))), first),
    select(TRUE, add(first, div(reduce('sum', ROLLOUTS, sub(r, sum)), ZERO)), first),
    select(TRUE, add(first, sum), first),
    // The deviation of one value from the mean of another.
    sub(sub(mul(r, r), first), div(reduce('sum', ROLLOUTS, sub(r, first)), ZERO)),
    sub(sub(r, sum), div(reduce('sum', ROLLOUTS, sub(r, sum)), ZERO)),
    sub(r, first),
    // Some of the rollouts: no index set of tokens.
    reduce('sum', { ...ROLLOUTS, where: mixed }, reduce('sum', { from: 'token', to: 'rollout' }, t)),
    reduce('max', ROLLOUTS, reduce('sum', { from: 'token', to: 'rollout' }, t)),
  ])('%#', (expr) => {
    expect(contracted(expr)).toBeUndefined();
  });
});
