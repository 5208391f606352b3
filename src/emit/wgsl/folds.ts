/**
 * What a loop gathers, in WGSL: variables of a lane, what elements add, and what all lanes come to. A coarse loop takes one
 * element after the other; a walk, whose gatherings end in `_each`, as many tokens as a lane takes at once.
 */
import type { ReduceOp } from '../../ir/expr.js';
import type { Fold } from '../../plan/fused/program.js';

/** The variables of one gathering in a lane, the value that is read first; and the texts that use them. */
interface Cells {
  readonly starts: readonly { readonly suffix: string; readonly start: string }[];
  /** The value of all lanes, the same in each; all of them have to ask for it. */
  readonly total: (cells: readonly string[]) => string;
}
interface Gathering extends Cells {
  /** What one element does; `at` is its place, as an int32. */
  readonly add: (cells: readonly string[], x: string, at: string) => string;
  /** What the lane has gathered. */
  readonly own: (cells: readonly string[]) => string;
}
/** What a walk gathers. */
interface EachGathering extends Cells {
  /** Statements for the tokens from `WIDTH * i` on; those are gathered whose flag is set in `taken`. */
  readonly add: (cells: readonly string[], x: string, taken: string) => readonly string[];
}

/** A reduction that may be done in any order, and of parts. */
interface Merge {
  readonly type: 'Reals' | 'Flags';
  /** What changes nothing, of one number. */
  readonly neutral: string;
  /** What a variable starts with, where it is no such number; `end` is how the names of a walk end. */
  readonly start?: (end: End) => string;
  readonly add: (cell: string, x: string, end: End) => string;
  readonly own?: (cell: string, end: End) => string;
  /** Of the parts of one variable, and of the lanes. */
  readonly ofParts: (all: string) => string;
  readonly ofLanes: (own: string) => string;
}
type End = '' | '_each';

const MERGES: { readonly [op in 'sum' | 'max' | 'min' | 'any' | 'all']: Merge } = {
  sum: {
    type: 'Reals',
    neutral: '0.0',
    start: (end) => `Sum${end}()`,
    add: (cell, x, end) => `sum_up${end}(&${cell}, ${x});`,
    own: (cell, end) => `summed${end}(${cell})`,
    ofParts: (all) => `sum_of(${all})`,
    ofLanes: (own) => `sum_of_lanes(lane, ${own})`,
  },
  max: {
    type: 'Reals',
    neutral: '-sizes.infinity',
    add: (cell, x, end) => `${cell} = greater${end}(${cell}, ${x});`,
    ofParts: (all) => `greatest_of(${all})`,
    ofLanes: (own) => `greatest_of_lanes(lane, ${own})`,
  },
  min: {
    type: 'Reals',
    neutral: 'sizes.infinity',
    add: (cell, x, end) => `${cell} = lesser${end}(${cell}, ${x});`,
    ofParts: (all) => `least_of(${all})`,
    ofLanes: (own) => `least_of_lanes(lane, ${own})`,
  },
  any: {
    type: 'Flags',
    neutral: 'false',
    add: (cell, x) => `${cell} = ${cell} | ${x};`,
    ofParts: (all) => `any(${all})`,
    ofLanes: (own) => `is_any_of_lanes(lane, ${own})`,
  },
  all: {
    type: 'Flags',
    neutral: 'true',
    add: (cell, x) => `${cell} = ${cell} & ${x};`,
    ofParts: (all) => `all(${all})`,
    ofLanes: (own) => `(!is_any_of_lanes(lane, !${own}))`,
  },
};

/** One element after the other. */
function inTurn({ neutral, start, add, own = (cell) => cell, ofLanes }: Merge): Gathering {
  return {
    starts: [{ suffix: '', start: start?.('') ?? neutral }],
    add: ([cell = ''], x) => add(cell, x, ''),
    own: ([cell = '']) => own(cell, ''),
    total: ([cell = '']) => ofLanes(own(cell, '')),
  };
}

/** So many tokens at once, what is not taken being put for what changes nothing. */
function inParts({
  type,
  neutral,
  start,
  add,
  own = (cell) => cell,
  ofParts,
  ofLanes,
}: Merge): EachGathering {
  const nothing = `${type}(${neutral})`;
  return {
    starts: [{ suffix: '', start: start?.('_each') ?? nothing }],
    add: ([cell = ''], x, taken) => [add(cell, `select(${nothing}, ${x}, ${taken})`, '_each')],
    total: ([cell = '']) => ofLanes(ofParts(own(cell, '_each'))),
  };
}

const firstOf: Gathering['own'] = ([cell = '']) => cell;

const FIRST: Gathering = {
  starts: [
    { suffix: '', start: '0.0' },
    { suffix: '_at', start: 'NOWHERE' },
  ],
  add: ([cell = '', place = ''], x, at) => `if (${place} == NOWHERE) { ${cell} = ${x}; ${place} = ${at}; }`,
  own: firstOf,
  total: ([cell = '', place = '']) => `first_of_lanes(lane, ${cell}, ${place})`,
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

function reductionOf(reduce: ReduceOp): Merge | 'first' {
  if (reduce === 'mean' || reduce === 'logsumexp' || reduce === 'quantile')
    throw new Error(`internal: ${reduce} is not gathered in one loop`);
  return reduce === 'first' ? reduce : MERGES[reduce];
}

/** How a coarse loop gathers. Means, quantiles and sums of exponentials are expanded before. */
export function gatheringOf(fold: Fold): Gathering {
  if (fold.op === 'attains') return attained(fold.extreme);
  const merge = reductionOf(fold.reduce);
  return merge === 'first' ? FIRST : inTurn(merge);
}

/** How a walk gathers: at once what needs no order, and else one by one. */
export function eachGatheringOf(fold: Fold): EachGathering {
  if (fold.op === 'attains') return oneByOne(attained(fold.extreme));
  const merge = reductionOf(fold.reduce);
  return merge === 'first' ? oneByOne(FIRST) : inParts(merge);
}
