/** Where kernels find what other kernels have left: values coarser than tokens, and numbers of every token. */
import type { Expr } from '../../ir/expr.js';
import type { FusedPlan } from '../../plan/fused/program.js';
import type { Extent, Result } from './kernel.js';
import type { Schedule } from './schedule.js';

export interface Storage {
  /** Where a shared value begins in `values`, as text of a uint32; undefined where it is not shared. */
  readonly startOf: (value: Expr) => string | undefined;
  /** The results that are no token's. */
  readonly results: readonly Result[];
  /** Of those, the ones that have to be written where they stand. */
  readonly copied: readonly Result[];
  readonly extent: Extent;
  /** The row of a token value in `kept`, from 0. */
  readonly rowOf: (value: Expr) => number;
  readonly rows: number;
}

/** One number of the batch, or one for each rollout or group: the how manieth of its kind. */
interface Slot {
  readonly kind: keyof Extent;
  readonly index: number;
}
const KINDS: Readonly<Record<string, keyof Extent>> = { batch: 'numbers', group: 'groups' };

export function storageFor(plan: FusedPlan, { shared, rows }: Schedule): Storage {
  const count = { numbers: 0, rollouts: 0, groups: 0 };
  const take = (level: string): Slot => {
    const kind = KINDS[level] ?? 'rollouts';
    const index = count[kind];
    count[kind] += 1;
    return { kind, index };
  };
  const slots = new Map<Expr, Slot>();
  for (const value of shared) slots.set(value, take(value.op === 'attains' ? value.to : value.type.level));
  const placed = plan.outputs.flatMap(({ level, value }, at) => {
    if (level === 'token') return [];
    const known = value.type.kind === 'real' && value.type.level === level ? slots.get(value) : undefined;
    return [{ at, level, slot: known ?? take(level), isCopied: known === undefined }];
  });
  const extent: Extent = count;
  const results = placed.map(({ at, level, slot }): Result => ({ at, level, from: startOf(slot, extent) }));
  const kept = [
    ...new Set(
      rows.flatMap(({ steps }) =>
        steps.flatMap((step): readonly Expr[] =>
          step.kind === 'tokens' ? [...step.keeps, ...step.stores] : step.kind === 'along' ? [step.node] : [],
        ),
      ),
    ),
  ];
  return {
    startOf: (value) => {
      const slot = slots.get(value);
      return slot === undefined ? undefined : extentText(startOf(slot, extent));
    },
    results,
    copied: results.filter((_, index) => placed[index]?.isCopied),
    extent,
    rowOf: (value) => {
      const row = kept.indexOf(value);
      if (row < 0) throw new Error(`internal: ${value.op} has no row`);
      return row;
    },
    rows: kept.length,
  };
}

/** Numbers of the batch come first, then rows over rollouts, then rows over groups. */
function startOf({ kind, index }: Slot, { numbers, rollouts }: Extent): Extent {
  if (kind === 'numbers') return { numbers: index, rollouts: 0, groups: 0 };
  if (kind === 'rollouts') return { numbers, rollouts: index, groups: 0 };
  return { numbers, rollouts, groups: index };
}

/** An extent as a uint32. */
export const extentText = ({ numbers, rollouts, groups }: Extent): string => {
  const times = (count: number, size: string): readonly string[] =>
    count === 0 ? [] : [count === 1 ? size : `${count}u * ${size}`];
  const parts = [
    ...(numbers === 0 ? [] : [`${numbers}u`]),
    ...times(rollouts, 'sizes.rollouts'),
    ...times(groups, 'sizes.groups'),
  ];
  return parts.length === 0 ? '0u' : parts.join(' + ');
};
