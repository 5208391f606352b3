/**
 * Ops on tensors. Functions without `tf.` are the runtime's: tfjs has those too, but not exactly on every backend.
 * Functional form only: tfjs-core alone has no chained ops.
 */
import type { Kind } from '../../ir/type.js';
import type { AlongTemplates, ElementwiseTemplates, Reduction, ReductionTemplates } from '../backend.js';

const call =
  (name: string) =>
  (...operands: readonly (string | undefined)[]): string => {
    const last = operands.findLastIndex((operand) => operand !== undefined);
    return `${name}(${operands
      .slice(0, last + 1)
      .map((operand) => operand ?? 'undefined')
      .join(', ')})`;
  };
const tf = (name: string): ((...operands: readonly (string | undefined)[]) => string) => call(`tf.${name}`);

type Comparison = { readonly [kind in Kind]: (x: string, y: string) => string };
const EQUAL: Comparison = {
  real: (x, y) => tf('equal')(x, y),
  bool: (x, y) => tf('logicalNot')(tf('logicalXor')(x, y)),
  tag: (x, y) => call('sameTag')(x, y),
};
const UNEQUAL: Comparison = {
  real: (x, y) => tf('notEqual')(x, y),
  bool: (x, y) => tf('logicalXor')(x, y),
  tag: (x, y) => call('otherTag')(x, y),
};

export const DEVICE: ElementwiseTemplates = {
  unary: {
    neg: (x) => tf('neg')(x),
    exp: (x) => call('exp')(x),
    expm1: (x) => call('expm1')(x),
    log: (x) => call('log')(x),
    log1p: (x) => call('log1p')(x),
    sqrt: (x) => tf('sqrt')(x),
    abs: (x) => tf('abs')(x),
    sign: (x) => call('sign')(x),
    sigmoid: (x) => call('sigmoid')(x),
    softplus: (x) => call('softplus')(x),
    tanh: (x) => call('tanh')(x),
    stop: (x) => tf('clone')(x),
    not: (x) => tf('logicalNot')(x),
  },
  binary: {
    add: (x, y) => tf('add')(x, y),
    sub: (x, y) => tf('sub')(x, y),
    mul: (x, y) => (x === y ? tf('square')(x) : tf('mul')(x, y)),
    div: (x, y) => tf('div')(x, y),
    pow: (x, y) => call('pow')(x, y),
    min: (x, y, _kind, atMost) => call('minimum')(x, y, atMost),
    max: (x, y, _kind, atLeast) => call('maximum')(x, y, atLeast),
    lt: (x, y) => tf('less')(x, y),
    le: (x, y) => tf('lessEqual')(x, y),
    gt: (x, y) => tf('greater')(x, y),
    ge: (x, y) => tf('greaterEqual')(x, y),
    eq: (x, y, kind) => EQUAL[kind](x, y),
    ne: (x, y, kind) => UNEQUAL[kind](x, y),
    and: (x, y) => tf('logicalAnd')(x, y),
    or: (x, y) => tf('logicalOr')(x, y),
  },
  ternary: {
    select: (x, y, z, kind) =>
      kind === 'real'
        ? call('select')(x, y, z)
        : tf('logicalOr')(tf('logicalAnd')(x, y), tf('logicalAnd')(tf('logicalNot')(x), z)),
    clip: (x, low, high) => call('clip')(x, low, high),
  },
};

const reduction =
  (name: string) =>
  ({ set, x, where, beside }: Reduction): string =>
    call(name)('layout', `'${set}'`, x, where, beside);

export const REDUCTIONS: ReductionTemplates = {
  reduce: {
    sum: reduction('sum'),
    mean: reduction('mean'),
    max: reduction('max'),
    min: reduction('min'),
    logsumexp: reduction('logsumexp'),
    any: reduction('any'),
    all: reduction('all'),
    first: reduction('first'),
    quantile: reduction('quantile'),
  },
  count: (set, where) => {
    if (where !== undefined) return call('count')('layout', `'${set}'`, where);
    if (set === 'token in rollout') return 'layout.lengths';
    return set === 'rollout in group'
      ? 'layout.groupSizes'
      : set === 'token in batch'
        ? 'layout.tokens'
        : call('count')('layout', `'${set}'`);
  },
  attains: (extreme, { set, x, where }) => call('attains')('layout', `'${extreme}'`, `'${set}'`, x, where),
  swap: (x, of) => call(of === 'rollout' ? 'ofOthers' : 'exchanged')(x, 'layout'),
};

/** No rollout is longer: beyond it, every token is the first and the last of so many. */
const FARTHEST = 2 ** 30;
const distance = (by: number): string => String(Math.max(-FARTHEST, Math.min(FARTHEST, by)));

export const ALONG: AlongTemplates = {
  scan: (direction, x, gamma) => call('scan')('layout', `'${direction}'`, x, gamma),
  shift: (x, by, fill) => call('shift')('layout', x, distance(by), fill),
  place: (by) => call('within')('layout', distance(by)),
};
