/** Walks over the tokens of each rollout, as a function over arrays. */
import { isFiner } from '../../base/level.js';
import { isPlace, type Expr } from '../../ir/expr.js';
import type { Along, OwnCode, Rows, TokenPass } from '../../plan/fused/program.js';
import type { Read } from '../element-code.js';
import { inRuns, numeric, readCoarse, storedText, usesGroup } from './coarse.js';
import { addText, gatheringOf } from './folds.js';
import { arrayText, element, handyText, insideText, lanesText, type Scope, codeFor } from './scope.js';

export interface Writes {
  /** The array of an output, by its place in the plan. */
  readonly output: (at: number) => string;
}

/** What the steps of a rollout know of each other. */
interface Row {
  readonly scope: Scope;
  readonly writes: Writes;
  /** Values of the rollout, and coarser ones, in variables. */
  readonly locals: Map<Expr, string>;
  /** Values that an earlier step has kept, for every token. */
  readonly kept: Set<Expr>;
  readonly declared: string[];
}

export interface RowsCode {
  /** Makes the arrays that the walk fills. */
  readonly declared: readonly string[];
  /** What the walk does with the rollouts `from` up to, and without, `to`. */
  readonly body: readonly string[];
}

export function rowsCode(block: Rows, scope: Scope, writes: Writes): RowsCode {
  const row: Row = { scope, writes, locals: new Map(), kept: new Set(), declared: [] };
  const body = block.steps.flatMap((step) =>
    step.kind === 'own'
      ? ownLines(step, row)
      : step.kind === 'along'
        ? alongLines(step, row)
        : passLines(step, row),
  );
  const group = usesGroup(body) ? [`const g = ${element(scope, 'groupOf', 'b')};`] : [];
  return { declared: row.declared, body: ['for (let b = from; b < to; b += 1) {', ...group, ...body, '}'] };
}

const readOwn =
  ({ scope, locals }: Row): Read =>
  (expr) =>
    locals.get(expr) ?? readCoarse(scope)(expr);

function ownLines({ computes }: OwnCode, row: Row): readonly string[] {
  const { scope, locals, declared } = row;
  // Later steps read them too, so each has a variable.
  const code = codeFor(computes, [...computes, ...computes], scope, readOwn(row));
  const lines = [...code.lines];
  for (const value of computes) {
    locals.set(value, code.text(value));
    if (!scope.plan.shared.has(value)) continue;
    declared.push(`const ${scope.shared(value)} = ${arrayText(value, 'rollouts')};`);
    lines.push(`${scope.shared(value)}[b] = ${numeric(value, code.text(value))};`);
  }
  return lines;
}

/** A running sum over a kept row, from its first token or its last. */
function alongLines({ node }: Along, row: Row): readonly string[] {
  const { scope, declared, kept } = row;
  const { direction, x, gamma } = node;
  const [from, to, sum] = [scope.row(x), scope.row(node), scope.fresh(node, '_so_far')];
  declared.push(`const ${to} = laneArray(positions);`);
  kept.add(node);
  const length = element(scope, 'lengths', 'b');
  const own = element(scope, from, 'j');
  const discounted = gamma === undefined ? sum : `${readOwn(row)(gamma)} * ${sum}`;
  const isFirst = direction === 'forward' ? 'j === 0' : `j === ${length} - 1`;
  const walk =
    direction === 'forward'
      ? `for (let j = 0; j < ${length}; j += 1) {`
      : `for (let j = ${length} - 1; j >= 0; j -= 1) {`;
  return [
    `let ${sum} = 0;`,
    walk,
    `${sum} = ${isFirst} ? ${own} : ${own} + ${discounted};`,
    `${to}[j] = ${sum};`,
    '}',
  ];
}

