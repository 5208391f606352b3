/** The folder that `compile --target savedmodel` writes, loaded by Python's TensorFlow and by tfjs-node's own loader. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, expect, test, type TestContext } from 'vitest';
import { pythonTensorflow } from '../../scripts/python-tensorflow.mjs';
import { compile } from '../../src/compile.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { blocksOf, setting } from '../docs/blocks.js';
import { announceMissing, openOrSkip } from '../backends/backend.js';
import { randomBatch, type RawBatch } from '../emit/batches.js';
import { deviation } from '../emit/compare.js';
import { objective, programOf } from '../emit/compiled.js';
import { ACTOR_CRITIC } from '../emit/programs.js';
import { randomFrom } from '../property/batches.js';
import { expected, given, type Params } from '../savedmodel/models.js';
import { read, ROOT } from '../sources.js';

const folder = mkdtempSync(join(tmpdir(), 'veriloss-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes what the command writes. */
async function written(name: string, text: string): Promise<string> {
  const { files } = await compile(text, { target: 'savedmodel' });
  for (const file of files) {
    const path = join(folder, name, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.bytes ?? file.text);
  }
  return join(folder, name);
}

interface Values {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

/** Calls a signature in Python; skips the test, loudly, where there is none. */
async function callInPython(
  context: TestContext,
  model: string,
  signature: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
): Promise<Readonly<Record<string, Values>>> {
  const found = await pythonTensorflow().catch((failure: unknown) => String(failure));
  if (typeof found === 'string') {
    announceMissing("Python's TensorFlow", found);
    return context.skip(found);
  }
  const input = Object.fromEntries(
    Object.entries(inputs).map(([key, one]) => [
      key,
      { dtype: one.dtype, shape: one.shape, values: [...one.dataSync()].map(String) },
    ]),
  );
  const script = join(ROOT, 'test/native/call-signature.py');
  const env = { ...process.env, PYTHONPATH: found.packages, TF_CPP_MIN_LOG_LEVEL: '3' };
  const said = execFileSync(found.program, [script, model, signature], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(said) as Readonly<Record<string, Values>>;
}

const numberOf = (text: string): number =>
  text === 'nan' ? NaN : text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text);

function assertRight(
  program: DerivedProgram,
  at: number,
  raw: RawBatch,
  params: Params,
  valuesOf: (key: string) => readonly number[],
): void {
  const { losses, metrics } = expected(program, raw, params);
  const { loss = NaN, grad = {} } = losses[at] ?? {};
  expect(deviation(valuesOf('loss'), loss)).toBeLessThanOrEqual(1);
  expect(Object.keys(grad)).not.toEqual([]);
  for (const [name, value] of Object.entries(grad))
    expect({ name, worst: deviation(valuesOf(`grad_${name}`), value) <= 1 }).toEqual({ name, worst: true });
  for (const [name, value] of Object.entries(metrics))
    expect(Math.abs((valuesOf(`metric_${name}`)[0] ?? NaN) - value)).toBeLessThan(1e-5);
}

const CASES = [
  ['grpo', read('objectives/grpo.obj'), objective('grpo'), 0],
  ['real', read('objectives/real.obj'), objective('real'), 0],
  ['ppo', read('objectives/ppo.obj'), objective('ppo'), 0],
  ['several', ACTOR_CRITIC, programOf(ACTOR_CRITIC), 1],
] as const;
const SHAPE = { rollouts: 7, positions: 3, regular: false };
const paramsOf = ({ params }: DerivedProgram): Params =>
  Object.fromEntries(params.map(({ name, default: value }) => [name, value ?? 0.5]));

test.for(CASES.flatMap((one) => [[...one, '.'] as const, [...one, 'plain'] as const]))(
  '%s in Python, signature %#',
  { timeout: 300_000 },
  async ([name, text, program, at, form], context) => {
    await openOrSkip('node-gpu', context);
    const model = join(await written(name, text), form);
    const params = paramsOf(program);
    const raw = randomBatch(randomFrom(13), program.inputs, SHAPE);
    const inputs = given(raw, program, params);
    const outputs = await callInPython(context, model, program.losses[at]?.name ?? 'loss', inputs);
    tf.dispose(Object.values(inputs));
    assertRight(program, at, raw, params, (key) => (outputs[key]?.values ?? []).map(numberOf));
    expect(outputs['loss']).toMatchObject({ dtype: 'float32', shape: [] });
  },
);

/** What tfjs-node exports beside tfjs-core. */
interface NodeFlavour {
  readonly node: {
    readonly loadSavedModel: (
      path: string,
      tags: readonly string[],
      signature: string,
    ) => Promise<{
      readonly predict: (inputs: object) => Readonly<Record<string, tf.Tensor>>;
      readonly dispose: () => void;
    }>;
  };
}

test.for(CASES)('%s by tf.node.loadSavedModel', async ([name, text, program, at], context) => {
  await openOrSkip('node-gpu', context);
  const flavour: string = '@tensorflow/tfjs-node-gpu';
  const { node } = (await import(flavour)) as NodeFlavour;
  const path = await written(name, text);
  const model = await node.loadSavedModel(path, ['serve'], program.losses[at]?.name ?? 'loss');
  const params = paramsOf(program);
  const raw = randomBatch(randomFrom(13), program.inputs, SHAPE);
  const inputs = given(raw, program, params);
  const outputs = model.predict(inputs);
  assertRight(program, at, raw, params, (key) => Array.from(outputs[key]?.dataSync() ?? []));
  tf.dispose([...Object.values(inputs), ...Object.values(outputs)]);
  model.dispose();
});

test('the examples of docs/savedmodel.md run, in both languages, and print the same', async (context) => {
  await openOrSkip('node-gpu', context);
  const found = await pythonTensorflow().catch((failure: unknown) => String(failure));
  if (typeof found === 'string') {
    announceMissing('the example in Python', found);
    return context.skip(found);
  }
  const blocks = blocksOf(read('docs/savedmodel.md'));
  const example = (file: string): string => blocks.find((one) => setting(one, 'file') === file)?.text ?? '';
  // Node finds packages from where a file is.
  const place = mkdtempSync(join(ROOT, 'build/example-'));
  try {
    for (const name of ['call.py', 'call.mjs']) writeFileSync(join(place, name), example(name));
    await written('models/grpo', read('objectives/grpo.obj'));
    const env = { ...process.env, PYTHONPATH: found.packages, TF_CPP_MIN_LOG_LEVEL: '3' };
    const run = (program: string, script: string): readonly number[] => {
      const printed = execFileSync(program, [join(place, script)], {
        cwd: folder,
        encoding: 'utf8',
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return (printed.match(/-?\d+(\.\d*)?(e[+-]?\d+)?/g) ?? []).map(Number);
    };
    const [inPython, inNode] = [run(found.program, 'call.py'), run(process.execPath, 'call.mjs')];
    expect(inNode).toHaveLength(9);
    expect(inPython).toHaveLength(9);
    inNode.forEach((value, at) => {
      expect(Math.abs(value - (inPython[at] ?? NaN))).toBeLessThan(1e-6);
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
