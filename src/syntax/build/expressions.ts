/** Expressions: concrete to abstract syntax. Whatever recovery left out becomes `missing`. */
import { levelOf, type LevelToken } from './levels.js';
import { cover, type Span } from '../../base/span.js';
import type * as cst from '../../../grammar/cst.gen.js';
import type { Token } from '../../../grammar/lexer.js';
import type { Argument, Expr, Index } from '../ast.js';
import { describeNotYet } from '../rules/not-yet.js';
import { spanOf } from '../token-list.js';
import { all, anyOf, emptyAt, endOf, nameOf, one, type Context } from './context.js';
import { climb, type Operand } from './operators.js';

export const missing = (at: number): Expr => ({ kind: 'missing', span: emptyAt(at) });

/** Builds an expression; `at` is where a missing one is said to stand. */
export function expression(node: cst.ExprCstNode | undefined, at: number, context: Context): Expr {
  const operation = node?.children.operation?.[0];
  if (operation !== undefined) return chain(operation, at, context);
  return conditional(node?.children.conditional?.[0], at, context) ?? missing(at);
}

function conditional(
  node: cst.ConditionalCstNode | undefined,
  at: number,
  context: Context,
): Expr | undefined {
  const word = one(node?.children.If);
  if (node === undefined || word === undefined) return undefined;
  const [first, second, third] = node.children.expr ?? [];
  const condition = expression(first, endOf(word, at), context);
  const then = expression(second, endOf(one(node.children.Then), condition.span.end), context);
  const otherwise = expression(third, endOf(one(node.children.Else), then.span.end), context);
  return { kind: 'if', condition, then, else: otherwise, span: cover(spanOf(word), otherwise.span) };
}

const operatorOf = (node: cst.OperatorCstNode): Token | undefined =>
  anyOf(...Object.values(node.children as Readonly<Record<string, readonly Token[] | undefined>>));

function chain(node: cst.OperationCstNode, at: number, context: Context): Expr {
  const operators: Token[] = [];
  const operands: Operand[] = [];
  let end = at;
  (node.children.operand ?? []).forEach((each, index) => {
    if (index > 0) {
      const operator = operatorOf(node.children.operator?.[index - 1] ?? emptyOperator);
      if (operator === undefined) return;
      operators.push(operator);
      end = endOf(operator, end);
    }
    const built = operand(each, end, context);
    operands.push(built);
    end = built.value.span.end;
  });
  return operands.length === 0 ? missing(at) : climb(operands, operators, context);
}

const emptyOperator: cst.OperatorCstNode = { name: 'operator', children: {} };

function operand(node: cst.OperandCstNode, at: number, context: Context): Operand {
  const prefixes = [...all(node.children.Minus), ...all(node.children.Not)].sort(
    (a, b) => a.startOffset - b.startOffset,
  );
  const start = endOf(prefixes[prefixes.length - 1], at);
  const inner = node.children.primary?.[0];
  const word = one(inner?.children.misplacedConditional?.[0]?.children.conditional?.[0]?.children.If);
  const value = primary(inner, start, context);
  return { prefixes, value, ...(word === undefined ? {} : { conditional: spanOf(word) }) };
}

function primary(node: cst.PrimaryCstNode | undefined, at: number, context: Context): Expr {
  const value = node === undefined ? missing(at) : atom(node, at, context);
  const selection = node?.children.selection?.[0];
  const word = one(selection?.children.At);
  if (word === undefined) return value;
  const index = one(selection?.children.Name) ?? word;
  const span = cover(value.span, spanOf(index));
  context.report(describeNotYet('`at` is', spanOf(word)));
  return { kind: 'missing', span };
}

function atom({ children }: cst.PrimaryCstNode, at: number, context: Context): Expr {
  const number = one(children.Number);
  if (number !== undefined) return { kind: 'number', text: decimal(number.image), span: spanOf(number) };
  const truth = anyOf(children.True, children.False);
  if (truth !== undefined)
    return { kind: 'boolean', value: truth.tokenType.name === 'True', span: spanOf(truth) };
  const pi = one(children.Pi);
  if (pi !== undefined) return { kind: 'pi', span: spanOf(pi) };
  const name = anyOf(children.Inf, children.Name);
  if (name !== undefined) return named(name, children, context);
  const group = children.parenthesised?.[0];
  if (group !== undefined) return parenthesised(group, at, context);
  return (
    conditional(children.misplacedConditional?.[0]?.children.conditional?.[0], at, context) ?? missing(at)
  );
}

