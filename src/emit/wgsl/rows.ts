/**
 * Walks over the tokens as the statements of a kernel of one workgroup for each rollout: its lanes take the positions in
 * turn, `WIDTH` at once. Which of them count is in `counted`, and what is computed of the others is left out.
 */
import { isFiner } from '../../base/level.js';
import { isPlace, type Expr, type Shift } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { Along, OwnCode, Rows, TokenPass } from '../../plan/fused/program.js';
import { codeFor, codeForEach, eachText } from './elementwise.js';
import { eachGatheringOf } from './folds.js';
import type { Read } from '../element-code.js';
import { shareText } from './coarse.js';
import { coarseText, groupOf, inputBuffer, placeText, usesGroup, type Scope } from './scope.js';

/** What the walks of a rollout know of each other. */
interface Row {
  readonly scope: Scope;
  /** Token values that an earlier step has kept. */
  readonly kept: Set<Expr>;
}

/** The statements for the rollout `b`, after those `before`. */
export function rowsLines(block: Rows, before: readonly string[], scope: Scope): readonly string[] {
  const row: Row = { scope, kept: new Set() };
  const steps = block.steps.flatMap((step) =>
    step.kind === 'own'
      ? ownLines(step, row)
      : step.kind === 'along'
        ? alongLines(step, row)
        : passLines(step, row),
  );
  const body = [...before, ...steps];
  return usesGroup(body) ? [groupOf(scope), ...body] : body;
}

/** Values of the rollout: every lane computes them, the first one writes them down. */
function ownLines({ computes }: OwnCode, { scope }: Row): readonly string[] {
  // Later steps read them too, so each has a variable.
  const code = codeFor(computes, [...computes, ...computes], scope, (expr) => coarseText(expr, scope));
  return [
    ...code.lines,
    ...computes.flatMap((value) => {
      scope.locals.set(value, code.text(value));
      return sharedByFirst(value, code.text(value), scope);
    }),
  ];
}

const sharedByFirst = (value: Expr, text: string, scope: Scope): readonly string[] =>
  scope.storage.startOf(value) === undefined
    ? []
    : [`if (lane == 0u) { ${shareText(value, 'rollout', text, scope)} }`];

/** Statements for as many positions of the rollout as a lane takes at once: `body` where some count, else `masked`. */
export function walkLines(
  body: readonly string[],
  masked: readonly string[],
  scope: Scope,
): readonly string[] {
  return [
    'for (var t = lane; t < sizes.positions / WIDTH; t += LANES) {',
    'let i = row + t;',
    `let counted = ${scope.buffer({ kind: 'mask' })}[i] != Reals(0.0);`,
    'if (!any(counted)) {',
    ...masked,
    'continue;',
    '}',
    ...body,
    '}',
  ];
}

/** Which tokens are taken of those that count. */
export const takenText = (where: string | undefined): string =>
  where === undefined ? 'counted' : `(counted & ${where})`;

function passLines(pass: TokenPass, row: Row): readonly string[] {
  const { scope, kept } = row;
  const before: string[] = [];
  const moves = new Map<number, string>();
  const written = pass.writes.flatMap((at) => {
    const output = scope.plan.outputs[at];
    return output === undefined ? [] : [{ at, value: output.value }];
  });
  const sinks = [
    ...pass.folds.flatMap(operandsOf),
    ...pass.keeps,
    ...pass.stores,
    ...written.map(({ value }) => value),
  ];
  const code = codeForEach(pass.computes, sinks, scope, readToken(row, before, moves));
  const text: Read = (expr) => eachText(expr, code.text(expr));
  const gathered = pass.folds.map((fold) => {
    const { starts, add, total } = eachGatheringOf(fold);
    return {
      fold,
      add,
      total,
      cells: starts.map((cell) => ({ ...cell, name: scope.fresh(fold, cell.suffix) })),
    };
  });
  const body = [
    ...code.lines,
    ...gathered.flatMap(({ fold, add, cells }) =>
      add(
        cells.map(({ name }) => name),
        text(fold.x),
        takenText(fold.where === undefined ? undefined : text(fold.where)),
      ),
    ),
  ];
  const masked: string[] = [];
  for (const value of new Set([...pass.keeps, ...pass.stores]))
    body.push(`keep(${keptAt(value, scope)}, ${eachBits(value, text(value))});`);
  for (const { at, value } of written) {
    const output = `${scope.buffer({ kind: 'output', at })}[i]`;
    body.push(`${output} = select(Reals(0.0), ${text(value)}, counted);`);
    masked.push(`${output} = Reals(0.0);`);
  }
  for (const value of pass.keeps) kept.add(value);
  const found = gathered.flatMap(({ fold, total, cells }) => {
    const name = scope.fresh(fold, '_in_all');
    scope.locals.set(fold, name);
    return [`let ${name} = ${total(cells.map((cell) => cell.name))};`, ...sharedByFirst(fold, name, scope)];
  });
  return [
    ...before,
    ...gathered.flatMap(({ cells }) => cells.map(({ name, start }) => `var ${name} = ${start};`)),
    ...walkLines([...moves.values(), ...body], masked, scope),
    ...(pass.keeps.length + pass.stores.length > 0 ? ['storageBarrier();'] : []),
    ...found,
  ];
}

