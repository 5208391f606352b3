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
import { drawBatch } from '../../../src/vectors/draft.js';
import { drawIn } from '../../../src/vectors/draw.js';
import { randomFrom as randomFor, type Random } from '../../../src/vectors/random.js';
import { fixedFor, fixedProgram, type Scene } from '../../../src/vectors/scene.js';
import { scattered } from '../../../src/vectors/shape.js';
import type { Params } from '../../../src/vectors/vector.js';
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

/** Defaults, and something inside the domain where there is none. */
const paramsOf = ({ params }: DerivedProgram, random: Random): Params =>
  params.reduce<Params>(
    (sofar, { name, domain, default: usual }) => ({
      ...sofar,
      [name]: usual ?? drawIn(random, fixedFor(domain, sofar), [0.1, 1]),
    }),
    {},
  );

/** Rollouts of any order and length; the policies equal, which makes ties, near each other, and far apart. */
const DISTANCES = [0, 0.2, 2];

describe('the catalogue', () => {
  test.each(NAMES)('%s', (name) => {
    const { units } = analyze(readFileSync(join(ROOT, 'objectives', name), 'utf8'), name);
    const [unit] = units;
    if (unit === undefined) throw new Error(`${name} has no objective`);
    const { program } = unit;
    const roots = rootsOf(program);
    let tally = NONE;
    for (const distance of DISTANCES) {
      const random = randomFor(1, `${name} ${distance}`);
      const params = paramsOf(program, random);
      const scene: Scene = {
        program: { ...fixedProgram(program, params), assumptions: [] },
        declared: program,
        given: {},
        params,
      };
      const batch = drawBatch(scene, random, scattered(scene, random, [2, 3, 1, 2], 3), { distance });
      const checked = validate(batch, program.inputs, new Map(Object.entries(params)));
      if ('problem' in checked) throw new Error(checked.problem.message);
      const values = {
        params: new Map(Object.entries(params)),
        inputs: flatten(checked.batch, program.inputs),
      };
      tally = added(tally, compared(roots, toRagged(checked.batch), values, `distance ${distance}`));
    }
    expect(tally.outside).toEqual([]);
    expect(tally.values).toBeGreaterThan(20);
    expect(tally.wide).toBeLessThanOrEqual(tally.values / 50);
  });
});

test('random programs', () => {
  const random = randomFrom(3);
  let tally = NONE;
  for (let round = 0; round < 60; round += 1) {
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
  expect(tally.outside).toEqual([]);
  expect(tally.values).toBeGreaterThan(500);
  expect(tally.wide).toBeLessThanOrEqual(tally.values / 100);
});
