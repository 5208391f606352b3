/** One objective on batches: by the reference in float64, or by its generated code on a backend of TensorFlow.js. */
import type { Problem } from '../batch/dense.js';
import type { RawBatch } from '../batch/json.js';
import { resolveParams } from '../batch/params.js';
import { validate } from '../batch/validate.js';
import { evaluateProgram } from '../evaluation.js';
import type { DerivedProgram } from '../ir/program.js';
import type { Evaluated } from '../report/evaluated.js';
import { problemFailure } from './batches.js';
import { generatedOn } from './backends/generated.js';
import { largeId } from './backends/ids.js';
import { BACKENDS, startBackend, type BackendName } from './backends/start.js';
import type { TextFile } from './files.js';
import type { Settings } from './settings.js';

export const EVALUATORS = ['reference', ...BACKENDS] as const;

export type Evaluation =
  { readonly evaluation: Evaluated; readonly notes: readonly string[] } | { readonly problem: Problem };

export interface Evaluator {
  /** What the user should know before the first result. */
  readonly notes: readonly string[];
  readonly evaluate: (raw: RawBatch) => Promise<Evaluation>;
}

export interface Evaluable {
  readonly file: TextFile;
  readonly program: DerivedProgram;
  readonly settings: Settings;
}

/** A parameter that does not fit is a failure, whichever evaluator. */
export async function evaluatorFor(
  which: (typeof EVALUATORS)[number],
  of: Evaluable,
  cwd: string,
): Promise<Evaluator> {
  const { program, settings } = of;
  const params = resolveParams(program.params, settings);
  if ('problem' in params) throw problemFailure(undefined, params.problem);
  if (which !== 'reference') return onBackend(which, of, Object.fromEntries(params.values), cwd);
  return { notes: [], evaluate: (raw) => Promise.resolve(evaluateProgram(program, raw, settings)) };
}

async function onBackend(
  name: BackendName,
  { file, program }: Evaluable,
  params: Settings,
  cwd: string,
): Promise<Evaluator> {
  const started = await startBackend(name, cwd);
  const compute = await generatedOn(started, file, program.name, program.inputs);
  return {
    notes: started.notes,
    evaluate: async (raw) => {
      const validated = validate(raw, program.inputs, new Map(Object.entries(params)));
      if ('problem' in validated) return validated;
      const large = largeId(validated.batch, program.inputs);
      if (large !== undefined) return { problem: large };
      return { evaluation: await compute(validated.batch, params), notes: validated.notes };
    },
  };
}
