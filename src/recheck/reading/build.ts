/**
 * Expressions of the syntax tree as values: definitions put in where they are called, every function of the language written
 * with the few operations of `tree.ts`. Kinks take the sides that the language's §4 gives them, by the order of selections.
 */
import { isFiner, parentOf, type IndexLevel } from '../../base/level.js';
import type { Module } from '../../link/link.js';
import type * as ast from '../../syntax/ast.js';
import { read } from '../rational.js';
import { reject } from '../rejection.js';
import { gradient } from './gradient.js';
import * as n from './tree.js';
import { isTruth, type IndexSet, type Node, type Number_, type Truth } from './tree.js';

export interface Scope {
  readonly names: ReadonlyMap<string, Node>;
  /** The file whose functions can be called, down to an offset. */
  readonly module: Module;
  readonly before: number;
}

const wrong = (what: string): never => reject('source', what);
const asNumber = (node: Node): Number_ =>
  isTruth(node) ? wrong('a condition stands where a number belongs') : node;
const asTruth = (node: Node): Truth =>
  isTruth(node) ? node : wrong('a number stands where a condition belongs');

export const numberOf = (expr: ast.Expr, scope: Scope): Number_ => asNumber(nodeOf(expr, scope));
export const truthOf = (expr: ast.Expr, scope: Scope): Truth => asTruth(nodeOf(expr, scope));

export function nodeOf(expr: ast.Expr, scope: Scope): Node {
  const number = (one: ast.Expr): Number_ => numberOf(one, scope);
  switch (expr.kind) {
    case 'number':
      return n.number(read(expr.text) ?? wrong(`${expr.text} is no number`));
    case 'inf':
      return n.infinity(false);
    case 'pi':
      return n.pi;
    case 'boolean':
      return n.truth(expr.value);
    case 'name':
      return scope.names.get(expr.name) ?? wrong(`nothing is called ${expr.name}`);
    case 'unary':
      if (expr.operator === 'not') return n.not(truthOf(expr.operand, scope));
      return expr.operand.kind === 'inf' ? n.infinity(true) : n.negative(number(expr.operand));
    case 'binary':
      return binary(expr, scope);
    case 'if': {
      const [condition, then, otherwise] = [
        truthOf(expr.condition, scope),
        nodeOf(expr.then, scope),
        nodeOf(expr.else, scope),
      ];
      if (!isTruth(then)) return n.select(condition, then, asNumber(otherwise));
      return n.or(n.and(condition, then), n.and(n.not(condition), asTruth(otherwise)));
    }
    case 'call':
      return call(expr, scope);
    case 'reduction':
      return reduction(expr, scope);
    case 'inlined':
    case 'missing':
      return wrong('the text has a hole');
  }
}

const COMPARISONS: Readonly<Record<string, (x: Number_, y: Number_) => Truth>> = {
  '<': (x, y) => n.compared('>', y, x),
  '<=': (x, y) => n.compared('>=', y, x),
  '>': (x, y) => n.compared('>', x, y),
  '>=': (x, y) => n.compared('>=', x, y),
  '==': (x, y) => n.compared('==', x, y),
  '!=': (x, y) => n.compared('!=', x, y),
};

function binary({ operator, left, right }: Extract<ast.Expr, { kind: 'binary' }>, scope: Scope): Node {
  const [x, y] = [nodeOf(left, scope), nodeOf(right, scope)];
  if (operator === 'and' || operator === 'or')
    return (operator === 'and' ? n.and : n.or)(asTruth(x), asTruth(y));
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined && isTruth(x)) {
    const same = n.or(n.and(x, asTruth(y)), n.and(n.not(x), n.not(asTruth(y))));
    return operator === '==' ? same : n.not(same);
  }
  const [a, b] = [asNumber(x), asNumber(y)];
  if (comparison !== undefined) return comparison(a, b);
  switch (operator) {
    case '+':
      return n.sum(a, b);
    case '-':
      return n.difference(a, b);
    case '*':
      return n.product(a, b);
    case '/':
      return n.quotient(a, b);
    default:
      return raised(a, b, integerLiteral(right));
  }
}

