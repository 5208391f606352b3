/** A picture as SVG: one panel for right rollouts and one for wrong ones, side by side, on the same axes. */
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { curveLinear, line } from 'd3-shape';
import { colourOf } from './colours.js';
import { jumpsOf, type Point } from './curve.js';
import type { Role } from './scene.js';
import type { Curve, Picture, WitnessCurve } from './picture.js';

const WIDTH = 880;
const HEIGHT = 400;
const TOP = 64;
const BOTTOM = 52;
const LEFT = 56;
const GAP = 36;
const RIGHT = 20;
/** Between lines of the legend and below it. */
const LINE = 16;

type Scale = ScaleLinear<number, number>;
interface Panel {
  readonly sign: Role['sign'];
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
}

const TITLES = {
  positive: 'positives (w < 0 on-policy)',
  negative: 'negatives (w > 0 on-policy)',
} as const satisfies Readonly<Record<Role['sign'], string>>;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`);
const px = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * A whole document: no fonts, scripts or references from elsewhere. Same picture, same bytes. `name` is part of the names
 * inside, where a page holds several.
 */
export function svg(picture: Picture, name = ''): string {
  const legend = [...new Set(picture.curves.map(({ objective }) => objective))];
  const height = HEIGHT + LINE * legend.length;
  const inner = (WIDTH - LEFT - RIGHT - GAP) / 2;
  const panels = (['positive', 'negative'] as const).map((sign, at): Panel => {
    const left = LEFT + at * (inner + GAP);
    const x = scaleLinear([picture.x.low, picture.x.high], [left, left + inner]);
    const y = scaleLinear([picture.y.low, picture.y.high], [HEIGHT - BOTTOM, TOP]);
    return { sign, x, y, left, right: left + inner };
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" width="${String(WIDTH)}" height="${String(height)}" font-family="system-ui, sans-serif" font-size="12" role="img">`,
    `<title>${escaped(picture.title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${String(LEFT)}" y="26" font-size="15" font-weight="600" fill="#111111">${escaped(picture.title)}</text>`,
    ...panels.flatMap((panel) => panelOf(panel, picture, name)),
    ...legend.map((objective, at) => legendLine(objective, at, picture)),
    ...signsLine(picture),
    '</svg>',
    '',
  ].join('\n');
}

function panelOf(panel: Panel, picture: Picture, name: string): readonly string[] {
  const clip = `${name}clip-${panel.sign}`;
  const [bottom, top] = [HEIGHT - BOTTOM, TOP];
  const box = `x="${px(panel.left)}" y="${px(top)}" width="${px(panel.right - panel.left)}" height="${px(bottom - top)}"`;
  return [
    `<clipPath id="${clip}"><rect ${box}/></clipPath>`,
    ...axes(panel),
    `<g clip-path="url(#${clip})">`,
    ...boundLines(panel, picture),
    ...witnessesIn(panel, picture).flatMap((one) => witnessPaths(panel, one)),
    ...picture.curves.filter(({ sign }) => sign === panel.sign).flatMap((curve) => curvePaths(panel, curve)),
    '</g>',
  ];
}

function axes({ x, y, left, right, sign }: Panel): readonly string[] {
  const bottom = HEIGHT - BOTTOM;
  const grid = [
    ...x.ticks(6).map((tick) => ({ tick, from: [x(tick), TOP], to: [x(tick), bottom] }) as const),
    ...y.ticks(5).map((tick) => ({ tick, from: [left, y(tick)], to: [right, y(tick)] }) as const),
  ].map(
    ({ tick, from, to }) =>
      `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke="${tick === 0 ? '#999999' : '#e6e6e6'}"/>`,
  );
  const numbers = [
    ...x
      .ticks(6)
      .map(
        (tick) =>
          `<text x="${px(x(tick))}" y="${px(bottom + 16)}" text-anchor="middle" fill="#444444">${x.tickFormat(6)(tick)}</text>`,
      ),
    ...y
      .ticks(5)
      .map(
        (tick) =>
          `<text x="${px(left - 6)}" y="${px(y(tick) + 4)}" text-anchor="end" fill="#444444">${y.tickFormat(5)(tick)}</text>`,
      ),
  ];
  return [
    ...grid,
    ...numbers,
    `<text x="${px(left)}" y="${px(TOP - 10)}" fill="#111111">${escaped(TITLES[sign])}</text>`,
    `<text x="${px((left + right) / 2)}" y="${px(bottom + 36)}" text-anchor="middle" fill="#444444">relative log-probability s</text>`,
  ];
}

