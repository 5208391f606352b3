/** A curve in pieces: between two jumps it is continuous, and a jump is where its two sides differ however near they are. */

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Points in order of x; a curve's pieces share no point. */
export type Piece = readonly Point[];

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Points per curve before jumps are looked for. */
const SAMPLES = 241;
const BISECTIONS = 60;
/** The share of a change that is left of it in a small enough part of a continuous function. */
const GONE = 1e-3;

/**
 * The pieces of a function over a range. What is not finite is left out.
 */
export function piecesOf(f: (x: number) => number, { low, high }: Range): readonly Piece[] {
  const at = (x: number): Point => ({ x, y: f(x) });
  const points = Array.from({ length: SAMPLES }, (_, n) => at(low + ((high - low) * n) / (SAMPLES - 1)));
  const pieces: Point[][] = [[]];
  const last = (): Point[] => pieces[pieces.length - 1] ?? [];
  points.forEach((point, n) => {
    const before = points[n - 1];
    if (before === undefined) {
      last().push(point);
      return;
    }
    const jump = jumpBetween(before, point, at);
    if (jump !== undefined) {
      last().push(jump.left);
      pieces.push([jump.right]);
    }
    last().push(point);
  });
  return pieces.flatMap(finiteParts);
}

interface Jump {
  readonly left: Point;
  readonly right: Point;
}

/**
 * The jump between two samples, if there is one. Of a continuous function, the half in which most of the change happens
 * holds ever less of it; a jump stays as large as it is, down to neighbouring doubles.
 */
function jumpBetween(a: Point, b: Point, at: (x: number) => Point): Jump | undefined {
  const whole = Math.abs(b.y - a.y);
  if (!(whole > 1e-9 * Math.max(Math.abs(a.y), Math.abs(b.y), 1e-3))) return undefined;
  let [low, high] = [a, b];
  for (let n = 0; n < BISECTIONS; n += 1) {
    const middle = at((low.x + high.x) / 2);
    if (middle.x <= low.x || middle.x >= high.x) break;
    if (Math.abs(middle.y - low.y) > Math.abs(high.y - middle.y)) high = middle;
    else low = middle;
    if (Math.abs(high.y - low.y) < whole * GONE) return undefined;
  }
  return { left: low, right: high };
}

function finiteParts(piece: Piece): readonly Piece[] {
  const parts: Point[][] = [[]];
  for (const point of piece)
    if (Number.isFinite(point.y)) parts[parts.length - 1]?.push(point);
    else parts.push([]);
  return parts.filter((part) => part.length > 0);
}

/** The jumps of a curve: where it ends and goes on elsewhere. */
export const jumpsOf = (pieces: readonly Piece[]): readonly { readonly from: Point; readonly to: Point }[] =>
  pieces.slice(1).flatMap((piece, at) => {
    const from = pieces[at]?.at(-1);
    const [to] = piece;
    return from !== undefined && to !== undefined && to.x - from.x < 1e-6 ? [{ from, to }] : [];
  });

/** Half the distance over which a slope is taken. */
const STEP = 1e-5;
/** The distance within which nearly all of a corner's turn happens. */
const NEAR = 2e-3;

/**
 * Where a curve is continuous and turns: its slope changes, and most of the change stays however near one looks. Corners at
 * the ends of a piece are none.
 */
export function cornersOf(f: (x: number) => number, pieces: readonly Piece[]): readonly Point[] {
  const slope = (x: number): number => (f(x + STEP) - f(x - STEP)) / (2 * STEP);
  return pieces.flatMap((piece) => {
    const [low, high] = [piece[0]?.x ?? 0, piece.at(-1)?.x ?? 0];
    const inside = piece.filter(({ x }) => x - low > NEAR && high - x > NEAR).map(({ x }) => x);
    const slopes = inside.map(slope);
    const size = Math.max(...slopes.map(Math.abs), 0);
    const turns = inside.slice(1).flatMap((to, at) => turnBetween(inside[at] ?? to, to, slope, size) ?? []);
    // A corner at a sample is seen from both sides.
    const once = turns.filter((x, at) => x - (turns[at - 1] ?? -Infinity) > NEAR);
    return once.map((x): Point => ({ x, y: f(x) }));
  });
}

function turnBetween(
  from: number,
  to: number,
  slope: (x: number) => number,
  size: number,
): number | undefined {
  const whole = Math.abs(slope(to) - slope(from));
  if (!(whole > 1e-2 * size) || to - from <= 4 * NEAR) return undefined;
  const { low, high } = halved(from, to, NEAR, slope);
  if (Math.abs(slope(high) - slope(low)) < 0.8 * whole) return undefined;
  return halved(low, high, 4 * STEP, slope).middle;
}

/** The part of an interval, no longer than `least`, that holds the larger share of a function's change at every halving. */
function halved(
  from: number,
  to: number,
  least: number,
  f: (x: number) => number,
): { readonly low: number; readonly middle: number; readonly high: number } {
  let [low, high] = [from, to];
  while (high - low > least) {
    const middle = (low + high) / 2;
    const at = f(middle);
    if (Math.abs(at - f(low)) > Math.abs(f(high) - at)) high = middle;
    else low = middle;
  }
  return { low, middle: (low + high) / 2, high };
}
