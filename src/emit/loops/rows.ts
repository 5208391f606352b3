/** Walks over the tokens of each rollout, as a function over arrays. */
import { isFiner } from '../../base/level.js';
import { isPlace, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { isDear } from '../../plan/fused/costs.js';
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
  const read = readToken(row, hoisted);
  const once = readOnce([...pass.computes.flatMap(operandsOf), ...sinks], read, scope);
  const code = codeFor(pass.computes, sinks, scope, once.read);
  const sums = isCheap(pass) ? SUMS : 1;
  const adding = Array.from({ length: sums }, (): string[] => []);
  const before: string[] = [];
  const after: string[] = [];
  const found: (readonly [Expr, string])[] = [];
  for (const fold of pass.folds) {
    const { cells: starts } = gatheringOf(fold);
    const isSplit = sums > 1 && fold.op === 'reduce' && fold.reduce === 'sum';
    const cells = adding.slice(0, isSplit ? sums : 1).map(() =>
      starts.map(({ suffix, start }) => {
        const name = scope.fresh(fold, isSplit ? `_part${suffix}` : suffix);
        before.push(`let ${name} = ${start};`);
        return name;
      }),
    );
    const where = fold.where === undefined ? undefined : code.text(fold.where);
    adding.forEach((lines, at) => {
      lines.push(addText(fold, cells[at % cells.length] ?? [], code.text(fold.x), 'i', where));
    });
    const name = isSplit ? scope.fresh(fold) : (cells[0]?.[0] ?? '');
    if (isSplit) after.push(`const ${name} = ${sumText(cells.flat())};`);
    found.push([fold, fold.op !== 'attains' && fold.type.kind === 'bool' ? `(${name} === 1)` : name]);
    if (!scope.plan.shared.has(fold)) continue;
    declared.push(`const ${scope.shared(fold)} = ${arrayText(fold, 'rollouts')};`);
    after.push(`${scope.shared(fold)}[b] = ${name};`);
  }
  const writing: string[] = [];
  for (const value of pass.keeps) {
    if (!kept.has(value)) declared.push(`const ${scope.row(value)} = ${lanesText(value, 'positions')};`);
    writing.push(`${scope.row(value)}[j] = ${numeric(value, code.text(value))};`);
  }
  for (const value of pass.stores) {
    declared.push(`const ${scope.store(value)} = ${lanesText(value, 'rollouts * positions')};`);
    writing.push(`${scope.store(value)}[i] = ${numeric(value, code.text(value))};`);
  }
  for (const { at, value } of written) writing.push(`${writes.output(at)}[i] = ${code.text(value)};`);
  for (const value of pass.keeps) kept.add(value);
  for (const [fold, text] of found) locals.set(fold, text);
  const bodies = adding.map((lines) => [...once.lines, ...code.lines, ...lines, ...writing]);
  return [...hoisted, ...before, ...inRuns(bodies, scope), ...after];
}

/** So many sums of a walk are gathered beside each other: an addition does not wait for the one before. */
const SUMS = 4;
/** A walk of more operations than these takes its time for them, not for the loop. */
const FEW = 12;
const isCheap = ({ computes }: TokenPass): boolean => computes.length <= FEW && !computes.some(isDear);

/** The sum of some numbers, in pairs. */
function sumText(parts: readonly string[]): string {
  const [first = '0'] = parts;
  if (parts.length <= 1) return first;
  const half = Math.ceil(parts.length / 2);
  const [left, right] = [parts.slice(0, half), parts.slice(half)];
  return `(${sumText(left)} + ${sumText(right)})`;
}

/** What is read of a token more than once has a variable: arrays that are written might be those that are read. */
function readOnce(
  reads: readonly Expr[],
  read: Read,
  scope: Scope,
): { readonly lines: readonly string[]; readonly read: Read } {
  const names = new Map<Expr, string>();
  const lines: string[] = [];
  const isElement = ({ op, type }: Expr): boolean =>
    type.level === 'token' && (op === 'input' || op === 'scan');
  for (const value of new Set(reads.filter(isElement))) {
    if (reads.indexOf(value) === reads.lastIndexOf(value)) continue;
    const name = scope.fresh(value, '_of_token');
    lines.push(`const ${name} = ${read(value)};`);
    names.set(value, name);
  }
  return { lines, read: (expr) => names.get(expr) ?? read(expr) };
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
