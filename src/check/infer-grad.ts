/** The type of `grad(y, x)`: a number at each element of x. Where it may stand is `gradients.ts`. */
import { isFiner } from '../base/level.js';
import type { Type } from '../ir/type.js';
import { quoted, type Context } from './context.js';
import type { Call } from './infer-call.js';
import { demand } from './infer.js';
import { reach } from './reach.js';
import { describeArgumentCount } from './rules/argument-count.js';
import { describeArgumentLabel } from './rules/argument-label.js';
import { describeGradAround } from './rules/grad-around.js';
import { describeGradLevel } from './rules/grad-level.js';
import { describeGradPath } from './rules/grad-path.js';
import { describeGradVariable } from './rules/grad-variable.js';
import type { Entity } from './scope.js';

/** What no derivative is taken by. */
const CONSTANT = { param: 'a parameter', data: 'data', tag: 'a tag' } as const;

export function inferGrad(call: Call, context: Context): Type | undefined {
  const [of, by] = call.args;
  for (const { label } of call.args)
    if (label !== undefined) context.report(describeArgumentLabel('grad', label, []));
  if (of === undefined || by === undefined || call.args.length > 2) {
    context.report(describeArgumentCount('grad', '2', call.args.length, call.span, 'write `grad(y, x)`'));
    return undefined;
  }
  demand('real', of.value, context);
  if (by.value.kind !== 'name') {
    if (by.value.kind !== 'missing') context.report(describeGradVariable('an expression', by.value.span));
    return undefined;
  }
  const entity = context.scope.known.get(by.value.name);
  const x = context.types.get(by.value);
  if (entity === undefined || x === undefined) return undefined;
  if (entity.kind === 'param' || entity.kind === 'data' || entity.kind === 'tag') {
    context.report(describeGradVariable(CONSTANT[entity.kind], by.value.span, entity.name));
    return undefined;
  }
  demand('real', by.value, context);
  const y = context.types.get(of.value);
  if (x.kind !== 'real') return undefined;
  if (entity.kind === 'argument') return { kind: 'real', level: x.level };
  if (y?.kind === 'real') {
    const hasPath = checkPath(call, entity, context);
    if (hasPath && isFiner(y.level, x.level)) {
      const hint = `sum it first: \`grad(sum[${y.level} in ${x.level}](${quoted(of.value, context, 'y')}), ${by.value.name})\``;
      context.report(describeGradLevel(of.value.span, y.level, by.value, x.level, hint));
    }
  }
  return { kind: 'real', level: x.level };
}

/** Whether there is a path from x to y, as there has to be; a path around x is worth a note. */
function checkPath(call: Call, x: Entity, context: Context): boolean {
  const [of, by] = call.args;
  if (of === undefined || by === undefined) return false;
  const { scope } = context;
  const read = reach(of.value, scope, { uncut: true });
  if (!read.exprs.every((one) => context.types.has(one))) return false;
  if (!reach(of.value, scope).names.has(x.name.text)) {
    const isRead = read.names.has(x.name.text);
    context.report(describeGradPath(x.name.text, by.value.span, of.value.span, isRead));
    return false;
  }
  if (x.kind !== 'let') return true;
  const around = [...reach(of.value, scope, { without: x.name.text }).names].find(
    (name) => scope.known.get(name)?.kind === 'model',
  );
  if (around !== undefined) context.report(describeGradAround(x.name.text, around, call.span, of.value.span));
  return true;
}
