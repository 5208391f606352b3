/** What a loop gathers, in WGSL: variables of a lane, what each element adds, and what all lanes come to. */
import type { ReduceOp } from '../../ir/expr.js';
import type { Fold } from '../../plan/fused/program.js';

/** The variables of one gathering in a lane, the value that is read first; and the texts that use them. */
interface Gathering {
  readonly starts: readonly { readonly suffix: string; readonly start: string }[];
  /** What one element does; `at` is its place, as an int32. */
  readonly add: (cells: readonly string[], x: string, at: string) => string;
  /** What the lane has gathered. */
  readonly own: (cells: readonly string[]) => string;
  /** The value of all lanes, the same in each; all of them have to ask for it. */
  readonly total: (cells: readonly string[]) => string;
}

const firstOf: Gathering['own'] = ([cell = '']) => cell;
const single = (start: string, add: Gathering['add'], total: (cell: string) => string): Gathering => ({
  starts: [{ suffix: '', start }],
  add,
  own: firstOf,
  total: ([cell = '']) => total(cell),
});

const REDUCTIONS: { readonly [op in Exclude<ReduceOp, 'mean' | 'logsumexp' | 'quantile'>]: Gathering } = {
  sum: {
    starts: [{ suffix: '', start: 'Sum(0.0, 0.0, 0u)' }],
    add: ([cell = ''], x) => `sum_up(&${cell}, ${x});`,
    own: ([cell = '']) => `summed(${cell})`,
    total: ([cell = '']) => `sum_of_lanes(lane, summed(${cell}))`,
  },
  max: single(
    '-sizes.infinity',
    ([cell = ''], x) => `${cell} = greater(${cell}, ${x});`,
    (cell) => `greatest_of_lanes(lane, ${cell})`,
  ),
  min: single(
    'sizes.infinity',
    ([cell = ''], x) => `${cell} = lesser(${cell}, ${x});`,
    (cell) => `least_of_lanes(lane, ${cell})`,
  ),
  any: single(
    'false',
    ([cell = ''], x) => `${cell} = ${cell} || ${x};`,
    (cell) => `is_any_of_lanes(lane, ${cell})`,
  ),
  all: single(
    'true',
    ([cell = ''], x) => `${cell} = ${cell} && ${x};`,
    (cell) => `(!is_any_of_lanes(lane, !${cell}))`,
  ),
  first: {
    starts: [
      { suffix: '', start: '0.0' },
      { suffix: '_at', start: 'NOWHERE' },
    ],
    add: ([cell = '', place = ''], x, at) => `if (${place} == NOWHERE) { ${cell} = ${x}; ${place} = ${at}; }`,
    own: firstOf,
    total: ([cell = '', place = '']) => `first_of_lanes(lane, ${cell}, ${place})`,
  },
};

/** The first element that attains the extreme; NaN is one. The place is first, since it is what is read. */
const attained = (extreme: 'max' | 'min'): Gathering => ({
  starts: [
    { suffix: '', start: 'NOWHERE' },
    { suffix: '_best', start: '0.0' },
  ],
  add: ([place = '', best = ''], x, at) =>
    `if (better_at(${x} ${extreme === 'max' ? '>' : '<'} ${best}, ${best}, ${place}, ${x}, ${at})) { ${best} = ${x}; ${place} = ${at}; }`,
  own: firstOf,
  total: ([place = '', best = '']) =>
    `${extreme === 'max' ? 'greatest' : 'least'}_at_of_lanes(lane, ${best}, ${place})`,
});

export function gatheringOf(fold: Fold): Gathering {
  if (fold.op === 'attains') return attained(fold.extreme);
  const { reduce } = fold;
  if (reduce === 'mean' || reduce === 'logsumexp' || reduce === 'quantile')
    throw new Error(`internal: ${reduce} is not gathered in one loop`);
  return REDUCTIONS[reduce];
}

/** One element's part in a gathering, where its condition holds. */
export function addText(
  fold: Fold,
  cells: readonly string[],
  x: string,
  at: string,
  where: string | undefined,
): string {
  const add = gatheringOf(fold).add(cells, x, at);
  return where === undefined ? add : `if (${where}) { ${add} }`;
}

/** What a walk gathers, whose lanes take several tokens at once. */
interface EachGathering {
  readonly starts: Gathering['starts'];
  /** Statements for the tokens from `WIDTH * i` on; those count whose flag is set in `taken`. */
  readonly add: (cells: readonly string[], x: string, taken: string) => readonly string[];
  readonly total: Gathering['total'];
}

const inEach = (
  start: string,
  add: EachGathering['add'],
  total: (cell: string) => string,
): EachGathering => ({
  starts: [{ suffix: '', start }],
  add,
  total: ([cell = '']) => total(cell),
});

const OF_EACH: { readonly [op in ReduceOp]?: EachGathering } = {
  sum: inEach(
    'Sum_each()',
    ([cell = ''], x, taken) => [`sum_up_each(&${cell}, select(Reals(0.0), ${x}, ${taken}));`],
    (cell) => `sum_of_lanes(lane, sum_of(summed_each(${cell})))`,
  ),
  max: inEach(
    'Reals(-sizes.infinity)',
    ([cell = ''], x, taken) => [
      `${cell} = greater_each(${cell}, select(Reals(-sizes.infinity), ${x}, ${taken}));`,
    ],
    (cell) => `greatest_of_lanes(lane, greatest_of(${cell}))`,
  ),
  min: inEach(
    'Reals(sizes.infinity)',
    ([cell = ''], x, taken) => [
      `${cell} = lesser_each(${cell}, select(Reals(sizes.infinity), ${x}, ${taken}));`,
    ],
    (cell) => `least_of_lanes(lane, least_of(${cell}))`,
  ),
  any: inEach(
    'Flags(false)',
    ([cell = ''], x, taken) => [`${cell} = ${cell} | (${x} & ${taken});`],
    (cell) => `is_any_of_lanes(lane, any(${cell}))`,
  ),
  all: inEach(
    'Flags(true)',
    ([cell = ''], x, taken) => [`${cell} = ${cell} & (${x} | !${taken});`],
    (cell) => `(!is_any_of_lanes(lane, !all(${cell})))`,
  ),
};

/** What takes one number after the other does so with those that a lane takes at once. */
const oneByOne = ({ starts, add, total }: Gathering): EachGathering => ({
  starts,
  add: (cells, x, taken) => [
    'for (var part = 0u; part < WIDTH; part += 1u) {',
    `if (!flag_of(${taken}, part)) { continue; }`,
    `let one = real_of(${x}, part);`,
    add(cells, 'one', 'i32(WIDTH * i + part)'),
    '}',
  ],
  total,
});

export const eachGatheringOf = (fold: Fold): EachGathering =>
  (fold.op === 'attains' ? undefined : OF_EACH[fold.reduce]) ?? oneByOne(gatheringOf(fold));
