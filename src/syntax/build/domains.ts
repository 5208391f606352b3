/** Domains, bounds and signed numbers: concrete to abstract syntax. */
import type * as cst from '../../../grammar/cst.gen.js';
import type { Bound, DomainSyntax, IntervalSyntax, SignedLiteral } from '../ast.js';
import { spanOf } from '../token-list.js';
import { emptyAt, endOf, nameOf, one } from './context.js';
import { decimal } from './expressions.js';

/** A signed number, if there is one. */
export function signedOf(node: cst.SignedCstNode | undefined): SignedLiteral | undefined {
  const number = one(node?.children.Number);
  if (number === undefined) return undefined;
  const minus = one(node?.children.Minus);
  const { start, end } = spanOf(number);
  return {
    negative: minus !== undefined,
    text: decimal(number.image),
    span: { start: minus?.startOffset ?? start, end },
  };
}

function boundOf(node: cst.BoundCstNode | undefined): Bound | undefined {
  const minus = one(node?.children.Minus);
  const number = one(node?.children.Number);
  const negative = minus !== undefined;
  const token = number ?? one(node?.children.Inf) ?? one(node?.children.Name);
  if (token === undefined) return undefined;
  const { end } = spanOf(token);
  const span = { start: minus?.startOffset ?? token.startOffset, end };
  if (number !== undefined)
    return { kind: 'number', value: { negative, text: decimal(number.image), span }, span };
  if (one(node?.children.Inf) !== undefined) return { kind: 'inf', negative, span };
  return { kind: 'param', negative, name: nameOf(token), span };
}

function intervalOf(node: cst.IntervalCstNode): IntervalSyntax | undefined {
  const { children } = node;
  const [low, high] = [boundOf(children.bound?.[0]), boundOf(children.bound?.[1])];
  const open = one(children.LParen) ?? one(children.LSquare);
  const close = one(children.RParen) ?? one(children.RSquare);
  if (low === undefined || high === undefined || open === undefined || close === undefined) return undefined;
  return {
    low,
    high,
    lowOpen: open.tokenType.name === 'LParen',
    highOpen: close.tokenType.name === 'RParen',
    span: { start: open.startOffset, end: spanOf(close).end },
  };
}

function setOf(node: cst.SetCstNode, at: number): DomainSyntax {
  const values = (node.children.signed ?? []).flatMap((each) => signedOf(each) ?? []);
  const open = one(node.children.LCurly);
  const close = one(node.children.RCurly);
  if (values.length === 0 || open === undefined) return { kind: 'missing', span: emptyAt(at) };
  const end = endOf(close, values[values.length - 1]?.span.end ?? at);
  return { kind: 'set', values, span: { start: open.startOffset, end } };
}

/** Builds a domain; `at` is where a missing one is said to stand. */
export function domainOf(node: cst.DomainCstNode | undefined, at: number): DomainSyntax {
  const none: DomainSyntax = { kind: 'missing', span: emptyAt(at) };
  if (node === undefined) return none;
  const { children } = node;
  const real = one(children.Real);
  if (real !== undefined) return { kind: 'real', span: spanOf(real) };
  const integer = one(children.Integer);
  const written = children.interval?.[0];
  const interval = written === undefined ? undefined : intervalOf(written);
  if (written !== undefined && interval === undefined) return none;
  if (integer !== undefined) {
    const span = { start: integer.startOffset, end: interval?.span.end ?? spanOf(integer).end };
    return { kind: 'interval', integer: true, ...(interval === undefined ? {} : { interval }), span };
  }
  if (interval !== undefined) return { kind: 'interval', integer: false, interval, span: interval.span };
  const set = children.set?.[0];
  return set === undefined ? none : setOf(set, at);
}