/** A whole power is a product; any other is of a positive base. */
function raised(base: Number_, exponent: Number_, whole_: number | undefined): Number_ {
  if (whole_ === undefined) return n.exp(n.product(exponent, n.log(base)));
  const product = n.product(...Array.from({ length: Math.abs(whole_) }, () => base));
  return whole_ < 0 ? n.inverse(product) : product;
}
export function integerLiteral(expr: ast.Expr): number | undefined {
  if (expr.kind === 'unary' && expr.operator === '-') {
    const size = integerLiteral(expr.operand);
    return size === undefined ? undefined : 0 - size;
  }
  const value = expr.kind === 'number' ? read(expr.text) : undefined;
  return value === undefined || value.d !== 1n ? undefined : Number(value.n);
}

const two = n.number(2);
const sigmoid = (x: Number_): Number_ => n.inverse(n.sum(n.one, n.exp(n.negative(x))));
const softplus = (x: Number_): Number_ => n.log(n.sum(n.one, n.exp(x)));
/** By the sign of x: what stands for 0 has no derivative. */
const bySign = (x: Number_, above: Number_, below: Number_): Number_ =>
  n.select(n.literal('>', x), above, n.select(n.literal('>', n.negative(x)), below, n.zero));
/** At a tie the first. */
const lesser = (x: Number_, y: Number_): Number_ => n.select(n.compared('>=', y, x), x, y);
const greater = (x: Number_, y: Number_): Number_ => n.select(n.compared('>=', x, y), x, y);

const FUNCTIONS: Readonly<Record<string, (...args: readonly Number_[]) => Number_>> = {
  exp: (x = n.zero) => n.exp(x),
  log: (x = n.zero) => n.log(x),
  expm1: (x = n.zero) => n.difference(n.exp(x), n.one),
  log1p: (x = n.zero) => n.log(n.sum(n.one, x)),
  sqrt: (x = n.zero) => n.unary('root', x),
  abs: (x = n.zero) => bySign(x, x, n.negative(x)),
  sign: (x = n.zero) => bySign(x, n.one, n.number(-1)),
  square: (x = n.zero) => n.product(x, x),
  sigmoid: (x = n.zero) => sigmoid(x),
  logsigmoid: (x = n.zero) => n.negative(softplus(n.negative(x))),
  softplus: (x = n.zero) => softplus(x),
  tanh: (x = n.zero) => n.difference(n.one, n.quotient(two, n.sum(n.one, n.exp(n.product(two, x))))),
  relu: (x = n.zero) => greater(n.zero, x),
  stop: (x = n.zero) => n.unary('stop', x),
  min: (...all) => all.slice(1).reduce(lesser, all[0] ?? n.zero),
  max: (...all) => all.slice(1).reduce(greater, all[0] ?? n.zero),
  clip: (x = n.zero, low = n.zero, high = n.zero) =>
    n.select(n.compared('>', low, x), low, n.select(n.compared('>', x, high), high, x)),
};

function call({ callee, args }: Extract<ast.Expr, { kind: 'call' }>, scope: Scope): Node {
  const values = args.map(({ value }) => nodeOf(value, scope));
  const [y, x] = values;
  if (callee.text === 'grad' && y !== undefined && x !== undefined) return gradient(asNumber(y), asNumber(x));
  const known = FUNCTIONS[callee.text];
  if (known !== undefined && Object.hasOwn(FUNCTIONS, callee.text)) return known(...values.map(asNumber));
  const found = definitionOf(callee.text, callee.span.start, scope);
  if (found === undefined) return wrong(`there is no function ${callee.text}`);
  const { definition, module } = found;
  if (definition.params.length !== values.length) return wrong(`${callee.text} takes other arguments`);
  const names = new Map(definition.params.map(({ text }, at) => [text, values[at] ?? n.zero]));
  return nodeOf(definition.body, { names, module, before: definition.span.start });
}

/** The definition that a name means here: of the file itself, if it stands above, or imported. */
function definitionOf(
  name: string,
  at: number,
  { module, before }: Scope,
): { readonly definition: ast.Definition; readonly module: Module } | undefined {
  const own = module.file.definitions.find((one) => one.name.text === name);
  if (own !== undefined)
    return own.span.start < Math.min(at, before) ? { definition: own, module } : undefined;
  const from = module.imports.flatMap(({ names }) => names).find((one) => one.name.text === name)?.module;
  const definition = from?.file.definitions.find((one) => one.name.text === name);
  return from === undefined || definition === undefined ? undefined : { definition, module: from };
}

