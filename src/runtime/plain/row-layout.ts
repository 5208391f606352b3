/** Where the tokens that count stand, and which rollouts are of one group: for code that walks over plain arrays. */
import { BatchError } from '../batch-error.js';
import type { InputSpec } from '../specs.js';
import { checkGroup } from '../validate.js';

export interface RowLayout {
  /** B, P and T. */
  readonly rollouts: number;
  readonly groups: number;
  readonly positions: number;
  /** [B] the group of each rollout; groups in ascending order of id. */
  readonly groupOf: Int32Array;
  /** [B] the rollouts of the first group, in order of row, then those of the second, and so on. */
  readonly members: Int32Array;
  /** [P + 1] where in `members` each group begins. */
  readonly memberStart: Int32Array;
  /** [B] the number of tokens of each rollout that count. */
  readonly lengths: Int32Array;
  /** [B + 1] which runs are each rollout's: tokens that count and stand side by side. */
  readonly runOf: Int32Array;
  /** Where each run begins and ends, in [B, T] read row by row. */
  readonly runStart: Int32Array;
  readonly runEnd: Int32Array;
}

/**
 * The layout of B rollouts with ids of groups, and of a mask [B, T] read row by row, 1 where a token counts; without one
 * there is no token.
 */
export function rowLayout(group: ArrayLike<number>, mask: ArrayLike<number> | undefined): RowLayout {
  const { rollouts } = checkGroup(group);
  const positions = mask === undefined ? 0 : mask.length / rollouts;
  if (!Number.isInteger(positions))
    throw new BatchError(
      'mask',
      `\`mask\` has ${String(mask?.length)} numbers, expected as many for each of the ${String(rollouts)} rollouts`,
    );
  return { rollouts, positions, ...groupsOf(group), ...runsOf(mask ?? [], rollouts, positions) };
}

/** Whether every position counts, so that walks leave none of a result out. */
export const isWhole = ({
  rollouts,
  positions,
  lengths,
}: Pick<RowLayout, 'rollouts' | 'positions' | 'lengths'>): boolean =>
  lengths.reduce((total, length) => total + length, 0) === rollouts * positions;

/** Throws a `BatchError` where an input has another number of elements than the layout: kernels read as many as that says. */
export function demandSize(
  { name, level }: InputSpec,
  size: number,
  { rollouts, groups, positions }: Pick<RowLayout, 'rollouts' | 'groups' | 'positions'>,
): void {
  const expected = { token: rollouts * positions, rollout: rollouts, group: groups, batch: 1 }[level];
  if (size !== expected)
    throw new BatchError(name, `\`${name}\` has ${String(size)} numbers, expected ${String(expected)}`);
}

function groupsOf(
  group: ArrayLike<number>,
): Pick<RowLayout, 'groups' | 'groupOf' | 'members' | 'memberStart'> {
  const ids = Array.from(group);
  const ascending = [...new Set(ids)].sort((a, b) => a - b);
  const placeOf = new Map(ascending.map((id, at) => [id, at]));
  const groupOf = Int32Array.from(ids, (id) => placeOf.get(id) ?? 0);
  const memberStart = new Int32Array(ascending.length + 1);
  for (const own of groupOf) memberStart[own + 1] = (memberStart[own + 1] ?? 0) + 1;
  for (let at = 0; at < ascending.length; at += 1)
    memberStart[at + 1] = (memberStart[at + 1] ?? 0) + (memberStart[at] ?? 0);
  const next = memberStart.slice();
  const members = new Int32Array(ids.length);
  groupOf.forEach((own, row) => {
    const at = next[own] ?? 0;
    members[at] = row;
    next[own] = at + 1;
  });
  return { groups: ascending.length, groupOf, members, memberStart };
}

function runsOf(
  mask: ArrayLike<number>,
  rollouts: number,
  positions: number,
): Pick<RowLayout, 'lengths' | 'runOf' | 'runStart' | 'runEnd'> {
  const lengths = new Int32Array(rollouts);
  const runOf = new Int32Array(rollouts + 1);
  const starts: number[] = [];
  const ends: number[] = [];
  for (let row = 0; row < rollouts; row += 1) {
    const end = (row + 1) * positions;
    let length = 0;
    for (let at = row * positions; at < end; at += 1) {
      if (mask[at] === 0) continue;
      starts.push(at);
      while (at < end && mask[at] !== 0) at += 1;
      ends.push(at);
      length += at - (starts.at(-1) ?? at);
    }
    lengths[row] = length;
    runOf[row + 1] = starts.length;
  }
  return { lengths, runOf, runStart: Int32Array.from(starts), runEnd: Int32Array.from(ends) };
}
