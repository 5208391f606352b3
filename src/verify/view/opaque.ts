/** Which lets a view takes as they are, and a claim's expressions with names in their place. */
import { isFiner, nameable, type Level } from '../../base/level.js';
import type { Claim, Statement } from '../../ir/claim.js';
import { readsOwnElement, type Expr, type Input } from '../../ir/expr.js';
import { operandsOf, rebuild } from '../../ir/graph.js';
import type { DerivedProgram } from '../../ir/program.js';
import { infinityOf } from './elementwise.js';
import { simplify, rewrite } from '../../simplify/simplify.js';
import { deviations } from '../../simplify/rules/deviations.js';

/** Everything that a claim compares or approaches, infinities aside. */
export const partsOf = (statement: Statement): readonly Expr[] =>
  partsWritten(statement).filter((one) => infinityOf(one) === 0);

function partsWritten(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'comparison':
      return [statement.left, statement.right];
    case 'extreme':
      return [statement.of, statement.value];
    case 'lipschitz':
      return [statement.of, statement.by];
    case 'limit':
      return [statement.of, statement.point, statement.limit];
    default:
      return [statement.of];
  }
}
export const variableOf = (statement: Statement): Expr | undefined =>
  'variable' in statement ? statement.variable : undefined;
export const nameOf = (expr: Expr): string => (expr.op === 'named' || expr.op === 'input' ? expr.name : '');

/** The finest level among a claim's parts, its guard and its assumption. */
export function finestLevel({ guard, assuming, statement }: Claim): Level {
  const parts = [...partsOf(statement), variableOf(statement), guard, assuming];
  return parts
    .flatMap((one) => (one === undefined ? [] : [nameable(one.type.level)]))
    .reduce<Level>((finest, level) => (isFiner(level, finest) ? level : finest), 'batch');
}

/** Every expression under some, each once. */
export function under(
  roots: readonly Expr[],
  stopAt: (expr: Expr) => boolean = () => false,
): ReadonlySet<Expr> {
  const seen = new Set<Expr>();
  const stack = [...roots];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (!stopAt(expr)) stack.push(...operandsOf(expr));
  }
  return seen;
}

const readsModel = (expr: Expr): boolean =>
  [...under([expr])].some((one) => one.op === 'input' && one.role === 'model');
/** Whether an input or a let of that name enters a value. */
export const readsName = (expr: Expr, name: string): boolean =>
  [...under([expr])].some((one) => (one.op === 'input' || one.op === 'named') && one.name === name);
const readsSome = (expr: Expr): boolean =>
  [...under([expr])].some((one) => one.op === 'input' && one.role !== 'param');

/** Whether no model output and nothing that is varied enters a value. */
export const isFixed = (value: Expr, varied: string): boolean =>
  !readsModel(value) && !readsName(value, varied);

/** Names of lets for each rung of the ladder, most abstract first; equal rungs once. */
export function ladderOf(program: DerivedProgram, claim: Claim): readonly ReadonlySet<string>[] {
  const varied = variableOf(claim.statement);
  const variedName = varied === undefined ? '' : nameOf(varied);
  const own = varied?.op === 'named' ? [variedName] : [];
  const lets = program.lets.filter(
    ({ value, name }) =>
      value.op === 'named' && name !== variedName && readsSome(value) && !holdsLiteral(value),
  );
  const weights = new Set(program.weights.map(({ name }) => name));
  // A weight that nothing moves was made so by its rules of derivation, which whoever reads the source need not have.
  const fixed = lets.filter(({ name, value }) => !weights.has(name) && isFixed(value, variedName));
  const parts = [...partsOf(claim.statement), claim.guard, claim.assuming];
  const scores = new Set(variedName === '' ? program.weights.map(({ score }) => score) : []);
  const named = new Set(parts.flatMap((part) => (part === undefined ? [] : [...namedDirectly(part)])));
  const told = lets.filter(
    ({ name, value }) =>
      !weights.has(name) && !readsName(value, variedName) && (scores.has(name) || named.has(name)),
  );
  const namesOf = (some: readonly { readonly name: string }[]): readonly string[] =>
    some.map(({ name }) => name);
  const numbers = fixed.filter(({ value }) => value.type.kind === 'real');
  const choices = new Set(namesOf(fixed.filter(({ value }) => isChoice(value))));
  const whole = [...namesOf(fixed), ...namesOf(told)];
  const rungs = [
    [...own, ...whole],
    [...own, ...whole.filter((name) => !choices.has(name))],
    [...own, ...namesOf(fixed.filter(({ name }) => named.has(name))), ...namesOf(told)],
    [...own, ...namesOf(fixed)],
    [...own, ...namesOf(numbers)],
    own,
  ];
  const all = under([...parts.flatMap((one) => (one === undefined ? [] : [one])), ...program.assumptions]);
  const present = new Set([...all].flatMap((one) => (one.op === 'named' ? [one.name] : [])));
  const byText = new Map<string, ReadonlySet<string>>();
  for (const rung of rungs) {
    const names = new Set(rung.filter((name) => present.has(name) || name === variedName));
    const key = [...names].sort().join(' ');
    if (!byText.has(key)) byText.set(key, names);
  }
  return [...byText.values()];
}

/** A selection that reads no input but through other lets: which parameter is meant for which sign of an advantage. */
function isChoice(value: Expr): boolean {
  if (value.op !== 'named') return false;
  const parts = [...under([value.x], (one) => one.op === 'named')];
  const readsElsewhere = (one: Expr): boolean =>
    one.op === 'input' ? one.role !== 'param' : one.op !== 'named' && !readsOwnElement(one);
  return parts.some(({ op }) => op === 'select') && !parts.some(readsElsewhere);
}

/** Lets that an expression names itself, not through another. */
const namedDirectly = (expr: Expr): ReadonlySet<string> =>
  new Set(
    [...under([expr], (one) => one.op === 'named')].flatMap((one) => (one.op === 'named' ? [one.name] : [])),
  );
/** A let that is an infinity, or a tag, is no variable. */
const holdsLiteral = ({ type, ...expr }: Expr): boolean =>
  type.kind === 'tag' || (expr.op === 'named' && expr.x.op === 'inf');

/** An expression over the names that a view leaves, as its proofs read it, and as the program wrote it. */
export interface Prepared {
  /** In closed form, by rules that are true of real numbers wherever both sides are defined. */
  readonly closed: (expr: Expr) => Expr;
  /** With names alone replaced: where it is defined is where the program's own expression is. */
  readonly written: (expr: Expr) => Expr;
}

export function preparing(opaque: ReadonlySet<string>): Prepared {
  const closed = new Map<Expr, Expr>();
  const written = new Map<Expr, Expr>();
  const remembered = (memory: Map<Expr, Expr>, expr: Expr, make: (one: Expr) => Expr): Expr => {
    const known = memory.get(expr) ?? make(withNames(expr, opaque));
    memory.set(expr, known);
    return known;
  };
  return {
    closed: (expr) => remembered(closed, expr, (one) => simplify([one], 'real')[0] ?? one),
    written: (expr) => remembered(written, expr, (one) => rewrite([one], deviations)[0] ?? one),
  };
}

function withNames(expr: Expr, opaque: ReadonlySet<string>): Expr {
  const replace = (one: Expr): Expr =>
    one.op === 'named' && opaque.has(one.name)
      ? ({ op: 'input', type: one.type, role: 'data', name: one.name } satisfies Input)
      : one;
  return rebuild([expr], replace).roots[0] ?? expr;
}
