/** The kind and the level of every expression. An expression with a mistake has no type, and causes no further ones. */
import { finer } from '../base/level.js';
import { alwaysAbove, boundsOf } from './bounds.js';
import { point } from '../base/interval.js';
import type { Kind, Type } from '../ir/type.js';
import type { BinaryOperator, Expr } from '../syntax/ast.js';
import { quoted, type Context } from './context.js';
import { inferCall } from './infer-call.js';
import { inferReduction } from './infer-reduction.js';
import { LARGEST_POWER, integerLiteral, readNumber } from './literals.js';
import { describeDifferentKinds } from './rules/different-kinds.js';
import { describeInfinity } from './rules/infinity-as-value.js';
import { describeKind } from './rules/kind-mismatch.js';
import { describeLargePower, describePowerBase } from './rules/power-base.js';
import { describeTagComparison } from './rules/tag-comparison.js';
import { describeTagUsed } from './rules/tag-used.js';
import { lookUp } from './scope.js';
import { childrenOf, postOrder } from './walk.js';

/** Finds the type of an expression and of all its parts, and reports what is wrong; no type where something is. */
export function infer(
  root: Expr,
  context: Context,
  infinityMayBe: 'error' | 'value' = 'error',
): Type | undefined {
  const nodes = postOrder(root);
  const infinities = placesOfInfinity(nodes);
  if (infinityMayBe === 'value') markInfinity(root, infinities);
  for (const node of nodes) {
    refuseTags(node, context);
    const type = typeOf(node, context, infinities);
    if (type !== undefined) context.types.set(node, type);
    const bounds = boundsOf(node, context.bounds, context.scope, context.domains);
    if (bounds !== undefined) context.bounds.set(node, bounds);
  }
  if (context.types.get(root)?.kind === 'tag') refuseTag(root, undefined, context);
  return context.types.get(root);
}

/** Tags are compared, and nothing else: one that stands elsewhere has no type, so that nothing more is said about it. */
function refuseTags(node: Expr, context: Context): void {
  if (node.kind === 'binary' && (node.operator === '==' || node.operator === '!=')) return;
  // By what `grad` differentiates is said where its path is looked for.
  const operands =
    node.kind === 'call' && node.callee.text === 'grad' ? childrenOf(node).slice(0, 1) : childrenOf(node);
  for (const operand of operands)
    if (context.types.get(operand)?.kind === 'tag') refuseTag(operand, node, context);
}
function refuseTag(tag: Expr, reader: Expr | undefined, context: Context): void {
  context.report(describeTagUsed(tag, reader, quoted(tag, context)));
  context.types.delete(tag);
}

/** The occurrences of `inf` that stand where an infinite value is legal: as a bound of `clip` or as an anchor. */
function placesOfInfinity(nodes: readonly Expr[]): Set<Expr> {
  const places = new Set<Expr>();
  for (const node of nodes) {
    if (node.kind === 'call' && node.callee.text === 'clip') {
      for (const { value } of node.args.slice(1)) markInfinity(value, places);
    }
    if (node.kind !== 'reduction') continue;
    for (const { label, value } of node.args) if (label?.text === 'anchor') markInfinity(value, places);
  }
  return places;
}
function markInfinity(expr: Expr, places: Set<Expr>): void {
  const core = expr.kind === 'unary' && expr.operator === '-' ? expr.operand : expr;
  if (core.kind === 'inf') places.add(core);
}

function typeOf(expr: Expr, context: Context, infinities: ReadonlySet<Expr>): Type | undefined {
  switch (expr.kind) {
    case 'number': {
      const read = readNumber(expr.text, expr.span);
      if ('problem' in read) context.report(read.problem);
      return { kind: 'real', level: 'batch' };
    }
    case 'inf':
      if (infinities.has(expr)) return { kind: 'real', level: 'batch' };
      context.report(describeInfinity(expr.span));
      return undefined;
    case 'pi':
      return { kind: 'real', level: 'batch' };
    case 'boolean':
      return { kind: 'bool', level: 'batch' };
    case 'name': {
      const found = lookUp({ text: expr.name, span: expr.span }, context.scope);
      if ('entity' in found) return found.entity.type;
      context.report(found.problem);
      return undefined;
    }
    case 'unary':
      return elementwise(expr.operator === 'not' ? 'bool' : 'real', [expr.operand], context);
    case 'binary':
      return inferBinary(expr.operator, expr.left, expr.right, context);
    case 'if':
      return inferConditional(expr.condition, expr.then, expr.else, context);
    case 'call':
      return inferCall(expr, context);
    case 'reduction':
      return inferReduction(expr, context);
    case 'inlined':
      return expr.unread.every((one) => context.types.has(one)) ? context.types.get(expr.body) : undefined;
    case 'missing':
      return undefined;
  }
}

