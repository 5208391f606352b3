/** The share of an iteration's rollouts that one gradient step sees: whole groups, never a part of one. */
import { type Rollouts } from './sample.js';
import { promptLength, rolloutLength } from './task.js';

export interface Minibatch {
  /** B, the number of rollouts. */
  readonly rollouts: number;
  /** T, the positions a rollout may have. */
  readonly positions: number;
  /** Group id of each rollout, [B]. */
  readonly group: readonly number[];
  /** Prompt and rollout, [B, promptLength + T]. */
  readonly tokens: Int32Array;
  /** 1 where a token counts, the end token included, [B, T]. */
  readonly mask: Float32Array;
  readonly samplerLogp: Float32Array; // [B, T]
  readonly referenceLogp: Float32Array; // [B, T]; zeros when nobody reads it
  readonly reward: Float32Array; // [B]
}

/**
 * The groups in `order` cut into `parts` minibatches, ascending inside each, which gives the loss its fastest layout.
 * `referenceLogp`: [all rollouts, T].
 */
export function minibatchesOf(
  rollouts: Rollouts,
  referenceLogp: Float32Array,
  {
    order,
    parts,
    groupSize,
  }: { readonly order: readonly number[]; readonly parts: number; readonly groupSize: number },
): Minibatch[] {
  const share = Math.ceil(order.length / parts);
  return Array.from({ length: parts }, (_, part) =>
    order.slice(part * share, (part + 1) * share).sort((a, b) => a - b),
  )
    .filter((groups) => groups.length > 0)
    .map((groups) => selectGroups(rollouts, referenceLogp, groups, groupSize));
}

function selectGroups(
  all: Rollouts,
  referenceLogp: Float32Array,
  groups: readonly number[],
  groupSize: number,
): Minibatch {
  const rows = groups.flatMap((group) =>
    Array.from({ length: groupSize }, (_, member) => group * groupSize + member),
  );
  const perToken = (values: Float32Array): Float32Array => {
    const picked = new Float32Array(rows.length * rolloutLength);
    rows.forEach((row, at) => {
      picked.set(values.subarray(row * rolloutLength, (row + 1) * rolloutLength), at * rolloutLength);
    });
    return picked;
  };
  const width = promptLength + rolloutLength;
  const tokens = new Int32Array(rows.length * width);
  const mask = new Float32Array(rows.length * rolloutLength);
  rows.forEach((row, at) => {
    tokens.set(all.tokens.subarray(row * width, (row + 1) * width), at * width);
    mask.fill(1, at * rolloutLength, at * rolloutLength + (all.lengths[row] ?? 0));
  });
  return {
    rollouts: rows.length,
    positions: rolloutLength,
    group: groups.flatMap((group) => Array<number>(groupSize).fill(group)),
    tokens,
    mask,
    samplerLogp: perToken(all.logp),
    referenceLogp: perToken(referenceLogp),
    reward: Float32Array.from(rows, (row) => all.reward[row] ?? 0),
  };
}
