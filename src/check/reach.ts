/** Which names an expression reads through lets, and by which of them a derivative gets there. */
import { input } from '../ir/build.js';
import type { Expr as Term } from '../ir/expr.js';
import { dependsOn } from '../grad/differentiate.js';
import { aggregateNamed, atomNamed, scanNamed } from '../atoms/index.js';
import type { Argument, Expr, Reduction } from '../syntax/ast.js';
import { integerLiteral } from './literals.js';
import { scanArguments } from './scan-arguments.js';
import type { Scope } from './scope.js';
import { childrenOf } from './walk.js';

export interface Reach {
  /** Lets and inputs and params, those of the expression itself included. */
  readonly names: ReadonlySet<string>;
  /** Where the derivative of a part ends: at a stop-gradient, a condition, a count. */
  readonly cuts: readonly { readonly at: Expr; readonly part: Expr }[];
  /** Every expression visited. */
  readonly exprs: readonly Expr[];
}
interface Options {
  /** Goes on where no derivative would. */
  readonly uncut?: boolean;
  /** A name that ends every path at it. */
  readonly without?: string;
}

/** Follows an expression into the lets that it names. */
export function reach(root: Expr, scope: Scope, { uncut = false, without }: Options = {}): Reach {
  const names = new Set<string>();
  const cuts: { at: Expr; part: Expr }[] = [];
  const exprs: Expr[] = [];
  const seen = new Set<Expr>();
  const stack: Expr[] = [root];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    exprs.push(expr);
    if (expr.kind === 'name') {
      if (names.has(expr.name) || expr.name === without) continue;
      names.add(expr.name);
      const entity = scope.known.get(expr.name);
      if (entity?.kind === 'let') stack.push(entity.value);
      continue;
    }
    const children = childrenOf(expr);
    const carrying = uncut ? children : carriersOf(expr);
    stack.push(...[...carrying].reverse());
    for (const part of children) if (!carrying.includes(part)) cuts.push({ at: expr, part });
  }
  return { names, cuts, exprs };
}

const ARITHMETIC: readonly string[] = ['+', '-', '*', '/', '^'];

/** The operands that a derivative passes through. */
function carriersOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'unary':
      return expr.operator === '-' ? [expr.operand] : [];
    case 'binary':
      if (expr.operator === '^' && integerLiteral(expr.right) === 0) return [];
      return ARITHMETIC.includes(expr.operator) ? [expr.left, expr.right] : [];
    case 'if':
      return [expr.then, expr.else];
    case 'call':
      return callCarriers(expr);
    case 'reduction':
      return reductionCarriers(expr);
    case 'inlined':
      return [expr.body];
    default:
      return [];
  }
}

const variable = (name: string, level: 'group' | 'rollout'): Term => input('data', name, level);

/** An argument carries a derivative where the function's own expansion does. */
function callCarriers({ callee, args }: Extract<Expr, { kind: 'call' }>): readonly Expr[] {
  const values = args.map(({ value }) => value);
  if (callee.text === 'grad') return values.slice(0, 1);
  const atom = atomNamed(callee.text);
  if (atom === undefined) return values;
  const enough = atom.variadic ? values.length >= atom.params.length : values.length === atom.params.length;
  if (!enough) return values;
  const terms = values.map((_, at) => variable(`${at}`, 'rollout'));
  const expansion = atom.expand(terms);
  return values.filter((_, at) => dependsOn(expansion, terms.slice(at, at + 1)));
}

function reductionCarriers({ aggregate, args }: Reduction): readonly Expr[] {
  const scan = scanNamed(aggregate.text);
  if (scan !== undefined) {
    const { x, named } = scanArguments(scan, args);
    const numbers = scan.params.filter(({ kind }) => kind === 'number').map(({ name }) => named.get(name));
    return [x, ...numbers].flatMap((one) => (one === undefined ? [] : [one.value]));
  }
  const record = aggregateNamed(aggregate.text);
  if (record?.argument !== 'real') return [];
  const [x, beside] = [variable('x', 'rollout'), record.beside && variable('beside', 'group')];
  const expansion = record.expand({ from: 'rollout', to: 'group' }, x, beside);
  const plain = args.filter(({ label }) => label === undefined);
  const carries = ({ label }: Argument, at: number): boolean => {
    if (label?.text === 'anchor') return true;
    return dependsOn(expansion, [label === undefined && at === 0 ? x : (beside ?? x)]);
  };
  return args.filter((one) => carries(one, plain.indexOf(one))).map(({ value }) => value);
}
