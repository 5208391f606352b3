/** The type of a reduction: the aggregate's kind at the outer level; with it, what may be reduced and over what. */
import { textOf } from '../base/source.js';
import { point } from '../base/interval.js';
import { isFiner, parentOf, type Level } from '../base/level.js';
import type { Kind, Type } from '../ir/type.js';
import { aggregateNamed, atomNamed, scanNamed } from '../atoms/index.js';
import type { Aggregate } from '../atoms/atom.js';
import type { Argument, Expr, Reduction } from '../syntax/ast.js';
import { describeNotYet } from '../syntax/rules/not-yet.js';
import { quoted, type Context } from './context.js';
import { alwaysAbove } from './bounds.js';
import { LATER, suggestion } from './infer-call.js';
import { inferScan } from './infer-scan.js';
import { demand } from './infer.js';
import { describeAnchorLevel } from './rules/anchor-level.js';
import { describeArgumentCount } from './rules/argument-count.js';
import { describeArgumentLabel, describeLabelTwice } from './rules/argument-label.js';
import { describeBatchReduced } from './rules/batch-reduced.js';
import { describeFinerArgument } from './rules/finer-argument.js';
import { describeFunctionWithLevel } from './rules/function-with-level.js';
import { describeMissingAnchor } from './rules/missing-anchor.js';
import { describeNeedlessAnchor } from './rules/needless-anchor.js';
import { describeOuterLevel } from './rules/outer-level.js';
import { describeQuantileLevel } from './rules/quantile-level.js';
import { describeQuantileShare } from './rules/quantile-share.js';
import { describeUnknownFunction } from './rules/unknown-function.js';

export function inferReduction(reduction: Reduction, context: Context): Type | undefined {
  const { aggregate: name, index, where } = reduction;
  const scan = scanNamed(name.text);
  if (scan !== undefined) return inferScan(scan, reduction, context);
  const record = aggregateNamed(name.text);
  if (record === undefined) {
    reportUnknown(reduction, context);
    return undefined;
  }
  const to = outerOf(reduction, context);
  if (where !== undefined) {
    demand('bool', where, context);
    checkFiner(where, 'condition', 'bool', reduction, context);
  }
  const { x, anchor, beside, wrongCount } = argumentsOf(record, reduction, context);
  if (x !== undefined && record.argument !== 'none') {
    demand(record.argument, x, context);
    checkFiner(x, 'argument', record.argument, reduction, context);
  }
  if (to === undefined || wrongCount) return undefined;
  checkAnchor(record, reduction, anchor, to, context);
  if (beside !== undefined) checkBeside(record, reduction, beside, to, context);
  const canBeEmpty = index.kind === 'others' || index.level === 'token' || where !== undefined;
  const isLabelled = reduction.args.some(({ label }) => label !== undefined);
  if (record.overNothing === 'error unless anchor' && !isLabelled && canBeEmpty) {
    context.report(describeMissingAnchor(reduction));
  }
  return { kind: record.result, level: to };
}

function reportUnknown({ aggregate: name, args }: Reduction, context: Context): void {
  const { text, span } = name;
  const first = args[0];
  if (LATER.includes(text)) context.report(describeNotYet(`\`${text}\` is`, span));
  else if (atomNamed(text) !== undefined || context.scope.functions.has(text)) {
    context.report(
      describeFunctionWithLevel(text, first === undefined ? 'x' : quoted(first.value, context), span),
    );
  } else context.report(describeUnknownFunction(text, span, suggestion(text, context.scope)));
}

/** The level of the result; none where the bracket makes no sense. */
function outerOf({ index, indexSpan, aggregate }: Reduction, context: Context): Level | undefined {
  if (index.kind === 'others') return 'rollout';
  const { level, outer } = index;
  const parent = parentOf(level);
  if (parent === undefined) {
    context.report(describeBatchReduced(indexSpan));
    return undefined;
  }
  if (outer === undefined) return parent;
  if (isFiner(level, outer.level)) return outer.level;
  context.report(
    describeOuterLevel(level, outer.level, outer.span, `${aggregate.text}[${level} in ${parent}]`),
  );
  return undefined;
}

interface Arguments {
  readonly x?: Expr | undefined;
  readonly anchor?: Argument | undefined;
  readonly beside?: Argument | undefined;
  readonly wrongCount: boolean;
}

