/** Every rollout beside the others of its group: a table with a row per rollout, its others in order, then padding. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';

/** The tables of a batch. What is not plain data is made when it is first read. */
export interface Peers {
  /** O, the width: the most others that any rollout has, and 1 where none has any. */
  readonly width: number;
  /** How many others every rollout has, where all have as many. */
  readonly each: number | undefined;
  /** [B, O] the row of each other; 0 at padding. */
  readonly rows: tf.Tensor2D;
  /** [B, O] bool, false at padding. */
  readonly isPeer: tf.Tensor2D;
  /** [B, O] where in the table, read row by row, the same two rollouts stand with the other one first. */
  readonly opposites: tf.Tensor2D;
  /** [B, 1] how many others each rollout has. */
  readonly counts: tf.Tensor2D;
  /** [1, O] */
  readonly ones: tf.Tensor2D;
  /** [B, O] */
  readonly zeros: tf.Tensor2D;
}

/** Makes a tensor once, when it is first asked for, and lets the layout free it. */
export type Keep = <T extends tf.Tensor>(make: () => T) => () => T;

/** `rows` are those of each group, in order; `groupOf` is the group of each row. */
export function peerTables(
  rows: readonly (readonly number[])[],
  groupOf: readonly number[],
  kept: Keep,
): Peers {
  const others = groupOf.map((group, row) => (rows[group] ?? []).filter((one) => one !== row));
  const width = Math.max(1, ...others.map((one) => one.length));
  const each = others.every((one) => one.length === others[0]?.length) ? others[0]?.length : undefined;
  const shape: [number, number] = [others.length, width];
  const table = (entry: (row: number, other: number) => number): number[][] =>
    others.map((own, row) =>
      Array.from({ length: width }, (_, at) => {
        const other = own[at];
        return other === undefined ? 0 : entry(row, other);
      }),
    );
  const tables = {
    rows: kept(() =>
      tf.tensor2d(
        table((_, other) => other),
        shape,
        'int32',
      ),
    ),
    isPeer: kept(() =>
      tf.tensor2d(
        table(() => 1),
        shape,
        'bool',
      ),
    ),
    opposites: kept(() =>
      tf.tensor2d(
        table((row, other) => other * width + (others[other]?.indexOf(row) ?? 0)),
        shape,
        'int32',
      ),
    ),
    counts: kept(() =>
      tf.tensor2d(
        others.map((own) => own.length),
        [others.length, 1],
      ),
    ),
    ones: kept(() => tf.ones<tf.Rank.R2>([1, width])),
    zeros: kept(() => tf.zeros<tf.Rank.R2>(shape)),
  };
  return {
    width,
    each,
    get rows() {
      return tables.rows();
    },
    get isPeer() {
      return tables.isPeer();
    },
    get opposites() {
      return tables.opposites();
    },
    get counts() {
      return tables.counts();
    },
    get ones() {
      return tables.ones();
    },
    get zeros() {
      return tables.zeros();
    },
  };
}

/** A value per rollout as each other one has it: [B, 1] → [B, O]. */
export const ofOthers = (x: tf.Tensor, layout: Layout): tf.Tensor =>
  tf.tidy(() => tf.gather(tf.reshape(x, [layout.rollouts]), layout.peers.rows));

/** A value per peer as the other one has it of this one: [B, O] → [B, O]. */
export const exchanged = (x: tf.Tensor, layout: Layout): tf.Tensor =>
  tf.tidy(() => tf.gather(tf.reshape(x, [-1]), layout.peers.opposites));
