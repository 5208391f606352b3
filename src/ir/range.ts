/**
 * What values each expression can take, composed from the local facts of the op records. Ends are computed in
 * round-to-nearest: these ranges are for people and lints, never for proofs.
 */
import { hullOf } from '../base/domain.js';
import { REALS, closed, hull, intersection, point, type Interval } from '../base/interval.js';
import { isFiner, mayBeEmpty, type IndexLevel } from '../base/level.js';
import { toDouble } from './constant.js';
import { isBinary, isElementwise, isTernary, isUnary, type Expr, type Reduce } from './expr.js';
import { intern } from './graph.js';
import { OPS } from './ops/index.js';
import type { Program } from './program.js';
import { scopeUnder, scopesOf } from './scopes.js';

/** The declared range of each input and parameter of a program. */
export function declaredRanges(program: Pick<Program, 'params' | 'inputs'>): ReadonlyMap<string, Interval> {
  return new Map(
    [...program.params, ...program.inputs].map(({ name, domain }) => [
      name,
      domain === undefined ? REALS : hullOf(domain),
    ]),
  );
}

/** What is known of an expression besides its parts, because an assumption or a condition says so. */
export interface Fact {
  readonly of: Expr;
  readonly range: Interval;
}

/**
 * A range for each root, in order, where the facts hold: `facts` at every element, those `here` at the element at which
 * the roots are read, and at what holds it. Booleans are [0, 1].
 */
export function ranges(
  roots: readonly Expr[],
  declared: ReadonlyMap<string, Interval>,
  facts: readonly Fact[] = [],
  here: readonly Fact[] = [],
): readonly Interval[] {
  const graph = intern([...roots, ...facts.map(({ of }) => of), ...here.map(({ of }) => of)]);
  const last = roots.length + facts.length;
  const everywhere = togetherAt(graph.roots.slice(roots.length, last), facts);
  const local = togetherAt(graph.roots.slice(last), here);
  const scopes = local.size > 0 ? scopesOf(graph, roots.length) : undefined;
  const known = new Map<IndexLevel, Map<Expr, Interval>>();
  for (const node of graph.nodes)
    for (const scope of scopes === undefined ? EVERYWHERE : (scopes.get(node) ?? [])) {
      const inside = known.get(scopes === undefined ? scope : scopeUnder(node, scope));
      const own = sane(rangeOf(node, (expr) => inside?.get(expr) ?? REALS, declared));
      const told = [everywhere.get(node), isFiner(node.type.level, scope) ? undefined : local.get(node)];
      const range = told.reduce<Interval>(
        (all, fact) => (fact === undefined ? all : sane(intersection(all, fact))),
        own,
      );
      known.set(scope, (known.get(scope) ?? new Map<Expr, Interval>()).set(node, range));
    }
  return graph.roots.slice(0, roots.length).map((root) => known.get('token')?.get(root) ?? REALS);
}

const EVERYWHERE: readonly IndexLevel[] = ['token'];

/** One range per expression that facts are about. */
function togetherAt(exprs: readonly Expr[], facts: readonly Fact[]): ReadonlyMap<Expr, Interval> {
  const all = new Map<Expr, Interval>();
  exprs.forEach((expr, at) => {
    const [before, range] = [all.get(expr), facts[at]?.range ?? REALS];
    all.set(expr, before === undefined ? range : intersection(before, range));
  });
  return all;
}

/** Arithmetic on infinite ends can give NaN: nothing is known there. */
const sane = (range: Interval): Interval =>
  Number.isNaN(range.low) || Number.isNaN(range.high) || range.low > range.high
    ? REALS
    : infiniteEndsOpen(range);
const infiniteEndsOpen = (range: Interval): Interval => ({
  ...range,
  lowOpen: range.lowOpen || range.low === -Infinity,
  highOpen: range.highOpen || range.high === Infinity,
});

