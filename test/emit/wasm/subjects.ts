/** Ops as subjects: their vector function, and what their record computes. Conditions are 0 and 1 on the outside. */
import type { Code, Local } from '../../../src/emit/wasm/code.js';
import { f32x4, get, v128 } from '../../../src/emit/wasm/instructions.js';
import { VECTOR_FUNCTIONS } from '../../../src/emit/wasm/math/index.js';
import type { BinaryOp, TernaryOp, UnaryOp } from '../../../src/ir/expr.js';
import { OPS } from '../../../src/ir/ops/index.js';
import type { Kind } from '../../../src/ir/type.js';
import type { Subject } from './accuracy.js';

/** What an op is made of: `not` of one condition, `select` of a condition and two numbers. */
type Kinds = readonly Kind[];

const CONDITIONS: readonly string[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'and', 'or', 'not'];

export const unarySubject = (op: UnaryOp): Subject => ({
  emit: converted(op, [op === 'not' ? 'bool' : 'real'], (code, x) =>
    VECTOR_FUNCTIONS.unary[op].emit(code, x),
  ),
  arity: 1,
  eval: OPS.unary[op].eval,
});

const OF_CONDITIONS: readonly BinaryOp[] = ['and', 'or'];
/** `kind` is that of the operands: only `eq` and `ne` have more than one. */
export function binarySubject(
  op: BinaryOp,
  kind: Kind = OF_CONDITIONS.includes(op) ? 'bool' : 'real',
): Subject {
  const { emit } = VECTOR_FUNCTIONS.binary[op];
  return {
    emit: converted(op, [kind, kind], (code, x, y) => emit(code, x, y, kind)),
    arity: 2,
    eval: OPS.binary[op].eval,
  };
}

export const ternarySubject = (op: TernaryOp): Subject => ({
  emit: converted(op, [op === 'select' ? 'bool' : 'real', 'real', 'real'], (code, x, y, z) =>
    VECTOR_FUNCTIONS.ternary[op].emit(code, x, y, z),
  ),
  arity: 3,
  eval: OPS.ternary[op].eval,
});

type Write = (code: Code, x: Local, y: Local, z: Local) => Local;
/** With operands that are conditions made from numbers, and a result that is one made a number. */
function converted(op: string, kinds: Kinds, write: Write): Subject['emit'] {
  return (code, operands) => {
    const zero: Local = code.let('v128', code.splat(0));
    const [x = zero, y = zero, z = zero] = operands.map((operand, k) =>
      kinds[k] === 'bool' ? code.let('v128', f32x4.ne(get(operand), get(zero))) : operand,
    );
    const result = write(code, x, y, z);
    return CONDITIONS.includes(op) ? code.let('v128', v128.and(get(result), code.splat(1))) : result;
  };
}
