/** Coarse loops as the statements of a kernel of one workgroup: its lanes take the elements in turn. */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { CoarseLoop, Fold } from '../../plan/fused/program.js';
import { codeFor } from './elementwise.js';
import { gatheringOf } from './folds.js';
import type { Result } from './kernel.js';
import { neededFor } from './schedule.js';
import {
  bitsText,
  coarseText,
  counterOf,
  groupOf,
  indexText,
  memberAt,
  memberStart,
  usesGroup,
  type Scope,
} from './scope.js';
import { extentText } from './storage.js';

/** What later loops of the kernel read of an array is there only after this. */
const BARRIER = 'storageBarrier();';

export function coarseLines(loop: CoarseLoop, scope: Scope): readonly string[] {
  const read = (expr: Expr): string => coarseText(expr, scope);
  if (loop.over === 'batch') return batchLines(loop, scope);
  const { over, computes, folds } = loop;
  const shared =
    over === 'peer' ? [] : computes.filter((value) => scope.storage.startOf(value) !== undefined);
  const [ofBatch, ofOthers] = [
    folds.filter(({ to }) => to === 'batch'),
    folds.filter(({ to }) => to !== 'batch'),
  ];
  const lines: string[] = [];
  if (shared.length + ofBatch.length > 0) {
    const needed = over === 'peer' ? neededFor(ofBatch, computes) : computes;
    const code = codeFor(needed, [...shared, ...ofBatch.flatMap(operandsOf)], scope, read);
    const body = [...code.lines];
    for (const value of shared) body.push(shareText(value, over, code.text(value), scope));
    const gathered = ofBatch.map((fold) => gathering(fold, scope));
    for (const { add } of gathered) body.push(add(code.text));
    lines.push(...gathered.flatMap(({ starts }) => starts), ...overBatch(over, body, scope));
    for (const [at, { total }] of gathered.entries()) {
      const fold = ofBatch[at];
      if (fold !== undefined) lines.push(...keepNumber(fold, total, scope));
    }
  }
  for (const to of ['group', 'rollout'] as const) {
    const own = ofOthers.filter((fold) => fold.to === to);
    if (own.length === 0) continue;
    const code = codeFor(neededFor(own, computes), own.flatMap(operandsOf), scope, read);
    const gathered = own.map((fold) => ({ fold, ...gathering(fold, scope) }));
    const inner = [...code.lines, ...gathered.map(({ add }) => add(code.text))];
    const body = [
      ...gathered.flatMap(({ starts }) => starts),
      ...overMembers(over, to, inner, scope),
      ...gathered.map(({ fold, own: text }) => shareText(fold, to, text, scope)),
    ];
    lines.push(...strided(to, body, scope));
  }
  return shared.length + ofOthers.length > 0 ? [...lines, BARRIER] : lines;
}

/** Values of the batch: every lane computes them, the first one writes them down. */
function batchLines({ computes }: CoarseLoop, scope: Scope): readonly string[] {
  const shared = computes.filter((value) => scope.storage.startOf(value) !== undefined);
  // Later loops read what is shared, so that each has a variable.
  const code = codeFor(computes, [...shared, ...shared], scope, (expr) => coarseText(expr, scope));
  return [
    ...code.lines,
    ...shared.flatMap((value) => {
      scope.locals.set(value, code.text(value));
      return [`if (lane == 0u) { ${shareText(value, 'batch', code.text(value), scope)} }`];
    }),
  ];
}

/** A gathering into variables of a lane. */
interface LaneGathering {
  readonly starts: readonly string[];
  /** What one element does, given the text of each value; where its condition holds. */
  readonly add: (text: (expr: Expr) => string) => string;
  /** What the lane has gathered. */
  readonly own: string;
  /** What all lanes have. */
  readonly total: string;
}
export function gathering(fold: Fold, scope: Scope): LaneGathering {
  const { starts, add, own, total } = gatheringOf(fold);
  const cells = starts.map(({ suffix }) => scope.fresh(fold, suffix));
  return {
    starts: starts.map(({ start }, at) => `var ${cells[at] ?? ''} = ${start};`),
    add(text) {
      const line = add(cells, text(fold.x), `i32(${counterOf(fold)})`);
      return fold.where === undefined ? line : `if (${text(fold.where)}) { ${line} }`;
    },
    own: own(cells),
    total: total(cells),
  };
}

