/**
 * Sharing: equal expressions become one object, in an order in which operands come first. Every stage ends with it.
 * `named` nodes are equal only when their names are: a name is never an equal expression.
 */
import { isFiner } from '../base/level.js';
import { isBinary, isTernary, isUnary, type Expr } from './expr.js';

export interface Graph {
  /** Every distinct expression, operands before what uses them. */
  readonly nodes: readonly Expr[];
  readonly roots: readonly Expr[];
  /** Position of a node of this graph in `nodes`. */
  readonly idOf: ReadonlyMap<Expr, number>;
}

/** Operands in order: x, y, z, where, anchor, q, gamma, fill. */
export function operandsOf(expr: Expr): readonly Expr[] {
  if (isTernary(expr)) return [expr.x, expr.y, expr.z];
  if (isBinary(expr)) return [expr.x, expr.y];
  if (isUnary(expr) || expr.op === 'named' || expr.op === 'swap') return [expr.x];
  if (expr.op === 'reduce')
    return [expr.x, ...present(expr.where), ...present(expr.anchor), ...present(expr.q)];
  if (expr.op === 'scan') return [expr.x, ...present(expr.gamma)];
  if (expr.op === 'shift') return [expr.x, expr.fill];
  if (expr.op === 'attains') return [expr.x, ...present(expr.where)];
  return [];
}
const present = (expr: Expr | undefined): readonly Expr[] => (expr === undefined ? [] : [expr]);

/** The same expression over other operands, given in the order of `operandsOf`; itself when they are its own. */
export function withOperands(
  expr: Expr,
  operands: readonly Expr[],
  own: readonly Expr[] = operandsOf(expr),
): Expr {
  if (own.every((one, at) => one === operands[at])) return expr;
  const at = (index: number): Expr => {
    const operand = operands[index];
    if (operand === undefined) throw new Error(`internal: ${expr.op} lacks operand ${index}`);
    return operand;
  };
  const level = operands.reduce((deepest, one) => finerOf(deepest, one), at(0)).type.level;
  if (isTernary(expr)) return { ...expr, type: { ...expr.type, level }, x: at(0), y: at(1), z: at(2) };
  if (isBinary(expr)) return { ...expr, type: { ...expr.type, level }, x: at(0), y: at(1) };
  if (expr.op === 'named' || expr.op === 'swap') return { ...expr, x: at(0) };
  if (isUnary(expr)) return { ...expr, type: { ...expr.type, level }, x: at(0) };
  const rest: Expr[] = [...operands.slice(1)];
  if (expr.op === 'reduce') {
    const where = expr.where === undefined ? undefined : rest.shift();
    const anchor = expr.anchor === undefined ? undefined : rest.shift();
    const q = expr.q === undefined ? undefined : rest.shift();
    return { ...expr, x: at(0), ...(where && { where }), ...(anchor && { anchor }), ...(q && { q }) };
  }
  if (expr.op === 'scan') return { ...expr, x: at(0), ...(expr.gamma && { gamma: at(1) }) };
  if (expr.op === 'shift') return { ...expr, x: at(0), fill: at(1) };
  if (expr.op === 'attains') {
    const where = expr.where === undefined ? undefined : rest.shift();
    return { ...expr, x: at(0), ...(where && { where }) };
  }
  return expr;
}
const finerOf = (a: Expr, b: Expr): Expr => (isFiner(b.type.level, a.type.level) ? b : a);

function keyOf(expr: Expr, ids: readonly number[]): string {
  switch (expr.op) {
    case 'const':
      return `${expr.type.kind === 'tag' ? 'id' : 'const'} ${expr.value.toFraction()}`;
    case 'inf':
      return `inf ${expr.negative}`;
    case 'bool':
      return `bool ${expr.value}`;
    case 'input':
      return `input ${expr.name}`;
    case 'named':
      return `named ${expr.name} ${expr.type.level} ${ids.join(' ')}`;
    case 'reduce': {
      const parts = `${expr.where ? 'w' : ''}${expr.anchor ? 'a' : ''}`;
      return `reduce ${expr.reduce} ${expr.from} ${expr.to} ${parts} ${ids.join(' ')}`;
    }
    case 'scan':
      return `scan ${expr.direction} ${expr.gamma ? 'g' : ''} ${ids.join(' ')}`;
    case 'shift':
      return `shift ${expr.by} ${ids.join(' ')}`;
    case 'attains':
      return `attains ${expr.extreme} ${expr.from} ${expr.to} ${expr.where ? 'w' : ''} ${ids.join(' ')}`;
    default:
      return `${expr.op} ${ids.join(' ')}`;
  }
}

