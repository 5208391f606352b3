/** The exact reading of a concrete batch is what the reference computes, with one element turned into a variable. */
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import type { Ragged } from '../../src/base/ragged.js';
import { analyze } from '../../src/compile.js';
import { evaluate } from '../../src/ir/eval.js';
import type { Expr } from '../../src/ir/expr.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { ofDouble, type Rational } from '../../src/proof/rational.js';
import { readConcretely, type Varied } from '../../src/verify/concrete/reading.js';
import { randomFrom, randomRagged, valuesAt } from '../property/batches.js';
import { INPUTS, PARAMS, randomProgram } from '../property/program-generator.js';
import { decimalOf, holdsAt, type Env } from './decimal-terms.js';

const PROGRAMS = 120;
const exact = (values: ArrayLike<number>): readonly Rational[] => Array.from(values, ofDouble);

interface Tally {
  numbers: number;
  conditions: number;
  moved: number;
}

function batchOf(ragged: Ragged, inputs: ReadonlyMap<string, Float64Array>) {
  return {
    ragged,
    params: new Map(Object.entries(PARAMS).map(([name, value]) => [name, ofDouble(value)])),
    inputs: new Map([...inputs].map(([name, values]) => [name, exact(values)])),
  };
}

/** Every value of the program, read with the variable set to what it stands for, against the reference. */
function compare(
  exprs: readonly Expr[],
  ragged: Ragged,
  inputs: ReadonlyMap<string, Float64Array>,
  varied: Varied | undefined,
  at: number,
  tally: Tally,
): void {
  const values = evaluate(exprs, ragged, { params: new Map(Object.entries(PARAMS)), inputs });
  const read = readConcretely(exprs, batchOf(ragged, inputs), varied);
  const env: Env = { variables: new Map([['x', new Decimal(at)]]) };
  exprs.forEach((expr, index) => {
    values[index]?.forEach((value, element) => {
      if (expr.type.kind === 'bool') {
        const truth = read.truths(expr)[element];
        if (truth !== undefined) {
          expect(holdsAt(truth, env)).toBe(value === 1);
          tally.conditions += 1;
        }
        return;
      }
      const term = read.values(expr)[element];
      if (typeof term === 'string') expect(value).toBe(term === 'inf' ? Infinity : -Infinity);
      if (typeof term !== 'object' || !Number.isFinite(value)) return;
      expect(decimalOf(term, env).toNumber()).toBeCloseTo(value, 6 - Math.log10(1 + Math.abs(value)));
      tally.numbers += 1;
      if (varied !== undefined && mentionsVariable(term)) tally.moved += 1;
    });
  });
}
function mentionsVariable(root: object): boolean {
  const [open, seen] = [[root], new Set<object>()];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if ('op' in one && one.op === 'variable') return true;
    if (seen.has(one)) continue;
    seen.add(one);
    open.push(...Object.values(one).filter((part): part is object => typeof part === 'object'));
  }
  return false;
}

const readable = (program: DerivedProgram): readonly Expr[] => [
  ...program.lets.map(({ value }) => value),
  ...program.losses.flatMap(({ loss, gradients }) => [loss, ...gradients.map(({ value }) => value)]),
];

test('on random programs, with nothing varied and with one element of each input', () => {
  const tally: Tally = { numbers: 0, conditions: 0, moved: 0 };
  for (let seed = 1; seed <= PROGRAMS; seed += 1) {
    const [unit] = analyze(randomProgram(randomFrom(seed + 9_000))).units;
    if (unit === undefined) continue;
    const random = randomFrom(seed);
    const ragged = randomRagged(random);
    const draw = (): number => Math.round(30 * random() - 15) / 8;
    const inputs = new Map(INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, draw)]));
    const exprs = readable(unit.program);
    compare(exprs, ragged, inputs, undefined, 0, tally);
    for (const { name } of INPUTS) {
      const values = inputs.get(name);
      const [element, expr] = [seed % (values?.length ?? 1), inputNamed(exprs, name)];
      if (expr === undefined || values === undefined || values.length === 0) continue;
      const at = draw();
      const moved = values.map((value, index) => (index === element ? at : value));
      compare(exprs, ragged, new Map([...inputs, [name, moved]]), { expr, element, as: 'x' }, at, tally);
    }
  }
  expect(tally.numbers).toBeGreaterThan(20 * PROGRAMS);
  expect(tally.moved).toBeGreaterThan(5 * PROGRAMS);
  expect(tally.conditions).toBeGreaterThan(PROGRAMS);
});

/** The input of that name, if the expressions read it. */
function inputNamed(exprs: readonly Expr[], name: string): Expr | undefined {
  const open = [...exprs];
  const seen = new Set<Expr>();
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.op === 'input' && expr.name === name) return expr;
    open.push(...Object.values(expr).filter((one): one is Expr => typeof one === 'object' && 'op' in one));
  }
  return undefined;
}
