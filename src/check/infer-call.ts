/** The type of a call: an elementwise function, `grad`, or the reason why it is neither. */
import { nearest } from '../base/suggest.js';
import type { Type } from '../ir/type.js';
import { aggregateNamed, aggregates, atomNamed, atoms, scanNamed, scans } from '../atoms/index.js';
import type { Atom } from '../atoms/atom.js';
import type { Expr } from '../syntax/ast.js';
import { describeNotYet } from '../syntax/rules/not-yet.js';
import { alwaysAbove } from './bounds.js';
import { quoted, type Context } from './context.js';
import { inferGrad } from './infer-grad.js';
import { elementwise } from './infer.js';
import { describeAggregateWithoutLevel } from './rules/aggregate-without-level.js';
import { describeArgumentCount } from './rules/argument-count.js';
import { describeArgumentLabel } from './rules/argument-label.js';
import { describeCrossedClip } from './rules/clip-crossed.js';
import { describeExtremePlace } from './rules/extreme-place.js';
import { describeUnknownFunction } from './rules/unknown-function.js';

export type Call = Extract<Expr, { kind: 'call' }>;

/** Functions of a later edition. */
export const LATER: readonly string[] = ['log_softmax'];
/** Written like functions, and none of the table. */
const SPECIAL: readonly string[] = ['grad', 'sup', 'inf'];

export function inferCall(call: Call, context: Context): Type | undefined {
  const { text: name, span } = call.callee;
  if (name === 'grad') return inferGrad(call, context);
  if (name === 'sup' || name === 'inf') {
    context.report(describeExtremePlace(name, call.span));
    return undefined;
  }
  const atom = atomNamed(name);
  if (atom !== undefined) return inferAtom(atom, call, context);
  if (context.scope.laterNames.has(name)) return undefined;
  if (LATER.includes(name)) context.report(describeNotYet(`\`${name}\` is`, span));
  else if (aggregateNamed(name) !== undefined || scanNamed(name) !== undefined) {
    const [argument] = call.args;
    const text = call.args.map((one) => argumentText(one, context)).join(', ');
    const level = argument === undefined ? undefined : context.types.get(argument.value)?.level;
    const isScan = scanNamed(name) !== undefined;
    const example = isScan || level === undefined || level === 'batch' ? 'token' : level;
    context.report(describeAggregateWithoutLevel(name, text, example, span, isScan));
  } else context.report(describeUnknownFunction(name, span, suggestion(name)));
  return undefined;
}

const argumentText = ({ label, value }: Call['args'][number], context: Context): string =>
  `${label === undefined ? '' : `${label.text}: `}${quoted(value, context)}`;

/** The name of the function or aggregate that was probably meant. */
export const suggestion = (name: string): string | undefined =>
  nearest(name, [...[...atoms, ...aggregates, ...scans].map((one) => one.name), ...SPECIAL]);

function inferAtom(atom: Atom, call: Call, context: Context): Type | undefined {
  const { args } = call;
  const { params, variadic, name } = atom;
  args.forEach(({ label }, at) => {
    const expected = params[at]?.name;
    if (label === undefined || label.text === expected) return;
    context.report(describeArgumentLabel(name, label, expected === undefined ? [] : [expected]));
  });
  if (args.some(({ value }) => value.kind === 'missing')) return undefined;
  if (variadic ? args.length < params.length : args.length !== params.length) {
    const expected = `${params.length}${variadic ? ' or more' : ''}`;
    const only = args.length === 1 && aggregateNamed(name) !== undefined ? args[0] : undefined;
    const hint = only && `to reduce a level, write \`${name}[level](${quoted(only.value, context)})\``;
    context.report(describeArgumentCount(name, expected, args.length, call.span, hint));
    return undefined;
  }
  if (
    name === 'clip' &&
    args.every(({ label }, at) => label === undefined || label.text === params[at]?.name)
  )
    checkClip(call, context);
  return elementwise(
    'real',
    args.map(({ value }) => value),
    context,
  );
}

function checkClip(call: Call, context: Context): void {
  const [, low, high] = call.args;
  if (low === undefined || high === undefined) return;
  const [lowest, highest] = [context.bounds.get(low.value), context.bounds.get(high.value)];
  if (lowest === undefined || highest === undefined || !alwaysAbove(lowest, highest)) return;
  context.report(describeCrossedClip(low.value.span, high.value.span));
}