/** Shares equal expressions under the given roots. */
export function intern(roots: readonly Expr[]): Graph {
  return rebuild(roots, (expr) => expr);
}

/**
 * Rebuilds everything under the roots bottom-up: `transform` sees each expression once, with its operands already
 * rebuilt and shared, and its result is shared in turn. Iterative, so that depth is no limit.
 */
export function rebuild(roots: readonly Expr[], transform: (expr: Expr) => Expr): Graph {
  const nodes: Expr[] = [];
  const idOf = new Map<Expr, number>();
  const byKey = new Map<string, Expr>();
  const done = new Map<Expr, Expr>();

  const idOrFail = (expr: Expr): number => {
    const id = idOf.get(expr);
    if (id === undefined) throw new Error('internal: operand is not in the graph');
    return id;
  };
  const share = (expr: Expr): Expr => {
    const key = keyOf(expr, operandsOf(expr).map(idOrFail));
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, expr);
    idOf.set(expr, nodes.length);
    nodes.push(expr);
    return expr;
  };
  const visit = (
    root: Expr,
    results: Map<Expr, Expr>,
    isDone: (expr: Expr) => boolean,
    step: (expr: Expr) => Expr,
  ): Expr => {
    const stack: Expr[] = [root];
    while (stack.length > 0) {
      const expr = stack[stack.length - 1];
      if (expr === undefined) break;
      if (results.has(expr)) {
        stack.pop();
        continue;
      }
      const operands = operandsOf(expr);
      const open = stack.length;
      for (const operand of operands) if (!results.has(operand) && !isDone(operand)) stack.push(operand);
      if (stack.length > open) continue;
      stack.pop();
      const made = operands.map((operand) => results.get(operand) ?? operand);
      results.set(expr, step(withOperands(expr, made, operands)));
    }
    return results.get(root) ?? root;
  };

  const isShared = (expr: Expr): boolean => idOf.has(expr);
  const shareAll = (expr: Expr): Expr => {
    if (isShared(expr)) return expr;
    return operandsOf(expr).every(isShared) ? share(expr) : visit(expr, new Map(), isShared, share);
  };
  const outcome = roots.map((root) =>
    visit(
      root,
      done,
      () => false,
      (expr) => shareAll(transform(shareAll(expr))),
    ),
  );
  return garbageFree({ nodes, roots: outcome, idOf });
}

/** Keeps only what the roots reach, so that a rewrite leaves nothing behind. */
function garbageFree(graph: Graph): Graph {
  const reached = new Set<Expr>();
  const stack = [...graph.roots];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (reached.has(expr)) continue;
    reached.add(expr);
    stack.push(...operandsOf(expr));
  }
  const nodes = graph.nodes.filter((node) => reached.has(node));
  return { nodes, roots: graph.roots, idOf: new Map(nodes.map((node, at) => [node, at])) };
}

const LONGEST_CHAIN = 64;

/**
 * The parts of a chain of one operator, in order: of `a and (b and c)`, a, b and c. A chain of more than anyone reads,
 * such as one that uses a part twice, and that twice, counts as one part.
 */
export function partsOf(expr: Expr, op: 'and' | 'or' | 'mul'): readonly Expr[] {
  const parts: Expr[] = [];
  const stack = [expr];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.op === op) stack.push(part.y, part.x);
    else parts.push(part);
    if (parts.length + stack.length > LONGEST_CHAIN) return [expr];
  }
  return parts;
}

/** More parts than one compares: what is shared already is equal at a glance, and the rest is small. */
const MOST_COMPARED = 500;

/**
 * Whether two expressions are known to be equal in structure: `intern` would make them one. Most pairs differ near the
 * top; two large ones that share little are not compared to the end, and count as different.
 */
export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.op !== b.op) return false;
  const compared = new Map<Expr, Set<Expr>>();
  const stack: (readonly [Expr, Expr])[] = [[a, b]];
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const [x, y] = pair;
    if (x === y) continue;
    if (x.op !== y.op || compared.size > MOST_COMPARED) return false;
    const seen = compared.get(x) ?? new Set();
    if (seen.has(y)) continue;
    compared.set(x, seen.add(y));
    if (keyOf(x, []) !== keyOf(y, [])) return false;
    const others = operandsOf(y);
    operandsOf(x).forEach((operand, at) => {
      const other = others[at];
      if (other !== undefined) stack.push([operand, other]);
    });
  }
  return true;
}