/** Where the number of a token stands that a walk has kept. */
const keptAt = (value: Expr, scope: Scope, place = 'WIDTH * i'): string => {
  // `kept` and `keep` look at it.
  scope.buffer({ kind: 'values' });
  return `${scope.storage.rowOf(value)} + ${place}`;
};
/** What a walk has kept of the tokens from a place on. */
function readKept(value: Expr, scope: Scope, place?: string): string {
  const bits = `kept(${keptAt(value, scope, place)})`;
  return value.type.kind === 'bool' ? `(${bits} != Words(0u))` : `bitcast<Reals>(${bits})`;
}
const eachBits = ({ type }: Expr, text: string): string =>
  type.kind === 'bool' ? `select(Words(0u), Words(1u), ${text})` : `bitcast<Words>(${text})`;

/** No buffer holds more; and the largest i32. */
const MOST_TOKENS = 2 ** 31 - 1;

/**
 * Reads a value at a token. What is coarser gets a variable before the tokens are walked; where a shift comes from, one
 * at each token, in `moves`.
 */
export function readToken({ scope, kept }: Row, before: string[], moves: Map<number, string>): Read {
  const { locals } = scope;
  const hoisted = (expr: Expr, text: string): string => {
    if (/^[\w.()-]+$/.test(text)) return text;
    const name = scope.fresh(expr, '_of_rollout');
    before.push(`let ${name} = ${text};`);
    locals.set(expr, name);
    return name;
  };
  const isThere = (by: number): string => {
    scope.takeOneByOne();
    const name = by > 0 ? `earlier_by_${by}` : `later_by_${-by}`;
    scope.buffer({ kind: 'mask' });
    const tokens = Math.max(-MOST_TOKENS, Math.min(by, MOST_TOKENS));
    moves.set(by, `let ${name} = moved(i, row, ${tokens});`);
    return name;
  };
  const shifted = (expr: Shift): string => {
    const { by, x, fill } = expr;
    if (by === 0) return isPlace(expr) ? 'Flags(true)' : read(x);
    if (isPlace(expr)) return `(${isThere(by)} >= 0)`;
    if (!kept.has(x)) return readKept(expr, scope);
    // At the own token where there is none: the choice is made of both.
    const from = isThere(by);
    return `select(${read(fill)}, ${readKept(x, scope, `select(i, u32(${from}), ${from} >= 0)`)}, ${from} >= 0)`;
  };
  const read: Read = (expr) => {
    if (expr.op === 'shift') return shifted(expr);
    if (expr.op === 'attains' && expr.from === 'token')
      return `(Wholes(${locals.get(expr) ?? hoisted(expr, placeText(expr, scope))}) == Wholes(i32(WIDTH * i)) + PARTS)`;
    if (isFiner('token', expr.type.level)) return hoisted(expr, coarseText(expr, scope));
    if (expr.op === 'input') return `${inputBuffer(expr, scope)}[i]`;
    return readKept(expr, scope);
  };
  return read;
}

/** A running sum over a kept row, from its first token or its last: one lane walks along. */
function alongLines({ node }: Along, { scope, kept }: Row): readonly string[] {
  const { direction, x, gamma } = node;
  const sum = scope.fresh(node, '_so_far');
  const isFirst = scope.fresh(node, '_is_first');
  const own = scope.fresh(node, '_own');
  const carried = gamma === undefined ? sum : `${coarseText(gamma, scope)} * ${sum}`;
  const position = direction === 'forward' ? 's' : 'sizes.positions - 1u - s';
  kept.add(node);
  scope.takeOneByOne();
  return [
    'if (lane == 0u) {',
    `var ${sum} = 0.0;`,
    `var ${isFirst} = true;`,
    'for (var s = 0u; s < sizes.positions; s += 1u) {',
    `let i = row + ${position};`,
    `if (${scope.buffer({ kind: 'mask' })}[i] == 0.0) { continue; }`,
    `let ${own} = ${readKept(x, scope)};`,
    `${sum} = select(${own} + ${carried}, ${own}, ${isFirst});`,
    `${isFirst} = false;`,
    `keep(${keptAt(node, scope)}, bitcast<u32>(${sum}));`,
    '}',
    '}',
    'storageBarrier();',
  ];
}
