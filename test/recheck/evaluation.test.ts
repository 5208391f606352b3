/** The checker's own reading of a text and its own derivative, beside the compiler's reference: on random programs and the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { evaluate as reference, type Values } from '../../src/ir/eval.js';
import type { Expr } from '../../src/ir/expr.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { evaluate, type Value } from '../../src/recheck/reading/evaluate.js';
import { gradient } from '../../src/recheck/reading/gradient.js';
import { readObjective } from '../../src/recheck/reading/objective.js';
import { isTruth, type Node, type Number_ } from '../../src/recheck/reading/tree.js';
import { point } from '../../src/recheck/interval.js';
import { ofDouble, type Rational } from '../../src/recheck/rational.js';
import type { Ragged } from '../../src/base/ragged.js';
import { randomFrom, randomRagged, valuesAt } from '../property/batches.js';
import { INPUTS, PARAMS, randomProgram } from '../property/program-generator.js';
import { ROOT } from '../sources.js';

const toNumber = ({ n, d }: Rational): number => {
  const shift = BigInt(Math.max(0, d.toString(2).length - 60));
  return Number((n << 80n) / d) / 2 ** 80 + 0 * Number(shift);
};
const end = (one: unknown): number =>
  one === 'inf' ? Infinity : one === '-inf' ? -Infinity : toNumber(one as Rational);

/** Whether a double lies in an enclosure, up to the rounding of the reference; where one has no value, the other is no number. */
function agrees(value: Value | boolean | undefined, expected: number): boolean {
  if (typeof value === 'boolean') return Number(value) === expected;
  if (value === undefined || value === 'unclear') return true;
  if (value === 'nothing') return !Number.isFinite(expected);
  const slack = 1e-7 * Math.max(1, Math.abs(expected));
  return (
    !Number.isFinite(expected) || (end(value.low) - slack <= expected && expected <= end(value.high) + slack)
  );
}
const isNarrow = (value: Value | boolean | undefined): boolean =>
  typeof value === 'object' && end(value.high) - end(value.low) < 1e-9;

interface Point {
  readonly ragged: Ragged;
  readonly values: Values;
}

/** Pairs of what should be the same: the reference's expression and the checker's value. */
function pairsOf(program: DerivedProgram, text: string): readonly (readonly [string, Expr, Node])[] {
  const own = readObjective(text, 'objective.obj', undefined, program.name);
  const node = (name: string): Node => own.names.get(name) ?? expect.fail(`nothing is called ${name}`);
  return [
    ...program.lets.map(({ name, value }) => [name, value, node(name)] as const),
    ...program.losses.flatMap(({ objective, direction, gradients }, at) => {
      const loss = own.losses[at] ?? expect.fail('a loss is lost');
      const turned = (of: Number_): Number_ => gradient(of, node(name_(of)) as Number_);
      void turned;
      return [
        ['loss', objective, loss] as const,
        ...(direction === 'minimize'
          ? gradients.map(
              ({ input, value }) => [`d/d${input}`, value, gradient(loss, node(input) as Number_)] as const,
            )
          : []),
      ];
    }),
    ...program.assumptions.map(
      (one, at) => [`assume ${String(at)}`, one, own.assumptions[at] ?? expect.fail('lost')] as const,
    ),
  ];
}
const name_ = (of: Number_): string => (of.op === 'let' ? of.name : '');

/** What differs, and how many values were compared closely. */
function compare(
  program: DerivedProgram,
  text: string,
  { ragged, values }: Point,
): { wrong: string[]; close: number } {
  const pairs = pairsOf(program, text);
  const inputs = new Map<string, readonly Value[]>([
    ...[...values.params].map(([name, value]) => [name, [point(ofDouble(value))]] as const),
    ...[...values.inputs].map(([name, all]) => [name, [...all].map((one) => point(ofDouble(one)))] as const),
  ]);
  const found = evaluate(
    pairs.map(([, , node]) => node),
    { ragged, inputs },
  );
  const expected = reference(
    pairs.map(([, expr]) => expr),
    ragged,
    values,
  );
  const wrong: string[] = [];
  let close = 0;
  pairs.forEach(([name, expr, node], at) => {
    const mine: readonly (Value | boolean | undefined)[] = isTruth(node)
      ? found.truths(node)
      : found.values(node);
    const level = node.level;
    expected[at]?.forEach((value, element) => {
      const one = mine[level === expr.type.level ? element : 0];
      if (level !== expr.type.level && mine.length !== 1) return;
      if (isNarrow(one)) close += 1;
      if (!agrees(one, value))
        wrong.push(
          `${name}[${String(element)}]: ${String(value)} and ${JSON.stringify(one, (_, x: unknown) => (typeof x === 'bigint' ? String(x) : x)).slice(0, 80)}`,
        );
    });
  });
  return { wrong, close };
}

describe('on random programs', () => {
  test.each(Array.from({ length: 4 }, (_, at) => at))('of block %i', (block) => {
    let close = 0;
    for (let seed = 8 * block; seed < 8 * block + 8; seed += 1) {
      const text = randomProgram(randomFrom(seed));
      const [unit] = analyze(text, 'random').units;
      if (unit === undefined) continue;
      const random = randomFrom(seed + 1000);
      const ragged = randomRagged(random);
      const draw = (): number => 3 * random() - 1.5;
      const inputs = new Map(INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, draw)]));
      const result = compare(unit.program, text, {
        ragged,
        values: { params: new Map(Object.entries(PARAMS)), inputs },
      });
      expect(result.wrong, text).toEqual([]);
      close += result.close;
    }
    expect(close).toBeGreaterThan(50);
  });
});

const catalogue = readdirSync(join(ROOT, 'objectives')).filter((file) => file.endsWith('.obj'));
/**
 * The reference goes on with −∞, as floating point does; to proofs it is no number, and what is made of it has no value. Here a
 * logarithm of nothing is in groups of one class, which the loss does not read.
 */
const THROUGH_INFINITY: Readonly<Record<string, RegExp>> = {
  'real_product.obj': /^(cost|w)\[\d+\]: 0 and "nothing"$/,
};
describe('on the catalogue', () => {
  test.each(catalogue)('%s', (file) => {
    const text = readFileSync(join(ROOT, 'objectives', file), 'utf8');
    const { units } = analyze(text, file);
    let close = 0;
    for (const { program } of units)
      for (let seed = 0; seed < 2; seed += 1) {
        const random = randomFrom(seed);
        const ragged = randomRagged(random);
        const inputs = new Map(
          program.inputs.map(({ name, level, domain, role }) => {
            const draw = (): number => {
              if (role === 'tag') return Math.floor(3 * random());
              if (domain?.kind === 'set')
                return domain.values[Math.floor(random() * domain.values.length)] ?? 0;
              if (domain?.kind === 'interval' && domain.integer) return 1 + Math.floor(3 * random());
              if (domain?.kind === 'interval' && domain.interval.low >= 0) return 0.1 + 0.8 * random();
              return domain?.kind === 'interval' && domain.interval.high <= 0
                ? -0.1 - random()
                : 3 * random() - 1.5;
            };
            return [name, valuesAt(ragged, level, draw)] as const;
          }),
        );
        const params = new Map(program.params.map(({ name, default: usual }) => [name, usual ?? 0.5]));
        const result = compare(program, text, { ragged, values: { params, inputs } });
        const expected = THROUGH_INFINITY[file];
        expect(result.wrong.filter((one) => expected?.test(one) !== true)).toEqual([]);
        close += result.close;
      }
    expect(close).toBeGreaterThan(10);
  });
});
