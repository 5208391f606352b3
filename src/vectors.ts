/** Test vectors of one objective: the cases of `vectors/`, with what the reference gives on them. */
import { VERSION } from './base/version.js';
import { sha256 } from './compile.js';
import { checkBatch, evaluateProgram } from './evaluation.js';
import type { DenseBatch, DenseValue, Problem } from './batch/dense.js';
import { resolveParams } from './batch/params.js';
import type { DerivedProgram } from './ir/program.js';
import { fingerprintText } from './vectors/fingerprint.js';
import { generate, type Contract } from './vectors/generate.js';
import { tolerance32, toleranceFor } from './vectors/precision.js';
import { sizedCase, type Size } from './vectors/sized.js';
import type { Case, Gap, Params, Vector } from './vectors/vector.js';

export type { Vector } from './vectors/vector.js';

export interface VectorSet {
  readonly objective: string;
  /** Changes with the meaning of the objective, and not with its wording. */
  readonly fingerprint: string;
  readonly veriloss: string;
  readonly seed: number;
  /** Parameters that were given: every vector has these values. */
  readonly given: Params;
  readonly vectors: readonly Vector[];
  /** What could not be generated, and why. */
  readonly gaps: readonly Gap[];
}
export interface VectorOptions {
  readonly seed?: number;
  /** Parameters that every vector shall have. */
  readonly params?: Params;
}

/** Parameters that do not fit are a problem; everything else that cannot be generated is a gap of the set. */
export async function testVectors(
  program: DerivedProgram,
  { seed = 1, params = {} }: VectorOptions = {},
): Promise<VectorSet | { readonly problem: Problem }> {
  const settings = settingsProblem(program, params);
  if (settings !== undefined) return { problem: settings };
  const { cases, gaps } = generate(program, params, seed, contractOf(program));
  return {
    objective: program.name,
    fingerprint: await fingerprintOf(program),
    veriloss: VERSION,
    seed,
    given: params,
    vectors: cases.map((one) => withResults(program, one)),
    gaps,
  };
}

/** What is wrong with parameters that are given, where those without a value are drawn. */
export function settingsProblem({ params: all }: DerivedProgram, params: Params): Problem | undefined {
  const declared = all.filter(({ name, default: usual }) => usual !== undefined || name in params);
  const settings = resolveParams(declared, params);
  return 'problem' in settings ? settings.problem : undefined;
}

const contractOf =
  (program: DerivedProgram): Contract =>
  (batch, of) => {
    const resolved = resolveParams(program.params, of);
    if ('problem' in resolved) return resolved.problem;
    const checked = checkBatch(program, batch, of);
    return 'problem' in checked ? checked.problem : undefined;
  };

export type { Size } from './vectors/sized.js';

export interface SizedBatch {
  readonly batch: DenseBatch;
  /** A value for every parameter: what was given, the default, or one inside the domain. */
  readonly params: Params;
}

/** A batch of a size, drawn as test vectors are; a size or a parameter that the objective does not allow is a problem. */
export function sizedBatch(
  program: DerivedProgram,
  size: Size,
  { seed = 1, params = {} }: VectorOptions = {},
): SizedBatch | { readonly problem: Problem } {
  const settings = settingsProblem(program, params);
  if (settings !== undefined) return { problem: settings };
  const drawn = sizedCase(program, params, seed, size, contractOf(program));
  if ('problem' in drawn) return drawn;
  const { group, mask, ...values } = drawn.batch;
  return {
    batch: {
      group: group as readonly number[],
      ...(mask === undefined ? {} : { mask: mask as readonly (readonly number[])[] }),
      values: new Map<string, DenseValue>(Object.entries(values)),
    },
    params: drawn.params,
  };
}

/** A digest of what the objective means. */
export const fingerprintOf = async (program: DerivedProgram): Promise<string> =>
  `sha256:${await sha256(fingerprintText(program))}`;

/** A case with its expected numbers. The contract has been checked, so the reference takes it. */
export function withResults(program: DerivedProgram, one: Case): Vector {
  const exact = evaluateProgram(program, one.batch, one.params);
  const rounded = evaluateProgram(program, one.batch, one.params, Math.fround);
  if ('problem' in exact || 'problem' in rounded)
    throw new Error(`internal: ${one.name} does not fit: ${'problem' in exact ? exact.problem.message : ''}`);
  const { loss, grad, metrics } = exact.evaluation;
  const float32 = tolerance32({ loss, grad }, rounded.evaluation);
  return {
    ...one,
    loss,
    grad,
    metrics,
    tolerance: { float64: toleranceFor({ loss, grad }, 1e-9), ...(float32 === undefined ? {} : { float32 }) },
  };
}
