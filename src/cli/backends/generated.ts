/** An objective as generated code on a backend: compiled in memory, imported, run on batches. */
import type { Declaration, DenseBatch, DenseValue } from '../../batch/dense.js';
import { toRagged, unflatten } from '../../batch/layout.js';
import { compile } from '../../compile.js';
import { evaluatedOf, type Evaluated, type EvaluatedLoss } from '../../report/evaluated.js';
import { Failure } from '../failure.js';
import type { TextFile } from '../files.js';
import type { Settings } from '../settings.js';
import type { Started } from './start.js';
import type { Tensor } from './tensorflow.js';
import { fromTensor, toDevice, type DeviceBatch } from './tensors.js';

export interface Layout {
  readonly dispose: () => void;
}

/** The exports of a generated module that evaluation and measurements call; see ARCHITECTURE.md. */
export interface Generated {
  readonly name: string;
  /** Of a module with kernels. */
  readonly path?: () => { readonly path: string; readonly why: string };
  readonly prepare: (batch: DeviceBatch) => Layout;
  readonly losses: Readonly<Record<string, GeneratedLoss>>;
  readonly metrics: (
    batch: DeviceBatch,
    layout: Layout,
    params: Settings,
  ) => Readonly<Record<string, Tensor>>;
}

interface GeneratedLoss {
  readonly lossAndGradients: (
    batch: DeviceBatch,
    layout: Layout,
    params: Settings,
  ) => { readonly loss: Tensor; readonly gradients: Readonly<Record<string, Tensor>> };
}

/** Imports code from memory. A module without a place can import by URL only, so that of tfjs-core is put in. */
export async function importCode(code: string, coreUrl: string): Promise<Generated> {
  const linked = code.replace(
    /\b(from|import)(\s*)(['"])@tensorflow\/tfjs-core\3/g,
    (_all, word: string, space: string) => `${word}${space}${JSON.stringify(coreUrl)}`,
  );
  const url = `data:text/javascript;base64,${Buffer.from(linked, 'utf8').toString('base64')}`;
  return (await import(url)) as Generated;
}

/** A zero gradient for every model input; those that a loss reaches are computed. */
const absentGradients = (
  batch: DenseBatch,
  inputs: readonly Declaration[],
): Readonly<Record<string, DenseValue>> =>
  Object.fromEntries(
    inputs
      .filter(({ role }) => role === 'model')
      .map(({ name, level }) => [
        name,
        unflatten(new Float64Array(toRagged(batch).sizes[level]), level, batch),
      ]),
  );

/** Computes one batch, which fits, with parameters that are complete. */
export type RunGenerated = (batch: DenseBatch, params: Settings) => Promise<Evaluated>;

export async function generatedOn(
  { tf, coreUrl, errors }: Started,
  file: TextFile,
  objective: string,
  inputs: readonly Declaration[],
): Promise<RunGenerated> {
  const { name, text, resolve } = file;
  const options = {
    name,
    objective,
    target: 'tfjs',
    language: 'js',
    standalone: true,
    layout: false,
    resolve,
  } as const;
  const { files } = await compile(text, options);
  const code = files.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const module = await importCode(code, coreUrl);
  return async (batch, params) => {
    const members = toDevice(tf, batch, inputs);
    const layout = module.prepare(members);
    const computed = Object.entries(module.losses).map(
      ([optimizer, { lossAndGradients }]) => [optimizer, lossAndGradients(members, layout, params)] as const,
    );
    const metrics = module.metrics(members, layout, params);
    const absent = computed.length === 1 ? absentGradients(batch, inputs) : {};
    const losses: EvaluatedLoss[] = [];
    for (const [optimizer, { loss, gradients }] of computed)
      losses.push({
        name: optimizer,
        loss: numberOf(await fromTensor(loss)),
        grad: { ...absent, ...(await mapped(gradients, fromTensor)) },
      });
    const reported = await mapped(metrics, async (tensor) => numberOf(await fromTensor(tensor)));
    const evaluated = evaluatedOf(module.name, losses, reported);
    const [first] = await errors();
    if (first !== undefined) throw new Failure(`the device reported an error: ${first}`);
    layout.dispose();
    const outputs = computed.flatMap(([, { loss, gradients }]) => [loss, ...Object.values(gradients)]);
    const tensors = [...outputs, ...Object.values(metrics), ...Object.values(members)];
    for (const one of tensors) if ('dispose' in one) one.dispose();
    return evaluated;
  };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);

async function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  each: (value: From) => Promise<To>,
): Promise<Readonly<Record<string, To>>> {
  const entries: (readonly [string, To])[] = [];
  for (const [name, value] of Object.entries(record)) entries.push([name, await each(value)]);
  return Object.fromEntries(entries);
}
