/** Group ids are not looked at: the rows are cut into equal blocks, or are all one group. */
import type { Batch } from '../../vectors/vector.js';
import { predicting, type Difference } from '../difference.js';

const WAYS: readonly (readonly [string, (row: number, groups: number, rows: number) => number])[] = [
  [
    'equal blocks of rows',
    (row, groups, rows) => Math.min(groups - 1, Math.floor(row / Math.floor(rows / groups))),
  ],
  ['every groups-th row', (row, groups) => row % groups],
  ['all rows are one group', () => 0],
  ['every row is its own group', (row) => row],
];

export const groupOrder: Difference = {
  name: 'group-order',
  kind: 'use',
  title: 'groups are taken from the order of the rows and not from their ids',
  explanation:
    'A reshape to [groups, size] is right only while every group is complete, of one size, and stands together. Here the ids say otherwise.',
  knownFrom: [
    'REAL’s official code (`view(Q, N // Q)`)',
    'PACS (asserts contiguous groups)',
    'Search-R1 #88 (wrong ids: groups of one), TRL PR #6351, tt-metal PR #46548',
  ],
  hypotheses: (subject) => {
    if (subject.program.inputs.some(({ level }) => level === 'group')) return [];
    return WAYS.map(([label, idOf]) =>
      predicting(subject, label, ({ batch, params }) => {
        const ids = batch['group'] as readonly number[];
        const groups = new Set(ids).size;
        const regrouped: Batch = { ...batch, group: ids.map((_, row) => idOf(row, groups, ids.length)) };
        return subject.evaluate(subject.program, regrouped, params);
      }),
    );
  },
};
