/** The picture of a run as SVG text: Pass@1, entropy and gradient norm over the iterations, one panel under another. */
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type MetricsLine } from './metrics-log.js';

export interface Plot {
  readonly title: string;
  readonly lines: readonly MetricsLine[];
  /** Pass@1 on held-out prompts at some iterations; 0 is the end of the warm start. */
  readonly heldOut: readonly { readonly iteration: number; readonly pass: number }[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Panel {
  readonly label: string;
  /** Drawn pale, behind the main line. */
  readonly raw?: readonly Point[];
  readonly main: readonly Point[];
  readonly dots?: readonly Point[];
  /** Fixed upper end of the axis. */
  readonly top?: number;
}

const width = 640;
const panelHeight = 150;
const margin = { left: 52, right: 16, top: 40, between: 34, bottom: 40 };
const inner = { width: width - margin.left - margin.right, height: panelHeight };

export function plotSvg({ title, lines, heldOut }: Plot): string {
  const over = (value: (line: MetricsLine) => number): Point[] =>
    lines.map((line) => ({ x: line.iteration, y: value(line) }));
  const panels: Panel[] = [
    {
      label: 'Pass@1: rollouts in training (line: moving average), held-out prompts (dots)',
      raw: over((line) => line.reward),
      main: over((line) => line.average),
      dots: heldOut.map(({ iteration, pass }) => ({ x: iteration, y: pass })),
      top: 1,
    },
    { label: 'entropy per token, nats', main: over((line) => line.entropy) },
    { label: 'gradient norm before the clip', main: over((line) => line.gradientNorm) },
  ];
  const x = scaleLinear([0, Math.max(1, lines.at(-1)?.iteration ?? 1)], [0, inner.width]);
  const step = panelHeight + margin.between;
  const height = margin.top + panels.length * step - margin.between + margin.bottom;
  const drawn = panels.map((panel, row) => {
    const isLast = row === panels.length - 1;
    return `<g transform="translate(${margin.left},${margin.top + row * step})">${drawPanel(panel, x, isLast)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}"`,
    ` viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="#222">`,
    `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="18" font-size="13" font-weight="600">${escapeXml(title)}</text>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawPanel(panel: Panel, x: ScaleLinear<number, number>, isLast: boolean): string {
  const highest = Math.max(...panel.main.map((point) => point.y), 1e-6);
  const y = scaleLinear([0, panel.top ?? highest], [inner.height, 0]).nice(4);
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  );
  const stroke = (points: readonly Point[], style: string): string =>
    points.length > 0 ? `<path d="${path.digits(2)(points) ?? ''}" fill="none" ${style}/>` : '';
  const dots = (panel.dots ?? []).map(
    (dot) =>
      `<circle cx="${x(dot.x).toFixed(2)}" cy="${y(dot.y).toFixed(2)}" r="4" fill="#d95f02" stroke="#fff"/>`,
  );
  return [
    `<text y="-7">${escapeXml(panel.label)}</text>`,
    axes(x, y, isLast),
    stroke(panel.raw ?? [], 'stroke="#1f77b4" stroke-opacity="0.3"'),
    stroke(panel.main, 'stroke="#1f77b4" stroke-width="1.5"'),
    ...dots,
  ].join('');
}

/** Both axes with ticks and grid lines; the iteration numbers stand under the last panel only. */
function axes(x: ScaleLinear<number, number>, y: ScaleLinear<number, number>, isLast: boolean): string {
  const { width: w, height: h } = inner;
  const rows = y.ticks(4).map((tick) => {
    const at = y(tick).toFixed(2);
    const label = `<text x="-8" y="${at}" dy="0.32em" text-anchor="end">${y.tickFormat(4)(tick)}</text>`;
    return `<path d="M0,${at}H${w}" stroke="#e5e5e5"/>${label}`;
  });
  const columns = x.ticks(6).map((tick) => {
    const at = x(tick).toFixed(2);
    const label = isLast ? `<text x="${at}" y="${h + 17}" text-anchor="middle">${tick}</text>` : '';
    return `<path d="M${at},${h}v4" stroke="#222"/>${label}`;
  });
  const name = isLast ? `<text x="${w / 2}" y="${h + 32}" text-anchor="middle">iteration</text>` : '';
  return `${rows.join('')}<path d="M0,0V${h}H${w}" fill="none" stroke="#222"/>${columns.join('')}${name}`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
