/** Exponentials, logarithms and what is built of them where an expansion would lose digits. */
import { REALS, increasingImage } from '../../base/interval.js';
import type { Interval } from '../../base/interval.js';
import { ONE, add, constant, div, exp, mul, neg, sigmoid } from '../build.js';
import type { Expr, Unary } from '../expr.js';
import type { Contribution, Notation, UnaryRecord } from '../op.js';

const called = (name: string, latex = String.raw`\operatorname{${name}}`): Notation => ({
  form: 'function',
  name,
  latex,
});

/** An increasing function whose derivative is a factor. */
const smooth = (
  name: string,
  evaluate: (x: number) => number,
  range: (x: Interval) => Interval,
  slope: (node: Unary) => Expr,
  latex?: string,
): UnaryRecord => ({
  notation: called(name, latex),
  eval: evaluate,
  range,
  direction: 'increasing',
  vjp: (adjoint, node): readonly Contribution[] => [{ to: node.x, value: mul(adjoint, slope(node)) }],
});

/** 1/(1 + e^−x), without overflow on either side. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}

/** log(1 + e^x), without overflow. */
export const softPlus = (x: number): number =>
  Number.isNaN(x) ? NaN : Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const exponential = smooth(
  'exp',
  Math.exp,
  (x) => increasingImage(x, Math.exp),
  (node) => node,
  String.raw`\exp`,
);
export const exponentialMinusOne = smooth(
  'expm1',
  Math.expm1,
  (x) => increasingImage(x, Math.expm1),
  ({ x }) => exp(x),
);

const logarithmRange =
  (f: (x: number) => number, origin: number) =>
  (x: Interval): Interval =>
    x.high <= origin
      ? REALS
      : {
          ...increasingImage({ ...x, low: Math.max(x.low, origin) }, f),
          ...(x.low <= origin && { lowOpen: true }),
        };

export const logarithm: UnaryRecord = {
  notation: called('log', String.raw`\log`),
  eval: Math.log,
  range: logarithmRange(Math.log, 0),
  direction: 'increasing',
  vjp: (adjoint, { x }) => [{ to: x, value: div(adjoint, x) }],
};

export const logarithmOnePlus: UnaryRecord = {
  notation: called('log1p'),
  eval: Math.log1p,
  range: logarithmRange(Math.log1p, -1),
  direction: 'increasing',
  vjp: (adjoint, { x }) => [{ to: x, value: div(adjoint, add(ONE, x)) }],
};

/** The slope is σ(x)·σ(−x), which keeps its digits on both sides; σ(x)·(1 − σ(x)) does not. */
export const sigmoidRecord = smooth(
  'sigmoid',
  logistic,
  (x) => within01(x),
  (node) => mul(node, sigmoid(neg(node.x))),
  String.raw`\sigma`,
);
const within01 = (x: Interval): Interval => increasingImage(x, logistic);

export const softplusRecord = smooth(
  'softplus',
  softPlus,
  (x) => increasingImage(x, (value) => (value === -Infinity ? 0 : softPlus(value))),
  ({ x }) => sigmoid(x),
);

const FOUR = constant(4);
const TWO = constant(2);
/** The slope is 4·σ(2x)·σ(−2x), which keeps its digits; 1 − tanh² does not. */
export const hyperbolicTangent = smooth(
  'tanh',
  Math.tanh,
  (x) => increasingImage(x, Math.tanh),
  ({ x }) => mul(FOUR, mul(sigmoid(mul(TWO, x)), sigmoid(neg(mul(TWO, x))))),
  String.raw`\tanh`,
);