function reduction({ aggregate, index, where, args }: ast.Reduction, scope: Scope): Node {
  const isPaired = index.kind === 'others';
  const at = <Value extends Node>(node: Value): Value =>
    (isPaired ? (isTruth(node) ? n.swapped(node) : n.swap(node)) : node) as Value;
  const [first, second] = args.filter(({ label }) => label === undefined).map(({ value }) => value);
  const beside = args.find(({ label }) => label !== undefined)?.value ?? second;
  if (index.kind === 'level' && ['cumsum', 'discounted', 'shift'].includes(aggregate.text))
    return along(aggregate.text, args, scope);
  const set: IndexSet = {
    ...levels(index),
    where: where === undefined ? n.truth(true) : at(truthOf(where, scope)),
  };
  const x = first === undefined ? n.one : at(nodeOf(first, scope));
  return aggregated(aggregate.text, set, x, beside === undefined ? undefined : numberOf(beside, scope));
}
function levels(index: ast.Index): { readonly from: IndexLevel; readonly to: IndexLevel } {
  if (index.kind === 'others') return { from: 'peer', to: 'rollout' };
  const to = index.outer?.level ?? parentOf(index.level) ?? wrong('the batch is in nothing');
  return isFiner(index.level, to) ? { from: index.level, to } : wrong('a reduction goes to a coarser level');
}

function aggregated(name: string, set: IndexSet, x: Node, beside: Number_ | undefined): Node {
  const isLeast = beside?.op === 'infinity' && beside.isNegative;
  const isMost = beside?.op === 'infinity' && !beside.isNegative;
  if (name === 'min' ? isLeast : isMost) return wrong('an infinite anchor wins over all others');
  const size = n.count(set);
  const mean = (of: Number_): Number_ => n.quotient(n.total(set, of), n.count(set, of));
  const spread = (of: Number_): Number_ => {
    const deviation = n.difference(of, mean(of));
    return n.total(set, n.product(deviation, deviation));
  };
  const variance = (of: Number_, lost: number): Number_ =>
    n.select(
      n.compared('>', size, n.number(lost)),
      n.quotient(spread(of), n.difference(size, n.number(lost))),
      n.zero,
    );
  switch (name) {
    case 'count':
      return size;
    case 'sum':
      return n.total(set, asNumber(x));
    case 'mean':
      return n.select(n.literal('>', n.count(set, asNumber(x))), mean(asNumber(x)), n.zero);
    case 'any':
      return n.any(set, asTruth(x));
    case 'all':
      return n.not(n.any(set, n.not(asTruth(x))));
    case 'max':
    case 'min': {
      const best: Number_ = { op: 'extreme', level: set.to, which: name, ...set, x: asNumber(x) };
      if (beside === undefined || beside.op === 'infinity') return best;
      return n.select(
        n.any(set, n.truth(true)),
        name === 'max' ? greater(best, beside) : lesser(best, beside),
        beside,
      );
    }
    case 'logsumexp': {
      const sum = n.total(set, n.exp(asNumber(x)));
      return n.log(beside === undefined || beside.op === 'infinity' ? sum : n.sum(sum, n.exp(beside)));
    }
    case 'var':
      return variance(asNumber(x), 1);
    case 'pvar':
      return variance(asNumber(x), 0);
    case 'std':
      return n.unary('root', variance(asNumber(x), 1));
    case 'pstd':
      return n.unary('root', variance(asNumber(x), 0));
    case 'quantile':
      return {
        op: 'quantile',
        level: set.to,
        ...set,
        x: asNumber(x),
        q: beside ?? wrong('a quantile has a q'),
      };
    default:
      return wrong(`there is no aggregate ${name}`);
  }
}

function along(name: string, args: readonly ast.Argument[], scope: Scope): Node {
  const [x, second] = args.filter(({ label }) => label === undefined).map(({ value }) => value);
  const labelled = (label: string): ast.Expr | undefined =>
    args.find((one) => one.label?.text === label)?.value;
  if (x === undefined) return wrong(`${name} of nothing`);
  const of = numberOf(x, scope);
  if (name === 'cumsum') return { op: 'scan', level: 'token', isForward: true, x: of, gamma: n.one };
  if (name === 'discounted') {
    const gamma = labelled('gamma') ?? second ?? wrong('discounted has a gamma');
    return { op: 'scan', level: 'token', isForward: false, x: of, gamma: numberOf(gamma, scope) };
  }
  const [by, fill] = [
    labelled('by') ?? wrong('shift has a distance'),
    labelled('fill') ?? wrong('shift has a fill'),
  ];
  const places = integerLiteral(by) ?? wrong('the distance of a shift is a whole number');
  return { op: 'shift', level: 'token', by: places, x: of, fill: numberOf(fill, scope) };
}
