/** One expression of the syntax tree as ops. It walks in a loop, so that depth is no limit. */
import { aggregateNamed, atomNamed, scanNamed } from '../atoms/index.js';
import type { Scan, ScanParameter } from '../atoms/atom.js';
import { parentOf } from '../base/level.js';
import { integerLiteral } from '../check/literals.js';
import { scanArguments } from '../check/scan-arguments.js';
import { postOrder } from '../check/walk.js';
import { differentiate } from '../grad/differentiate.js';
import {
  ONE,
  PI,
  add,
  and,
  bool,
  constant,
  div,
  eq,
  ge,
  gt,
  id,
  infinity,
  le,
  lt,
  mul,
  ne,
  neg,
  not,
  or,
  pow,
  select,
  sub,
  swap,
  type IndexSet,
} from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type * as ast from '../syntax/ast.js';
import { wholePower } from './power.js';

/** What each name of the objective stands for: an input, or the one object of its let. */
export type Names = ReadonlyMap<string, Expr>;

/** What each expression of the syntax tree was lowered to. */
export type Places = Map<ast.Expr, Expr>;

/** Lowers an expression that the checker found right, and notes what each of its parts became. */
export function lowerExpr(root: ast.Expr, names: Names, done: Places): Expr {
  const of = (expr: ast.Expr): Expr => found(done.get(expr), expr.kind);
  for (const expr of postOrder(root)) if (!done.has(expr)) done.set(expr, lowerNode(expr, of, names));
  return of(root);
}

/** `grad(y, x)`. */
export const derivativeOf = (y: Expr, x: Expr): Expr => found(differentiate(y, [x])[0], 'grad');

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`internal: nothing to lower for ${what}`);
  return value;
}

type Of = (expr: ast.Expr) => Expr;

function lowerNode(expr: ast.Expr, of: Of, names: Names): Expr {
  switch (expr.kind) {
    case 'number':
      return constant(expr.text);
    case 'inf':
      return infinity();
    case 'pi':
      return PI;
    case 'boolean':
      return bool(expr.value);
    case 'name':
      return found(names.get(expr.name), expr.name);
    case 'unary':
      if (expr.operator === 'not') return not(of(expr.operand));
      return expr.operand.kind === 'inf' ? infinity(true) : neg(of(expr.operand));
    case 'binary': {
      const whole = expr.operator === '^' ? integerLiteral(expr.right) : undefined;
      if (whole !== undefined) return wholePower(of(expr.left), whole);
      return BINARY[expr.operator](
        comparable(expr.left, of(expr.right), of),
        comparable(expr.right, of(expr.left), of),
      );
    }
    case 'if':
      return select(of(expr.condition), of(expr.then), of(expr.else));
    case 'call':
      return lowerCall(expr, of);
    case 'reduction':
      return lowerReduction(expr, of);
    case 'inlined':
      return of(expr.body);
    case 'missing':
      throw new Error('internal: a hole in the syntax tree was lowered');
  }
}

/** An operand; a literal beside a tag is an id. */
function comparable(expr: ast.Expr, other: Expr, of: Of): Expr {
  const value = other.type.kind === 'tag' ? integerLiteral(expr) : undefined;
  return value === undefined ? of(expr) : id(value);
}

const BINARY: Readonly<Record<ast.BinaryOperator, (x: Expr, y: Expr) => Expr>> = {
  '+': add,
  '-': sub,
  '*': mul,
  '/': div,
  '^': pow,
  '<': lt,
  '<=': le,
  '>': gt,
  '>=': ge,
  '==': eq,
  '!=': ne,
  and,
  or,
};

function lowerCall({ callee, args }: Extract<ast.Expr, { kind: 'call' }>, of: Of): Expr {
  const values = args.map(({ value }) => of(value));
  const [y, x] = values;
  if (callee.text === 'grad' && y !== undefined && x !== undefined) return derivativeOf(y, x);
  return found(atomNamed(callee.text), callee.text).expand(values);
}

function lowerScan(scan: Scan, args: readonly ast.Argument[], of: Of): Expr {
  const { x, named } = scanArguments(scan, args);
  const given = (kind: ScanParameter['kind']): readonly ast.Expr[] =>
    scan.params.filter((param) => param.kind === kind).map(({ name }) => found(named.get(name), name).value);
  return scan.expand({
    x: of(found(x, scan.name).value),
    numbers: given('number').map(of),
    integers: given('integer literal').map((value) => found(integerLiteral(value), scan.name)),
  });
}

function lowerReduction({ aggregate, index, where, args }: ast.Reduction, of: Of): Expr {
  const scan = scanNamed(aggregate.text);
  if (scan !== undefined) return lowerScan(scan, args, of);
  const record = found(aggregateNamed(aggregate.text), aggregate.text);
  // What is reduced over the others is read at the other.
  const read = (expr: ast.Expr): Expr => (index.kind === 'others' ? swap(of(expr)) : of(expr));
  const set = { ...levelsOf(index), where: where === undefined ? undefined : read(where) };
  const [x, second] = args.filter(({ label }) => label === undefined);
  const beside = args.find(({ label }) => label !== undefined) ?? second;
  return record.expand(set, x === undefined ? ONE : read(x.value), beside && of(beside.value));
}

function levelsOf(index: ast.Index): IndexSet {
  if (index.kind === 'others') return { from: 'peer', to: 'rollout' };
  return { from: index.level, to: index.outer?.level ?? found(parentOf(index.level), index.level) };
}
