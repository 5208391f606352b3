/** How per-token costs become one number, and the other ways in which frameworks do it. */
import { count, div, input, mul, neg, reduce, type IndexSet } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { REALS } from '../base/interval.js';
import type { Batch, Params } from '../vectors/vector.js';
import { meanOf, sumOf, type Over } from './patterns.js';
import { readsModel, rewritten } from './rewriting.js';

/** What is aggregated over the batch, per token or per rollout, and what it is restricted to. */
export interface Aggregated {
  readonly cost: Expr;
  readonly where?: Expr | undefined;
  readonly form: 'token mean' | 'rollout mean' | 'rollout sum' | 'sum' | 'mean per rollout';
}

/** Opens a mean of means, a token mean, or a normalised sum over the batch. */
export function aggregatedBy(expr: Expr): Aggregated | undefined {
  const mean = meanOf(expr);
  if (mean?.set.to === 'batch' && readsModel(mean.x)) {
    const { where } = mean.set;
    if (mean.set.from === 'token') return { cost: mean.x, where, form: 'token mean' };
    if (mean.set.from === 'rollout') return { ...perRollout(mean.x), where };
  }
  if (expr.op !== 'div') return undefined;
  const sum = sumOf(expr.x);
  const isWhole =
    sum?.set.from === 'token' && sum.set.to === 'batch' && readsModel(sum.x) && !readsModel(expr.y);
  return isWhole ? { cost: sum.x, where: sum.set.where, form: 'sum' } : undefined;
}

/** The tokens' share of a value per rollout, where it is a mean or a sum of them. */
function perRollout(x: Expr): Aggregated {
  if (x.op === 'neg') {
    const inner = perRollout(x.x);
    return { ...inner, cost: neg(inner.cost) };
  }
  const isOfTokens = (over: Over | undefined): over is Over =>
    over?.set.from === 'token' && over.set.to === 'rollout' && over.set.where === undefined;
  const [mean, sum] = [meanOf(x), sumOf(x)];
  if (isOfTokens(mean)) return { cost: mean.x, form: 'rollout mean' };
  if (isOfTokens(sum)) return { cost: sum.x, form: 'rollout sum' };
  return { cost: x, form: 'mean per rollout' };
}

/** The program with its aggregations over the batch replaced. */
export const reaggregated = (
  program: Program,
  replace: (of: Aggregated) => Expr | undefined,
): Program | undefined =>
  rewritten(program, (expr) => {
    const of = aggregatedBy(expr);
    return (of && replace(of)) ?? expr;
  });

export const tokens = (where?: Expr): IndexSet => ({ from: 'token', to: 'batch', where });
export const rollouts = (where?: Expr): IndexSet => ({ from: 'rollout', to: 'batch', where });
export const ownTokens: IndexSet = { from: 'token', to: 'rollout' };

export const total = ({ cost, where }: Aggregated): Expr => reduce('sum', tokens(where), cost);
export const perRolloutOf = ({ where }: Aggregated, x: Expr): Expr =>
  reduce('mean', rollouts(where?.type.level === 'token' ? undefined : where), x);
export const rolloutCount = (): Expr => count(rollouts());

/** The number of columns of the padded batch, as a parameter: it is no value of the language. */
const WIDTH_NAME = 'padded width';
export const WIDTH = input('param', WIDTH_NAME, 'batch');
export const withWidth = (program: Program | undefined): Program | undefined =>
  program && {
    ...program,
    params: [
      ...program.params.filter(({ name }) => name !== WIDTH_NAME),
      {
        name: WIDTH_NAME,
        domain: { kind: 'interval', integer: true, interval: REALS },
        doc: { text: '', paper: [], equation: [], differs: [] },
      },
    ],
  };
export const widthOf = ({ mask }: Batch): Params => {
  const first = typeof mask === 'object' ? mask[0] : undefined;
  return { [WIDTH_NAME]: typeof first === 'object' ? first.length : 0 };
};
export const byWidth = (x: Expr): Expr => div(x, WIDTH);
export const byArea = (x: Expr): Expr => div(x, mul(rolloutCount(), WIDTH));