function boundLines({ sign, y, left, right }: Panel, { bounds }: Picture): readonly string[] {
  return bounds
    .filter((bound) => bound.sign === sign)
    .flatMap(({ label, objective, y: value }) => [
      `<line x1="${px(left)}" y1="${px(y(value))}" x2="${px(right)}" y2="${px(y(value))}" stroke="${colourOf(objective)}" stroke-dasharray="2 4"/>`,
      `<text x="${px(right - 4)}" y="${px(y(value) - 4)}" text-anchor="end" font-size="10" fill="${colourOf(objective)}">${escaped(label)}</text>`,
    ]);
}

/** Coordinates beyond it, far outside of the picture, are drawn there: renderers lose their way among larger ones. */
const FAR = 10 * HEIGHT;

function pathOf({ x, y }: Panel, piece: readonly Point[]): string {
  const path = line<Point>()
    .x((point) => round(x(point.x)))
    .y((point) => round(Math.min(Math.max(y(point.y), -FAR), FAR)))
    .curve(curveLinear);
  return path([...piece]) ?? '';
}

function curvePaths(panel: Panel, { pieces, corners, objective, label }: Curve): readonly string[] {
  const { x, y } = panel;
  const colour = colourOf(objective);
  const drawn = pieces.map(
    (piece) =>
      `<path d="${pathOf(panel, piece)}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"><title>${escaped(label)}</title></path>`,
  );
  const ends = jumpsOf(pieces).flatMap(({ from, to }) => [
    `<line x1="${px(x(from.x))}" y1="${px(y(from.y))}" x2="${px(x(to.x))}" y2="${px(y(to.y))}" stroke="${colour}" stroke-dasharray="1 3"/>`,
    ...[from, to].map(
      (end) =>
        `<circle cx="${px(x(end.x))}" cy="${px(y(end.y))}" r="3" fill="#ffffff" stroke="${colour}" stroke-width="1.5"/>`,
    ),
  ]);
  const turns = corners.map(
    (corner) => `<circle cx="${px(x(corner.x))}" cy="${px(y(corner.y))}" r="3" fill="${colour}"/>`,
  );
  return [...drawn, ...ends, ...turns];
}

/** Those with a point to be seen. */
const witnessesIn = (panel: Panel, { witnesses }: Picture): readonly WitnessCurve[] =>
  witnesses.filter(({ sign, points }) => sign === panel.sign && points.some(isInside(panel)));

const isInside =
  ({ x, y }: Panel) =>
  (point: Point): boolean =>
    [x, y].every((scale, at) => {
      const [low = 0, high = 0] = scale.domain();
      const value = at === 0 ? point.x : point.y;
      return value >= low && value <= high;
    });

/** The weight in the witness's batch, thin, and a cross at each point that breaks the claim. */
function witnessPaths(panel: Panel, { label, objective, pieces, points }: WitnessCurve): readonly string[] {
  const colour = colourOf(objective);
  const { x, y } = panel;
  const title = `<title>${escaped(`refuted: ${label}`)}</title>`;
  return [
    ...pieces.map(
      (piece) =>
        `<path d="${pathOf(panel, piece)}" fill="none" stroke="${colour}" stroke-opacity="0.45" stroke-dasharray="5 3">${title}</path>`,
    ),
    ...points
      .filter(isInside(panel))
      .map(
        (point) =>
          `<g stroke="${colour}" stroke-width="2">${title}<path d="M${px(x(point.x) - 4)} ${px(y(point.y) - 4)}l8 8m0 -8l-8 8"/></g>`,
      ),
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100;

function legendLine(objective: number, at: number, { curves }: Picture): string {
  const label =
    curves.find((curve) => curve.objective === objective)?.label.replace(/, (positive|negative)$/, '') ?? '';
  const y = HEIGHT - 4 + at * LINE;
  return `<g><line x1="${String(LEFT)}" y1="${String(y - 4)}" x2="${String(LEFT + 24)}" y2="${String(y - 4)}" stroke="${colourOf(objective)}" stroke-width="2"/><text x="${String(LEFT + 32)}" y="${String(y)}" fill="#111111">${escaped(label)}</text></g>`;
}

/** What the signs beside the curves mean, if there are any. */
function signsLine({ witnesses, bounds, curves }: Picture): readonly string[] {
  const words = [
    ...(bounds.length > 0 ? ['dotted: a bound that is claimed'] : []),
    ...(witnesses.length > 0 ? ['dashed, with crosses: the batch that breaks a claim'] : []),
    ...(curves.some(({ corners }) => corners.length > 0) ? ['dots: corners'] : []),
  ];
  return words.length === 0
    ? []
    : [
        `<text x="${String(WIDTH - RIGHT)}" y="${String(HEIGHT - 4)}" text-anchor="end" font-size="10" fill="#444444">${escaped(words.join('; '))}</text>`,
      ];
}
