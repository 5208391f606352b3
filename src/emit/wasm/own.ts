/** Values of a rollout and coarser ones, read and computed as numbers. */
import { isFiner } from '../../base/level.js';
import { toDouble } from '../../ir/constant.js';
import { isBinary, isTernary, isUnary, type Expr } from '../../ir/expr.js';
import { isPlainCount } from '../../plan/fused/expand.js';
import type { Arguments, LayoutArray } from './arguments.js';
import { numberText, type Code, type Local, type Value, type ValueType } from './code.js';
import { get } from './instructions.js';
import { SCALARS } from './scalar.js';

/** What the code for one rollout knows. */
export interface Own {
  readonly code: Code;
  readonly args: Arguments;
  /** The row of the rollout, and the position of its group. */
  readonly rollout: Local;
  readonly group: Local;
  /** Numbers that are in locals: f64 for reals, i32 for conditions, tags and places. */
  readonly numbers: Map<Expr, Local>;
}

/** How a number is held. */
const heldAs = ({ op, type }: Expr): ValueType => (type.kind === 'real' && op !== 'attains' ? 'f64' : 'i32');

/** The address of an element: of so many bytes (as a power of two), at an index. */
const addressOf = (base: Local, index: Value, power: number): Value =>
  `(i32.add ${get(base)} ${power === 0 ? index : `(i32.shl ${index} (i32.const ${power}))`})`;

/** A value that is not a token's, in a local. */
export function numberOf(expr: Expr, own: Own): Local {
  const known = own.numbers.get(expr);
  if (known !== undefined) return known;
  const local = own.code.let(expr.op === 'attains' ? 'i32' : heldAs(expr), numberValue(expr, own));
  own.numbers.set(expr, local);
  return local;
}

function numberValue(expr: Expr, own: Own): Value {
  const { args } = own;
  switch (expr.op) {
    case 'const':
      return expr.type.kind === 'tag'
        ? `(i32.const ${String(toDouble(expr.value))})`
        : `(f64.const ${numberText(toDouble(expr.value))})`;
    case 'inf':
      return `(f64.const ${expr.negative ? '-inf' : 'inf'})`;
    case 'pi':
      return `(f64.const ${numberText(Math.PI)})`;
    case 'bool':
      return `(i32.const ${expr.value ? 1 : 0})`;
    case 'input': {
      if (expr.type.level === 'batch') return get(args.of({ kind: 'number', value: expr }));
      const address = addressOf(args.of({ kind: 'input', value: expr }), indexOf(expr, own), 2);
      return expr.type.kind === 'tag' ? `(i32.load ${address})` : `(f64.promote_f32 (f32.load ${address}))`;
    }
    case 'attains': {
      const place = placeOf(expr, own);
      const counter = expr.from === 'rollout' ? own.rollout : own.group;
      return `(i32.eq ${get(place)} ${get(counter)})`;
    }
    default:
      return isPlainCount(expr) ? sizeText(expr, own) : sharedText(expr, own);
  }
}

const indexOf = (expr: Expr, { rollout, group }: Own): Value =>
  get(expr.type.level === 'group' ? group : rollout);

const layoutLoad = (name: LayoutArray, index: Value, { args }: Own): Value =>
  `(i32.load ${addressOf(args.of({ kind: 'layout', name }), index, 2)})`;

function sizeText(expr: Expr, own: Own): Value {
  if (expr.op !== 'reduce') throw new Error('internal: a size is a count');
  const converted = (value: Value): Value => `(f64.convert_i32_s ${value})`;
  if (expr.from === 'token') return converted(layoutLoad('lengths', get(own.rollout), own));
  if (expr.to === 'batch')
    return converted(
      get(own.args.of({ kind: 'size', name: expr.from === 'rollout' ? 'rollouts' : 'groups' })),
    );
  const next = layoutLoad('memberStart', `(i32.add ${get(own.group)} (i32.const 1))`, own);
  const size = `(i32.sub ${next} ${layoutLoad('memberStart', get(own.group), own)})`;
  return converted(expr.from === 'peer' ? `(i32.sub ${size} (i32.const 1))` : size);
}

/** A value that coarse loops, or earlier walks, have left in memory; of the batch, an argument. */
function sharedText(expr: Expr, own: Own): Value {
  if (isFiner(expr.type.level, 'rollout')) throw new Error(`internal: ${expr.op} is not a rollout's`);
  if (expr.type.level === 'batch') return get(own.args.of({ kind: 'number', value: expr }));
  const base = own.args.of({ kind: 'shared', value: expr });
  if (expr.type.kind === 'bool') return `(i32.load8_u ${addressOf(base, indexOf(expr, own), 0)})`;
  return `(f64.load ${addressOf(base, indexOf(expr, own), 3)})`;
}

/** The place of an extreme, as an index of what it is of. */
export function placeOf(expr: Extract<Expr, { readonly op: 'attains' }>, own: Own): Local {
  const { args, code, group } = own;
  if (expr.to === 'batch') return args.of({ kind: 'number', value: expr });
  const base = args.of({ kind: 'shared', value: expr });
  return code.let('i32', `(i32.load ${addressOf(base, get(expr.to === 'group' ? group : own.rollout), 2)})`);
}

/** Computes values of the rollout itself, operands first. */
export function computeOwn(computes: readonly Expr[], own: Own): void {
  for (const node of computes) own.numbers.set(node, own.code.let(heldAs(node), ownText(node, own)));
}

function ownText(node: Expr, own: Own): Value {
  const of = (expr: Expr): Local => numberOf(expr, own);
  if (isUnary(node)) return SCALARS.unary[node.op](of(node.x));
  if (isBinary(node)) return SCALARS.binary[node.op](of(node.x), of(node.y), node.x.type.kind);
  if (isTernary(node)) return SCALARS.ternary[node.op](of(node.x), of(node.y), of(node.z), node.type.kind);
  throw new Error(`internal: ${node.op} is not computed from its own element`);
}

/** Writes a value of the rollout to where all can read it. */
export function share(expr: Expr, value: Local, own: Own): void {
  const base = own.args.of({ kind: 'shared', value: expr });
  const at = get(own.rollout);
  if (expr.op === 'attains') own.code.line(`(i32.store ${addressOf(base, at, 2)} ${get(value)})`);
  else if (expr.type.kind === 'bool') own.code.line(`(i32.store8 ${addressOf(base, at, 0)} ${get(value)})`);
  else own.code.line(`(f64.store ${addressOf(base, at, 3)} ${get(value)})`);
}
