/** A fused plan as compute shaders. */
import type { Expr } from '../../ir/expr.js';
import { intern } from '../../ir/graph.js';
import { isPlainCount } from '../../plan/fused/expand.js';
import { readsOf } from '../../plan/fused/fuse.js';
import type { CoarseLoop, FusedPlan, Rows } from '../../plan/fused/program.js';
import { coarseLines, resultLines } from './coarse.js';
import { countingFor } from './counting.js';
import { calledBy } from './functions.js';
import { FIRST_OF_ALL, headOf } from './head.js';
import {
  MOST_STORAGE_BUFFERS,
  type Bound,
  type Kernel,
  type Kernels,
  type NoForm,
  type Relayed,
  type Uniform,
} from './kernel.js';
import { treesFor } from './lanes.js';
import { ROW, countLines, countedLines, inTurn, setLines } from './ordering.js';
import { piecesOf, sharedBetween, type Coarse, type Joining, type Piece } from './pieces.js';
import { rowsLines } from './rows.js';
import { isOfAllTokens, scheduleOf, type Schedule } from './schedule.js';
import { groupOf, scopeFor, usesGroup, wordOf, type Scope } from './scope.js';
import { storageFor, type Storage } from './storage.js';

/** The kernels of a plan, as few as can be printed; or why it has none. */
export function wgslKernels(plan: FusedPlan): Kernels | NoForm {
  const because = missingIn(plan);
  if (because !== undefined) return { because };
  let least = Infinity;
  for (const way of waysOf(plan)) {
    const printed = printedWith(plan, way);
    const most = Math.max(0, ...printed.kernels.map(({ bound }) => bound.length));
    if (most <= MOST_STORAGE_BUFFERS) return printed;
    least = Math.min(least, most);
  }
  return {
    because: `a kernel needs ${least} storage buffers, and no more than ${MOST_STORAGE_BUFFERS} are sure to be had`,
  };
}

/** A way to print a plan, with what is copied into `values` for it. */
interface Way {
  readonly schedule: Schedule;
  readonly pieces: readonly Piece[];
  readonly relayed: readonly Expr[];
}

/** Those with the fewest kernels first, and of as many those that copy nothing. */
function waysOf(plan: FusedPlan): readonly Way[] {
  const both = [true, false];
  const joinings = both.flatMap((heads) => both.map((orderings): Joining => ({ heads, orderings })));
  const printable = both.flatMap((gathered) => {
    const schedule = scheduleOf(plan, gathered);
    return joinings.map((joining) => ({ schedule, pieces: piecesOf(schedule, plan, joining) }));
  });
  return [[], relayable(plan)]
    .flatMap((relayed) => printable.map((way) => ({ ...way, relayed })))
    .sort((a, b) => a.pieces.length - b.pieces.length);
}

/** What of the inputs and of the layout can be copied into `values`, so that kernels are bound to fewer buffers. */
const relayable = ({ outputs }: FusedPlan): readonly Expr[] =>
  intern(outputs.map(({ value }) => value)).nodes.filter(
    (node) =>
      (node.op === 'input' && node.role !== 'param' && node.type.level !== 'token') ||
      (isPlainCount(node) && node.type.level === 'rollout' && node.op === 'reduce' && node.from === 'token'),
  );

function printedWith(plan: FusedPlan, { schedule, pieces, relayed }: Way): Kernels {
  const storage = storageFor(plan, schedule.walks, sharedBetween(pieces, schedule, plan), relayed);
  const uniforms = uniformsOf(plan);
  const members = uniforms.map((uniform, at): Member => ({ uniform, name: memberName(uniform, at) }));
  const paramName = (name: string): string =>
    members.find(({ uniform }) => uniform.kind === 'param' && uniform.name === name)?.name ?? '';
  const kernels = pieces.map((piece) => {
    const scope = scopeFor(plan, storage, new Set(relayed), paramName);
    return kernelOf(bodyOf(piece, scope), scope, members);
  });
  const { extent: values, bins, results } = storage;
  return {
    kernels,
    uniforms,
    values,
    bins,
    relayed: relayed.flatMap((one) => copyOf(one, storage)),
    results,
  };
}

