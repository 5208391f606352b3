/** Where the loss bends as the model moves, and values of the model just before and just behind such a place. */
import type { DenseValue } from '../batch/dense.js';
import { ancestors, type Ragged } from '../base/ragged.js';
import { isFiner, LEVELS, type Level } from '../base/level.js';
import { sub } from '../ir/build.js';
import { evaluate, type Values } from '../ir/eval.js';
import { isBinary, isTernary, type Expr } from '../ir/expr.js';
import { intern, operandsOf } from '../ir/graph.js';
import { printExpr } from '../ir/print.js';
import type { DrawnInput } from './scene.js';

/** `side` is 0 at the kink. */
export interface Kink {
  readonly text: string;
  readonly side: Expr;
  /** That of `side`. */
  readonly level: Level;
}

const CHOOSING: readonly Expr['op'][] = ['min', 'max', 'lt', 'le', 'gt', 'ge'];

/** The kinks under the roots that a model output moves, each once. */
export function kinksOf(roots: readonly Expr[]): readonly Kink[] {
  const { nodes } = intern(roots);
  const moved = new Set<Expr>();
  for (const node of nodes)
    if ((node.op === 'input' && node.role === 'model') || operandsOf(node).some((one) => moved.has(one)))
      moved.add(node);
  const kinks = nodes.flatMap((node) =>
    sidesOf(node).flatMap((side) => {
      const level = levelOf(side);
      return level === undefined ? [] : [{ text: worded(node), side, level }];
    }),
  );
  const isMoved = ({ side }: Kink): boolean =>
    operandsOf(side).some((one) => moved.has(one)) || moved.has(side);
  return kinks.filter(isMoved);
}

/** The level of a batch at which a value lives; nothing where it lives at one inside a reduction only. */
export function levelOf({ type }: Expr): Level | undefined {
  const own: string = type.level;
  return LEVELS.find((level) => level === own);
}

function sidesOf(node: Expr): readonly Expr[] {
  if (isTernary(node)) return node.op === 'clip' ? [sub(node.x, node.y), sub(node.x, node.z)] : [];
  if (isBinary(node)) return CHOOSING.includes(node.op) ? [sub(node.x, node.y)] : [];
  return node.op === 'abs' ? [node.x] : [];
}

const SHOWN = 60;
function worded(node: Expr): string {
  const text = printExpr(node, true);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** The first element of a model input that an element of `level` holds, or that holds it. */
export function elementFor(ragged: Ragged, level: Level, at: number, input: DrawnInput): number | undefined {
  if (level === input.level) return at;
  if (isFiner(level, input.level)) return ancestors(ragged, level, input.level)[at];
  const found = ancestors(ragged, input.level, level).indexOf(at);
  return found < 0 ? undefined : found;
}

const OFFSETS = [0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8];
const LINE = [
  ...OFFSETS.slice(1)
    .map((one) => -one)
    .reverse(),
  ...OFFSETS,
];
const BISECTIONS = 50;

/** The values nearest to its own at which an element of a model input puts the kink at one element of its level. */
export function crossings(
  { side }: Kink,
  at: number,
  input: string,
  element: number,
  ragged: Ragged,
  values: Values,
): readonly number[] {
  const own = values.inputs.get(input)?.[element] ?? 0;
  const height = (value: number): number => {
    const moved = Float64Array.from(values.inputs.get(input) ?? []);
    moved[element] = value;
    const inputs = new Map(values.inputs).set(input, moved);
    return evaluate([side], ragged, { ...values, inputs })[0]?.[at] ?? NaN;
  };
  const heights = LINE.map((offset) => height(own + offset));
  return LINE.flatMap((offset, index) => {
    const next = LINE[index + 1];
    const [from, to] = [heights[index] ?? NaN, heights[index + 1] ?? NaN];
    if (next === undefined || !(from < 0 !== to < 0) || Number.isNaN(from + to)) return [];
    let [low, high] = [own + offset, own + next];
    for (let step = 0; step < BISECTIONS; step += 1) {
      const middle = (low + high) / 2;
      if (height(middle) < 0 === from < 0) low = middle;
      else high = middle;
    }
    return [(low + high) / 2];
  }).sort((a, b) => Math.abs(a - own) - Math.abs(b - own));
}

/** One entry of a dense value replaced: the one of this element, in element order. */
export function withElement(
  value: DenseValue,
  mask: DenseValue | undefined,
  element: number,
  to: number,
): DenseValue {
  let left = element;
  if (typeof value === 'number') return to;
  return value.map((row, at) => {
    if (typeof row === 'number') return left-- === 0 ? to : row;
    const counts = typeof mask === 'object' ? mask[at] : undefined;
    return row.map((one, position) =>
      typeof counts === 'object' && counts[position] !== 1 ? one : left-- === 0 ? to : one,
    );
  }) as DenseValue;
}
