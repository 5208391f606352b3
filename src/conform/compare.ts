/** Found numbers against expected ones: what differs, and where it first does. */
import { isList, leavesOf, membersOf } from '../vectors/tree.js';
import type { Tolerance, Tree } from '../vectors/vector.js';

export type Part = 'loss' | 'grad' | 'metrics';

/** Results as an implementation gives them: anything may be missing. */
export type Found = { readonly [part in Part]?: Tree };

export interface Mismatch {
  readonly part: Part;
  /** Names and positions from the part on: input, row, position. */
  readonly path: readonly (string | number)[];
  /** `finite` and `not finite` say what was found where the opposite is right. */
  readonly kind: 'value' | 'missing' | 'shape' | 'finite' | 'not finite';
  /** A number, or what stands in place of one, in words. */
  readonly expected: number | string;
  readonly found: number | string;
}
export interface Comparison {
  readonly entries: number;
  readonly wrong: readonly Mismatch[];
}

/** Compares loss and gradients, and the metrics that were given; losses come first. */
export function compare(
  expected: { readonly loss: Tree; readonly grad: Tree; readonly metrics?: Tree },
  found: Found,
  tolerance: Tolerance,
): Comparison {
  const wrong: Mismatch[] = [];
  let entries = 0;
  const walk = (part: Part, path: Mismatch['path'], want: Tree, got: Tree | undefined): void => {
    const fault = typeof want === 'number' ? faultOf(want, got, tolerance) : shapeFault(want, got);
    entries += typeof want === 'number' ? 1 : got === undefined ? leavesOf(want).length : 0;
    if (fault !== undefined) wrong.push({ part, path, ...fault });
    if (typeof want === 'number' || fault !== undefined) return;
    for (const [key, one] of membersOf(want)) walk(part, [...path, key], one, memberOf(got, key));
  };
  walk('loss', [], expected.loss, found.loss);
  walk('grad', [], expected.grad, found.grad);
  for (const [name, one] of membersOf(found.metrics ?? {})) {
    const want = memberOf(expected.metrics, name);
    if (want !== undefined) walk('metrics', [name], want, one);
  }
  return { entries, wrong };
}

/** Whether loss and gradients are those of a prediction. */
export const agree = (
  expected: { readonly loss: Tree; readonly grad: Tree },
  { loss, grad }: Found,
  tolerance: Tolerance,
): boolean =>
  compare(
    expected,
    { ...(loss === undefined ? {} : { loss }), ...(grad === undefined ? {} : { grad }) },
    tolerance,
  ).wrong.length === 0;

function memberOf(tree: Tree | undefined, key: string | number): Tree | undefined {
  if (tree === undefined || typeof tree === 'number') return undefined;
  if (isList(tree)) return typeof key === 'number' ? tree[key] : undefined;
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

type Fault = Pick<Mismatch, 'kind' | 'expected' | 'found'>;

/** Where the reference itself overflows, any infinity or NaN is right: which one depends on the order of operations. */
function faultOf(expected: number, got: Tree | undefined, { rtol, atol }: Tolerance): Fault | undefined {
  if (typeof got !== 'number')
    return { kind: got === undefined ? 'missing' : 'shape', expected, found: wordsFor(got) };
  const isFinite = Number.isFinite(got);
  if (isFinite !== Number.isFinite(expected))
    return { kind: isFinite ? 'finite' : 'not finite', expected, found: got };
  const isClose = !isFinite || Math.abs(got - expected) <= atol + rtol * Math.abs(expected);
  return isClose ? undefined : { kind: 'value', expected, found: got };
}

/** Lists have the same length; an object may hold more than is asked for. */
function shapeFault(want: Exclude<Tree, number>, got: Tree | undefined): Fault | undefined {
  const words = { expected: wordsFor(want), found: wordsFor(got) };
  if (got === undefined) return { kind: 'missing', ...words };
  const isSame = isList(want)
    ? typeof got !== 'number' && isList(got) && got.length === want.length
    : !isList(got);
  return isSame && typeof got !== 'number' ? undefined : { kind: 'shape', ...words };
}

function wordsFor(tree: Tree | undefined): string {
  if (tree === undefined) return 'nothing';
  if (typeof tree === 'number') return 'a number';
  return isList(tree)
    ? `a list of ${tree.length}`
    : `an object with ${Object.keys(tree).join(', ') || 'no member'}`;
}

/** |found − expected| / |expected|; `undefined` where they are no two finite numbers, or the expected one is 0. */
export function relativeError({ expected, found }: Mismatch): number | undefined {
  if (typeof expected !== 'number' || typeof found !== 'number' || expected === 0) return undefined;
  const error = Math.abs(found - expected) / Math.abs(expected);
  return Number.isFinite(error) ? error : undefined;
}