function copyOf(value: Expr, { extentOf }: Storage): readonly Relayed[] {
  const [to, { level }] = [extentOf(value), value.type];
  if (to === undefined || level === 'token' || level === 'peer') return [];
  const from: Relayed['from'] =
    value.op === 'input'
      ? { kind: 'input', name: value.name, isTag: value.type.kind === 'tag', isToken: false }
      : { kind: 'lengths' };
  return [{ from, level, to }];
}

/** The statements of a kernel, and who runs them. */
interface Body {
  readonly workgroups: Kernel['workgroups'];
  readonly lines: readonly string[];
}
const alone = (lines: readonly string[]): Body => ({ workgroups: 'one', lines });

function bodyOf(piece: Piece, scope: Scope): Body {
  switch (piece.kind) {
    case 'one':
      return alone([
        ...piece.coarse.flatMap((coarse) => coarseBlock(coarse, scope)),
        ...(piece.hasResults ? resultLines(scope.storage.copied, scope) : []),
      ]);
    case 'rows':
      return walkBody(piece.rows, piece.head, scope);
    case 'sets': {
      const ahead = headOf(loopsIn(piece.head), [], scope).ofBatch;
      const lines = [...ahead, ...piece.orderings.flatMap((ordering) => setLines(ordering, scope))];
      const group = usesGroup(lines) ? [groupOf(scope)] : [];
      return {
        workgroups: 'rollouts',
        lines: piece.to === 'group' ? [...GROUP, ...lines] : [...ROLLOUT, ...group, ...lines],
      };
    }
    case 'count': {
      const ahead = piece.pass === 0 ? [] : headOf(loopsIn(piece.head), [], scope).ofBatch;
      const lines = piece.orderings.flatMap((ordering) => countLines(ordering, piece.pass, scope));
      return { workgroups: 'few', lines: [...ahead, ...lines] };
    }
  }
}

function coarseBlock(coarse: Coarse, scope: Scope): readonly string[] {
  if (coarse.kind === 'loop') return coarseLines(coarse, scope);
  return isOfAllTokens(coarse) ? countedLines(coarse, 'lane == 0u', scope) : setLines(coarse, scope);
}

const loopsIn = (head: readonly Coarse[]): readonly CoarseLoop[] =>
  head.flatMap((one) => (one.kind === 'loop' ? [one] : []));

function walkBody(rows: Rows, head: readonly Coarse[], scope: Scope): Body {
  const counted = head.flatMap((one) =>
    one.kind === 'quantile' ? countedLines(one, FIRST_OF_ALL, scope) : [],
  );
  const loops = loopsIn(head);
  const { ofBatch, ofRollout } = headOf(loops, readsOf(rows, scope.plan.outputs), scope);
  const lines = rowsLines(rows, ofRollout, scope);
  const ahead = [...counted, ...ofBatch];
  const looksAtAll = counted.length > 0 || loops.some(({ folds }) => folds.some(({ to }) => to === 'batch'));
  return looksAtAll
    ? { workgroups: 'few', lines: [...ahead, ...inTurn([ROW, ...lines])] }
    : { workgroups: 'rollouts', lines: [...ROLLOUT, ...ahead, ...lines] };
}

/** What of a plan cannot be printed. */
function missingIn({ blocks }: FusedPlan): string | undefined {
  for (const block of blocks) {
    if (block.kind !== 'loop' || block.over !== 'peer') continue;
    if (
      block.folds.some((fold) => fold.to !== 'rollout' && (fold.op === 'attains' || fold.reduce === 'first'))
    )
      return 'the first of all pairs has a place of two numbers';
  }
  return undefined;
}

const SIZES = ['rollouts', 'groups', 'positions', 'infinity', 'nan'] as const;
function uniformsOf({ outputs }: FusedPlan): readonly Uniform[] {
  const { nodes } = intern(outputs.map(({ value }) => value));
  const names = new Set(
    nodes.flatMap((node) => (node.op === 'input' && node.role === 'param' ? [node.name] : [])),
  );
  return [
    ...SIZES.map((kind): Uniform => ({ kind })),
    ...[...names].map((name): Uniform => ({ kind: 'param', name })),
  ];
}
/** A number of the uniform buffer, with what it is called. */
interface Member {
  readonly uniform: Uniform;
  readonly name: string;
}
const memberName = (uniform: Uniform, at: number): string =>
  uniform.kind === 'param' ? `${wordOf(uniform.name)}_${at}` : uniform.kind;

