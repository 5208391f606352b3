/**
 * Programs with thousands of everything, through every stage: an answer, no overflow of a stack, and work that grows as
 * the program does. What grows is counted, not timed; `npm run bench` shows the times.
 */
import { describe, expect, test } from 'vitest';
import { source } from '../../src/base/source.js';
import { check } from '../../src/check/check.js';
import { analyze, explain, forCode } from '../../src/compile.js';
import { evaluateProgram } from '../../src/evaluation.js';
import { intern } from '../../src/ir/graph.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { link } from '../../src/link/link.js';
import { plan } from '../../src/plan/plan.js';
import { explainLatex } from '../../src/report/explain-latex.js';
import { explainText } from '../../src/report/explain-text.js';
import { simplify } from '../../src/simplify/simplify.js';
import { parse } from '../../src/syntax/parse.js';
import { emitted } from '../emit/compiled.js';
import { onlyLoss } from '../lower/lowered.js';
import { CHAINS, LISTS } from './programs.js';

const all = Object.entries({ ...CHAINS, ...LISTS });

function only(text: string) {
  const { units, source: file, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join('\n'));
  return { unit, file, diagnostics };
}

const valuesOf = (program: DerivedProgram) => {
  const { loss, gradients } = onlyLoss(program);
  return [loss, ...[...gradients, ...program.metrics].map(({ value }) => value)];
};

function batchFor({ inputs }: DerivedProgram): Readonly<Record<string, unknown>> {
  const members = inputs.map(({ name, level }) => [
    name,
    level === 'token'
      ? [
          [0.5, 0.25],
          [0.75, 0],
        ]
      : [1, 0],
  ]);
  return {
    group: [0, 0],
    mask: [
      [1, 1],
      [1, 0],
    ],
    ...(Object.fromEntries(members) as object),
  };
}

describe('5 000 of one thing are read and differentiated', () => {
  test.each(all)('%s', { timeout: 120_000 }, (_, build) => {
    const { unit, diagnostics } = only(build(5000));
    expect(
      diagnostics.filter(({ severity, pedantic }) => severity !== 'warning' && pedantic !== true),
    ).toEqual([]);
    const { params, inputs, lets, metrics } = unit.program;
    expect(
      params.length + inputs.length + lets.length + metrics.length + unit.model.claims.length,
    ).toBeGreaterThan(5000);
    expect(onlyLoss(unit.program).gradients.length).toBeGreaterThan(0);
  });
});

describe('100 of one thing go through every stage', () => {
  test.each(all)('%s', { timeout: 120_000 }, (_, build) => {
    const { unit, file } = only(build(100));
    const code = forCode(unit.program);
    expect(onlyLoss(plan(code)).gradients.outputs).toHaveLength(1 + onlyLoss(code).gradients.length);
    expect(explainText(explain(unit, file, 'unicode'))).toContain('∂loss/∂logp');
    expect(explainLatex(explain(unit, file, 'latex'))).toContain('\\frac');
    const outcome = evaluateProgram(unit.program, batchFor(unit.program), {});
    expect(outcome).toHaveProperty('evaluation.metrics.rewards', 0.5);
  });
});

describe('twice the program is twice the work', () => {
  const sizes = (text: string): Readonly<Record<string, number>> => {
    const { unit } = only(text);
    const code = forCode(unit.program);
    let rewrites = 0;
    simplify(valuesOf(unit.program), 'float', () => (rewrites += 1));
    const plans = plan(code);
    const { loss, gradients } = onlyLoss(plans);
    const { metrics } = plans;
    return {
      derived: intern(valuesOf(unit.program)).nodes.length,
      simplified: intern(valuesOf(code)).nodes.length,
      rewrites,
      steps: loss.steps.length + gradients.steps.length + metrics.steps.length,
    };
  };
  test.each(all)('%s', { timeout: 120_000 }, (_, build) => {
    const [one, two] = [sizes(build(50)), sizes(build(100))];
    // Up to a constant part, which makes the ratio smaller.
    const grown = Object.entries(two).filter(([what, size]) => size > 2.1 * (one[what] ?? 0));
    expect(grown).toEqual([]);
  });
});

describe('30 of one thing are emitted', () => {
  test.each(all)('%s', { timeout: 120_000 }, async (_, build) => {
    const [text = ''] = await emitted(only(build(30)).unit.program);
    expect(text).toContain('export function lossAndGradients');
  });
});

test('a file of many objectives is read whole', () => {
  const one = (at: number): string =>
    `objective o${at} {\n  model logp : token\n  minimize mean[token in batch](-logp * ${at})\n}\n`;
  const text = Array.from({ length: 12_000 }, (_, at) => one(at)).join('');
  expect(text.length).toBeGreaterThan(1_000_000);
  const file = source('many.obj', text);
  const parsed = parse(file);
  const { models, diagnostics } = check(link(parsed, file));
  expect([...parsed.diagnostics, ...diagnostics]).toEqual([]);
  expect(models).toHaveLength(12_000);
}, 120_000);
