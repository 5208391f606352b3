/** Emitted modules as texts: types, bytes, names, languages, standing alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { forCode } from '../../src/compile.js';
import { backendFor } from '../../src/emit/index.js';
import { constant, input, mul, named, reduce } from '../../src/ir/build.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { openBackend } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';
import { ROOT } from '../sources.js';
import { disposeBatch, randomBatch, toTensors } from './batches.js';
import { compute, reference } from './compare.js';
import { compileToModule, emitted, objective, programOf } from './compiled.js';
import { ACTOR_CRITIC, EXTREMES } from './programs.js';

beforeAll(async () => {
  await openBackend('cpu');
});

const NO_DOC = { text: '', paper: [], equation: [], differs: [] };

/** A program that calls everything by the names it is given, and ends every comment it can. */
function called(name: string): DerivedProgram {
  const doc = { ...NO_DOC, text: `*/ process.exit(1); /* ${name}\n*/\u2028process.exit(2)`, paper: ['*/'] };
  const [model, data] = [input('model', name, 'token'), input('data', `${name}2`, 'rollout')];
  const param = input('param', `${name}3`, 'batch');
  const value = named(`${name}4`, mul(param, mul(model, data)));
  const loss = reduce('mean', { from: 'token', to: 'batch' }, value);
  return {
    name,
    doc,
    params: [{ name: `${name}3`, default: 2, domain: { kind: 'set', values: [2, 3] }, doc }],
    inputs: [
      { name, role: 'model', level: 'token', doc },
      { name: `${name}2`, role: 'data', level: 'rollout', doc },
    ],
    lets: [{ name: `${name}4`, value, doc }],
    metrics: [{ name, value: loss, doc }],
    assumptions: [],
    weights: [],
    claims: [],
    losses: [
      {
        direction: 'minimize',
        objective: loss,
        loss,
        gradients: [{ input: name, value: mul(constant(1), mul(param, data)) }],
      },
    ],
  };
}

const NAMES = [
  'class',
  'await',
  'tf',
  'batch',
  'layout',
  'params',
  'args',
  'save',
  'loss',
  'name',
  'sum',
  'select',
  'spread',
  'τ',
  'ε_low',
  '变量',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'NaN',
  'undefined',
  'arguments',
  'eval',
  'x²',
];

describe('names', () => {
  test.each(NAMES)('%s is a name like any other', async (name) => {
    const program = called(name);
    const module = await compileToModule(program);
    const raw = randomBatch(randomFrom(2), program.inputs, { rollouts: 4, positions: 3, regular: false });
    const tensors = toTensors({ ...raw, ...own(name, raw) }, program.inputs);
    const batch = { ...tensors, ...own(name, tensors) };
    const layout = module.prepare(batch);
    const { loss, gradients } = module.lossAndGradients(batch, layout);
    expect(Object.keys(gradients)).toEqual([name]);
    expect(Object.keys(module.metrics(batch, layout))).toEqual([name]);
    expect((await loss.data())[0]).toBeTypeOf('number');
    await module.validate(batch);
  });
});
/** The member of that name as an own one, `__proto__` included. */
const own = (name: string, record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key === name));