function rangeOf(
  node: Expr,
  of: (expr: Expr) => Interval,
  declared: ReadonlyMap<string, Interval>,
): Interval {
  if (isUnary(node)) return OPS.unary[node.op].range(of(node.x));
  if (isBinary(node)) {
    if (node.op === 'mul' && node.x === node.y) return square(of(node.x));
    return OPS.binary[node.op].range(of(node.x), of(node.y));
  }
  if (node.op === 'select') {
    const { x: condition, y, z } = node;
    const [chosen, otherwise] = [where(y, condition, true, of), where(z, condition, false, of)];
    return OPS.ternary.select.range(of(condition), chosen, otherwise);
  }
  if (isTernary(node)) return OPS.ternary[node.op].range(of(node.x), of(node.y), of(node.z));
  switch (node.op) {
    case 'const':
      return point(toDouble(node.value));
    case 'inf':
      return point(node.negative ? -Infinity : Infinity);
    case 'pi':
      return point(Math.PI);
    case 'bool':
      return point(node.value ? 1 : 0);
    case 'input':
      return declared.get(node.name) ?? REALS;
    case 'named':
      return of(node.x);
    case 'swap':
      return OPS.swap.range(of(node.x));
    case 'attains':
      return closed(0, 1);
    case 'reduce':
      return reduceRange(node, of);
    case 'scan':
      return OPS.scan.range(of(node.x), node.gamma === undefined ? undefined : of(node.gamma));
    case 'shift':
      return OPS.shift.range(of(node.x), of(node.fill));
  }
}

/** How far below a selection its condition is taken into account. */
const DEPTH = 4;

/** The range of an operand of a selection: `if n > 1 then x / (n - 1)` divides by more than 0. */
function where(expr: Expr, condition: Expr, holds: boolean, of: (expr: Expr) => Interval): Interval {
  const fact = factOf(condition, holds, of);
  if (fact === undefined) return of(expr);
  const refined = (one: Expr, depth: number): Interval => {
    if (one === fact.of) return sane(intersection(of(one), fact.range));
    if (depth === 0 || !isElementwise(one)) return of(one);
    return sane(rangeOf(one, (operand) => refined(operand, depth - 1), NOTHING));
  };
  return refined(expr, DEPTH);
}
const NOTHING: ReadonlyMap<string, Interval> = new Map();

/** What a comparison with a constant says of its other side. */
function factOf(condition: Expr, holds: boolean, of: (expr: Expr) => Interval): Fact | undefined {
  if (condition.op !== 'gt' && condition.op !== 'ge' && condition.op !== 'lt' && condition.op !== 'le')
    return undefined;
  const { x, y } = condition;
  if (y.op !== 'const') return undefined;
  const { low: bound } = of(y);
  const isAbove = (condition.op === 'gt' || condition.op === 'ge') === holds;
  const isOpen = (condition.op === 'gt' || condition.op === 'lt') === holds;
  const range = isAbove
    ? { ...REALS, low: bound, lowOpen: isOpen }
    : { ...REALS, high: bound, highOpen: isOpen };
  return { of: x, range };
}

function square(x: Interval): Interval {
  const size = OPS.unary.abs.range(x);
  return { ...size, low: size.low * size.low, high: size.high * size.high };
}

const canBeEmpty = (from: IndexLevel, where: Expr | undefined): boolean =>
  mayBeEmpty(from) || where !== undefined;

function reduceRange(node: Reduce, of: (expr: Expr) => Interval): Interval {
  const empty = canBeEmpty(node.from, node.where);
  const isCount = node.reduce === 'sum' && node.x.op === 'const' && node.x.value.equals(1);
  if (isCount) return empty ? closed(0, Infinity) : closed(1, Infinity);
  const x = of(node.x);
  if (node.anchor === undefined) return OPS.reduce[node.reduce].range(x, empty);
  const anchor = of(node.anchor);
  if (!empty) return OPS.reduce[node.reduce].range(hull(x, anchor), false);
  return { low: anchor.low, lowOpen: anchor.lowOpen, high: Infinity, highOpen: true };
}
