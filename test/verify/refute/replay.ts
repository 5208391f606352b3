/** A witness held against the reference: what it says of a batch is what evaluation gives there, and it breaks the claim. */
import { expect } from 'vitest';
import { ancestors } from '../../../src/base/ragged.js';
import { flatten, toRagged } from '../../../src/batch/layout.js';
import { resolveParams } from '../../../src/batch/params.js';
import { validate } from '../../../src/batch/validate.js';
import { evaluateProgram } from '../../../src/evaluation.js';
import type { Claim, Statement } from '../../../src/ir/claim.js';
import { evaluate } from '../../../src/ir/eval.js';
import type { Expr } from '../../../src/ir/expr.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import type { Witness, WitnessPoint } from '../../../src/proof/verdict.js';
import { partsOf } from '../../../src/verify/refute/subject.js';

interface Replayed {
  readonly hypotheses: readonly number[];
  readonly parts: readonly number[];
}

/** A parameter that is varied has another value at each point; the witness's own are those of the first. */
function paramsAt(
  { params }: DerivedProgram,
  witness: Witness,
  { variable }: WitnessPoint,
): Readonly<Record<string, number>> {
  const isParam = params.some(({ name }) => name === variable?.name);
  return isParam && variable !== undefined
    ? { ...witness.params, [variable.name]: variable.value }
    : witness.params;
}

/** The claim's expressions at the witness's element, by the reference. */
function replayed(program: DerivedProgram, claim: Claim, witness: Witness, point: WitnessPoint): Replayed {
  const params = resolveParams(program.params, paramsAt(program, witness, point));
  if ('problem' in params) throw new Error(params.problem.message);
  const checked = validate(point.batch, program.inputs, params.values);
  if ('problem' in checked) throw new Error(checked.problem.message);
  const ragged = toRagged(checked.batch);
  const values = { params: params.values, inputs: flatten(checked.batch, program.inputs) };
  const { level, group = 0, rollout = 0, token = 0 } = witness.element;
  const own = { batch: 0, group, rollout, token: ragged.rolloutOfToken.indexOf(rollout) + token }[level];
  const hypotheses = [claim.guard, claim.assuming].filter((one) => one !== undefined);
  const exprs: readonly Expr[] = [...hypotheses, ...partsOf(claim.statement)];
  const results = evaluate([...exprs, ...program.assumptions], ragged, values);
  const here = exprs.map(
    (expr, at) => results[at]?.[ancestors(ragged, level, expr.type.level)[own] ?? 0] ?? NaN,
  );
  const assumed = results.slice(exprs.length).flatMap((one) => [...one]);
  return {
    hypotheses: [...here.slice(0, hypotheses.length), ...assumed],
    parts: here.slice(hypotheses.length),
  };
}

/** Checks every point against the reference, and that together they break the claim beyond any enclosure. */
export function expectToBreak(program: DerivedProgram, claim: Claim, witness: Witness): void {
  for (const point of witness.points) {
    const { hypotheses, parts } = replayed(program, claim, witness, point);
    expect(hypotheses.every((one) => one === 1)).toBe(true);
    if (witness.overridden === undefined)
      point.readings.forEach(({ value, low, high }, at) => {
        const slack = 1e-9 * Math.max(1, Math.abs(value));
        expect(parts[at]).toBeGreaterThanOrEqual(low - slack);
        expect(parts[at]).toBeLessThanOrEqual(high + slack);
        expect(Math.abs(value - (parts[at] ?? NaN))).toBeLessThanOrEqual(slack);
      });
    const evaluated = evaluateProgram(program, point.batch, paramsAt(program, witness, point));
    expect('problem' in evaluated ? evaluated.problem.message : '').toBe('');
  }
  expect(breaks(claim.statement, witness.points)).toBe(true);
}

interface Ends {
  readonly low: number;
  readonly high: number;
}
const NONE: Ends = { low: NaN, high: NaN };

function breaks(statement: Statement, points: readonly WitnessPoint[]): boolean {
  const [a = NONE, b = NONE, c = NONE] = points.map(({ readings }) => readings[0] ?? NONE);
  const [x = NaN, y = NaN, z = NaN] = points.map(({ variable }) => variable?.value ?? NaN);
  const other = points[0]?.readings[1] ?? NONE;
  switch (statement.kind) {
    case 'comparison':
      return {
        '<=': a.low > other.high,
        '<': a.low >= other.high,
        '>=': a.high < other.low,
        '>': a.high <= other.low,
        '==': a.low > other.high || a.high < other.low,
      }[statement.operator];
    case 'monotone':
      return (
        x < y &&
        {
          nonincreasing: a.high < b.low,
          decreasing: a.high <= b.low,
          nondecreasing: a.low > b.high,
          increasing: a.low >= b.high,
        }[statement.direction]
      );
    case 'constant':
    case 'independent':
      return a.high < b.low || a.low > b.high;
    case 'lipschitz':
      return x < y && Math.max(b.low - a.high, a.low - b.high) > (y - x) * other.high;
    case 'convex':
      return x < y && y < z && (z - y) * a.high + (y - x) * c.high < (z - x) * b.low;
    case 'bounded':
      return points.every(
        ({ readings: [e] }, at) => Math.max(e?.low ?? 0, -(e?.high ?? 0)) > 1e3 * 1e3 ** at,
      );
    case 'nowhere zero':
      return x < y && [a, b].every(({ low, high }) => low === 0 && high === 0);
    case 'continuous':
      return x < y && (a.high < b.low || a.low > b.high);
    case 'limit':
    case 'extreme':
      return points.length > 0;
  }
}
