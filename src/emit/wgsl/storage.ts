/** Where kernels find what other kernels have left: values coarser than tokens, and numbers of every token. */
import type { Expr } from '../../ir/expr.js';
import type { FusedPlan } from '../../plan/fused/program.js';
import { BINS_OF_ONE } from './counting.js';
import type { Extent, Result } from './kernel.js';
import { isCopied, isOfAllTokens, type Walk } from './schedule.js';

export interface Storage {
  /** Where a shared value begins in `values`, as text of a uint32; undefined where it is not shared. */
  readonly startOf: (value: Expr) => string | undefined;
  /** The same, as so many numbers. */
  readonly extentOf: (value: Expr) => Extent | undefined;
  /** The results that are no token's. */
  readonly results: readonly Result[];
  /** Of those, the ones that have to be written where they stand. */
  readonly copied: readonly Result[];
  readonly extent: Extent;
  /** Where the numbers of a value at every token begin in `values`. */
  readonly rowOf: (value: Expr) => string;
  /** Where the counts of a quantile of all tokens begin in `bins`. */
  readonly binsOf: (quantile: Expr) => number;
  /** The size of `bins`. */
  readonly bins: number;
}

/** One number of the batch, or one for each rollout or group: the how manieth of its kind. */
interface Slot {
  readonly kind: keyof Extent;
  readonly index: number;
}
const KINDS: Readonly<Record<string, keyof Extent>> = { batch: 'numbers', group: 'groups', token: 'tokens' };

/** `shared` are the values that stand in `values`, and `relayed` those at hand that are copied there first. */
export function storageFor(
  plan: FusedPlan,
  walks: readonly Walk[],
  shared: ReadonlySet<Expr>,
  relayed: readonly Expr[],
): Storage {
  const count = { numbers: 0, rollouts: 0, groups: 0, tokens: 0 };
  const take = (level: string): Slot => {
    const kind = KINDS[level] ?? 'rollouts';
    const index = count[kind];
    count[kind] += 1;
    return { kind, index };
  };
  const slots = new Map<Expr, Slot>();
  for (const value of [...shared, ...relayed])
    slots.set(value, take(value.op === 'attains' ? value.to : value.type.level));
  const placed = plan.outputs.flatMap((output, at) => {
    const { level, value } = output;
    if (level === 'token') return [];
    const known = isCopied(output, shared) ? undefined : slots.get(value);
    return [{ at, level, slot: known ?? take(level), isCopied: known === undefined }];
  });
  const rows = new Map(keptBy(walks).map((value) => [value, take('token')]));
  const counted = walks.flatMap((walk) =>
    walk.kind === 'orderings' ? walk.all.filter(isOfAllTokens).map(({ node }): Expr => node) : [],
  );
  const extent: Extent = count;
  const results = placed.map(({ at, level, slot }): Result => ({ at, level, from: startOf(slot, extent) }));
  const extentOf = (value: Expr): Extent | undefined => {
    const slot = slots.get(value);
    return slot === undefined ? undefined : startOf(slot, extent);
  };
  return {
    startOf: (value) => {
      const own = extentOf(value);
      return own === undefined ? undefined : extentText(own);
    },
    extentOf,
    results,
    copied: results.filter((_, index) => placed[index]?.isCopied),
    extent,
    rowOf: (value) => {
      const slot = rows.get(value);
      if (slot === undefined) throw new Error(`internal: ${value.op} has no row`);
      return extentText(startOf(slot, extent));
    },
    binsOf: (quantile) => BINS_OF_ONE * counted.indexOf(quantile),
    bins: BINS_OF_ONE * counted.length,
  };
}

/** Token values of which walks keep a number for every token. */
const keptBy = (walks: readonly Walk[]): readonly Expr[] => [
  ...new Set(
    walks.flatMap((walk) =>
      walk.kind === 'orderings'
        ? []
        : walk.steps.flatMap((step): readonly Expr[] =>
            step.kind === 'tokens'
              ? [...step.keeps, ...step.stores]
              : step.kind === 'along'
                ? [step.node]
                : [],
          ),
    ),
  ),
];

/** Numbers of the batch come first, then rows over rollouts, then over groups, then over tokens. */
const ORDER: readonly (keyof Extent)[] = ['numbers', 'rollouts', 'groups', 'tokens'];
function startOf({ kind, index }: Slot, extent: Extent): Extent {
  const place = ORDER.indexOf(kind);
  const before = (own: keyof Extent): number =>
    own === kind ? index : ORDER.indexOf(own) < place ? extent[own] : 0;
  return {
    numbers: before('numbers'),
    rollouts: before('rollouts'),
    groups: before('groups'),
    tokens: before('tokens'),
  };
}

/** An extent as a uint32. */
export function extentText({ numbers, rollouts, groups, tokens }: Extent): string {
  const times = (count: number, size: string): readonly string[] =>
    count === 0 ? [] : [count === 1 ? size : `${count}u * ${size}`];
  const parts = [
    ...(numbers === 0 ? [] : [`${numbers}u`]),
    ...times(rollouts, 'sizes.rollouts'),
    ...times(groups, 'sizes.groups'),
    ...times(tokens, 'sizes.rollouts * sizes.positions'),
  ];
  return parts.length === 0 ? '0u' : parts.join(' + ');
}