/** A number as a reader of the specification would write it: what was malformed has been reported. */
export const decimal = (image: string): string => image.replace(/^\./, '0.').replace(/[eE][+-]?$/, '');

function parenthesised(node: cst.ParenthesisedCstNode, at: number, context: Context): Expr {
  const open = one(node.children.LParen);
  const value = expression(node.children.expr?.[0], endOf(open, at), context);
  const start = open === undefined ? value.span.start : open.startOffset;
  const end = endOf(one(node.children.RParen), value.span.end);
  return { ...value, span: { start, end: Math.max(end, value.span.end) } };
}

function named(token: Token, children: cst.PrimaryCstChildren, context: Context): Expr {
  const name = nameOf(token);
  const index = children.index?.[0];
  const call = children.call?.[0];
  if (index !== undefined) return reduction(token, index, call, context);
  if (call !== undefined) {
    const { args, end } = argumentsOf(call, name.span.end, context);
    return { kind: 'call', callee: name, args, span: { start: name.span.start, end } };
  }
  if (token.tokenType.name === 'Inf') return { kind: 'inf', span: name.span };
  return { kind: 'name', name: name.text, span: name.span };
}

function argumentsOf(
  node: cst.CallCstNode,
  at: number,
  context: Context,
): { readonly args: readonly Argument[]; readonly end: number } {
  let end = endOf(one(node.children.LParen), at);
  const args = (node.children.argument ?? []).map((argument): Argument => {
    const labelToken = one(argument.children.Name);
    const value = expression(
      argument.children.expr?.[0],
      endOf(one(argument.children.Colon), endOf(labelToken, end)),
      context,
    );
    const label = labelToken === undefined ? undefined : nameOf(labelToken);
    end = value.span.end;
    const span = label === undefined ? value.span : cover(label.span, value.span);
    return { value, span, ...(label === undefined ? {} : { label }) };
  });
  return { args, end: Math.max(end, endOf(one(node.children.RParen), end)) };
}

function reduction(
  token: Token,
  index: cst.IndexCstNode,
  call: cst.CallCstNode | undefined,
  context: Context,
): Expr {
  const aggregate = nameOf(token);
  const { children } = index;
  const levels = (children.level ?? []).map(levelOf);
  const open = one(children.LSquare);
  const lastLevel = endOf(one(children.Others) ?? levels.at(-1)?.token, endOf(open, aggregate.span.end));
  const condition = children.expr?.[0];
  const where =
    one(children.Where) === undefined
      ? undefined
      : expression(condition, endOf(one(children.Where), lastLevel), context);
  const indexEnd = endOf(one(children.RSquare), Math.max(lastLevel, where?.span.end ?? 0));
  const indexSpan: Span = { start: open?.startOffset ?? aggregate.span.end, end: indexEnd };
  const { args, end } =
    call === undefined ? { args: [], end: indexEnd } : argumentsOf(call, indexEnd, context);
  const span = { start: aggregate.span.start, end };
  for (const each of levels)
    if (each.token?.tokenType.name === 'Vocab')
      context.report(describeNotYet('the level `vocab` is', spanOf(each.token)));
  const over: Index | undefined = one(children.Others) === undefined ? overLevel(levels) : { kind: 'others' };
  if (over === undefined) return { kind: 'missing', span };
  return {
    kind: 'reduction',
    aggregate,
    index: over,
    ...(where === undefined ? {} : { where }),
    args,
    indexSpan,
    span,
  };
}

/** `[level]` or `[level in outer]`; nothing where one of them is no level of this edition. */
function overLevel([inner, outer]: readonly LevelToken[]): Index | undefined {
  if (inner?.level === undefined || (outer !== undefined && outer.level === undefined)) return undefined;
  if (outer?.level === undefined || outer.token === undefined) return { kind: 'level', level: inner.level };
  return {
    kind: 'level',
    level: inner.level,
    outer: { level: outer.level, span: spanOf(outer.token) },
  };
}
