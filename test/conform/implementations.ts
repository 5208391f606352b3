/** Wrong implementations of objectives, as other programs or as changed numbers. Not a test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../src/compile.js';
import type { Found } from '../../src/conform/compare.js';
import { evaluateProgram } from '../../src/evaluation.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { testVectors, type Vector } from '../../src/vectors.js';
import { mapLeaves } from '../../src/vectors/tree.js';
import type { Tree } from '../../src/vectors/vector.js';
import { ROOT } from '../sources.js';

export type Results = Map<string, Found>;
export type Params = Readonly<Record<string, number>>;

/** The only objective of a text, which must be right. */
export function programOf(text: string): DerivedProgram {
  const { units, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join('; '));
  return unit.program;
}

export const objectiveText = (name: string): string =>
  readFileSync(join(ROOT, 'objectives', `${name}.obj`), 'utf8');

/** A text with parts replaced, each of which must be there. */
export const edited = (text: string, edits: readonly (readonly [string, string])[]): string =>
  edits.reduce((sofar, [from, to]) => {
    if (!sofar.includes(from)) throw new Error(`nothing reads ${from}`);
    return sofar.replaceAll(from, to);
  }, text);

export async function vectorsOf(program: DerivedProgram, params: Params = {}): Promise<readonly Vector[]> {
  const set = await testVectors(program, { params });
  if ('problem' in set) throw new Error(set.problem.message);
  return set.vectors;
}

/** Two losses for two optimizers. */
export const ACTOR_CRITIC = `objective actor_critic {
  param eps in (0, 1) = 0.2
  model logp : token
  model value : token
  data old_logp : token
  data reward : token
  let advantage = stop(reward - value)
  let ratio = exp(logp - old_logp)
  minimize mean[rollout in batch](mean[token](-min(ratio * advantage, clip(ratio, 1 - eps, 1 + eps) * advantage))) as actor
  minimize mean[rollout in batch](mean[token](square(value - reward))) as critic
}`;

type Batch = Vector['batch'];

/** What a program gives, with the numbers of a vector or with others. */
export function given(
  program: DerivedProgram,
  { batch, params }: { readonly batch: Batch; readonly params: Params },
  rounding?: (value: number) => number,
): { readonly loss: Tree; readonly grad: Tree } {
  const outcome = evaluateProgram(program, batch, params, rounding);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const { loss, grad } = outcome.evaluation;
  return { loss, grad };
}

export const resultsOf = (vectors: readonly Vector[], of: (vector: Vector) => Found): Results =>
  new Map(vectors.map((vector) => [vector.name, of(vector)]));

export const scaled = (
  { loss, grad }: { readonly loss: Tree; readonly grad: Tree },
  factor: number,
): Found => ({
  loss: mapLeaves(loss, (value) => factor * value),
  grad: mapLeaves(grad, (value) => factor * value),
});

export const maskOf = ({ batch }: { readonly batch: Batch }): readonly (readonly number[])[] =>
  batch['mask'] as readonly (readonly number[])[];
export const groupOf = ({ batch }: { readonly batch: Batch }): readonly number[] =>
  batch['group'] as readonly number[];

/** Each entry of a [B][T] gradient with its row and position. */
export const mapRows = (
  grad: Tree,
  change: (value: number, row: number, position: number) => number,
): Tree => ({
  logp: (grad as { readonly logp: readonly (readonly number[])[] }).logp.map((row, at) =>
    row.map((value, position) => change(value, at, position)),
  ),
});
