/** That the optimised value holds no derivative, and depends on what is trained. */
import type { Expr, Name } from '../syntax/ast.js';
import type { Context } from './context.js';
import { reach } from './reach.js';
import { describeGradMinimized } from './rules/grad-minimized.js';
import { describeNoGradient } from './rules/no-gradient.js';

const isGrad = (expr: Expr): boolean => expr.kind === 'call' && expr.callee.text === 'grad';

/** The optimised value holds no `grad`, not even through lets, and reaches a model input that no stop cuts off. */
export function checkOptimized(
  value: Expr,
  keyword: 'minimize' | 'maximize',
  name: Name | undefined,
  context: Context,
): void {
  const { scope } = context;
  const all = reach(value, scope, { uncut: true });
  const grad = all.exprs.find(isGrad);
  if (grad !== undefined) {
    context.report(describeGradMinimized(value.span, grad.span, keyword));
    return;
  }
  // What is wrong in it was reported, and may well be the missing path.
  if (!all.exprs.every((one) => context.types.has(one))) return;
  const isModel = (name: string): boolean => scope.known.get(name)?.kind === 'model';
  const carried = reach(value, scope);
  if ([...carried.names].some(isModel)) return;
  const ends = carried.cuts.flatMap(({ at, part }) => {
    const model = [...reach(part, scope, { uncut: true }).names].find(isModel);
    return model === undefined ? [] : [{ span: at.span, model }];
  });
  const models = [...scope.known.values()]
    .filter(({ kind }) => kind === 'model')
    .map(({ name }) => name.text);
  context.report(describeNoGradient(value.span, ends, models, name));
}