function argumentsOf(record: Aggregate, reduction: Reduction, context: Context): Arguments {
  const { args, span } = reduction;
  const plain = args.filter(({ label }) => label === undefined);
  const anchors = args.filter(({ label }) => label?.text === 'anchor');
  const labelled = args.filter(({ label }) => label !== undefined && label.text === record.beside?.name);
  let isMislabelled = false;
  let isUnderAnotherLabel = false;
  args.forEach((one) => {
    const { label } = one;
    if (label === undefined) return;
    const isRepeated = [anchors, labelled].some((alike) => alike.indexOf(one) > 0);
    const accepted = record.acceptsAnchor ? ['anchor'] : record.beside ? [record.beside.name] : [];
    const isUnknown = label.text !== 'anchor' && !labelled.includes(one);
    if (isRepeated) context.report(describeLabelTwice(label));
    else if (isUnknown) context.report(describeArgumentLabel(record.name, label, accepted));
    // Under another label it was the second argument, or the missing one.
    isMislabelled ||= record.beside !== undefined && (isRepeated || isUnknown);
    isUnderAnotherLabel ||= isUnknown && plain.length === 0;
  });
  const expected = record.argument === 'none' ? 0 : record.beside === undefined ? 1 : 2;
  const found = plain.length + labelled.length;
  const wrongCount = found !== expected || isMislabelled;
  const isTold = isMislabelled || isUnderAnotherLabel;
  if (found !== expected && !isTold && !args.some(({ value }) => value.kind === 'missing')) {
    const hint = countHint(record, plain, reduction, context);
    context.report(describeArgumentCount(record.name, `${expected}`, found, span, hint));
  }
  const beside = record.beside && (labelled[0] ?? plain[1]);
  return { x: plain[0]?.value, anchor: anchors[0], beside, wrongCount };
}

/** What was probably meant by too many arguments. */
function countHint(
  { name, argument, acceptsAnchor, beside }: Aggregate,
  plain: readonly Argument[],
  { where, indexSpan }: Reduction,
  context: Context,
): string | undefined {
  const [x, second] = plain.map(({ value }) => value);
  if (argument === 'none' && x !== undefined) {
    const isCondition = context.types.get(x)?.kind === 'bool' && where === undefined;
    const index = textOf(context.source, indexSpan);
    return isCondition
      ? `write \`${name}${index.replace(/\s*\]?$/, '')} where ${quoted(x, context, 'c')}]\``
      : `write \`${name}${index}\``;
  }
  if (beside !== undefined && x !== undefined && second === undefined)
    return `write e.g. \`${name}${textOf(context.source, indexSpan)}(${quoted(x, context)}, 0.5)\``;
  return second !== undefined && acceptsAnchor ? `write \`anchor: ${quoted(second, context)}\`` : undefined;
}

/** The level at which the argument and the condition of a reduction are read. */
const readAt = ({ index }: Reduction): Level => (index.kind === 'others' ? 'rollout' : index.level);

/** They are at that level or coarser. */
function checkFiner(
  expr: Expr,
  role: 'argument' | 'condition',
  kind: Kind,
  reduction: Reduction,
  context: Context,
): void {
  const type = context.types.get(expr);
  const level = readAt(reduction);
  if (type?.kind !== kind || !isFiner(type.level, level) || level === 'batch') return;
  const inner = type.kind === 'bool' ? 'any' : 'mean';
  const to = parentOf(type.level) === level ? '' : ` in ${level}`;
  const hint = `reduce it first, e.g. \`${inner}[${type.level}${to}](${quoted(expr, context)})\``;
  context.report(describeFinerArgument(role, expr.span, type.level, reduction, level, hint));
}

function checkAnchor(
  record: Aggregate,
  reduction: Reduction,
  anchor: Argument | undefined,
  to: Level,
  context: Context,
): void {
  if (anchor === undefined) return;
  if (!record.acceptsAnchor) {
    context.report(describeNeedlessAnchor(record.name, anchor.span));
    return;
  }
  demand('real', anchor.value, context);
  const type = context.types.get(anchor.value);
  if (type === undefined || !isFiner(type.level, to)) return;
  context.report(describeAnchorLevel(anchor.value.span, type.level, reduction, to));
}

/** A second argument: the share of a quantile, at the result's level or coarser, and never known to lie outside [0, 1]. */
function checkBeside(
  { beside: param }: Aggregate,
  { indexSpan }: Reduction,
  { value }: Argument,
  to: Level,
  context: Context,
): void {
  if (param === undefined) return;
  demand('real', value, context);
  const type = context.types.get(value);
  if (type?.kind === 'real' && isFiner(type.level, to))
    context.report(describeQuantileLevel(param.name, value.span, type.level, indexSpan, to));
  const bounds = context.bounds.get(value);
  if (bounds === undefined) return;
  const isLarge = alwaysAbove(bounds, point(1));
  if (isLarge || alwaysAbove(point(0), bounds))
    context.report(describeQuantileShare(param.name, value.span, isLarge));
}
