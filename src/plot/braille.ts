/** A picture for a terminal: two panels of braille cells, 2 × 4 dots each, with the axes' ends in words. */
import type { Piece } from './curve.js';
import type { Picture } from './picture.js';
import type { Role } from './scene.js';

/** A dot's bit by its column and row in a cell. */
const BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BLANK = 0x2800;

export interface BrailleOptions {
  /** Of both panels together, in characters. */
  readonly columns: number;
  readonly rows: number;
  /** Paints a cell in the colour of an objective. */
  readonly paint: (objective: number, text: string) => string;
}

interface Cell {
  bits: number;
  objective: number;
}

/** Lines without trailing blanks, ended by a newline. Below 40 columns the panels stand one below the other. */
export function braille(picture: Picture, { columns, rows, paint }: BrailleOptions): string {
  const isWide = columns >= 40;
  const label = Math.max(...[picture.y.low, picture.y.high].map((value) => short(value).length));
  const width = Math.max(8, Math.floor(((isWide ? columns / 2 : columns) | 0) - label - 3));
  const panels = (['positive', 'negative'] as const).map((sign) =>
    panelLines(picture, sign, { width, rows, label, paint }),
  );
  const [left = [], right = []] = panels;
  const lines = isWide ? left.map((line, at) => `${line}  ${right[at] ?? ''}`) : [...left, '', ...right];
  return [...lines, ...legend(picture, paint)].map((line) => line.trimEnd()).join('\n') + '\n';
}

interface PanelOptions {
  readonly width: number;
  readonly rows: number;
  readonly label: number;
  readonly paint: BrailleOptions['paint'];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function panelLines(picture: Picture, sign: Role['sign'], options: PanelOptions): readonly string[] {
  const { width, rows, label, paint } = options;
  const cells = Array.from({ length: rows }, () =>
    Array.from({ length: width }, (): Cell => ({ bits: 0, objective: 0 })),
  );
  const { x, y } = picture;
  const dot = (column: number, row: number, objective: number): void => {
    const cell = cells[Math.floor(row / 4)]?.[Math.floor(column / 2)];
    if (cell === undefined) return;
    cell.bits |= BITS[column % 2 === 0 ? 0 : 1][row % 4] ?? 0;
    cell.objective = objective;
  };
  const rowOf = (value: number): number =>
    Math.round((1 - (value - y.low) / (y.high - y.low)) * (rows * 4 - 1));
  for (const { objective, y: value } of picture.bounds.filter((bound) => bound.sign === sign))
    for (let column = 0; column < width * 2; column += 4) dot(column, rowOf(value), objective);
  for (const { pieces, objective } of picture.curves.filter((curve) => curve.sign === sign))
    for (const piece of pieces)
      trace(piece, picture, width * 2, rowOf, (c, r) => {
        dot(c, r, objective);
      });
  const crosses = crossesOf(picture, sign, width, (value) => Math.floor(rowOf(value) / 4));
  const body = cells.map((row, at) => {
    const edge = at === 0 ? short(y.high) : at === rows - 1 ? short(y.low) : '';
    const text = row
      .map(({ bits, objective }, column) => {
        const cross = crosses.get(`${at} ${column}`);
        if (cross !== undefined) return paint(cross, '×');
        return bits === 0 ? ' ' : paint(objective, String.fromCharCode(BLANK + bits));
      })
      .join('');
    return `${edge.padStart(label)} │${text}`;
  });
  const ends = `${short(x.low)}${'s'.padStart(Math.floor(width / 2) - short(x.low).length)}`;
  return [
    `${' '.repeat(label + 2)}${sign}s`.padEnd(label + 2 + width),
    ...body,
    `${' '.repeat(label)} └${'─'.repeat(width)}`,
    `${' '.repeat(label + 2)}${ends}${short(x.high).padStart(width - ends.length)}`,
  ];
}

/** The objective of each cell, by row and column, that holds a point of a witness. */
function crossesOf(
  { witnesses, x }: Picture,
  sign: Role['sign'],
  width: number,
  rowOf: (value: number) => number,
): ReadonlyMap<string, number> {
  const columnOf = (value: number): number => Math.floor(((value - x.low) / (x.high - x.low)) * (width - 1));
  const own = witnesses.filter((one) => one.sign === sign);
  return new Map(
    own.flatMap(({ points, objective }) =>
      points.map((point) => [`${rowOf(point.y)} ${columnOf(point.x)}`, objective] as const),
    ),
  );
}

/** The dots of a piece: every column between its ends, joined vertically where it is steep. */
function trace(
  piece: Piece,
  { x }: Picture,
  columns: number,
  rowOf: (value: number) => number,
  dot: (column: number, row: number) => void,
): void {
  const columnOf = (value: number): number =>
    Math.round(((value - x.low) / (x.high - x.low)) * (columns - 1));
  piece.forEach((point, at) => {
    const before = piece[at - 1] ?? point;
    const [from, to] = [columnOf(before.x), columnOf(point.x)];
    const steps = Math.max(1, to - from, Math.min(Math.abs(rowOf(point.y) - rowOf(before.y)), 400));
    for (let n = 0; n <= steps; n += 1) {
      const share = n / steps;
      dot(Math.round(from + (to - from) * share), rowOf(before.y + (point.y - before.y) * share));
    }
  });
}

function legend({ curves, bounds, witnesses }: Picture, paint: BrailleOptions['paint']): readonly string[] {
  const objectives = [...new Set(curves.map(({ objective }) => objective))];
  const nameOf = (objective: number): string =>
    curves.find((curve) => curve.objective === objective)?.label.replace(/, (positive|negative)$/, '') ?? '';
  const broken = [...new Set(witnesses.map(({ label }) => label))];
  const claimed = [...new Set(bounds.map(({ label }) => label))];
  return [
    ['', ...objectives.map((one) => `${paint(one, '──')} ${nameOf(one)}`)].join('  '),
    ...(claimed.length === 0 ? [] : [`  ┄┄ claimed: ${claimed.join(', ')}`]),
    ...(broken.length === 0 ? [] : [`  ×  refuted: ${broken.join(', ')}`]),
  ];
}
