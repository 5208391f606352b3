/** Pictures: the curves of the REAL paper's figure, jumps that are jumps, and documents that stand alone. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveParams } from '../../src/batch/params.js';
import { analyze } from '../../src/compile.js';
import { picture, type Subject } from '../../src/pictures.js';
import { cornersOf, jumpsOf, piecesOf, type Point } from '../../src/plot/curve.js';
import { braille } from '../../src/plot/braille.js';
import { html } from '../../src/plot/html.js';
import type { Picture } from '../../src/plot/picture.js';
import { svg } from '../../src/plot/svg.js';
import { verifyText } from '../../src/verification.js';
import { ROOT } from '../sources.js';

const X = { low: -3, high: 3 };

function subject(text: string, given: Readonly<Record<string, number>> = {}): Subject {
  const { units, source, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join('; '));
  const params = resolveParams(unit.program.params, given);
  if ('problem' in params) throw new Error(params.problem.message);
  return { unit, source, params: params.values };
}
const file = (name: string): string => readFileSync(join(ROOT, 'objectives', `${name}.obj`), 'utf8');

/** An objective with the witness of one of its claims. */
function refuted(text: string, label: string): Subject {
  const { analysis, objectives } = verifyText(text);
  const [unit] = analysis.units;
  const verdict = objectives.flatMap(({ verdicts }) => verdicts).find((one) => one.label === label);
  if (unit === undefined || verdict?.witness === undefined) throw new Error(`no witness of ${label}`);
  const { claim, witness } = verdict;
  return { ...subject(text), unit, witnesses: [{ claim, label, witness }] };
}

function drawn(subjects: readonly Subject[]): Picture {
  const made = picture(subjects, { x: X, each: 4 });
  if ('problem' in made) throw new Error(made.problem);
  return made.picture;
}
const figure = drawn([subject(file('real'), { tau: 0.5 }), subject(file('grpo'), { eps: 0.2 })]);
const pieces = (label: string, of = figure): readonly (readonly Point[])[] =>
  of.curves.find((curve) => curve.label === label)?.pieces ?? [];
const at = (label: string, x: number): number =>
  pieces(label)
    .flat()
    .reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best)).y;

describe("the REAL paper's first figure", () => {
  test('REAL: 0.4 on-policy, and a plateau of 2 = 1/tau', () => {
    for (const [label, far] of [
      ['real, positive', -3],
      ['real, negative', 3],
    ] as const) {
      expect(at(label, 0)).toBeCloseTo(0.4, 12);
      expect(at(label, far)).toBeGreaterThan(1.95);
      expect(
        Math.max(
          ...pieces(label)
            .flat()
            .map(({ y }) => y),
        ),
      ).toBeLessThan(2);
      expect(pieces(label)).toHaveLength(1);
    }
  });
  test('GRPO: positives drop to 0 at ln 1.2, negatives start at ln 0.8 and grow', () => {
    const [drop] = jumpsOf(pieces('grpo, positive'));
    expect(drop?.from.x).toBeCloseTo(Math.log(1.2), 9);
    expect(drop?.to.y).toBe(0);
    const [start] = jumpsOf(pieces('grpo, negative'));
    expect(start?.to.x).toBeCloseTo(Math.log(0.8), 9);
    expect(start?.from.y).toBe(0);
    expect(at('grpo, negative', 3)).toBeGreaterThan(15);
  });
  test('the claimed bounds are drawn, each where its guard holds', () => {
    const bounds = figure.bounds.map(({ label, sign, y }) => `${label} ${sign} ${y.toFixed(2)}`);
    expect(bounds).toEqual([
      '1 / tau negative 2.00',
      '1 / tau positive 2.00',
      '(1 + eps) * advantage positive 1.12',
    ]);
  });
  test('a weight without bound is cut, so that it flattens nothing', () => {
    expect(figure.y.high).toBeLessThan(2.5);
  });
});

describe('curves', () => {
  const step = (x: number): number => (x < 0.3 ? 1 : 2);
  test.each([
    ['a step', step, [0.3]],
    ['two steps', (x: number) => step(x) + (x > 1 ? 1 : 0), [0.3, 1]],
    ['a steep but continuous function', (x: number) => Math.tanh(200 * x), []],
    ['a kink', Math.abs, []],
    ['a constant', () => 7, []],
  ] as const)('%s', (_, f, jumps) => {
    const found = jumpsOf(piecesOf(f, X));
    expect(found).toHaveLength(jumps.length);
    found.forEach(({ from, to }, n) => {
      expect(from.x).toBeCloseTo(jumps[n] ?? NaN, 12);
      expect(to.x - from.x).toBeLessThan(1e-12);
    });
  });
  test('what is not finite is left out', () => {
    const found = piecesOf((x) => (x > 0 ? Math.log(x) : NaN), X);
    expect(found.flat().every(({ x, y }) => x > 0 && Number.isFinite(y))).toBe(true);
    expect(found.flat().length).toBeGreaterThan(100);
  });
});

