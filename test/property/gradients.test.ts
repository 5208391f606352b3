/** On random programs: the derivative agrees with finite differences away from kinks, with respect to any named value. */
import { describe, expect, test } from 'vitest';
import { nameable } from '../../src/base/level.js';
import { spread, type Ragged } from '../../src/base/ragged.js';
import { analyze, forCode } from '../../src/compile.js';
import { differentiate } from '../../src/grad/differentiate.js';
import { input } from '../../src/ir/build.js';
import { evaluate, type Values } from '../../src/ir/eval.js';
import type { Expr, Input } from '../../src/ir/expr.js';
import { intern, operandsOf, withOperands } from '../../src/ir/graph.js';
import { printExpr } from '../../src/ir/print.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { onlyLoss } from '../lower/lowered.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';
import { INPUTS, PARAMS, randomProgram } from './program-generator.js';

const PROGRAMS = 500;

function programFrom(seed: number): { readonly text: string; readonly program: DerivedProgram } | undefined {
  const text = randomProgram(randomFrom(seed));
  const { units, diagnostics } = analyze(text, `seed-${seed}`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  // A program may happen not to depend on the model, or to name a kind that its text turned out not to have.
  if (errors.some(({ code }) => code !== 'E0501'))
    throw new Error(`${text}\n${JSON.stringify(errors, null, 1)}`);
  const [unit] = units;
  return unit && { text, program: unit.program };
}

interface Point {
  readonly ragged: Ragged;
  readonly values: Values;
}
function pointFrom(random: () => number): Point {
  const ragged = randomRagged(random);
  const draw = (): number => 3 * random() - 1.5;
  const inputs = new Map(INPUTS.map(({ name, level }) => [name, valuesAt(ragged, level, draw)]));
  return { ragged, values: { params: new Map(Object.entries(PARAMS)), inputs } };
}

/**
 * The loss as a function of `variable` alone: stop-gradients, quantiles and everything else keep their values at the
 * point.
 */
function frozen(
  loss: Expr,
  variable: Expr,
  point: Point,
): { readonly loss: Expr; readonly at: Input; readonly values: Values } {
  const graph = intern([loss, variable]);
  const [root, target] = graph.roots;
  if (root === undefined || target === undefined) throw new Error('no root');
  const stops = graph.nodes.filter(
    (node) => node.op === 'stop' || (node.op === 'reduce' && node.reduce === 'quantile'),
  );
  const held = evaluate([...stops, target], point.ragged, point.values);
  const inputs = new Map(point.values.inputs);
  const at = input('data', '(variable)', nameable(target.type.level));
  inputs.set(at.name, held[stops.length] ?? new Float64Array());
  const replacement = new Map<Expr, Expr>([[target, at]]);
  stops.forEach((node, index) => {
    const name = `(stop ${index})`;
    inputs.set(name, held[index] ?? new Float64Array());
    replacement.set(node, input('data', name, nameable(node.type.level)));
  });
  return { loss: substitute(root, replacement), at, values: { params: point.values.params, inputs } };
}

/** Replaces whole sub-expressions, from the outside in. */
function substitute(root: Expr, replacement: ReadonlyMap<Expr, Expr>): Expr {
  const done = new Map<Expr, Expr>(replacement);
  const visit = (expr: Expr): Expr => {
    const known = done.get(expr);
    if (known !== undefined) return known;
    const result = withOperands(expr, operandsOf(expr).map(visit));
    done.set(expr, result);
    return result;
  };
  return visit(root);
}

interface Tally {
  compared: number;
  nearKink: number;
  undefined_: number;
}

function compare(text: string, label: string, loss: Expr, variable: Expr, point: Point, tally: Tally): void {
  const { ragged, values } = point;
  const [derivative] = differentiate(loss, [variable]);
  if (derivative === undefined) throw new Error('no derivative');
  const [raw] = evaluate([derivative], ragged, values);
  const level = variable.type.level;
  const symbolic = spread(raw ?? new Float64Array(), ragged, derivative.type.level, level);
  const alone = frozen(loss, variable, point);
  const base = alone.values.inputs.get(alone.at.name) ?? new Float64Array();
  const lossAt = (index: number, step: number): number => {
    const inputs = new Map(alone.values.inputs).set(
      alone.at.name,
      base.with(index, (base[index] ?? NaN) + step),
    );
    return evaluate([alone.loss], ragged, { ...alone.values, inputs })[0]?.[0] ?? NaN;
  };
  const here = evaluate([alone.loss], ragged, alone.values)[0]?.[0] ?? NaN;
  base.forEach((_, index) => {
    if (index % 3 !== 0 && base.length > 6) return;
    const h = 1e-5;
    const forward = (lossAt(index, h) - here) / h;
    const backward = (here - lossAt(index, -h)) / h;
    const central = (forward + backward) / 2;
    const wider = (lossAt(index, 4 * h) - lossAt(index, -4 * h)) / (8 * h);
    const scale = 1 + Math.abs(central) + Math.abs(here) * 1e-3;
    if (!Number.isFinite(central) || Math.abs(here) > 1e6 || Math.abs(central) > 1e6) tally.undefined_ += 1;
    else if (Math.abs(forward - backward) > 1e-3 * scale || Math.abs(wider - central) > 1e-4 * scale)
      tally.nearKink += 1;
    else {
      tally.compared += 1;
      const difference = Math.abs((symbolic[index] ?? NaN) - central);
      if (!(difference <= 1e-4 * scale)) {
        expect.fail(
          `${text}\n${label}[${index}]: derived ${symbolic[index]}, numeric ${central}\n${printExpr(derivative, true)}`,
        );
      }
    }
  });
}

describe('random programs', () => {
  test('the gradient of every model input agrees with finite differences', () => {
    const tally: Tally = { compared: 0, nearKink: 0, undefined_: 0 };
    for (let seed = 1; seed <= PROGRAMS; seed += 1) {
      const found = programFrom(seed);
      if (found === undefined) continue;
      const point = pointFrom(randomFrom(seed + 100_000));
      for (const { name, role, level } of found.program.inputs) {
        if (role === 'model')
          compare(found.text, name, onlyLoss(found.program).loss, input('model', name, level), point, tally);
      }
    }
    expect(tally.compared).toBeGreaterThan(PROGRAMS);
    expect(tally.nearKink / tally.compared).toBeLessThan(0.05);
    expect(tally.undefined_ / tally.compared).toBeLessThan(0.05);
  });

  test('so does the derivative with respect to every named value', () => {
    const tally: Tally = { compared: 0, nearKink: 0, undefined_: 0 };
    for (let seed = 1; seed <= PROGRAMS; seed += 1) {
      const found = programFrom(seed);
      if (found === undefined) continue;
      const point = pointFrom(randomFrom(seed + 200_000));
      for (const { name, value } of found.program.lets) {
        if (value.type.kind === 'real')
          compare(found.text, name, onlyLoss(found.program).loss, value, point, tally);
      }
    }
    expect(tally.compared).toBeGreaterThan(PROGRAMS);
    expect(tally.nearKink / tally.compared).toBeLessThan(0.05);
  });

  test('what is compiled has the values of what was derived', () => {
    let compared = 0;
    for (let seed = 1; seed <= PROGRAMS; seed += 1) {
      const found = programFrom(seed);
      if (found === undefined) continue;
      const point = pointFrom(randomFrom(seed + 300_000));
      const code = forCode(found.program);
      const both = [found.program, code].map(onlyLoss).map(({ loss, gradients }) => {
        const roots = [loss, ...gradients.map(({ value }) => value)];
        return evaluate(roots, point.ragged, point.values).map((values, at) =>
          spread(values, point.ragged, roots[at]?.type.level ?? 'batch', at === 0 ? 'batch' : 'token'),
        );
      });
      both[0]?.forEach((values, root) =>
        values.forEach((value, at) => {
          const other = both[1]?.[root]?.[at] ?? NaN;
          compared += 1;
          const same = Object.is(value, other) || Math.abs(value - other) <= 1e-8 * (1 + Math.abs(value));
          if (!same) expect.fail(`${found.text}\nroot ${root}[${at}]: ${value} became ${other}`);
        }),
      );
    }
    expect(compared).toBeGreaterThan(PROGRAMS);
  });
});
