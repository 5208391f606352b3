/** Right programs go the whole way: nothing is said of them, and every stage is total on them. */
import { describe, expect, test } from 'vitest';
import { fixedDomain } from '../../src/base/domain.js';
import { analyze, explain, forCode, type Unit } from '../../src/compile.js';
import { backendFor } from '../../src/emit/index.js';
import { evaluateProgram, type Evaluation } from '../../src/evaluation.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';
import { lossesOf } from '../../src/report/evaluated.js';
import { explainLatex } from '../../src/report/explain-latex.js';
import { explainText } from '../../src/report/explain-text.js';
import { wordingOf } from '../../src/wording.js';
import { openBackend } from '../backends/backend.js';
import { randomBatch, type RawBatch } from '../emit/batches.js';
import { differ } from '../emit/compare.js';
import { compileToModule } from '../emit/compiled.js';
import { formatted, meaning, tokensOf } from '../format/programs.js';
import { randomFrom } from '../property/batches.js';
import { right, valid, type CorpusProgram } from './programs.js';

/** What these programs report, however the batch may be: their numerals and precedences. */
const VALUES: Readonly<Record<string, number>> = {
  'number-integer': 42,
  'number-decimal': 0.125,
  'number-ends-in-a-point': 3,
  'number-exponents': 135.01,
  'number-leading-zeros': 7.5,
  'number-more-digits-than-float': 0.1,
  'number-largest-and-smallest': 1.7976931348623157e308 * 2.2250738585072014e-308 - 3.99,
  'number-pi': 2 * Math.PI,
  'number-minus-zero': 1,
  'power-of-a-negative-literal-in-parentheses': -4,
  'precedence-minus-below-power': -9,
  'precedence-power-to-the-right': 512,
  'precedence-minus-in-an-exponent': 0.5,
  'precedence-minus-to-the-left': 3,
  'precedence-division-to-the-left': 2,
  'precedence-division-and-product-in-order': 8,
  'precedence-product-before-sum': 5,
  'precedence-two-minus-signs': -1,
  'precedence-not-below-comparison': 1,
  'precedence-and-before-or': 1,
  'precedence-not-before-and': 0,
  'precedence-double-not': 1,
  'precedence-comparison-of-sums': 1,
  'precedence-parentheses-everywhere': 12,
  'precedence-else-takes-the-whole-sum': 50,
};
const titleOf = ({ name }: CorpusProgram): string => name.replace(/^.*\/|\.obj$/g, '');

const SHAPE = { rollouts: 8, positions: 4, regular: false };

const paramsOf = ({ params }: DerivedProgram): Readonly<Record<string, number>> =>
  Object.fromEntries(params.map(({ name, default: value }) => [name, value ?? 0.5]));

/** The program with domains that are numbers, for what draws from them. */
function drawable(program: DerivedProgram): DerivedProgram {
  const params = paramsOf(program);
  const inputs = program.inputs.map(({ domain, ...rest }) => {
    const fixed = domain && fixedDomain(domain, (name) => params[name]);
    return fixed === undefined ? rest : { ...rest, domain: fixed };
  });
  return { ...program, inputs };
}

const drawn = (program: DerivedProgram, seed: number): RawBatch =>
  randomBatch(randomFrom(seed), drawable(program).inputs, SHAPE);

function evaluated(program: DerivedProgram, seed: number): Evaluation {
  const outcome = evaluateProgram(program, drawn(program, seed), paramsOf(program));
  if ('problem' in outcome) return expect.fail(outcome.problem.message);
  return outcome.evaluation;
}

const numbersIn = (evaluation: Evaluation): readonly number[] => [
  ...lossesOf(evaluation).flatMap(({ loss, grad }) => [loss, ...Object.values(grad).flat(2)]),
  ...Object.values(evaluation.metrics),
];

async function examine({ model, program }: Unit, { source }: ReturnType<typeof analyze>): Promise<void> {
  for (const style of ['unicode', 'latex'] as const) {
    const explained = explain({ model, program }, source, style);
    const text = style === 'latex' ? explainLatex(explained) : explainText(explained);
    expect(text).toContain(style === 'latex' ? '\\' : program.name.normalize('NFC'));
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  }
  for (const seed of [1, 2])
    expect(numbersIn(evaluated(program, seed)).filter((one) => !Number.isFinite(one))).toEqual([]);
  const wording = wordingOf(model, source);
  const files = await backendFor('tfjs').emit(forCode(program), {
    kernels: false,
    sourceHash: '0',
    version: '0',
    wording,
  });
  expect(files.map(({ text }) => text).join('')).toMatch(/^export const losses\b/m);
}

describe('right programs', () => {
  test('there are as many as a reader of the manual would try', () => {
    expect(valid.length).toBeGreaterThanOrEqual(250);
  });

  test.each(right)('$name', async (program) => {
    const analysis = analyze(program.text, program.name, program.resolve);
    const told = analysis.diagnostics.filter(({ pedantic }) => pedantic !== true);
    expect(diagnosticsText([{ source: analysis.source, diagnostics: told }])).toBe('');
    expect(analysis.units.length + analysis.definitions).toBeGreaterThan(0);
    for (const unit of analysis.units) await examine(unit, analysis);
    const once = formatted(program.text);
    expect(formatted(once)).toBe(once);
    expect(meaning(once)).toBe(meaning(analysis.source.text));
  });

  test('no two have the same tokens, but those about what no token shows', () => {
    const shown = valid.filter((program) => !/^(layout|comment|documentation)-/.test(titleOf(program)));
    const tokens = shown.map(({ text }) => tokensOf(text).join(' '));
    expect(shown.filter((_, at) => tokens.indexOf(tokens[at] ?? '') !== at).map(titleOf)).toEqual([]);
  });
});

/** The first unit of a program of the corpus. */
function unitOf(title: string): Unit {
  const program = valid.find((one) => titleOf(one) === title);
  const [unit] = program === undefined ? [] : analyze(program.text, program.name, program.resolve).units;
  return unit ?? expect.fail(`no right program ${title}`);
}

test.each(Object.entries(VALUES))('%s is %d', (title, value) => {
  expect(evaluated(unitOf(title).program, 1).metrics['value']).toBeCloseTo(value, 12);
});

test('every program about a numeral or a precedence has its value', () => {
  const about = valid.map(titleOf).filter((title) => /^(number|precedence)-/.test(title));
  expect(about.filter((title) => !Object.hasOwn(VALUES, title))).toEqual([]);
});

describe('generated code', () => {
  const single = valid.filter(({ text }) => !/\bas \w+/.test(text));
  const sample = single.filter((_, at) => at % Math.ceil(single.length / 20) === 7);

  test.each(sample)('$name', async ({ text, name, resolve }) => {
    expect(await openBackend('cpu')).not.toHaveProperty('missing');
    for (const { program } of analyze(text, name, resolve).units) {
      const module = await compileToModule(program);
      const worst = await differ(drawable(program), module, randomFrom(5), SHAPE, paramsOf(program));
      expect(Math.max(worst.gradient, worst.loss, worst.metric)).toBeLessThanOrEqual(1);
    }
  });
});
