/** Results of an implementation against the objective: vector by vector, and what a difference looks like. */
import { derive } from './compile.js';
import { evaluateProgram } from './evaluation.js';
import { agree, compare, type Comparison, type Found } from './conform/compare.js';
import { diagnose, diagnosePairs, type Diagnosis } from './conform/diagnose.js';
import type { Observation, Subject } from './conform/difference.js';
import type { DerivedProgram, Program } from './ir/program.js';
import { SINGLE, toleranceFor } from './vectors/precision.js';
import type { Result, Tolerance, Vector } from './vectors/vector.js';

export interface ConformOptions {
  /** Relative tolerance; from 1e-5 on, results are taken as computed in single precision. */
  readonly rtol?: number;
  /** Absolute tolerance; by default it follows the size of each result. */
  readonly atol?: number;
}
export interface Verdict {
  readonly vector: Vector;
  /** `coarse`: single precision overflows there, and has. */
  readonly status: 'agrees' | 'differs' | 'missing' | 'coarse';
  readonly comparison?: Comparison;
}
export interface Conformance {
  readonly objective: string;
  readonly rtol: number;
  readonly verdicts: readonly Verdict[];
  /** Names among the results that no vector has. */
  readonly strays: readonly string[];
  readonly conforms: boolean;
  /** Present where some vectors differ. */
  readonly diagnosis?: Diagnosis;
}

export const DEFAULT_RTOL = 1e-6;
/** A diagnosis by single precision's own digits. */
const COARSE_RTOL = 1e-4;

/** Compares results by name of vector; without a difference, there is no diagnosis. */
export function conformance(
  program: DerivedProgram,
  vectors: readonly Vector[],
  results: ReadonlyMap<string, Found>,
  { rtol = DEFAULT_RTOL, atol }: ConformOptions = {},
): Conformance {
  const tolerance =
    (at: number) =>
    (expected: Result): Tolerance =>
      atol === undefined ? toleranceFor(expected, at) : { rtol: at, atol };
  const verdicts = vectors.map((vector) =>
    verdictOn(vector, results.get(vector.name), tolerance(rtol), rtol),
  );
  const known = new Set(vectors.map(({ name }) => name));
  const judged = verdicts.flatMap(({ vector, status }) => {
    const found = results.get(vector.name);
    return found === undefined || status === 'missing' || status === 'coarse' ? [] : [{ vector, found }];
  });
  const conforms = verdicts.every(({ status }) => status === 'agrees' || status === 'coarse');
  const diagnosis = verdicts.some(({ status }) => status === 'differs')
    ? diagnosed(program, judged, tolerance, rtol)
    : undefined;
  return {
    objective: program.name,
    rtol,
    verdicts,
    strays: [...results.keys()].filter((name) => !known.has(name)),
    conforms,
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
}

function verdictOn(
  vector: Vector,
  found: Found | undefined,
  tolerance: (expected: Result) => Tolerance,
  rtol: number,
): Verdict {
  if (found === undefined) return { vector, status: 'missing' };
  const comparison = compare(vector, found, tolerance(vector));
  if (comparison.wrong.length === 0) return { vector, status: 'agrees', comparison };
  const isCoarse =
    rtol >= SINGLE &&
    vector.tolerance.float32 === undefined &&
    comparison.wrong.every(({ kind }) => kind === 'not finite' || kind === 'value');
  return { vector, status: isCoarse ? 'coarse' : 'differs', comparison };
}

/** By one difference; else by one, to the digits of single precision; else by two. */
function diagnosed(
  program: DerivedProgram,
  judged: readonly { readonly vector: Vector; readonly found: Found }[],
  tolerance: (rtol: number) => (expected: Result) => Tolerance,
  rtol: number,
): Diagnosis | undefined {
  const evaluators = evaluatorsOf();
  const subject = (at: number): Subject => {
    const of = tolerance(at);
    const observations = judged.map((one): Observation => {
      const own = of(one.vector);
      return { ...one, agrees: agree(one.vector, one.found, own), tolerance: own };
    });
    return {
      program,
      observations: [...observations].sort((a, b) => Number(a.agrees) - Number(b.agrees)),
      ...evaluators,
      toleranceFor: of,
    };
  };
  const own = subject(rtol);
  // A metric alone may differ: nothing is known of these.
  if (own.observations.every(({ agrees }) => agrees)) return undefined;
  const alone = diagnose(own, rtol);
  if (alone.explanations.length > 0) return alone;
  const coarse = Math.max(rtol, COARSE_RTOL);
  const rough = subject(coarse);
  if (rough.observations.every(({ agrees }) => agrees)) return alone;
  const roughly = coarse > rtol ? diagnose(rough, coarse) : alone;
  if (roughly.explanations.length > 0) return roughly;
  const pairs = diagnosePairs(rough, coarse);
  return pairs.explanations.length > 0 ? pairs : { ...alone, tried: alone.tried + pairs.tried };
}

/** Evaluates programs, each derived at most once. */
function evaluatorsOf(): Pick<Subject, 'evaluate' | 'lossOf'> {
  const derived = new WeakMap<Program, DerivedProgram>();
  const known = (program: Program): DerivedProgram => {
    const own = derived.get(program) ?? derive(program);
    derived.set(program, own);
    return own;
  };
  const evaluate =
    (prepared: (program: Program) => DerivedProgram): Subject['evaluate'] =>
    (program, batch, params) => {
      const outcome = evaluateProgram(prepared(program), batch, params);
      return 'problem' in outcome ? undefined : outcome.evaluation;
    };
  const loss = evaluate((program) => ({
    ...program,
    losses: program.losses.map((one) => ({ ...one, gradients: [] })),
    metrics: [],
  }));
  return { evaluate: evaluate(known), lossOf: (...of) => loss(...of)?.loss };
}
