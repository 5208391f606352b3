/** What a loop gathers: how it starts, what each element adds, and what a set of elements comes to. */
import type { ReduceOp } from '../../ir/expr.js';
import type { Fold } from '../../plan/fused/program.js';

/** The statements of one gathering into variables, or elements of arrays. */
export interface Gathering {
  /** Where the value is gathered, with what it starts from. */
  readonly cells: readonly {
    readonly suffix: string;
    readonly start: string;
    readonly array: 'realArray' | 'flagArray' | 'placeArray';
  }[];
  /** What one element does; `cells` are the places in their order, `at` counts the elements. */
  readonly add: (cells: readonly string[], x: string, at: string) => string;
}

const plain = (
  start: string,
  add: (cell: string, x: string) => string,
  array: 'realArray' | 'flagArray' = 'realArray',
): Gathering => ({
  cells: [{ suffix: '', start, array }],
  add: ([cell = ''], x) => add(cell, x),
});

const REDUCTIONS: { readonly [op in Exclude<ReduceOp, 'mean' | 'logsumexp' | 'quantile'>]: Gathering } = {
  sum: plain('0', (cell, x) => `${cell} += ${x};`),
  max: plain('-Infinity', (cell, x) => `${cell} = Math.max(${cell}, ${x});`),
  min: plain('Infinity', (cell, x) => `${cell} = Math.min(${cell}, ${x});`),
  any: plain('0', (cell, x) => `if (${x}) ${cell} = 1;`, 'flagArray'),
  all: plain('1', (cell, x) => `if (!${x}) ${cell} = 0;`, 'flagArray'),
  first: {
    cells: [
      { suffix: '', start: '0', array: 'realArray' },
      { suffix: '_seen', start: '0', array: 'flagArray' },
    ],
    add: ([cell = '', seen = ''], x) => `if (${seen} === 0) { ${cell} = ${x}; ${seen} = 1; }`,
  },
};

/** The first element that attains the extreme; NaN is one. The place is first, since it is what is read. */
const attained = (extreme: 'max' | 'min'): Gathering => ({
  cells: [
    { suffix: '', start: '-1', array: 'placeArray' },
    { suffix: '_best', start: '0', array: 'realArray' },
  ],
  add: ([place = '', best = ''], x, at) => {
    const better = `${x} ${extreme === 'max' ? '>' : '<'} ${best}`;
    const isFirstNaN = `Number.isNaN(${x}) && !Number.isNaN(${best})`;
    return `if (${place} < 0 || ${better} || (${isFirstNaN})) { ${place} = ${at}; ${best} = ${x}; }`;
  },
});

export function gatheringOf(fold: Fold): Gathering {
  if (fold.op === 'attains') return attained(fold.extreme);
  const { reduce } = fold;
  if (reduce === 'mean' || reduce === 'logsumexp' || reduce === 'quantile')
    throw new Error(`internal: ${reduce} is not gathered in one loop`);
  return REDUCTIONS[reduce];
}

/** One element's part in a gathering, where its condition holds. */
export const addText = (
  fold: Fold,
  cells: readonly string[],
  x: string,
  at: string,
  where: string | undefined,
): string => {
  const add = gatheringOf(fold).add(cells, x, at);
  return where === undefined ? add : `if (${where}) { ${add} }`;
};
