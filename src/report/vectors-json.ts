/** Test vectors as files: one JSON file each, a manifest, and a page that says what they hold. */
import { domainText } from '../base/domain.js';
import { stringifyResult, type ResultValue } from '../batch/json.js';
import type { Program } from '../ir/program.js';
import type { Gap, Params, Tolerance, Tree, Vector } from '../vectors/vector.js';
import { vectorsReadme } from './vectors-readme.js';

export const VECTORS_FORMAT = 'veriloss-vectors/1';
export const MANIFEST = 'manifest.json';

export interface VectorSetText {
  readonly objective: string;
  readonly fingerprint: string;
  readonly veriloss: string;
  readonly seed: number;
  readonly given: Params;
  readonly vectors: readonly Vector[];
  readonly gaps: readonly Gap[];
}

const treeValue = (tree: Tree): ResultValue => tree;
const toleranceValue = ({ rtol, atol }: Tolerance): ResultValue => ({ rtol, atol });

const vectorValue = (set: VectorSetText, vector: Vector): ResultValue => ({
  name: vector.name,
  family: vector.family,
  description: vector.description,
  objective: set.objective,
  fingerprint: set.fingerprint,
  same_as: vector.sameAs,
  reorders: vector.reorders && { name: vector.reorders.name, rows: vector.reorders.rows },
  params: vector.params,
  batch: treeValue(vector.batch),
  loss: treeValue(vector.loss),
  grad: treeValue(vector.grad),
  metrics: treeValue(vector.metrics),
  tolerance: {
    float64: toleranceValue(vector.tolerance.float64),
    float32: vector.tolerance.float32 === undefined ? null : toleranceValue(vector.tolerance.float32),
  },
});

const headOf = (set: VectorSetText, { params, inputs }: Program): Readonly<Record<string, ResultValue>> => ({
  format: VECTORS_FORMAT,
  objective: set.objective,
  fingerprint: set.fingerprint,
  veriloss: set.veriloss,
  seed: set.seed,
  set: set.given,
  parameters: params.map(({ name, domain, default: usual }) => ({
    name,
    domain: domainText(domain),
    default: usual,
  })),
  inputs: inputs.map(({ name, role, level, domain }) => ({
    name,
    role,
    level,
    domain: domain && domainText(domain),
  })),
});

const gapsOf = ({ gaps }: VectorSetText): ResultValue =>
  gaps.map(({ family, name, why }) => ({ family, name, why }));

/** The whole set as one document, with a line feed at the end. */
export const vectorsJson = (set: VectorSetText, program: Program): string =>
  `${stringifyResult({
    ...headOf(set, program),
    left_out: gapsOf(set),
    vectors: set.vectors.map((one) => vectorValue(set, one)),
  })}\n`;

/** The set as a folder. */
export function vectorFiles(
  set: VectorSetText,
  program: Program,
): readonly { readonly path: string; readonly text: string }[] {
  const manifest = {
    ...headOf(set, program),
    vectors: set.vectors.map(({ name, family, description }) => ({
      name,
      family,
      description,
      file: `${name}.json`,
    })),
    left_out: gapsOf(set),
  };
  return [
    { path: MANIFEST, text: `${stringifyResult(manifest)}\n` },
    { path: 'README.md', text: vectorsReadme(set, program) },
    ...set.vectors.map((one) => ({
      path: `${one.name}.json`,
      text: `${stringifyResult(vectorValue(set, one))}\n`,
    })),
  ];
}
