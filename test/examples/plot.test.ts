/** The plot is an SVG that a browser can read, whatever the numbers; the progress line suits where it goes. */
import { describe, expect, it } from 'vitest';
import { type MetricsLine } from '../../examples/train/metrics-log.js';
import { plotSvg } from '../../examples/train/plot.js';
import { createProgress } from '../../examples/train/progress.js';

const lines = (count: number): MetricsLine[] =>
  Array.from({ length: count }, (_, index) => ({
    iteration: index + 1,
    reward: 0.3,
    average: 0.3,
    uniformGroups: 0.1,
    length: 9,
    entropy: 0.2,
    loss: 1,
    gradientNorm: 4,
    metrics: {},
  }));

/** Every tag is closed in order, and every attribute is quoted and given once. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const rest = svg.replace(/<(\/?)([a-z]+)((?: +[a-zA-Z:-]+="[^"<]*"|\n)*)(\/?)>/g, (...match: string[]) => {
    const [, closing, name = '', attributes = '', selfClosing] = match;
    const names = Array.from(attributes.matchAll(/([a-zA-Z:-]+)=/g), (attribute) => attribute[1]);
    expect(new Set(names).size).toBe(names.length);
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
}

describe('plot', () => {
  it.each([0, 1, 2, 300])('is well formed with %i iterations', (count) => {
    expectWellFormed(plotSvg({ title: 'real', lines: lines(count), heldOut: [{ iteration: 0, pass: 0.3 }] }));
  });

  it('is well formed when every value is 0, and with a title full of markup', () => {
    const flat = lines(3).map((line) => ({ ...line, entropy: 0, gradientNorm: 0, reward: 0, average: 0 }));
    const svg = plotSvg({ title: 'a < b & "c" > d', lines: flat, heldOut: [] });
    expectWellFormed(svg);
    expect(svg).toContain('a &lt; b &amp; &quot;c&quot; &gt; d');
  });

  it('draws a line through every iteration and a dot for each evaluation', () => {
    const heldOut = [
      { iteration: 0, pass: 0.3 },
      { iteration: 5, pass: 0.5 },
    ];
    const svg = plotSvg({ title: 'real', lines: lines(5), heldOut });
    expect(svg.match(/<circle /g)).toHaveLength(2);
    expect(svg.match(/fill="none" stroke="#1f77b4"/g)).toHaveLength(4);
  });
});

describe('progress', () => {
  const record = (isTTY: boolean): string[] => {
    const written: string[] = [];
    let now = 0;
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    const progress = createProgress({ write, isTTY }, 'real', () => now);
    for (let done = 1; done <= 25; done++) {
      now += 50;
      progress.update(done, 25, 'Pass@1 0.40');
    }
    progress.end();
    return written;
  };

  it('writes a plain line every ten iterations, and one at the end, where there is no terminal', () => {
    expect(record(false)).toEqual([
      'real 10/25  Pass@1 0.40  0:01 left\n',
      'real 20/25  Pass@1 0.40  0:00 left\n',
      'real 25/25  Pass@1 0.40  0:00 left\n',
    ]);
  });

  it('redraws one line at most five times a second on a terminal, and leaves the last state standing', () => {
    const written = record(true);
    expect(written.at(-1)).toBe('\n');
    expect(written.slice(0, -1).every((text) => text.startsWith('\r\x1b[2K') && !text.includes('\n'))).toBe(
      true,
    );
    expect(written.at(-2)).toContain('25/25');
    expect(written.length).toBeLessThanOrEqual(2 + Math.ceil((25 * 50) / 200));
  });
});
