/**
 * Coarse loops at the head of a walk's kernel, where every workgroup computes what its rollouts need of them: that saves the
 * kernel of one workgroup, for which the whole device waits. What is of the batch a workgroup computes once; what is of a
 * group or a rollout, for each rollout that it takes. Workgroups of one kernel cannot tell each other anything: WGSL orders
 * what one of them writes before what another one reads by nothing but the end of the kernel.
 */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import type { CoarseLoop, Fold } from '../../plan/fused/program.js';
import { gathering, overLanes, shareText, strided } from './coarse.js';
import { codeFor } from './elementwise.js';
import { neededFor } from './schedule.js';
import { coarseText, memberAt, memberStart, type Scope } from './scope.js';

export interface Head {
  /** Values of the batch. */
  readonly ofBatch: readonly string[];
  /** Values of the rollout `b` and its group `g`. */
  readonly ofRollout: readonly string[];
}

/** Which lane writes down what all workgroups have. */
export const FIRST_OF_ALL = 'lane + workgroup.x + workgroup.y == 0u';

/**
 * Whether a workgroup can compute what it needs of some loops with one look at each rollout or group: nothing of pairs, and
 * nothing of the batch that is made of what is gathered within other groups.
 */
export function canBeHead(loops: readonly CoarseLoop[]): boolean {
  const gatheredWithin = new Set<Expr>(
    loops.flatMap(({ folds }) => folds.filter(({ to }) => to !== 'batch')),
  );
  const computes = loops.flatMap((loop) => loop.computes);
  return loops.every(
    ({ over, folds }) =>
      over !== 'peer' &&
      folds.every(
        (fold) =>
          fold.to !== 'batch' ||
          [fold, ...neededFor([fold], computes)].flatMap(operandsOf).every((one) => !gatheredWithin.has(one)),
      ),
  );
}

/** The loops, of which the walk reads some values, and others are shared with other kernels. */
export function headOf(loops: readonly CoarseLoop[], reads: readonly Expr[], scope: Scope): Head {
  const computes = loops.flatMap((loop) => loop.computes).filter(({ type }) => type.level !== 'batch');
  const ofBatch = loops.flatMap((loop) => batchLines(loop, computes, scope));
  const wanted = wantedOf(loops, computes, reads, scope);
  const ofRollout = loops.flatMap((loop) => [
    ...ownLines(
      loop.computes.filter((value) => value.type.level !== 'batch' && wanted.has(value)),
      scope,
    ),
    ...groupLines(
      loop.folds.filter((fold) => fold.to === 'group' && wanted.has(fold)),
      computes,
      scope,
    ),
  ]);
  return { ofBatch, ofRollout };
}

/** What of the loops is needed at a rollout or its group: what is read there, and what that is made of. */
function wantedOf(
  loops: readonly CoarseLoop[],
  computes: readonly Expr[],
  reads: readonly Expr[],
  { storage }: Scope,
): ReadonlySet<Expr> {
  const wanted = new Set(reads);
  const made = loops.flatMap((loop) => [...loop.computes, ...loop.folds.filter(({ to }) => to === 'group')]);
  for (const value of made) if (storage.startOf(value) !== undefined) wanted.add(value);
  for (const value of made.reverse()) {
    if (!wanted.has(value)) continue;
    const within = value.op === 'reduce' || value.op === 'attains' ? ofMembers([value], computes) : [];
    for (const part of [value, ...within].flatMap(operandsOf)) if (!within.includes(part)) wanted.add(part);
  }
  return wanted;
}

/** What of a loop is of the batch. What is gathered is computed at each element, whatever loop it is of. */
function batchLines(loop: CoarseLoop, computes: readonly Expr[], scope: Scope): readonly string[] {
  const read = (expr: Expr): string => coarseText(expr, scope);
  const keep = (value: Expr, name: string): readonly string[] => {
    scope.locals.set(value, name);
    return scope.storage.startOf(value) === undefined
      ? []
      : [`if (${FIRST_OF_ALL}) { ${shareText(value, 'batch', name, scope)} }`];
  };
  if (loop.over === 'batch') {
    const code = codeFor(loop.computes, [...loop.computes, ...loop.computes], scope, read);
    return [...code.lines, ...loop.computes.flatMap((value) => keep(value, code.text(value)))];
  }
  const folds = loop.folds.filter(({ to }) => to === 'batch');
  if (folds.length === 0 || loop.over === 'peer') return [];
  const code = codeFor(neededFor(folds, computes), folds.flatMap(operandsOf), scope, read);
  const gathered = folds.map((fold) => ({ fold, ...gathering(fold, scope) }));
  return [
    ...gathered.flatMap(({ starts }) => starts),
    ...strided(loop.over, [...code.lines, ...gathered.map(({ add }) => add(code.text))], scope),
    ...gathered.flatMap(({ fold, total }) => {
      const name = scope.fresh(fold, '_in_all');
      return [`let ${name} = ${total};`, ...keep(fold, name)];
    }),
  ];
}

/** Values of the rollout or its group: every lane computes them. */
function ownLines(values: readonly Expr[], scope: Scope): readonly string[] {
  // The walk reads them too, so each has a variable.
  const code = codeFor(values, [...values, ...values], scope, (expr) => coarseText(expr, scope));
  return [
    ...code.lines,
    ...values.flatMap((value) => {
      scope.locals.set(value, code.text(value));
      return shared(value, value.type.level, code.text(value), scope);
    }),
  ];
}

/** What is computed at each rollout of the group, so that it can be gathered. */
const ofMembers = (folds: readonly Fold[], computes: readonly Expr[]): readonly Expr[] =>
  neededFor(
    folds,
    computes.filter(({ type }) => type.level === 'rollout'),
  );

/** What is gathered in the group, by all lanes. */
function groupLines(folds: readonly Fold[], computes: readonly Expr[], scope: Scope): readonly string[] {
  if (folds.length === 0) return [];
  const code = codeFor(ofMembers(folds, computes), folds.flatMap(operandsOf), scope, (expr) =>
    coarseText(expr, scope),
  );
  const gathered = folds.map((fold) => ({ fold, ...gathering(fold, scope) }));
  return [
    ...gathered.flatMap(({ starts }) => starts),
    ...overLanes('b', 'm', [...code.lines, ...gathered.map(({ add }) => add(code.text))], scope),
    ...gathered.flatMap(({ fold, total }) => {
      const name = scope.fresh(fold, '_in_group');
      scope.locals.set(fold, name);
      return [`let ${name} = ${total};`, ...shared(fold, 'group', name, scope)];
    }),
  ];
}

/** Writes a value down that other kernels read: once, by the workgroup of the rollout, or of the first one of its group. */
function shared(value: Expr, level: string, text: string, scope: Scope): readonly string[] {
  if (scope.storage.startOf(value) === undefined) return [];
  const isFirst = level === 'group' ? ` && b == ${memberAt(`u32(${memberStart('g', scope)})`, scope)}` : '';
  return [`if (lane == 0u${isFirst}) { ${shareText(value, level, text, scope)} }`];
}
