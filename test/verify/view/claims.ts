/** Claims on concrete batches: the values that a view reads beside those of the reference. */
import { fixedDomain, inDomain } from '../../../src/base/domain.js';
import { isFiner, nameable } from '../../../src/base/level.js';
import type { Ragged } from '../../../src/base/ragged.js';
import { flatten, toRagged } from '../../../src/batch/layout.js';
import { validate } from '../../../src/batch/validate.js';
import { checkBatch } from '../../../src/evaluation.js';
import type { Claim } from '../../../src/ir/claim.js';
import { evaluate, type Values } from '../../../src/ir/eval.js';
import type { Expr } from '../../../src/ir/expr.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { generate } from '../../../src/vectors/generate.js';
import type { Random } from '../../../src/vectors/random.js';
import { budgetOf } from '../../../src/verify/budget.js';
import type { Prove } from '../../../src/verify/view/lifts.js';
import { finestLevel, ladderOf, nameOf, partsOf, variableOf } from '../../../src/verify/view/opaque.js';
import { readingOf, type Reading } from '../../../src/verify/view/view.js';
import { chainOf, concrete, withInputs, type Point } from './concrete.js';
import { conditionText } from './show.js';

export interface Sample {
  readonly ragged: Ragged;
  readonly values: Values;
}

const MOST_SAMPLES = 4;
const WORK = 1_000_000;
/** Lifts that are not plain to see have a test of their own. */
const proveNothing: Prove = () => ({ stuck: undefined });

/** Batches that keep the program's contract, with no rollout empty. */
export function samplesOf(program: DerivedProgram, seed: number): readonly Sample[] {
  const contract = (
    batch: Readonly<Record<string, unknown>>,
    params: Readonly<Record<string, number>>,
  ): ReturnType<Parameters<typeof generate>[3]> => {
    const checked = checkBatch(program, batch, params);
    return 'problem' in checked ? checked.problem : undefined;
  };
  return generate(program, {}, seed, contract)
    .cases.flatMap(({ batch, params }): Sample[] => {
      const checked = validate(batch, program.inputs);
      if ('problem' in checked) return [];
      const ragged = toRagged(checked.batch);
      const lengths = new Set(ragged.rolloutOfToken);
      const isWhole = checked.batch.mask === undefined || lengths.size === ragged.sizes.rollout;
      if (!isWhole || ragged.sizes.rollout > 12 || ragged.sizes.token > 40) return [];
      const values = {
        params: new Map(Object.entries(params)),
        inputs: flatten(checked.batch, program.inputs),
      };
      return [{ ragged, values }];
    })
    .slice(0, MOST_SAMPLES);
}

/** What a claim compares as its form asks: pairs, or triples for convexity. */
export const copiesFor = ({ statement: { kind } }: Claim): number =>
  kind === 'convex' ? 3 : kind === 'monotone' || kind === 'constant' || kind === 'lipschitz' ? 2 : 1;

/** A batch at an element, with what is varied moved there. */
function pointAt(
  program: DerivedProgram,
  claim: Claim,
  names: ReadonlySet<string>,
  sample: Sample,
  random: Random,
  copies: number,
): Point {
  const level = finestLevel(claim);
  const count = sample.ragged.sizes[level];
  const own = chainOf(sample.ragged, level, random.below(count));
  const lets = program.lets.filter(({ name }) => names.has(name));
  const arrays = evaluate(
    lets.map(({ value }) => value),
    sample.ragged,
    sample.values,
  );
  const inputs = new Map([
    ...sample.values.inputs,
    ...lets.map(({ name }, at) => [name, arrays[at] ?? new Float64Array()] as const),
  ]);
  const variable = variableOf(claim.statement);
  if (variable === undefined) return { ragged: sample.ragged, own, values: [{ ...sample.values, inputs }] };
  const name = nameOf(variable);
  const element = own.get(nameable(variable.type.level)) ?? 0;
  const declared = program.inputs.find((one) => one.name === name)?.domain;
  const fixed = declared && fixedDomain(declared, (param) => sample.values.params.get(param));
  const base = inputs.get(name)?.[element] ?? 0;
  const draws = new Set([base]);
  for (let tries = 0; draws.size < copies && tries < 50; tries += 1) {
    const drawn = base + random.near(tries % 2 === 0 ? 0.5 : 2);
    if (fixed === undefined || inDomain(fixed, drawn)) draws.add(drawn);
  }
  const ordered = [...draws].sort((a, b) => a - b);
  const values = ordered.map((value): Values => {
    const moved = Float64Array.from(inputs.get(name) ?? []);
    moved[element] = value;
    return { ...sample.values, inputs: new Map([...inputs, [name, moved]]) };
  });
  return { ragged: sample.ragged, own, values };
}

interface Check {
  readonly program: DerivedProgram;
  readonly claim: Claim;
  readonly reading: Reading;
  readonly names: ReadonlySet<string>;
}

/** What is wrong at a point; nothing where all is as it should be. */
function faults(
  { program, claim, reading, names }: Check,
  point: Point,
): { readonly wrong: readonly string[]; readonly isInside: boolean } {
  const { viewed } = reading;
  const here = concrete(reading, program, point);
  const wrong: string[] = [];
  const reference = (expr: Expr, copy: number): number => {
    const values = point.values[copy - 1];
    if (values === undefined) return NaN;
    const result = evaluate([withInputs(expr, names)], point.ragged, values)[0];
    return result?.[point.own.get(nameable(expr.type.level)) ?? 0] ?? NaN;
  };
  point.values.forEach((_, at) => {
    const copy = at + 1;
    for (const part of partsOf(claim.statement)) {
      const expected = reference(part, copy);
      if (!Number.isFinite(expected) || Math.abs(expected) > 1e12) continue;
      const term = viewed.read(part, copy);
      const found = here.term(term);
      // Exponentials overflow here that the reference does not take.
      if (Number.isNaN(found)) continue;
      if (!(Math.abs(found - expected) <= 1e-9 * (1 + Math.abs(expected) + here.size(term))))
        wrong.push(`copy ${String(copy)} reads ${String(found)}, expected ${String(expected)}`);
    }
  });
  const finest = finestLevel(claim);
  const assumptions = program.assumptions.filter(({ type }) => !isFiner(nameable(type.level), finest));
  const hypotheses = [...assumptions, ...[claim.guard, claim.assuming].filter((one) => one !== undefined)];
  const isInside = point.values.every((_, at) => hypotheses.every((one) => reference(one, at + 1) === 1));
  if (isInside)
    for (const given of viewed.given)
      if (!here.condition(given)) wrong.push(`fails: ${conditionText(given)}`);
  return { wrong, isInside };
}

/** Every view of a claim on some batches. */
export function checkClaim(
  program: DerivedProgram,
  claim: Claim,
  samples: readonly Sample[],
  random: Random,
  prove: Prove = proveNothing,
): { readonly wrong: readonly string[]; readonly inside: number } {
  const copies = copiesFor(claim);
  const wrong: string[] = [];
  let inside = 0;
  for (const names of ladderOf(program, claim)) {
    const reading = readingOf(program, claim, copies, names, budgetOf(WORK), prove);
    if (!reading.reader.isFinite()) continue;
    for (const sample of samples) {
      const point = pointAt(program, claim, names, sample, random, copies);
      if (point.values.length !== copies) continue;
      const found = faults({ program, claim, reading, names }, point);
      wrong.push(...found.wrong.map((one) => `${[...names].join()}: ${one}`));
      if (found.isInside) inside += 1;
    }
  }
  return { wrong, inside };
}
