/**
 * grad(y, x) (language §7): Σ over the elements of y of its derivative in x at each element of x, along every path that no
 * stop-gradient cuts. What a selection leaves out receives nothing at all: every adjoint carries the condition under which
 * there is one, and factors are multiplied inside of it.
 */
import { isFiner, type IndexLevel } from '../../base/level.js';
import { fraction } from '../rational.js';
import * as n from './tree.js';
import { isTruth, operands, postOrder, type Number_, type Truth } from './tree.js';

/** What is received, and where anything is. */
interface Adjoint {
  readonly value: Number_;
  readonly where: Truth;
}
interface Contribution extends Adjoint {
  readonly to: Number_;
}

export function gradient(y: Number_, x: Number_): Number_ {
  const order = postOrder(y);
  const leads = leadingTo(x, order);
  const received = new Map<Number_, Adjoint[]>([[y, [{ value: n.one, where: n.truth(true) }]]]);
  for (const node of [...order].reverse()) {
    const found = isTruth(node) ? undefined : received.get(node);
    if (isTruth(node) || found === undefined || node === x || !leads.has(node)) continue;
    for (const { to, value, where } of contributions(node, together(found))) {
      if (!leads.has(to)) continue;
      const arriving = summedUp({ value, where }, receivedAt(node), to.level);
      received.set(to, [...(received.get(to) ?? []), arriving]);
    }
  }
  const found = received.get(x);
  if (found === undefined || !leads.has(y)) return n.spread(n.zero, x.level);
  const { value, where } = together(found);
  return n.spread(n.select(where, value, n.zero), x.level);
}

/** Values through which a derivative can pass on its way to x. */
function leadingTo(x: Number_, order: readonly n.Node[]): ReadonlySet<n.Node> {
  const leads = new Set<n.Node>([x]);
  for (const node of order)
    if (
      !isTruth(node) &&
      !CUT.includes(node.op) &&
      operands(node).some((one) => !isTruth(one) && leads.has(one))
    )
      leads.add(node);
  return leads;
}
/** What passes no derivative on. */
const CUT: readonly Number_['op'][] = ['stop', 'quantile'];

/** Several adjoints as one: of two that exclude each other, the one that there is. */
function together(all: readonly Adjoint[]): Adjoint {
  const [first, second] = all;
  if (first !== undefined && second === undefined) return first;
  if (
    first !== undefined &&
    second !== undefined &&
    all.length === 2 &&
    isNegation(first.where, second.where)
  )
    return { value: n.select(first.where, first.value, second.value), where: n.truth(true) };
  return {
    value: n.sum(...all.map(({ value, where }) => n.select(where, value, n.zero))),
    where: all.some(({ where }) => where.op === 'boolean' && where.value)
      ? n.truth(true)
      : n.or(...all.map(({ where }) => where)),
  };
}
const isNegation = (a: Truth, b: Truth): boolean =>
  (a.op === 'not' && a.x === b) || (b.op === 'not' && b.x === a);

/** The level at whose elements a value's operands receive. */
const receivedAt = (node: Number_): IndexLevel =>
  node.op === 'total' || node.op === 'extreme' ? node.from : node.level;

/** The adjoint of a value that was read from `to` at each element of `from`: the sum over those that receive one. */
function summedUp({ value, where }: Adjoint, from: IndexLevel, to: IndexLevel): Adjoint {
  if (!isFiner(from, to)) return { value, where };
  const set = { from, to, where };
  return { value: n.total(set, value), where: n.any(set, n.truth(true)) };
}

const half = n.number(fraction(1n, 2n));

function contributions(node: Number_, { value, where }: Adjoint): readonly Contribution[] {
  const to = (x: Number_, factor: Number_, under: Truth = n.truth(true)): Contribution => ({
    to: x,
    value: n.product(value, factor),
    where: n.and(where, under),
  });
  switch (node.op) {
    case 'let':
      return [to(node.x, n.one)];
    case 'sum':
      return node.of.map((x) => to(x, n.one));
    case 'product':
      return node.of.map((x, at) => to(x, n.product(...node.of.filter((_, other) => other !== at))));
    case 'inverse':
      return [to(node.x, n.negative(n.product(node, node)))];
    case 'exp':
      return [to(node.x, node)];
    case 'log':
      return [to(node.x, n.inverse(node.x))];
    case 'root':
      // Derivative 0 at 0, where the slope is infinite.
      return [
        {
          to: node.x,
          value: n.select(n.literal('>', node.x), n.product(half, value, n.inverse(node)), n.zero),
          where,
        },
      ];
    case 'select':
      return [to(node.then, n.one, node.if), to(node.else, n.one, n.not(node.if))];
    case 'total':
      return [to(node.x, n.one, node.where)];
    case 'extreme': {
      const { which, from, to: outer, where: kept, x } = node;
      const attains: Truth = { op: 'attains', level: from, which, from, to: outer, where: kept, x };
      return [to(x, n.one, n.and(kept, attains))];
    }
    case 'swap':
      return [{ to: node.x, value: n.swap(value), where: n.swapped(where) }];
    case 'scan':
      return scanned(node, { value, where });
    case 'shift':
      return shifted(node, { value, where });
    case 'number':
    case 'pi':
    case 'infinity':
    case 'input':
    case 'stop':
    case 'quantile':
      return [];
  }
}

/** Each x receives from all tokens that read it: the scan in the other direction. */
function scanned(node: Extract<Number_, { op: 'scan' }>, { value, where }: Adjoint): readonly Contribution[] {
  const { isForward, x, gamma } = node;
  const back = (of: Number_, by: Number_): Number_ => ({
    op: 'scan',
    level: 'token',
    isForward: !isForward,
    x: of,
    gamma: by,
  });
  const total = back(n.select(where, value, n.zero), gamma);
  const reached = n.literal('>', back(n.select(where, n.one, n.zero), n.one));
  const somewhere = where.level === 'token' ? reached : where;
  // y = x + γ·z, z the y beside it: what y receives in all goes on to γ times z.
  const beside: Number_ = { op: 'shift', level: 'token', by: isForward ? 1 : -1, x: node, fill: n.zero };
  return [
    { to: x, value: total, where: somewhere },
    { to: gamma, value: n.product(total, beside), where: n.and(somewhere, hasToken(isForward ? 1 : -1)) },
  ];
}
/** Whether there is a token so many places earlier. */
const hasToken = (by: number): Truth => ({ op: 'shifted', level: 'token', by, x: n.truth(true) });

function shifted(
  node: Extract<Number_, { op: 'shift' }>,
  { value, where }: Adjoint,
): readonly Contribution[] {
  const { by, x, fill } = node;
  if (by === 0) return [{ to: x, value, where }];
  const moved: Number_ =
    value.level === 'token' ? { op: 'shift', level: 'token', by: -by, x: value, fill: n.zero } : value;
  const there: Truth =
    where.level === 'token'
      ? { op: 'shifted', level: 'token', by: -by, x: where }
      : n.and(where, hasToken(-by));
  return [
    { to: x, value: moved, where: there },
    { to: fill, value, where: n.and(where, n.not(hasToken(by))) },
  ];
}