function passLines(pass: TokenPass, row: Row): readonly string[] {
  const { scope, writes, locals, declared, kept } = row;
  const hoisted: string[] = [];
  const written = pass.writes.flatMap((at) => {
    const output = scope.plan.outputs[at];
    return output === undefined ? [] : [{ at, value: output.value }];
  });
  const sinks = [
    ...pass.folds.flatMap(({ x, where }) => (where === undefined ? [x] : [x, where])),
    ...pass.keeps,
    ...pass.stores,
    ...written.map(({ value }) => value),
  ];
  const code = codeFor(pass.computes, sinks, scope, readToken(row, hoisted));
  const body = [...code.lines];
  const before: string[] = [];
  const after: string[] = [];
  const found: (readonly [Expr, string])[] = [];
  for (const fold of pass.folds) {
    const cells = gatheringOf(fold).cells.map(({ suffix, start }) => {
      const name = scope.fresh(fold, suffix);
      before.push(`let ${name} = ${start};`);
      return name;
    });
    const where = fold.where === undefined ? undefined : code.text(fold.where);
    body.push(addText(fold, cells, code.text(fold.x), 'i', where));
    const [name = ''] = cells;
    found.push([fold, fold.op !== 'attains' && fold.type.kind === 'bool' ? `(${name} === 1)` : name]);
    if (!scope.plan.shared.has(fold)) continue;
    declared.push(`const ${scope.shared(fold)} = ${arrayText(fold, 'rollouts')};`);
    after.push(`${scope.shared(fold)}[b] = ${name};`);
  }
  for (const value of pass.keeps) {
    if (!kept.has(value)) declared.push(`const ${scope.row(value)} = ${lanesText(value, 'positions')};`);
    body.push(`${scope.row(value)}[j] = ${numeric(value, code.text(value))};`);
  }
  for (const value of pass.stores) {
    declared.push(`const ${scope.store(value)} = ${lanesText(value, 'rollouts * positions')};`);
    body.push(`${scope.store(value)}[i] = ${numeric(value, code.text(value))};`);
  }
  for (const { at, value } of written) body.push(`${writes.output(at)}[i] = ${code.text(value)};`);
  for (const value of pass.keeps) kept.add(value);
  for (const [fold, text] of found) locals.set(fold, text);
  return [...hoisted, ...before, ...inRuns(body, scope), ...after];
}

/** Reads a value at a token. What is coarser gets a variable before the tokens are walked. */
function readToken(row: Row, hoisted: string[]): Read {
  const { scope, locals, kept } = row;
  const read: Read = (expr) => {
    if (expr.op === 'shift') {
      if (isPlace(expr)) return insideText(expr.by, scope);
      const earlier = rowText(expr.x, scope, `j - ${expr.by < 0 ? `(${String(expr.by)})` : String(expr.by)}`);
      return kept.has(expr.x)
        ? `(${insideText(expr.by, scope)} ? ${earlier} : ${read(expr.fill)})`
        : storedText(expr, scope);
    }
    if (expr.op === 'attains' && expr.from === 'token') return `(${placeOf(expr)} === i)`;
    if (isFiner('token', expr.type.level)) return coarse(expr);
    if (expr.op === 'input') return handyText(expr, scope) ?? '';
    return kept.has(expr) ? rowText(expr, scope, 'j') : storedText(expr, scope);
  };
  const coarse: Read = (expr) => {
    const text = readOwn(row)(expr);
    if (/^[\w$.()-]+$/.test(text)) return text;
    const name = scope.fresh(expr, '_of_rollout');
    hoisted.push(`const ${name} = ${text};`);
    locals.set(expr, name);
    return name;
  };
  const placeOf: Read = (expr) => {
    const known = locals.get(expr);
    if (known !== undefined) return known;
    const name = scope.fresh(expr, '_place');
    hoisted.push(`const ${name} = ${element(scope, scope.shared(expr), 'b')};`);
    locals.set(expr, name);
    return name;
  };
  return read;
}

function rowText(value: Expr, scope: Scope, index: string): string {
  const text = element(scope, scope.row(value), index);
  return value.type.kind === 'bool' ? `(${text} === 1)` : text;
}
