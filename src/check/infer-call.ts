/** The type of a call: an elementwise function, `grad`, or the reason why it is neither. */
import { nearest } from '../base/suggest.js';
import type { Type } from '../ir/type.js';
import { aggregateNamed, aggregates, atomNamed, atoms, scanNamed, scans } from '../atoms/index.js';
import type { Atom } from '../atoms/atom.js';
import type { Definition, Expr, Name } from '../syntax/ast.js';
import { describeNotYet } from '../syntax/rules/not-yet.js';
import { alwaysAbove } from './bounds.js';
import { quoted, type Context } from './context.js';
import { SPECIAL_FUNCTIONS, type DefinedFunction } from './functions.js';
import { inferGrad } from './infer-grad.js';
import { demand, elementwise } from './infer.js';
import { describeAggregateWithoutLevel } from './rules/aggregate-without-level.js';
import { describeArgumentCount } from './rules/argument-count.js';
import { describeArgumentLabel } from './rules/argument-label.js';
import { describeCrossedClip } from './rules/clip-crossed.js';
import { describeExtremePlace } from './rules/extreme-place.js';
import { describeLaterName, describeRecursion } from './rules/later-name.js';
import { describeUnknownFunction } from './rules/unknown-function.js';
import type { Scope } from './scope.js';

export type Call = Extract<Expr, { kind: 'call' }>;

/** Functions of a later edition. */
export const LATER: readonly string[] = ['log_softmax'];

export function inferCall(call: Call, context: Context): Type | undefined {
  const { text: name, span } = call.callee;
  if (name === 'grad') return inferGrad(call, context);
  if (name === 'sup' || name === 'inf') {
    context.report(describeExtremePlace(name, call.span));
    return undefined;
  }
  const atom = atomNamed(name);
  if (atom !== undefined) return inferAtom(atom, call, context);
  const own = context.scope.functions.get(name);
  if (own !== undefined || name === context.scope.defining?.text) return inferDefined(call, own, context);
  if (LATER.includes(name)) context.report(describeNotYet(`\`${name}\` is`, span));
  else if (aggregateNamed(name) !== undefined || scanNamed(name) !== undefined) {
    const [argument] = call.args;
    const text = call.args.map((one) => argumentText(one, context)).join(', ');
    const level = argument === undefined ? undefined : context.types.get(argument.value)?.level;
    const isScan = scanNamed(name) !== undefined;
    const example = isScan || level === undefined || level === 'batch' ? 'token' : level;
    context.report(describeAggregateWithoutLevel(name, text, example, span, isScan));
  } else {
    const later = context.scope.definitions?.get(name);
    context.report(
      later === undefined
        ? describeUnknownFunction(name, span, suggestion(name, context.scope))
        : describeLaterName(call.callee, later),
    );
  }
  return undefined;
}

const argumentText = ({ label, value }: Call['args'][number], context: Context): string =>
  `${label === undefined ? '' : `${label.text}: `}${quoted(value, context)}`;

/** The name of the function or aggregate that was probably meant. */
export const suggestion = (name: string, { functions }: Scope): string | undefined =>
  nearest(name, [
    ...[...atoms, ...aggregates, ...scans].map((one) => one.name),
    ...SPECIAL_FUNCTIONS,
    ...functions.keys(),
  ]);

/**
 * A call of a definition that was not inlined: it is wrong, it calls a wrong one, or it stands in a definition that is
 * checked by itself. There its level is not known; the coarsest one causes no mistake that is none.
 */
function inferDefined(call: Call, own: DefinedFunction | undefined, context: Context): Type | undefined {
  const { callee, args, span } = call;
  if (own === undefined || (callee.span.start < own.from && isInside(callee, own.definition))) {
    context.report(describeRecursion(callee, own?.name ?? context.scope.defining ?? callee));
    return undefined;
  }
  if (callee.span.start < own.from) {
    context.report(describeLaterName(callee, own.name));
    return undefined;
  }
  if (own.signature === undefined) return undefined;
  const { params } = own.definition;
  args.forEach(({ label }, at) => {
    const expected = params[at]?.text;
    if (label === undefined || label.text === expected) return;
    context.report(describeArgumentLabel(callee.text, label, expected === undefined ? [] : [expected]));
  });
  if (args.some(({ value }) => value.kind === 'missing')) return undefined;
  if (args.length !== params.length) {
    const form = `${callee.text}(${params.map(({ text }) => text).join(', ')})`;
    context.report(
      describeArgumentCount(callee.text, `${params.length}`, args.length, span, `it is \`${form}\``),
    );
    return undefined;
  }
  const { kinds, result } = own.signature;
  args.forEach(({ value }, at) => {
    if (kinds[at] === 'bool') demand('bool', value, context);
  });
  return args.some(({ value }) => !context.types.has(value)) ? undefined : { ...result, level: 'batch' };
}

const isInside = ({ span }: Name, definition: Definition): boolean =>
  definition.span.start <= span.start && span.end <= definition.span.end;

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
