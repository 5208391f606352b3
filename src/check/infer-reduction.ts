/** The type of a reduction: the aggregate's kind at the outer level; with it, what may be reduced and over what. */
import { textOf } from '../base/source.js';
import { isFiner, parentOf, type Level } from '../base/level.js';
import type { Kind, Type } from '../ir/type.js';
import { aggregateNamed, atomNamed } from '../atoms/index.js';
import type { Aggregate } from '../atoms/atom.js';
import type { Argument, Expr, Reduction } from '../syntax/ast.js';
import { describeNotYet } from '../syntax/rules/not-yet.js';
import { quoted, type Context } from './context.js';
import { LATER, suggestion } from './infer-call.js';
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
import { describeUnknownFunction } from './rules/unknown-function.js';

export function inferReduction(reduction: Reduction, context: Context): Type | undefined {
  const { aggregate: name, index, where } = reduction;
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
  const { x, anchor, wrongCount } = argumentsOf(record, reduction, context);
  if (x !== undefined && record.argument !== 'none') {
    demand(record.argument, x, context);
    checkFiner(x, 'argument', record.argument, reduction, context);
  }
  if (to === undefined || wrongCount) return undefined;
  checkAnchor(record, reduction, anchor, to, context);
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
  readonly wrongCount: boolean;
}

function argumentsOf(record: Aggregate, reduction: Reduction, context: Context): Arguments {
  const { args, span } = reduction;
  const plain = args.filter(({ label }) => label === undefined);
  const anchors = args.filter(({ label }) => label?.text === 'anchor');
  args.forEach(({ label }) => {
    if (label === undefined) return;
    const isFirst = label.text === 'anchor' && anchors[0]?.label === label;
    const accepted = record.acceptsAnchor ? ['anchor'] : [];
    if (label.text !== 'anchor') context.report(describeArgumentLabel(record.name, label, accepted));
    else if (!isFirst) context.report(describeLabelTwice(label));
  });
  const expected = record.argument === 'none' ? 0 : 1;
  const wrongCount = plain.length !== expected;
  if (wrongCount && !plain.some(({ value }) => value.kind === 'missing')) {
    const hint = countHint(record, plain, reduction, context);
    context.report(describeArgumentCount(record.name, `${expected}`, plain.length, span, hint));
  }
  return { x: plain[0]?.value, anchor: anchors[0], wrongCount };
}

/** What was probably meant by too many arguments. */
function countHint(
  { name, argument, acceptsAnchor }: Aggregate,
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
