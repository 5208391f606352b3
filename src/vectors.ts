/** Test vectors of one objective: the cases of `vectors/`, with what the reference gives on them. */
import { VERSION } from './base/version.js';
import { sha256 } from './compile.js';
import { checkBatch, evaluateProgram } from './evaluation.js';
import type { Problem } from './batch/dense.js';
import { resolveParams } from './batch/params.js';
import type { DerivedProgram } from './ir/program.js';
import { fingerprintText } from './vectors/fingerprint.js';
import { generate } from './vectors/generate.js';
import { tolerance32, toleranceFor } from './vectors/precision.js';
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
  const declared = program.params.filter(({ name, default: usual }) => usual !== undefined || name in params);
  const settings = resolveParams(declared, params);
  if ('problem' in settings) return settings;
  const contract = (batch: Case['batch'], of: Params): Problem | undefined => {
    const resolved = resolveParams(program.params, of);
    if ('problem' in resolved) return resolved.problem;
    const checked = checkBatch(program, batch, of);
    return 'problem' in checked ? checked.problem : undefined;
  };
  const { cases, gaps } = generate(program, params, seed, contract);
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