/** Reports an operand that is not of the kind that is needed. */
export function demand(kind: Kind, expr: Expr, context: Context): void {
  const found = context.types.get(expr);
  if (found !== undefined && found.kind !== kind)
    context.report(describeKind(kind, expr, quoted(expr, context, 'c')));
}

/** Operands of one kind, a value of the same: at the finest of their levels. */
export function elementwise(
  kind: Kind,
  operands: readonly Expr[],
  context: Context,
  result = kind,
): Type | undefined {
  for (const operand of operands) demand(kind, operand, context);
  const types = operands.map((operand) => context.types.get(operand));
  let { level }: Type = { kind, level: 'batch' };
  for (const type of types) {
    if (type === undefined) return undefined;
    level = finer(level, type.level);
  }
  return { kind: result, level };
}

const CONNECTIVES: readonly BinaryOperator[] = ['and', 'or'];
const ARITHMETIC: readonly BinaryOperator[] = ['+', '-', '*', '/', '^'];

function inferBinary(operator: BinaryOperator, left: Expr, right: Expr, context: Context): Type | undefined {
  if (CONNECTIVES.includes(operator)) return elementwise('bool', [left, right], context);
  if (operator === '^') checkPower(left, right, context);
  if (ARITHMETIC.includes(operator)) return elementwise('real', [left, right], context);
  if (operator !== '==' && operator !== '!=') return elementwise('real', [left, right], context, 'bool');
  return sameKind(left, right, context, 'bool');
}

/** Two operands of one kind, whichever it is. */
function sameKind(left: Expr, right: Expr, context: Context, result?: Kind): Type | undefined {
  const [x, y] = [context.types.get(left), context.types.get(right)];
  if (x === undefined || y === undefined) return undefined;
  if (x.kind !== y.kind && (x.kind === 'tag' || y.kind === 'tag'))
    checkId(x.kind === 'tag' ? { tag: left, other: right } : { tag: right, other: left }, context);
  else if (x.kind !== y.kind) {
    const boolean = x.kind === 'bool' ? left : right;
    context.report(describeDifferentKinds(left, right, x.kind, quoted(boolean, context, 'c')));
    if (result === undefined) return undefined;
  }
  return { kind: result ?? x.kind, level: finer(x.level, y.level) };
}

/** What a tag is compared with, where it is no tag: an integer literal that JSON can tell from all others. */
function checkId({ tag, other }: { readonly tag: Expr; readonly other: Expr }, context: Context): void {
  const id = integerLiteral(other);
  if (id !== undefined && Number.isSafeInteger(id)) return;
  const isCondition = context.types.get(other)?.kind === 'bool';
  const found = id !== undefined ? 'a literal' : isCondition ? 'a condition' : 'a number';
  const isData = other.kind === 'name' && context.scope.known.get(other.name)?.kind === 'data';
  const hint = isData ? `declare \`${other.name}\` with \`tag\`` : undefined;
  context.report(describeTagComparison(tag, other, found, hint));
}

function inferConditional(condition: Expr, then: Expr, otherwise: Expr, context: Context): Type | undefined {
  demand('bool', condition, context);
  const chosen = sameKind(then, otherwise, context);
  const type = context.types.get(condition);
  return chosen === undefined || type === undefined
    ? undefined
    : { kind: chosen.kind, level: finer(chosen.level, type.level) };
}

function checkPower(base: Expr, exponent: Expr, context: Context): void {
  const whole = integerLiteral(exponent);
  if (whole !== undefined) {
    if (Math.abs(whole) > LARGEST_POWER) context.report(describeLargePower(exponent.span, LARGEST_POWER));
    return;
  }
  const bounds = context.bounds.get(base);
  const never = bounds !== undefined && (bounds.high <= 0 || alwaysAbove(point(0), bounds));
  if (never) context.report(describePowerBase(base.span, exponent.span));
}