describe('types', () => {
  const programs = [
    ...['grpo', 'real', 'gspo_token'].map(objective),
    programOf(ACTOR_CRITIC),
    ...EXTREMES.map(([, text]) => programOf(text)),
    ...NAMES.map(called),
  ];
  test('every module type-checks under strict', { timeout: 120_000 }, async () => {
    const folder = join(ROOT, 'build/emitted/types');
    mkdirSync(folder, { recursive: true });
    const files: string[] = [];
    for (const [at, program] of programs.entries()) {
      const isBoth = at < 4 || ['returns', 'quantiles'].includes(program.name);
      const kinds = [
        { kind: '' },
        ...(isBoth ? [{ kind: 's', standalone: true }] : []),
        ...(isBoth && at > 0 ? [{ kind: 'k', kernels: true }] : []),
        ...(at === 0 ? [{ kind: 'ks', kernels: true, standalone: true }] : []),
        ...(isBoth && at !== 2
          ? [{ kind: 'j', target: 'js' } as const, { kind: 'w', target: 'wasm' } as const]
          : []),
      ];
      for (const { kind, ...how } of kinds) {
        const [text = ''] = await emitted(program, how);
        const [, declarations = ''] = await emitted(program, { ...how, language: 'js' });
        for (const [suffix, content] of [
          ['.ts', text],
          ['d.d.ts', declarations],
        ] as const) {
          const path = join(folder, `m${at}${kind}${suffix}`);
          writeFileSync(path, content.replaceAll(`'veriloss/runtime'`, `'../../../src/runtime/index.js'`));
          files.push(path);
        }
      }
    }
    const options = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noPropertyAccessFromIndexSignature: true,
      noEmit: true,
      noImplicitReturns: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      noImplicitOverride: true,
      skipLibCheck: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      types: ['node'],
    };
    const problems = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
    const said = problems.map(
      (one) => `${one.file?.fileName ?? ''} ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`,
    );
    // Every function has the same parameters, and operations alone do not read all of them.
    const isCommon = (one: string): boolean => /m\d+s?\.ts '(params|batch|layout)' is declared/.test(one);
    expect(said.filter((one) => !isCommon(one))).toEqual([]);
  });
});

test('the same program gives the same bytes', async () => {
  const twice = [await emitted(objective('grpo')), await emitted(objective('grpo'))];
  expect(twice[0]).toEqual(twice[1]);
});

test('the header names the compiler, the options and the source, and nothing else', async () => {
  const options = {
    sourceHash: 'ab'.repeat(32),
    version: '1.2.3',
    language: 'js',
    standalone: true,
  } as const;
  const [file] = await backendFor('tfjs').emit(forCode(objective('real')), options);
  const [first = '', second = ''] = file?.text.split('\n') ?? [];
  expect(first).toContain('`real`, compiled by veriloss 1.2.3 (target tfjs, --language js --standalone)');
  expect(second).toBe(`// Source: SHA-256 ${'ab'.repeat(32)}.`);
});

test('only tfjs-core and the runtime are imported; standing alone, only tfjs-core', async () => {
  const importsIn = (text: string): readonly string[] => [
    ...new Set([...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '')),
  ];
  const [text = ''] = await emitted(objective('grpo'));
  expect(importsIn(text)).toEqual(['@tensorflow/tfjs-core', 'veriloss/runtime']);
  const [alone = ''] = await emitted(objective('grpo'), { standalone: true });
  expect(importsIn(alone)).toEqual(['@tensorflow/tfjs-core']);
  expect(text).not.toMatch(/dataSync|arraySync/);
});

test.each([{ standalone: true }, { language: 'js' }, { language: 'js', standalone: true }] as const)(
  '%o computes the same',
  async (options) => {
    const program = objective('grpo');
    const raw = randomBatch(randomFrom(9), program.inputs, { rollouts: 9, positions: 4, regular: false });
    const batch = toTensors(raw, program.inputs);
    const [one, other] = [await compileToModule(program), await compileToModule(program, options)];
    expect(await compute(other, batch, { beta: 0.1 })).toEqual(await compute(one, batch, { beta: 0.1 }));
    disposeBatch(batch);
  },
);

test('the loss is differentiable by tfjs, and its gradient is scaled by what comes from above', async () => {
  const program = objective('real');
  const module = await compileToModule(program);
  const raw = randomBatch(randomFrom(4), program.inputs, { rollouts: 8, positions: 3, regular: true });
  const batch = toTensors(raw, program.inputs);
  const layout = module.prepare(batch);
  const logp = batch.logp as tf.Tensor;
  const { grads } = tf.engine().gradients(() => module.loss(batch, layout), [logp], tf.scalar(2));
  const plain = module.lossAndGradients(batch, layout).gradients.logp;
  expect([...((await grads[0]?.data()) ?? [])]).toEqual(
    [...((await plain?.data()) ?? [])].map((one) => 2 * one),
  );
  expect(reference(program, raw, {}).loss).toBeGreaterThan(0);
});