describe('corners', () => {
  test.each([
    ['a kink', Math.abs, [0]],
    ['a cap', (x: number) => Math.min(Math.exp(x), 2), [Math.log(2)]],
    ['two of them', (x: number) => Math.min(Math.max(x, -1), 1.5), [-1, 1.5]],
    ['a slope that changes by a tenth', (x: number) => (x < 0.5 ? x : 0.5 + 0.9 * (x - 0.5)), [0.5]],
    ['a smooth curve', (x: number) => Math.exp(x), []],
    ['a steep one', (x: number) => Math.tanh(20 * x), []],
    ['a jump', (x: number) => (x < 0.3 ? x : x + 1), []],
    ['a line', (x: number) => 2 * x, []],
  ] as const)('%s', (_, f, corners) => {
    const found = cornersOf(f, piecesOf(f, X)).map(({ x }) => x);
    expect(found).toHaveLength(corners.length);
    found.forEach((x, n) => {
      expect(x).toBeCloseTo(corners[n] ?? NaN, 3);
    });
  });
});

describe('witnesses', () => {
  const source = `objective capped {
  model logp : token
  data old_logp : token
  data advantage : token in [-2, 2]
  let log_ratio = logp - old_logp
  let cost = -min(exp(log_ratio), 3) * advantage
  minimize mean[token in batch](cost)
  let w = grad(cost, SCORE)
  refute "no misassignment" for advantage > 0 : abs(w) is nonincreasing in SCORE
}`;
  test.each(['log_ratio', 'logp'])(
    'the points that break a claim lie on the curve of their batch: %s',
    (score) => {
      const { witnesses } = drawn([refuted(source.replaceAll('SCORE', score), 'no misassignment')]);
      const [one] = witnesses;
      if (one === undefined) throw new Error('no witness is drawn');
      expect(one.sign).toBe('positive');
      const [first, second] = one.points;
      expect(first?.y).toBeLessThan(second?.y ?? NaN);
      for (const { x, y } of one.points) {
        const near = one.pieces.flat().filter((point) => Math.abs(point.x - x) < 0.013);
        if (Math.abs(x) < 2.9) expect(near.some((point) => Math.abs(point.y - y) < 0.02 * y)).toBe(true);
      }
    },
  );
  test('a witness of what is not about the weight is not drawn', () => {
    const text = source
      .replaceAll('SCORE', 'logp')
      .replace('abs(w) is nonincreasing in logp', 'cost is nonincreasing in logp')
      .replace('advantage > 0', 'advantage < 0');
    expect(drawn([refuted(text, 'no misassignment')]).witnesses).toEqual([]);
  });
});

describe('documents', () => {
  const name = 'a<b>&"c"';
  const strange = { ...figure, title: name, bounds: figure.bounds.map((one) => ({ ...one, label: name })) };
  test.each([
    ['svg', svg(figure)],
    ['html', html(figure)],
  ])('%s refers to nothing outside itself', (_, text) => {
    const rest = text.replace('xmlns="http://www.w3.org/2000/svg"', '');
    expect(rest).not.toMatch(/https?:|<script|<link|@import|url\((?!#)/);
    expect(text).toContain('<path');
  });
  test('names are text, never markup', () => {
    expect(svg(strange)).not.toContain('<b>');
    expect(html(strange)).not.toContain('<b>');
  });
  test('one jump is two ends and a dotted line', () => {
    expect(svg(figure).match(/<circle/g)).toHaveLength(4);
  });
  const broken = drawn([refuted(file('cispo'), 'no gradient misassignment')]);
  test('a witness is crosses on a curve of its own', () => {
    expect(svg(broken)).toContain('<title>refuted: no gradient misassignment</title>');
    expect(braille(broken, { columns: 80, rows: 10, paint: (_, cell) => cell })).toContain(
      '×  refuted: no gradient misassignment',
    );
  });
  test('a corner is a dot, and names inside differ from picture to picture', () => {
    expect(svg(broken).match(/<circle/g)).toHaveLength(2);
    expect(svg(broken, 'a-')).toContain('url(#a-clip-positive)');
  });
  test.each([20, 39, 40, 80, 200])('text in %i columns', (columns) => {
    const text = braille(figure, { columns, rows: 10, paint: (_, cell) => cell });
    const widest = Math.max(
      ...text
        .split('\n')
        .slice(0, -3)
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(Math.max(columns, 20));
    expect(text).toMatch(/[\u2801-\u28ff]/u);
  });
});

const names = readdirSync(join(ROOT, 'objectives'))
  .filter((one) => one.endsWith('.obj'))
  .map((one) => one.replace('.obj', ''));
// A third of them: a picture takes some thousand evaluations.
test.each(names.filter((_, at) => at % 3 === 0))('%s can be drawn, or says why not', (name) => {
  const made = picture([subject(file(name))], { x: X, each: 4 });
  if ('problem' in made)
    expect(made.problem).toMatch(/names no gradient weight|is 0 for every rollout on-policy/);
  else expect(made.picture.curves.flatMap(({ pieces: all }) => all.flat()).length).toBeGreaterThan(200);
});
