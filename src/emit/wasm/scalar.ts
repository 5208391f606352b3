/** Elementwise ops on one number, for what a rollout itself knows: float64, conditions as 0 and 1. */
import type { BinaryOp, TernaryOp, UnaryOp } from '../../ir/expr.js';
import type { Kind } from '../../ir/type.js';
import type { Local, Value } from './code.js';
import { get } from './instructions.js';

type Of1 = (x: Local) => Value;
type Of2 = (x: Local, y: Local, kind: Kind) => Value;
type Of3 = (x: Local, y: Local, z: Local, kind: Kind) => Value;

/** Functions of the host, by the names under which a module imports them; each is one number's. */
const HOST_FUNCTIONS = {
  exp: 'Math.exp',
  expm1: 'Math.expm1',
  log: 'Math.log',
  log1p: 'Math.log1p',
  tanh: 'Math.tanh',
  sign: 'Math.sign',
  pow: '(x, y) => (x > 0 ? Math.pow(x, y) : NaN)',
} as const;
export type HostFunction = keyof typeof HOST_FUNCTIONS;

/** `(import "host" "exp" …)` for every function of the host. */
export const hostImports = (): readonly string[] =>
  Object.keys(HOST_FUNCTIONS).map(
    (name) =>
      `(import "host" "${name}" (func $${name} (param f64${name === 'pow' ? ' f64' : ''}) (result f64)))`,
  );

const native =
  (name: string): Of1 =>
  (x) =>
    `(${name} ${get(x)})`;
const called = (name: HostFunction, value: Value): Value => `(call $${name} ${value})`;
const ofHost =
  (name: HostFunction): Of1 =>
  (x) =>
    called(name, get(x));
const native2 =
  (name: string): Of2 =>
  (x, y) =>
    `(${name} ${get(x)} ${get(y)})`;
const byKind =
  (real: string, other: string): Of2 =>
  (x, y, kind) =>
    `(${kind === 'real' ? real : other} ${get(x)} ${get(y)})`;

export const SCALARS: {
  readonly unary: { readonly [op in UnaryOp]: Of1 };
  readonly binary: { readonly [op in BinaryOp]: Of2 };
  readonly ternary: { readonly [op in TernaryOp]: Of3 };
} = {
  unary: {
    neg: native('f64.neg'),
    exp: ofHost('exp'),
    expm1: ofHost('expm1'),
    log: ofHost('log'),
    log1p: ofHost('log1p'),
    sqrt: native('f64.sqrt'),
    abs: native('f64.abs'),
    sign: ofHost('sign'),
    sigmoid: (x) => `(f64.div (f64.const 1) (f64.add (f64.const 1) ${called('exp', `(f64.neg ${get(x)})`)}))`,
    softplus: (x) =>
      `(f64.add (f64.max ${get(x)} (f64.const 0)) ${called('log1p', called('exp', `(f64.neg (f64.abs ${get(x)}))`))})`,
    tanh: ofHost('tanh'),
    stop: get,
    not: native('i32.eqz'),
  },
  binary: {
    add: native2('f64.add'),
    sub: native2('f64.sub'),
    mul: native2('f64.mul'),
    div: native2('f64.div'),
    pow: (x, y) => `(call $pow ${get(x)} ${get(y)})`,
    min: native2('f64.min'),
    max: native2('f64.max'),
    lt: native2('f64.lt'),
    le: native2('f64.le'),
    gt: native2('f64.gt'),
    ge: native2('f64.ge'),
    eq: byKind('f64.eq', 'i32.eq'),
    ne: byKind('f64.ne', 'i32.ne'),
    and: native2('i32.and'),
    or: native2('i32.or'),
  },
  ternary: {
    select: (x, y, z) => `(select ${get(y)} ${get(z)} ${get(x)})`,
    clip: (x, low, high) => {
      const isNaN = `(i32.or (f64.ne ${get(low)} ${get(low)}) (f64.ne ${get(high)} ${get(high)}))`;
      const inner = `(select ${get(high)} ${get(x)} (f64.gt ${get(x)} ${get(high)}))`;
      const clipped = `(select ${get(low)} ${inner} (f64.lt ${get(x)} ${get(low)}))`;
      return `(select (f64.const nan) ${clipped} ${isNaN})`;
    },
  },
};
