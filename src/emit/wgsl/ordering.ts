/**
 * Quantiles as the statements of kernels. A set that one workgroup can look through is one kernel's work, with a workgroup
 * for each set; all tokens of the batch are counted by many workgroups, a kernel for each digit.
 */
import type { Expr } from '../../ir/expr.js';
import type { Ordering } from '../../plan/fused/program.js';
import { overLanes, shareText, strided } from './coarse.js';
import { PASSES, addedCounts, loadedCounts } from './counting.js';
import { readToken, takenText, walkLines } from './rows.js';
import { coarseText, groupOf, memberAt, memberStart, usesGroup, type Scope } from './scope.js';

type Node = Ordering['node'];

/** A quantile of each set: of the batch, or of the group `g` or rollout `b` that the workgroup has. */
export function setLines({ node }: Ordering, scope: Scope): readonly string[] {
  const { found, q, lines } = begun(node, scope);
  const passes = [
    `for (var turn = 0u; turn < ${PASSES}u; turn += 1u) {`,
    'clear_counts(lane);',
    ...elementLines(node, `${found}.key`, 'turn', scope),
    `${found} = narrowed(lane, ${found}, ${q}, turn);`,
    '}',
  ];
  return [...lines, ...passes, ...written(node, found, q, 'lane == 0u', scope)];
}

/** Counts the digits of one pass; what the passes before have come to, every workgroup finds again. */
export function countLines({ node }: Ordering, pass: number, scope: Scope): readonly string[] {
  const bins = scope.buffer({ kind: 'bins' });
  const start = scope.storage.binsOf(node);
  const { found, lines } = foundBy(node, pass, scope);
  return [
    ...lines,
    'clear_counts(lane);',
    ...elementLines(node, pass === 0 ? '0u' : `${found}.key`, `${pass}u`, scope),
    ...addedCounts(bins, start, pass),
    'workgroupBarrier();',
  ];
}

/** The quantile of all tokens, when they are counted; `isFirst` says which lane writes it down. */
export function countedLines({ node }: Ordering, isFirst: string, scope: Scope): readonly string[] {
  const { found, q, lines } = foundBy(node, PASSES, scope);
  return [...lines, ...written(node, found, q, isFirst, scope)];
}

interface Begun {
  /** The variables of what is found, and of the share. */
  readonly found: string;
  readonly q: string;
  readonly lines: readonly string[];
}

function begun(node: Node, scope: Scope): Begun {
  if (node.q === undefined) throw new Error('internal: a quantile of no share');
  const [found, q] = [scope.fresh(node, '_found'), scope.fresh(node, '_share')];
  return { found, q, lines: [`let ${q} = ${coarseText(node.q, scope)};`, `var ${found} = Order();`] };
}

function foundBy(node: Node, passes: number, scope: Scope): Begun {
  if (passes === 0) return { found: '', q: '', lines: [] };
  const { found, q, lines } = begun(node, scope);
  return {
    found,
    q,
    lines: [
      ...lines,
      `for (var turn = 0u; turn < ${passes}u; turn += 1u) {`,
      ...loadedCounts(scope.buffer({ kind: 'bins' }), scope.storage.binsOf(node)),
      `${found} = narrowed(lane, ${found}, ${q}, turn);`,
      '}',
    ],
  };
}

function written(node: Node, found: string, q: string, isFirst: string, scope: Scope): readonly string[] {
  const name = scope.fresh(node);
  scope.locals.set(node, name);
  const isShared = scope.storage.startOf(node) !== undefined;
  return [
    `let ${name} = quantile_of(${found}, ${q});`,
    ...(isShared ? [`if (${isFirst}) { ${shareText(node, node.to, name, scope)} }`] : []),
  ];
}

/** Counts every element of a set, lanes taking them in turn. */
function elementLines(node: Node, found: string, pass: string, scope: Scope): readonly string[] {
  const { from, to } = node;
  if (from === 'token') return tokenLines(node, found, pass, scope);
  const body = countText(node, found, pass, (expr) => coarseText(expr, scope));
  if (to === 'batch' && (from === 'group' || from === 'rollout')) return strided(from, body, scope);
  if (from === 'peer' && to === 'rollout')
    return overLanes('o', 'n', ['if (o == b) { continue; }', ...body], scope);
  if (from === 'rollout') return overLanes('b', 'm', body, scope);
  throw new Error(`internal: a quantile of ${from}s in ${to}`);
}

/** What is counted is counted one by one, so that there is nothing in taking several at once. */
function tokenLines(node: Node, found: string, pass: string, scope: Scope): readonly string[] {
  scope.takeOneByOne();
  const before: string[] = [];
  const moves = new Map<number, string>();
  // What is read once for a rollout is in a variable of its loop.
  const own: Scope = { ...scope, locals: new Map(scope.locals) };
  const read = readToken({ scope: own, kept: new Set() }, before, moves);
  const { x, where } = node;
  const taken = takenText(where === undefined ? undefined : read(where));
  const body = [`if (${taken}) { count_one(${read(x)}, ${found}, ${pass}); }`];
  const tokens = [...before, ...walkLines([...moves.values(), ...body], [], scope)];
  if (node.to === 'rollout') return tokens;
  if (node.to === 'group')
    return [
      `for (var m = ${memberStart('g', scope)}; m < ${memberStart('g + 1u', scope)}; m += 1) {`,
      `let b = ${memberAt('u32(m)', scope)};`,
      ROW,
      ...tokens,
      '}',
    ];
  return inTurn([ROW, ...(usesGroup(tokens) ? [groupOf(scope)] : []), ...tokens]);
}

/** Where the rollout `b` begins in [B, T], in so many positions as a lane takes at once. */
export const ROW = 'let row = b * (sizes.positions / WIDTH);';

/** Statements for every rollout, workgroups taking them in turn. */
export const inTurn = (body: readonly string[]): readonly string[] => [
  'for (var b = workgroup.x; b < sizes.rollouts; b += workgroups.x) {',
  ...body,
  '}',
];

function countText(
  { x, where }: Node,
  found: string,
  pass: string,
  read: (expr: Expr) => string,
): readonly string[] {
  const add = `count_one(${read(x)}, ${found}, ${pass});`;
  return [where === undefined ? add : `if (${read(where)}) { ${add} }`];
}
