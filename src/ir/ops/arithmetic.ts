/** Sums, products, powers and the sign functions. */
import {
  REALS,
  closed,
  magnitude,
  negate,
  open,
  point,
  product,
  reciprocal,
  sum,
} from '../../base/interval.js';
import { ONE, ZERO, constant, div, gt, log, mul, neg, pow, select, sign, sub } from '../build.js';
import { PRECEDENCE, type BinaryRecord, type UnaryRecord } from '../op.js';

export const negation: UnaryRecord = {
  notation: { form: 'prefix', symbol: '-', latex: '-', precedence: PRECEDENCE.sign },
  eval: (x) => -x,
  range: negate,
  direction: 'decreasing',
  vjp: (adjoint, { x }) => [{ to: x, value: neg(adjoint) }],
};

export const addition: BinaryRecord = {
  notation: { form: 'infix', symbol: '+', latex: '+', precedence: PRECEDENCE.sum, associative: true },
  eval: (x, y) => x + y,
  range: sum,
  vjp: (adjoint, { x, y }) => [
    { to: x, value: adjoint },
    { to: y, value: adjoint },
  ],
};

export const subtraction: BinaryRecord = {
  notation: { form: 'infix', symbol: '-', latex: '-', precedence: PRECEDENCE.sum, associative: false },
  eval: (x, y) => x - y,
  range: (x, y) => sum(x, negate(y)),
  vjp: (adjoint, { x, y }) => [
    { to: x, value: adjoint },
    { to: y, value: neg(adjoint) },
  ],
};

export const multiplication: BinaryRecord = {
  notation: {
    form: 'infix',
    symbol: '*',
    latex: String.raw`\cdot`,
    precedence: PRECEDENCE.term,
    associative: true,
  },
  eval: (x, y) => x * y,
  range: product,
  vjp: (adjoint, { x, y }) => [
    { to: x, value: mul(adjoint, y) },
    { to: y, value: mul(adjoint, x) },
  ],
};

export const division: BinaryRecord = {
  notation: { form: 'infix', symbol: '/', latex: '/', precedence: PRECEDENCE.term, associative: false },
  eval: (x, y) => x / y,
  range: (x, y) => product(x, reciprocal(y)),
  vjp: (adjoint, { x, y }) => [
    { to: x, value: div(adjoint, y) },
    { to: y, value: neg(div(mul(adjoint, div(x, y)), y)) },
  ],
};

/** For a positive base; whole powers are products before they get here. */
export const power: BinaryRecord = {
  notation: { form: 'infix', symbol: '^', latex: '^', precedence: PRECEDENCE.power, associative: false },
  eval: (x, y) => (x > 0 ? Math.pow(x, y) : NaN),
  range: () => open(0, Infinity),
  vjp: (adjoint, node) => [
    { to: node.x, value: mul(adjoint, mul(node.y, pow(node.x, sub(node.y, ONE)))) },
    { to: node.y, value: mul(adjoint, mul(node, log(node.x))) },
  ],
};

/** Derivative 0 at 0. */
export const absolute: UnaryRecord = {
  notation: { form: 'function', name: 'abs', latex: String.raw`\operatorname{abs}` },
  eval: Math.abs,
  range: magnitude,
  direction: 'neither',
  vjp: (adjoint, { x }) => [{ to: x, value: mul(adjoint, sign(x)) }],
};

/** −1, 0 or 1; no derivative. */
export const signum: UnaryRecord = {
  notation: { form: 'function', name: 'sign', latex: String.raw`\operatorname{sign}` },
  eval: (x) => Math.sign(x) || (Number.isNaN(x) ? NaN : 0),
  range: (x) =>
    x.low > 0 ? point(1) : x.high < 0 ? point(-1) : closed(x.low < 0 ? -1 : 0, x.high > 0 ? 1 : 0),
  direction: 'neither',
  vjp: () => [],
};

const HALF = constant('0.5');

/** Derivative 0 at 0, where the slope is infinite. */
export const squareRoot: UnaryRecord = {
  notation: { form: 'function', name: 'sqrt', latex: String.raw`\sqrt` },
  eval: Math.sqrt,
  range: (x) =>
    x.high < 0
      ? REALS
      : {
          low: Math.sqrt(Math.max(0, x.low)),
          lowOpen: x.low >= 0 && x.lowOpen,
          high: Math.sqrt(x.high),
          highOpen: x.highOpen,
        },
  direction: 'increasing',
  vjp: (adjoint, node) => [
    { to: node.x, value: select(gt(node.x, ZERO), div(mul(adjoint, HALF), node), ZERO) },
  ],
};
