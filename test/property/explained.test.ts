/** What `explain` shows equals what was derived: `real` rules keep the value of every weight, gradient and loss. */
import { expect, test } from 'vitest';
import { hullOf, type Domain } from '../../src/base/domain.js';
import { REALS } from '../../src/base/interval.js';
import { nameable, type Level } from '../../src/base/level.js';
import { spread, type Ragged } from '../../src/base/ragged.js';
import { analyze } from '../../src/compile.js';
import { evaluate, type Values } from '../../src/ir/eval.js';
import type { Expr, Named } from '../../src/ir/expr.js';
import { printExpr } from '../../src/ir/print.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { foldNames } from '../../src/simplify/fold-names.js';
import { simplify } from '../../src/simplify/simplify.js';
import { filesUnder, read } from '../sources.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';
import { INPUTS, PARAMS, randomProgram } from './program-generator.js';

const PROGRAMS = 400;

/** What is explained, each with the level of what it belongs to; its own may be coarser. */
function explained(program: DerivedProgram): readonly { readonly value: Expr; readonly level: Level }[] {
  const levelOf = new Map(program.inputs.map(({ name, level }) => [name, level]));
  const derived = program.losses.flatMap(({ gradients }) => gradients);
  const gradients = derived.map(({ input, value }) => ({
    value,
    level: levelOf.get(input) ?? 'token',
  }));
  const others = [...program.losses.map(({ loss }) => loss), ...program.lets.map(({ value }) => value)];
  return [...gradients, ...others.map((value) => ({ value, level: nameable(value.type.level) }))].filter(
    ({ value }) => value.type.kind === 'real',
  );
}

interface Tally {
  compared: number;
  undefined_: number;
}

function compare(text: string, program: DerivedProgram, ragged: Ragged, values: Values, tally: Tally): void {
  const names = program.lets.map(({ value }) => value).filter((one): one is Named => one.op === 'named');
  for (const { value: raw, level } of explained(program)) {
    const body = raw.op === 'named' ? raw.x : raw;
    const shown = simplify(foldNames([body], names), 'real')[0] ?? body;
    const [before, after] = evaluate([body, shown], ragged, values).map((one, at) =>
      spread(one, ragged, [body, shown][at]?.type.level ?? level, level),
    );
    before?.forEach((value, at) => {
      const other = after?.[at] ?? NaN;
      if (Number.isFinite(value)) tally.compared += 1;
      else tally.undefined_ += 1;
      if (!Number.isFinite(value) || Math.abs(value - other) <= 1e-8 * (1 + Math.abs(value))) return;
      expect.fail(`${text}\n${value} became ${other}\n${printExpr(body, true)}\n${printExpr(shown, true)}`);
    });
  }
}

test('on random programs', () => {
  const tally: Tally = { compared: 0, undefined_: 0 };
  for (let seed = 1; seed <= PROGRAMS; seed += 1) {
    const text = randomProgram(randomFrom(seed + 5_000));
    const [unit] = analyze(text).units;
    if (unit === undefined) continue;
    const random = randomFrom(seed);
    const ragged = randomRagged(random);
    const inputs = new Map(
      INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, () => 3 * random() - 1.5)]),
    );
    compare(text, unit.program, ragged, { params: new Map(Object.entries(PARAMS)), inputs }, tally);
  }
  expect(tally.compared).toBeGreaterThan(10 * PROGRAMS);
  expect(tally.undefined_ / tally.compared).toBeLessThan(0.02);
});

/** A value that the domain allows, of moderate size. */
function draw(random: () => number, domain: Domain | undefined): number {
  if (domain?.kind === 'set') return domain.values[Math.floor(random() * domain.values.length)] ?? NaN;
  const { low, high } = domain === undefined ? REALS : hullOf(domain);
  const [from, to] = [Math.max(low, Math.min(high, 2) - 4), Math.min(high, Math.max(low, -2) + 4)];
  return from + (to - from) * (0.1 + 0.8 * random());
}

test.each(filesUnder('objectives').filter((path) => !path.startsWith('objectives/std/')))('of %s', (path) => {
  const tally: Tally = { compared: 0, undefined_: 0 };
  const [unit] = analyze(read(path), path).units;
  if (unit === undefined) throw new Error('no objective');
  const { program } = unit;
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = randomFrom(seed);
    const ragged = randomRagged(random);
    const inputs = new Map(
      program.inputs.map(({ name, level, domain }) => [
        name,
        valuesAt(ragged, level, () => draw(random, domain)),
      ]),
    );
    const params = new Map(program.params.map(({ name, domain }) => [name, draw(random, domain)]));
    compare(path, program, ragged, { params, inputs }, tally);
  }
  expect(tally.compared).toBeGreaterThan(200);
  expect(tally.undefined_ / tally.compared).toBeLessThan(0.1);
});