/** Which rollout or group a workgroup takes, of one each. */
const ROLLOUT: readonly string[] = [
  'let b = workgroup.x + workgroup.y * workgroups.x;',
  'if (b >= sizes.rollouts) { return; }',
  ROW,
];
const GROUP: readonly string[] = [
  'let g = workgroup.x + workgroup.y * workgroups.x;',
  'if (g >= sizes.groups) { return; }',
];

/** The place of nothing: after all that there are. */
const NOWHERE = 'const NOWHERE = 0x7fffffff;';

/** The token `by` places earlier among those of the rollout that count; negative looks ahead. −1 where there is none. */
const MOVED = `fn moved(i: u32, row: u32, by: i32) -> i32 {
  var at = i32(i);
  var left = abs(by);
  while (left > 0) {
    at -= sign(by);
    if (at < i32(row) || at >= i32(row + sizes.positions)) { return -1; }
    if (mask[at] != 0.0) { left -= 1; }
  }
  return at;
}`;

function kernelOf({ workgroups, lines }: Body, scope: Scope, members: readonly Member[]): Kernel {
  const bound = scope.bound();
  const ids =
    workgroups === 'one'
      ? ''
      : ', @builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) workgroups: vec3u';
  const main = [
    '@compute @workgroup_size(LANES)',
    `fn main(@builtin(local_invocation_index) lane: u32${ids}) {`,
    ...indented(lines),
    '}',
  ].join('\n');
  const trees = treesFor(main);
  const moved = main.includes('moved(') ? [MOVED] : [];
  const counting = countingFor(main);
  const called = calledBy([main, ...trees, ...counting].join('\n'));
  const functions = [...called, ...moved, ...trees, ...counting];
  const constants = [main, ...functions].join('\n').includes('NOWHERE') ? [NOWHERE] : [];
  const struct = [
    'struct Sizes {',
    ...members.map(({ uniform, name }) => `  ${name}: ${isSize(uniform.kind) ? 'u32' : 'f32'},`),
    '}',
  ];
  const bindings = [
    '@group(0) @binding(0) var<uniform> sizes: Sizes;',
    ...bound.map(({ bound: one, name }, at) => {
      const [held, access] = one.kind === 'input' ? [heldBy(one), 'read'] : STORED[one.kind];
      return `@group(0) @binding(${at + 1}) var<storage, ${access}> ${name}: array<${held}>;`;
    }),
  ];
  const parts = [...constants, [...struct, ...bindings].join('\n'), ...functions, main];
  const isWide = /\bWIDTH\b/.test(main) && scope.takesSeveral();
  return { parts, isWide, bound: bound.map(({ bound: one }) => one), workgroups };
}

const heldBy = ({ isTag, isToken }: Extract<Bound, { readonly kind: 'input' }>): string =>
  isToken ? (isTag ? 'Wholes' : 'Reals') : isTag ? 'i32' : 'f32';

const isSize = (kind: Uniform['kind']): boolean =>
  kind === 'rollouts' || kind === 'groups' || kind === 'positions';

const STORED: {
  readonly [kind in Exclude<Bound['kind'], 'input'>]: readonly [
    'f32' | 'i32' | 'u32' | 'atomic<u32>' | 'Reals',
    'read' | 'read_write',
  ];
} = {
  groups: ['i32', 'read'],
  lengths: ['f32', 'read'],
  mask: ['Reals', 'read'],
  values: ['u32', 'read_write'],
  bins: ['atomic<u32>', 'read_write'],
  output: ['Reals', 'read_write'],
};

/** Lines with two spaces for each block that they stand in. */
function indented(lines: readonly string[]): readonly string[] {
  let depth = 1;
  return lines.map((line) => {
    if (line.startsWith('}')) depth -= 1;
    const text = '  '.repeat(depth) + line;
    if (line.endsWith('{')) depth += 1;
    return text;
  });
}
