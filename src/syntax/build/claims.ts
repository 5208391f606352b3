/** Claims of `verify` and `refute`: concrete to abstract syntax. */
import { cover, type Span } from '../../base/span.js';
import type * as cst from '../../../grammar/cst.gen.js';
import type { Token } from '../../../grammar/lexer.js';
import type { Claim, Name, Shape } from '../ast.js';
import { spanOf } from '../token-list.js';
import { anyOf, endOf, nameOf, one, type Context } from './context.js';
import { expression, missing } from './expressions.js';

interface Built {
  readonly shape: Shape;
  readonly end: number;
}

const variableOf = (node: cst.VariableCstNode | undefined): Name | undefined => {
  const token = one(node?.children.Name);
  return token === undefined ? undefined : nameOf(token);
};

const directions = [
  'nonincreasing',
  'nondecreasing',
  'increasing',
  'decreasing',
  'constant',
  'continuous',
  'convex',
] as const;

function directionOf(node: cst.DirectionCstNode): Built | undefined {
  const variable = variableOf(node.children.variable?.[0]);
  const { Nonincreasing, Nondecreasing, Increasing, Decreasing, Constant, Continuous, Convex } =
    node.children;
  const token = anyOf(Nonincreasing, Nondecreasing, Increasing, Decreasing, Constant, Continuous, Convex);
  const kind = directions.find((direction) => direction === token?.image);
  if (variable === undefined || kind === undefined) return undefined;
  return { shape: { kind, variable }, end: variable.span.end };
}

function shapeOf({ children }: cst.ShapeCstNode, context: Context): Built | undefined {
  const direction = children.direction?.[0];
  if (direction !== undefined) return directionOf(direction);
  const variable = variableOf(children.variable?.[0]);
  const bounded = one(children.Bounded);
  if (bounded !== undefined)
    return variable === undefined
      ? { shape: { kind: 'bounded' }, end: spanOf(bounded).end }
      : { shape: { kind: 'bounded', variable }, end: variable.span.end };
  const other = one(children.Name);
  if (one(children.Independent) !== undefined && other !== undefined)
    return { shape: { kind: 'independent', variable: nameOf(other) }, end: spanOf(other).end };
  if (variable === undefined) return undefined;
  if (one(children.Nowhere) !== undefined)
    return { shape: { kind: 'nowhere zero', variable }, end: variable.span.end };
  if (one(children.Lipschitz) === undefined) return undefined;
  const by = expression(children.expr?.[0], endOf(one(children.By), variable.span.end), context);
  return { shape: { kind: 'lipschitz', variable, by }, end: by.span.end };
}

function limitOf(
  node: cst.LimitCstNode,
  context: Context,
): Omit<Extract<Claim, { kind: 'limit' }>, 'expr'> | undefined {
  const { children } = node;
  const variable: Token | undefined = one(children.Name);
  if (variable === undefined) return undefined;
  const limit = expression(children.expr?.[0], endOf(one(children.To), variable.startOffset), context);
  const point = expression(children.expr?.[1], endOf(one(children.Arrow), spanOf(variable).end), context);
  return { kind: 'limit', limit, variable: nameOf(variable), point, span: point.span };
}

/** Builds a claim; one that recovery could not complete is a missing comparison. */
export function claimOf(node: cst.ClaimCstNode | undefined, at: number, context: Context): Claim {
  const expr = expression(node?.children.expr?.[0], at, context);
  const [shapeNode, limitNode] = [node?.children.shape?.[0], node?.children.limit?.[0]];
  const to = (end: number): Span => cover(expr.span, { start: expr.span.start, end });
  if (shapeNode !== undefined) {
    const built = shapeOf(shapeNode, context);
    if (built !== undefined) return { kind: 'shape', expr, shape: built.shape, span: to(built.end) };
  } else if (limitNode !== undefined) {
    const built = limitOf(limitNode, context);
    if (built !== undefined) return { ...built, expr, span: to(built.span.end) };
  } else return { kind: 'comparison', expr, span: expr.span };
  return { kind: 'comparison', expr: missing(expr.span.end), span: expr.span };
}