/** Keeps what all lanes have gathered in a variable, and where other kernels read it. */
function keepNumber(fold: Fold, total: string, scope: Scope): readonly string[] {
  const name = scope.fresh(fold, '_in_all');
  scope.locals.set(fold, name);
  return [`let ${name} = ${total};`, `if (lane == 0u) { ${shareText(fold, 'batch', name, scope)} }`];
}

/** Writes a shared value down, at the element of a loop. */
export const shareText = (value: Expr, level: string, text: string, scope: Scope): string =>
  `${scope.buffer({ kind: 'values' })}[${indexText(value, level, scope)}] = ${bitsText(value, text)};`;

/** Statements for every element, whose lanes each take some. */
function overBatch(
  over: 'group' | 'rollout' | 'peer',
  body: readonly string[],
  scope: Scope,
): readonly string[] {
  if (over !== 'peer') return strided(over, body, scope);
  return strided('rollout', overMembers('peer', 'rollout', body, scope), scope);
}

export function strided(over: 'group' | 'rollout', body: readonly string[], scope: Scope): readonly string[] {
  const [index, size] = over === 'group' ? ['g', 'groups'] : ['b', 'rollouts'];
  const group = over === 'rollout' && usesGroup(body) ? [groupOf(scope)] : [];
  return [`for (var ${index} = lane; ${index} < sizes.${size}; ${index} += LANES) {`, ...group, ...body, '}'];
}

/** Statements for every rollout of a group, every other one of a rollout's group, or every pair of a group. */
function overMembers(
  over: 'group' | 'rollout' | 'peer',
  within: 'group' | 'rollout',
  body: readonly string[],
  scope: Scope,
): readonly string[] {
  const members = (index: string, place: string, inner: readonly string[]): readonly string[] => [
    `for (var ${place} = ${memberStart('g', scope)}; ${place} < ${memberStart('g + 1u', scope)}; ${place} += 1) {`,
    `let ${index} = ${memberAt(`u32(${place})`, scope)};`,
    ...inner,
    '}',
  ];
  if (over === 'rollout') return members('b', 'm', body);
  const others = members('o', 'n', ['if (o == b) { continue; }', ...body]);
  return within === 'rollout' ? others : members('b', 'm', others);
}

/** Statements for the rollouts of the group `g`, lanes taking them in turn. */
export function overLanes(
  index: string,
  place: string,
  body: readonly string[],
  scope: Scope,
): readonly string[] {
  return [
    `for (var ${place} = ${memberStart('g', scope)} + i32(lane); ${place} < ${memberStart('g + 1u', scope)}; ${place} += i32(LANES)) {`,
    `let ${index} = ${memberAt(`u32(${place})`, scope)};`,
    ...body,
    '}',
  ];
}

/** Writes results down that no shared value holds, or only at a coarser level. */
export function resultLines(results: readonly Result[], scope: Scope): readonly string[] {
  return results.flatMap(({ at, level, from }) => {
    const value = scope.plan.outputs[at]?.value;
    if (value === undefined) return [];
    const text = coarseText(value, scope);
    const real = value.type.kind === 'bool' ? `select(0.0, 1.0, ${text})` : text;
    const values = scope.buffer({ kind: 'values' });
    const index = level === 'batch' ? '' : level === 'group' ? ' + g' : ' + b';
    const line = `${values}[${extentText(from)}${index}] = bitcast<u32>(${real});`;
    return level === 'batch' ? [`if (lane == 0u) { ${line} }`] : strided(level, [line], scope);
  });
}
