/** Programs over batches in enclosures: they hold what the reference gives, and are narrow. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ragged } from '../../../src/base/ragged.js';
import { flatten, toRagged } from '../../../src/batch/layout.js';
import { validate } from '../../../src/batch/validate.js';
import { analyze } from '../../../src/compile.js';
import { evaluate, type Values } from '../../../src/ir/eval.js';
import type { Expr } from '../../../src/ir/expr.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { testVectors } from '../../../src/vectors.js';
import type { Enclosure } from '../../../src/verify/interval/enclosure.js';
import { encloseProgram } from '../../../src/verify/interval/ragged.js';
import { randomFrom, randomRagged, valuesAt } from '../../property/batches.js';
import { INPUTS, PARAMS, randomProgram } from '../../property/program-generator.js';
import { ROOT } from '../../sources.js';

const rootsOf = ({ losses, metrics, lets }: DerivedProgram): readonly Expr[] => [
  ...losses.flatMap(({ loss, gradients }) => [loss, ...gradients.map(({ value }) => value)]),
  ...metrics.map(({ value }) => value),
  ...lets.map(({ value }) => value),
];

interface Tally {
  readonly values: number;
  /** Of values that are finite, those whose enclosure is wider than 10⁻⁹ of their size and of 1. */
  readonly wide: number;
  readonly outside: readonly string[];
}

/** Holds a float64 value where it is as near as rounding may have led it away. */
function holds({ low, high }: Enclosure, value: number): boolean {
  if (Number.isNaN(value) || (low > high && !Number.isFinite(value))) return true;
  const room = 1e-7 * Math.max(1, Math.min(Math.abs(value), 1e300));
  return value >= low - room && value <= high + room;
}

function compared(roots: readonly Expr[], ragged: Ragged, values: Values, what: string): Tally {
  const floats = evaluate(roots, ragged, values);
  const enclosures = encloseProgram(roots, ragged, values);
  const outside: string[] = [];
  let [count, wide] = [0, 0];
  floats.forEach((array, which) => {
    expect(enclosures[which]).toHaveLength(array.length);
    array.forEach((value, at) => {
      const enclosure = enclosures[which]?.[at] ?? { low: NaN, high: NaN, lowOpen: false, highOpen: false };
      count += 1;
      if (Number.isFinite(value) && enclosure.high - enclosure.low > 1e-9 * Math.max(1, Math.abs(value)))
        wide += 1;
      if (!holds(enclosure, value))
        outside.push(`${what}: root ${which} at ${at}: ${value} not in ${enclosure.low}, ${enclosure.high}`);
    });
  });
  return { values: count, wide, outside };
}
const added = (a: Tally, b: Tally): Tally => ({
  values: a.values + b.values,
  wide: a.wide + b.wide,
  outside: [...a.outside, ...b.outside],
});
const NONE: Tally = { values: 0, wide: 0, outside: [] };

const NAMES = readdirSync(join(ROOT, 'objectives')).filter((name) => name.endsWith('.obj'));

describe('the catalogue on its test vectors', () => {
  test.each(NAMES)('%s', async (name) => {
    const { units } = analyze(readFileSync(join(ROOT, 'objectives', name), 'utf8'), name);
    const [unit] = units;
    if (unit === undefined) throw new Error(`${name} has no objective`);
    const { program } = unit;
    const set = await testVectors(program);
    if ('problem' in set) throw new Error(set.problem.message);
    const roots = rootsOf(program);
    let tally = NONE;
    for (const { name: vector, batch, params } of set.vectors.slice(0, 25)) {
      const checked = validate(batch, program.inputs, new Map(Object.entries(params)));
      if ('problem' in checked) throw new Error(checked.problem.message);
      const values = {
        params: new Map(Object.entries(params)),
        inputs: flatten(checked.batch, program.inputs),
      };
      tally = added(tally, compared(roots, toRagged(checked.batch), values, vector));
    }
    console.log(name, tally.values, tally.wide, tally.outside.slice(0, 5));
    expect(tally.outside).toEqual([]);
  });
});

test('random programs', () => {
  const random = randomFrom(3);
  let tally = NONE;
  for (let round = 0; round < 150; round += 1) {
    const text = randomProgram(random);
    const [unit] = analyze(text).units;
    if (unit === undefined) continue;
    const ragged = randomRagged(random);
    const inputs = new Map(
      INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, () => 2 * random() - 1)]),
    );
    tally = added(
      tally,
      compared(rootsOf(unit.program), ragged, { params: new Map(Object.entries(PARAMS)), inputs }, text),
    );
  }
  console.log(tally.values, tally.wide, tally.outside.slice(0, 5));
  expect(tally.outside).toEqual([]);
});
