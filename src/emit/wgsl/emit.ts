/** A fused plan as compute shaders. */
import type { Expr } from '../../ir/expr.js';
import { intern } from '../../ir/graph.js';
import { isPlainCount } from '../../plan/fused/expand.js';
import type { FusedPlan } from '../../plan/fused/program.js';
import { coarseLines, relayLines, resultLines } from './coarse.js';
import { calledBy } from './functions.js';
import {
  MOST_STORAGE_BUFFERS,
  type Bound,
  type Kernel,
  type Kernels,
  type NoForm,
  type Uniform,
} from './kernel.js';
import { treesFor } from './lanes.js';
import { rowsLines } from './rows.js';
import { scheduleOf } from './schedule.js';
import { scopeFor, wordOf, type Scope } from './scope.js';
import { storageFor } from './storage.js';

/** The kernels of a plan, at most one more than twice its walks; or why it has none. */
export function wgslKernels(plan: FusedPlan): Kernels | NoForm {
  const because = missingIn(plan);
  if (because !== undefined) return { because };
  const printed = printedWith(plan, []);
  if (mostBound(printed) <= MOST_STORAGE_BUFFERS) return printed;
  const relaying = printedWith(plan, relayable(plan));
  const most = mostBound(relaying);
  if (most <= MOST_STORAGE_BUFFERS) return relaying;
  return {
    because: `a kernel needs ${most} storage buffers, and no more than ${MOST_STORAGE_BUFFERS} are sure to be had`,
  };
}

const mostBound = ({ kernels }: Kernels): number => Math.max(0, ...kernels.map(({ bound }) => bound.length));

/** What of the inputs and of the layout the first kernel can leave to the others in `values`. */
const relayable = ({ outputs }: FusedPlan): readonly Expr[] =>
  intern(outputs.map(({ value }) => value)).nodes.filter(
    (node) =>
      (node.op === 'input' && node.role !== 'param' && node.type.level !== 'token') ||
      (isPlainCount(node) && node.type.level === 'rollout' && node.op === 'reduce' && node.from === 'token'),
  );

function printedWith(plan: FusedPlan, relayed: readonly Expr[]): Kernels {
  const schedule = scheduleOf(plan);
  const storage = storageFor(plan, schedule, relayed);
  const uniforms = uniformsOf(plan);
  const members = uniforms.map((uniform, at): Member => ({ uniform, name: memberName(uniform, at) }));
  const paramName = (name: string): string =>
    members.find(({ uniform }) => uniform.kind === 'param' && uniform.name === name)?.name ?? '';
  const print = (
    workgroups: Kernel['workgroups'],
    found: readonly Expr[],
    lines: (scope: Scope) => readonly string[],
  ): readonly Kernel[] => {
    const scope = scopeFor(plan, storage, new Set(found), paramName);
    const body = lines(scope);
    return body.length === 0 ? [] : [kernelOf(workgroups, body, scope, members)];
  };
  const kernels = schedule.stretches.flatMap((loops, at) => {
    const rows = schedule.rows[at];
    return [
      ...print('one', at === 0 ? [] : relayed, (scope) => [
        ...(at === 0 ? relayLines(relayed, scope) : []),
        ...loops.flatMap((loop) => coarseLines(loop, scope)),
        ...(at === schedule.end ? resultLines(storage.copied, scope) : []),
      ]),
      ...(rows === undefined ? [] : print('rollouts', relayed, (scope) => rowsLines(rows, scope))),
    ];
  });
  return { kernels, uniforms, values: storage.extent, results: storage.results };
}

/** What of a plan cannot be printed. */
function missingIn({ blocks }: FusedPlan): string | undefined {
  for (const block of blocks) {
    if (block.kind === 'quantile') return 'a quantile sorts, and no kernel does';
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

/** Which rollout a workgroup takes, and where it begins in [B, T]. */
const ROLLOUT: readonly string[] = [
  'let b = workgroup.x + workgroup.y * workgroups.x;',
  'if (b >= sizes.rollouts) { return; }',
  'let row = b * sizes.positions;',
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

function kernelOf(
  workgroups: Kernel['workgroups'],
  lines: readonly string[],
  scope: Scope,
  members: readonly Member[],
): Kernel {
  const bound = scope.bound();
  const ids =
    workgroups === 'one'
      ? ''
      : ', @builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) workgroups: vec3u';
  const main = [
    '@compute @workgroup_size(LANES)',
    `fn main(@builtin(local_invocation_index) lane: u32${ids}) {`,
    ...indented(workgroups === 'one' ? lines : [...ROLLOUT, ...lines]),
    '}',
  ].join('\n');
  const trees = treesFor(main);
  const moved = main.includes('moved(') ? [MOVED] : [];
  const functions = [...calledBy([main, ...trees].join('\n')), ...moved, ...trees];
  const constants = [main, ...functions].join('\n').includes('NOWHERE') ? [NOWHERE] : [];
  const struct = [
    'struct Sizes {',
    ...members.map(({ uniform, name }) => `  ${name}: ${isSize(uniform.kind) ? 'u32' : 'f32'},`),
    '}',
  ];
  const bindings = [
    '@group(0) @binding(0) var<uniform> sizes: Sizes;',
    ...bound.map(({ bound: one, name }, at) => {
      const [type, access] = STORED[one.kind];
      const held = one.kind === 'input' && one.isTag ? 'i32' : type;
      return `@group(0) @binding(${at + 1}) var<storage, ${access}> ${name}: array<${held}>;`;
    }),
  ];
  const parts = [...constants, [...struct, ...bindings].join('\n'), ...functions, main];
  return { parts, bound: bound.map(({ bound: one }) => one), workgroups };
}

const isSize = (kind: Uniform['kind']): boolean =>
  kind === 'rollouts' || kind === 'groups' || kind === 'positions';

const STORED: { readonly [kind in Bound['kind']]: readonly ['f32' | 'i32' | 'u32', 'read' | 'read_write'] } =
  {
    groups: ['i32', 'read'],
    lengths: ['f32', 'read'],
    mask: ['f32', 'read'],
    input: ['f32', 'read'],
    values: ['u32', 'read_write'],
    output: ['f32', 'read_write'],
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
